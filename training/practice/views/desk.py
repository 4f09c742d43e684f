"""The desk: one case, one answer, and what the expert said."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.forms import CaseAnswerForm, answer_form
from training.cases.queries import case_for_display, taxonomy
from training.cases.rendering import DisplayedCase
from training.db import db
from training.errors import NotFound, Refusal
from training.judgements.documents import answer_json, parse_answer
from training.media.tokens import Audience, media_address
from training.practice import queries, services
from training.practice.models import Serving
from training.practice.rules import (
    DAILY,
    FEWEST_COLLEAGUES,
    PAUSE,
    Instead,
    Preference,
    Purpose,
    PurposeKind,
    Veil,
    instead_of,
    is_break_due,
    is_spent,
    purpose_of,
    sensitivity_of,
    veil_over,
)
from training.practice.views.blueprint import blueprint, budget
from training.practice.views.purposes import asked_purpose, purpose_arguments
from training.web.access import opens_to_signed_in, principal, writes
from training.web.wording import words_for

LOOKING_BACK = PAUSE * 9
"""Far enough to see a stretch of work that calls for a break."""


@blueprint.get("/next")
@opens_to_signed_in
def next_case() -> ResponseReturnValue:
    """Where practising begins, or goes on with the case that waits; the address says what for."""
    purpose = asked_purpose()
    session = queries.open_session(principal().person_id, purpose.scope)
    waiting = queries.open_serving(session) if session else None
    if waiting is not None and not waiting.is_ahead:
        return redirect(url_for("practice.serving", serving_id=waiting.id))
    return render_template("practice/next.html", purpose=purpose, arguments=purpose_arguments(purpose), titles=taxonomy().titles)


@blueprint.post("/next")
@opens_to_signed_in
@writes
def serve_next() -> ResponseReturnValue:
    """Give me the next case. Whoever shows the one that was laid ready already, and says which, need not be led to it."""
    found = services.next_case(principal().person_id, now=clock.now(), purpose=asked_purpose(), budget=budget())
    serving_id = found.id
    db.session.commit()
    if request.form.get("ahead") == str(serving_id):
        return "", HTTPStatus.NO_CONTENT
    return redirect(url_for("practice.serving", serving_id=serving_id))


@blueprint.get("/<int:serving_id>")
@opens_to_signed_in
def serving(serving_id: int) -> ResponseReturnValue:
    """The case to decide; once it is answered, what the expert said."""
    found = queries.serving_of(principal().person_id, serving_id)
    kind = sensitivity_of(found.case.concept)
    if kind is not None and kind in queries.withheld_from(found.person_id, at=clock.now()):
        return render_template("practice/withheld.html", kind=kind, arguments=_arguments_of(found))
    if found.answered_at is not None:
        return _feedback_page(found)
    if found.skipped_at is not None:
        return render_template("practice/skipped.html", arguments=_arguments_of(found))
    if found.is_ahead:
        return redirect(url_for("practice.next_case", **_arguments_of(found)))
    return _fresh_desk_page(found)


@blueprint.post("/<int:serving_id>/ahead")
@opens_to_signed_in
@writes
def lay_ahead(serving_id: int) -> ResponseReturnValue:
    """Lay the next case ready while I read what the expert said of this one, and give me its page to keep until I ask for it."""
    laid = services.lay_ahead(queries.serving_of(principal().person_id, serving_id), now=clock.now(), budget=budget())
    db.session.commit()
    if laid is None:
        return "", HTTPStatus.NO_CONTENT
    return _fresh_desk_page(laid), {"Content-Location": url_for("practice.serving", serving_id=laid.id)}


@blueprint.post("/<int:serving_id>")
@opens_to_signed_in
@writes
def answer(serving_id: int) -> ResponseReturnValue:
    """Take my answer. The first one stands, however often it is sent."""
    found, now = queries.serving_of(principal().person_id, serving_id), clock.now()
    displayed = case_for_display(found.case_version_id)
    form = answer_form(taxonomy(), case=displayed)
    was_answered = found.answered_at is not None
    if not form.validate():
        return _first_answer_stands(found) if was_answered else (_desk_page(found, displayed, form), 400)
    given = parse_answer(form.as_json(), seconds=_seconds_taken(found, now=now))
    is_same = services.answer_serving(found, given, now=now).answer == answer_json(given)
    if was_answered or not is_same:
        return _first_answer_stands(found, is_same=is_same)
    is_going_on = _purpose_of(found).kind is PurposeKind.DRILL and not _is_break_due(found, _preference(found), now=now)
    address = _onward(found, now=now) if is_going_on else url_for("practice.serving", serving_id=found.id)
    db.session.commit()
    return redirect(address)


@blueprint.post("/<int:serving_id>/skip")
@opens_to_signed_in
@writes
def skip(serving_id: int) -> ResponseReturnValue:
    """Leave this case, at no cost, and give me another one instead: an equal, or something lighter."""
    found, now = queries.serving_of(principal().person_id, serving_id), clock.now()
    services.skip_serving(found, now=now)
    address = _onward(found, now=now, skipped=services.Skipped(found.case_id, instead_of(_wish(), is_severe=found.is_severe)))
    db.session.commit()
    return redirect(address)


@blueprint.post("/<int:serving_id>/near-miss")
@opens_to_signed_in
@writes
def near_miss(serving_id: int) -> ResponseReturnValue:
    """Give me the look-alike that is decided the other way. Only after the answer: before it, it would be a hint."""
    found = queries.serving_of(principal().person_id, serving_id)
    if found.answered_at is None:
        raise NotFound
    other = services.serve_near_miss(found, now=clock.now(), budget=budget())
    db.session.commit()
    return redirect(url_for("practice.serving", serving_id=other.id))


def _first_answer_stands(found: Serving, *, is_same: bool = False) -> ResponseReturnValue:
    """To the feedback on the first answer; the same one sent again, by a browser that never heard back, was no other."""
    flash("This answer had arrived already." if is_same else "You had answered this case already; your first answer stands.", "info")
    return redirect(url_for("practice.serving", serving_id=found.id))


def _fresh_desk_page(found: Serving) -> str:
    displayed = case_for_display(found.case_version_id)
    return _desk_page(found, displayed, answer_form(taxonomy(), case=displayed))


def _desk_page(found: Serving, displayed: DisplayedCase, form: CaseAnswerForm) -> str:
    session, preference = found.session, _preference(found)
    return render_template(
        "practice/desk.html",
        serving=found,
        displayed=displayed,
        form=form,
        preference=preference,
        veil=_veil(found, preference),
        media_url=_media_url(found),
        elapsed_seconds=max(0, int((clock.now() - found.served_at).total_seconds())),
        check=queries.check_version(session.check_version_id) if session.check_version_id else None,
        session=session,
        progress=queries.progress_of(session, now=clock.now()),
        is_enough=is_spent(queries.exposure_of(found.person_id, principal().time_zone, now=clock.now()), budget()),
    )


def _feedback_page(found: Serving) -> str:
    now, preference = clock.now(), _preference(found)
    session = found.session
    return render_template(
        "practice/feedback.html",
        is_called_for=queries.was_called_for(found),
        feedback=queries.feedback_on(found, at=now),
        fewest_colleagues=FEWEST_COLLEAGUES,
        titles=taxonomy().titles,
        preference=preference,
        veil_of=lambda serving: _veil(serving, preference),
        media_url=_media_url(found),
        check=queries.check_version(session.check_version_id) if session.check_version_id else None,
        check_slug=session.scope.partition(":")[2],
        session=session,
        progress=queries.progress_of(session, now=now),
        arguments=_arguments_of(found),
        is_break_due=_is_break_due(found, preference, now=now),
    )


def _preference(found: Serving) -> Preference:
    return queries.preference_of(found.person_id, usual=current_app.config["CARE_DEFAULTS"])


def _seconds_taken(found: Serving, *, now: datetime) -> float | None:
    """How long the person had the case before them; unknown where their browser kept the answer, or the word that the case was shown never arrived."""
    return None if found.is_ahead or "was_kept" in request.form else (now - found.served_at).total_seconds()


def _is_break_due(found: Serving, preference: Preference, *, now: datetime) -> bool:
    """Whether the person is due for a break, and wants to be told."""
    looked = queries.looked_at(found.person_id, since=now - LOOKING_BACK)
    return preference.is_prompting_breaks and is_break_due(looked, now=now)


def _wish() -> Instead | None:
    """What the button said that was pressed to skip. Raises NotFound for a word that none of them says."""
    word = request.form.get("instead")
    if word is not None and word not in set(Instead):
        raise NotFound
    return Instead(word) if word else None


def _onward(found: Serving, *, now: datetime, skipped: services.Skipped | None = None) -> str:
    """Where it goes on after this case: the next one, or how the session went where this was its last or nothing else may come."""
    session = found.session
    if session.ended_at is not None:
        return url_for("practice.session", session_id=session.id)
    try:
        onward = services.next_case(found.person_id, now=now, purpose=_purpose_of(found), skipped=skipped, budget=budget())
    except Refusal as refusal:
        # What was just skipped or answered stays so.
        flash(words_for(refusal.reason, refusal.detail), "info")
        return url_for("practice.session", session_id=session.id)
    return url_for("practice.serving", serving_id=onward.id)


def _purpose_of(found: Serving) -> Purpose:
    """What going on from here practises: what was practised where this was served; beside a near-miss, a mix."""
    purpose = purpose_of(found.session.scope)
    return DAILY if purpose.kind is PurposeKind.NEAR_MISS else purpose


def _arguments_of(found: Serving) -> dict[str, Any]:
    """The arguments of the address that goes on with it."""
    return purpose_arguments(_purpose_of(found))


def _veil(found: Serving, preference: Preference) -> Veil:
    return veil_over(found.case.area, is_severe=found.is_severe, is_blurring=preference.is_blurring)


def _media_url(found: Serving) -> Callable[[int], str]:
    audience, now = Audience(found.person_id, "practice"), clock.now()
    return lambda media_id: media_address(media_id, audience, now=now)
