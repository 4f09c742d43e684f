"""During an exam: one item a screen, a plain form that works without a script, and the way to submit."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.exams import queries, services
from training.exams.models import Attempt
from training.exams.queries import Sitting
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.responses import ResponseFault
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.services import Saved
from training.exams.views.answers import plain_answer
from training.exams.views.blueprint import VERDICT_WORDS, blueprint
from training.exams.views.covering import covered_page
from training.exams.views.evidence import page_leaves_evidence, refuse_large_form
from training.exams.views.screens import care_for, palette, picture_addresses, screen
from training.web.access import current_actor, opens_to_signed_in, principal, writes
from training.web.wording import words_for


def page_client() -> str:
    """The window of somebody whose browser runs no script: their whole sign-in."""
    return f"page-{principal().session_id:08}"


def _item_page(attempt: Sitting, position: int, **more: Any) -> str:
    shown = screen(attempt, position, response=more.pop("response", None))
    now, template = clock.now(), "exams/item.html"
    if attempt.mode == AttemptMode.SEQUENTIAL:
        template = "exams/item_once.html"
        more |= {
            "plan": queries.plan_of(attempt, queries.exam_of_version(attempt.exam_version_id).document),
            "is_asked": "confirm" in request.args,
            "is_answered": shown.palette[position - 1].is_answered,
        }
    if shown.question.displayed:
        more["care"] = care_for(attempt.person_id, shown.question.displayed)
    more |= {"screen": shown, "question": shown.question, "media_url": picture_addresses(attempt, now=now)}
    return render_template(template, attempt=attempt, now=now, **more)


def _elsewhere(attempt: Sitting, position: int) -> ResponseReturnValue | None:
    """Where somebody is sent who asks for a place that is final or not reached; nothing where they may be."""
    here = attempt.confirmed_count + 1
    if attempt.mode == AttemptMode.FIXED or position == here:
        return None
    return redirect(url_for("exams.item", public_id=attempt.public_id, position=here))


@blueprint.get("/exams/attempts/<public_id>/<int:position>")
@opens_to_signed_in
def item(public_id: str, position: int) -> ResponseReturnValue:
    """One item."""
    attempt = queries.sitting_of(principal().person_id, public_id)
    if not attempt.is_open_at(clock.now()):
        return redirect(url_for("exams.result", public_id=public_id))
    return _elsewhere(attempt, position) or covered_page(attempt, position) or _item_page(attempt, position)


@blueprint.post("/exams/attempts/<public_id>/<int:position>")
@opens_to_signed_in
@page_leaves_evidence
@writes
def answer(public_id: str, position: int) -> ResponseReturnValue:
    """Save the answer of a plain form, and go where its button says."""
    refuse_large_form()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    response = response_at(attempt, position)
    saved = save_plain_form(attempt, position, response)
    db.session.commit()
    return after_saving(saved, attempt, response)


def save_plain_form(attempt: Attempt, position: int, response: dict[str, Any]) -> Saved:
    """Take what a plain form says as the next answer of this sign-in."""
    client_id = page_client()
    number = queries.last_sequence(attempt.id, client_id) + 1
    saving = Saving(position, client_id, number, response, "is_flagged" in request.form)
    return services.save_answer(attempt, saving, by=current_actor(), now=clock.now())


def response_at(attempt: Attempt, position: int) -> dict[str, Any]:
    """What the plain form of this place says; what cannot be read, or is for no place of the form, is told apart by the service."""
    place = queries.place_of(attempt.id, position)
    if place is None:
        return {}
    return place.response if place.version.kind == ItemKind.TYPING else plain_answer(place)


def after_saving(saved: Saved, attempt: Attempt, response: dict[str, Any]) -> ResponseReturnValue:
    """What a plain form gets for an answer."""
    if saved.verdict in {SaveVerdict.LATE, SaveVerdict.CLOSED} or (saved.verdict is SaveVerdict.FULL and not attempt.is_open_at(clock.now())):
        flash(VERDICT_WORDS[saved.verdict], "warn")
        return redirect(url_for("exams.result", public_id=attempt.public_id))
    if saved.verdict in {SaveVerdict.PAUSED, SaveVerdict.FINAL}:
        flash(VERDICT_WORDS[saved.verdict], "info")
        return redirect(url_for("exams.item", public_id=attempt.public_id, position=saved.position))
    if saved.verdict is SaveVerdict.OTHER_WRITER:
        return _item_page(_shown(attempt), saved.position, response=response, is_written_elsewhere=True), 409
    if saved.verdict is SaveVerdict.FULL:
        shown = _shown(attempt)
        return covered_page(shown, saved.position) or _item_page(shown, saved.position, problem=VERDICT_WORDS[saved.verdict]), 409
    if saved.fault is ResponseFault.UNKNOWN_ITEM:
        abort(404, words_for(saved.fault))
    if saved.fault is not None:
        return _item_page(_shown(attempt), saved.position, problem=words_for(saved.fault)), 422
    return redirect(_target(attempt, saved.position))


def _shown(attempt: Attempt) -> Sitting:
    """The attempt as its page shows it, after a save that was committed."""
    return queries.sitting_of(attempt.person_id, attempt.public_id)


def _target(attempt: Attempt, position: int) -> str:
    """Where the pressed button leads."""
    if request.form.get("go") == "confirm":
        return url_for("exams.item", public_id=attempt.public_id, position=position, confirm="ask", _anchor="exam-sure")
    go, count = request.form.get("go", "next"), queries.place_count(attempt)
    wanted = {"next": position + 1, "previous": position - 1}.get(go) or (int(go) if go.isascii() and go.isdigit() and len(go) < 4 else 0)
    if 1 <= wanted <= count:
        return url_for("exams.item", public_id=attempt.public_id, position=wanted)
    return url_for("exams.finish", public_id=attempt.public_id)


@blueprint.post("/exams/attempts/<public_id>/<int:position>/take-over")
@opens_to_signed_in
@writes
def take_over(public_id: str, position: int) -> ResponseReturnValue:
    """Write from this browser from now on, without a script."""
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    client_id = page_client()
    number = queries.last_sequence(attempt.id, client_id)
    services.claim_writing(attempt, client_id, sequence=number, takes_over=True, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.item", public_id=public_id, position=position))


@blueprint.get("/exams/attempts/<public_id>/finish")
@opens_to_signed_in
def finish(public_id: str) -> ResponseReturnValue:
    """What is unanswered and flagged, and the button that submits."""
    attempt = queries.sitting_of(principal().person_id, public_id)
    if not attempt.is_open_at(clock.now()):
        return redirect(url_for("exams.result", public_id=public_id))
    covered = covered_page(attempt)
    if covered is not None:
        return covered
    if attempt.mode == AttemptMode.SEQUENTIAL:
        return render_template("exams/finish_once.html", attempt=attempt, now=clock.now())
    entries = palette(attempt.answers, queries.place_count(attempt))
    is_marked_by_people = any(place.version.kind == ItemKind.REPLY and not place.is_pilot for place in queries.pinned_form(public_id).values())
    return render_template("exams/finish.html", attempt=attempt, entries=entries, now=clock.now(), is_marked_by_people=is_marked_by_people)


@blueprint.post("/exams/attempts/<public_id>/submit")
@opens_to_signed_in
@writes
def submit(public_id: str) -> ResponseReturnValue:
    """End the attempt and grade it, without a script."""
    attempt = queries.attempt_to_finish(principal().person_id, public_id)
    client_id = request.form.get("client_id") or page_client()
    services.submit_attempt(attempt, client_id=client_id, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.result", public_id=public_id))
