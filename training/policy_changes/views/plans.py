"""Plans and published changes, for trainers, leads and whoever answers for the organisation."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import people_of_team, person_names, state_of
from training.accounts.rules import Role
from training.certification.queries import delta_counts, holders_ending, still_to_learn
from training.certification.rules import DeltaKind
from training.db import db
from training.errors import NotFound, Refusal
from training.policy_changes import queries, services
from training.policy_changes.queries import Review
from training.policy_changes.rules.changes import PolicyChange
from training.policy_changes.views.blueprint import MAY_APPROVE, MAY_READ, blueprint
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import page_in_query
from training.web.wording import words_for

PAGE_SIZE = 30
SHOWN_NAMES = 10
"""How many cases, items or certificates the plan itself lists; its lists show all."""


@blueprint.get("/")
@opens_to(*MAY_READ)
def index() -> str:
    """The plans that wait, and the changes that were published with how far everybody is."""
    now, page = clock.now(), page_in_query()
    found = queries.published_changes(skipped=(page - 1) * PAGE_SIZE, count=PAGE_SIZE + 1)
    return render_template(
        "policy_changes/index.html",
        plans=queries.reviews(count=PAGE_SIZE) if page == 1 else [],
        published=[(each, delta_counts(each.module_slug, each.change.new, now=now)) for each in found[:PAGE_SIZE]],
        page=page,
        has_more=len(found) > PAGE_SIZE,
    )


@blueprint.get("/plans/<int:proposal_id>")
@opens_to(*MAY_READ)
def plan(proposal_id: int) -> str:
    """What a plan would change, and everything that it touches, as of now."""
    return _plan_page(queries.review(proposal_id))


def _plan_page(found: Review, problem: str | None = None) -> str:
    now, changes = clock.now(), found.proposal.changes
    return render_template(
        "policy_changes/plan.html",
        found=found,
        changes=changes,
        people=[_counted(change, now) for change in changes],
        touched=queries.touched_by(changes, rekeyed=found.proposal.rekeyed, now=now),
        may_approve=bool(principal().roles.intersection(MAY_APPROVE)) and principal().person_id != found.proposal.author_id,
        is_author=principal().person_id == found.proposal.author_id,
        shown_names=SHOWN_NAMES,
        problem=problem,
        now=now,
    )


def _counted(change: PolicyChange, now: datetime) -> dict[str, object]:
    """How many people are to read or to sit an exam, how many of them before the common date, and that date."""
    due, last = queries.who_learns(change, now=now), change.due_at(now)
    earlier = sum(due_at < last for people in due.values() for due_at in people.values())
    return {"due_at": last, "reading": len(due.get(DeltaKind.READING, ())), "exam": len(due.get(DeltaKind.EXAM, ())), "earlier": earlier}


@blueprint.post("/plans/<int:proposal_id>/approve")
@opens_to(*MAY_APPROVE)
@writes
def approve(proposal_id: int) -> ResponseReturnValue:
    """Let exactly this plan be published."""
    found = queries.review(proposal_id)
    try:
        services.approve(found, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _plan_page(queries.review(proposal_id), words_for(refusal.reason)), 409
    db.session.commit()
    flash("Approved. It is published when the content folder is applied again, if nothing in it has changed.", "good")
    return redirect(url_for("policy_changes.plan", proposal_id=proposal_id))


@blueprint.get("/plans/<int:proposal_id>/<listing>")
@opens_to(*MAY_READ)
def plan_list(proposal_id: int, listing: str) -> str:
    """One of the plan's lists, page by page."""
    if listing not in LISTS:
        raise NotFound
    found, now, page = queries.review(proposal_id), clock.now(), page_in_query()
    rows = LISTS[listing](found, now, (page - 1) * PAGE_SIZE)
    shown = rows[:PAGE_SIZE]
    return render_template("policy_changes/list.html", found=found, listing=listing, rows=shown, page=page, has_more=len(rows) > PAGE_SIZE, now=now)


def _people(found: Review, now: datetime, skipped: int) -> list[tuple[str, object, datetime]]:
    """Name, how they learn it, and by when; the first due first, and the same person once for each module."""
    due = [
        (due_at, person_id, kind)
        for change in found.proposal.changes
        for kind, people in queries.who_learns(change, now=now).items()
        for person_id, due_at in people.items()
    ]
    shown = sorted(due, key=lambda row: (row[0], row[1]))[skipped : skipped + PAGE_SIZE + 1]
    names = person_names(person_id for _, person_id, _ in shown)
    return [(names.get(person_id, "Somebody"), kind, due_at) for due_at, person_id, kind in shown]


def _citing(found: Review, _now: datetime, skipped: int) -> list[queries.Citing]:
    return list(queries.citing(found.proposal.changes, rekeyed=found.proposal.rekeyed)[skipped : skipped + PAGE_SIZE + 1])


def _certificates(found: Review, now: datetime, skipped: int) -> list[tuple[object, datetime]]:
    changes = [change for change in found.proposal.changes if change.asks_something]
    ids = {each.id for change in changes for each in queries.certifications_citing(change.module)}
    last = max((change.due_at(now) for change in changes), default=now)
    return list(holders_ending(ids, now=now, by=last, skipped=skipped, count=PAGE_SIZE + 1))


LISTS: Mapping[str, Callable[[Review, datetime, int], Sequence[object]]] = {"people": _people, "citing": _citing, "certificates": _certificates}


@blueprint.get("/published/<slug>/<version>")
@opens_to(*MAY_READ)
def published(slug: str, version: str) -> str:
    """A change that was published, and who has not learned it yet: in the reader's own team, or everywhere."""
    found, now, page = queries.change_of(slug, version), clock.now(), page_in_query()
    is_everybody = request.args.get("of") != "team"
    rows = still_to_learn(slug, found.change.new, among=None if is_everybody else _team(now), skipped=(page - 1) * PAGE_SIZE, count=PAGE_SIZE + 1)
    return render_template(
        "policy_changes/published.html",
        found=found,
        change=found.change,
        counts=delta_counts(slug, found.change.new, now=now),
        rows=rows[:PAGE_SIZE],
        is_everybody=is_everybody,
        may_confirm=Role.TRAINER in principal().roles and bool(found.change.changed),
        page=page,
        has_more=len(rows) > PAGE_SIZE,
        now=now,
    )


def _team(now: datetime) -> Collection[int]:
    team_id = state_of(principal().person_id, at=now).team_id
    return {person.id for person in people_of_team(team_id, at=now)} if team_id is not None else set()
