"""What a change held: cases and items that cite another rule, until somebody looks at each."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.rules import Role
from training.cases.queries import held_cases_citing
from training.db import db
from training.errors import NotFound, Refusal
from training.exams.queries.citing import held_items_citing
from training.policy_changes import queries, services
from training.policy_changes.models import PublishedChange
from training.policy_changes.views.blueprint import blueprint
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import page_in_query
from training.web.wording import words_for

PAGE_SIZE = 20
CONFIRM = {"case": services.confirm_case, "item": services.confirm_item}


@blueprint.get("/published/<slug>/<version>/held")
@opens_to(Role.TRAINER)
def held(slug: str, version: str) -> str:
    """The cases, each with what the expert said, and the items that wait for a look."""
    return _page(queries.change_of(slug, version))


def _page(found: PublishedChange, problem: str | None = None) -> str:
    page, codes = page_in_query(), found.change.changed
    skipped = (page - 1) * PAGE_SIZE
    cases = held_cases_citing(codes, skipped=skipped, count=PAGE_SIZE + 1)
    items = held_items_citing(codes, skipped=skipped, count=PAGE_SIZE + 1)
    return render_template(
        "policy_changes/held.html",
        found=found,
        change=found.change,
        cases=cases[:PAGE_SIZE],
        items=items[:PAGE_SIZE],
        is_author=principal().person_id == found.author_id,
        page=page,
        has_more=max(len(cases), len(items)) > PAGE_SIZE,
        problem=problem,
    )


@blueprint.post("/published/<slug>/<version>/held/<kind>/<held_slug>")
@opens_to(Role.TRAINER)
@writes
def confirm(slug: str, version: str, kind: str, held_slug: str) -> ResponseReturnValue:
    """It is still right: let it be drawn again."""
    found = queries.change_of(slug, version)
    if kind not in CONFIRM:
        raise NotFound
    try:
        CONFIRM[kind](found, held_slug, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(queries.change_of(slug, version), words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash(f"{held_slug} is still right, and is drawn again.", "good")
    return redirect(url_for("policy_changes.held", slug=slug, version=version))
