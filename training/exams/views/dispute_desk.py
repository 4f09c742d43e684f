"""Disputes as trainers deal with them: opening the question to its candidate, and deciding about the claim. Nobody decides about their own."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import DecisionForm, OpeningForm
from training.exams.models import ItemDispute
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.wording import words_for

PAGE_SIZE = 50

add_desk_section(DeskSection("Disputes", "exams.dispute_desk", "Questions that candidates doubt: open them for a look, and decide.", queries.undecided_count))


@blueprint.get("/exams/desk/disputes")
@opens_to(*DESK_ROLES)
def dispute_desk() -> str:
    """Every dispute, the latest first."""
    entries = queries.disputes_page(now=clock.now(), before_id=id_in_query("before"), size=PAGE_SIZE)
    more = url_for("exams.dispute_desk", before=entries[-1].dispute.id) if len(entries) == PAGE_SIZE else None
    return render_template("exams/desk/disputes.html", entries=entries, more=more)


@blueprint.get("/exams/desk/disputes/<public_id>")
@opens_to(*DESK_ROLES)
def dispute_at_desk(public_id: str) -> str:
    """One dispute."""
    return _page(queries.any_dispute(public_id))


@blueprint.post("/exams/desk/disputes/<public_id>/opening")
@opens_to("trainer")
@writes
def open_disputed(public_id: str) -> ResponseReturnValue:
    """Let the candidate look at the question for a while."""
    found, form = queries.any_dispute(public_id), OpeningForm(prefix="opening-")
    if not form.validate_on_submit():
        return _page(found, opening=form), 400
    services.open_view(found, minutes=form.minutes.data or 0, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The question is open to the candidate now, without its key.", "good")
    return redirect(url_for("exams.dispute_at_desk", public_id=public_id))


@blueprint.post("/exams/desk/disputes/<public_id>/decision")
@opens_to("trainer")
@writes
def decide_disputed(public_id: str) -> ResponseReturnValue:
    """Uphold or reject the claim."""
    found, form = queries.any_dispute(public_id), DecisionForm(prefix="decision-")
    if not form.validate_on_submit():
        return _page(found, deciding=form), 400
    is_upheld, site_url = form.decision.data == "upheld", current_app.config["PUBLIC_URL"]
    try:
        services.decide_dispute(found, is_upheld=is_upheld, words=form.words.data or "", site_url=site_url, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.decision.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(queries.any_dispute(public_id), deciding=form), 409
    version_id = found.item_version_id
    db.session.commit()
    if is_upheld:
        flash("Upheld, and the candidate is told. Rule on the key now: nothing else changes a score.", "good")
        return redirect(url_for("exams.ruling", version_id=version_id))
    flash("Rejected, and the candidate is told.", "good")
    return redirect(url_for("exams.dispute_desk"))


def _page(found: ItemDispute, *, opening: OpeningForm | None = None, deciding: DecisionForm | None = None) -> str:
    return render_template(
        "exams/desk/dispute.html",
        entry=queries.entry_of(found, now=clock.now()),
        opening=opening or OpeningForm(formdata=None, prefix="opening-"),
        deciding=deciding or DecisionForm(formdata=None, prefix="decision-"),
        may_rule="trainer" in principal().roles and found.person_id != principal().person_id,
    )
