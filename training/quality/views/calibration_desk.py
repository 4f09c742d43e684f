"""One case of a calibration session: to label while people label, to compare once it is revealed."""

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.forms import CaseAnswerForm, answer_form
from training.cases.queries import case_for_display, is_severe_family, taxonomy
from training.cases.rules import Action
from training.db import db
from training.errors import NotFound, Refusal
from training.judgements.documents import answer_json, parse_answer
from training.judgements.queries import reference_value
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.practice.rules import veil_over
from training.quality.forms import CalibrationNoteForm, invite_form
from training.quality.queries import calibration as queries
from training.quality.queries.calibration import SessionCase, Standing
from training.quality.rules.calibration import CalibrationRefusal, CalibrationState, consensus_refusal, spread_of
from training.quality.services import calibration as services
from training.quality.services.consensus import bring_forward, footing_of
from training.quality.views.blueprint import blueprint
from training.quality.views.calibration import MAY_CALL, compared_in, runs_it, session_page, visible_session
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.wording import words_for


@blueprint.get("/calibration/<int:session_id>/cases/<int:position>")
@opens_to_signed_in
def calibration_case(session_id: int, position: int) -> ResponseReturnValue:
    """The case to label; once it is revealed, what everybody said of it."""
    standing, me = visible_session(session_id), principal().person_id
    if standing.state is not CalibrationState.LABELLING:
        return _compared_page(standing, position)
    if queries.membership(session_id, me) is None:
        return redirect(url_for("quality.calibration", session_id=session_id))
    try:
        found = services.case_to_label(standing, me, position, now=clock.now())
    except Refusal as refusal:
        flash(words_for(refusal.reason, refusal.detail), "info")
        return redirect(url_for("quality.calibration", session_id=session_id))
    if found.case.id in queries.answered_of(session_id, standing.last.number).get(me, ()):
        flash("You have labelled this case. What everybody said is shown once it is revealed.", "info")
        return redirect(url_for("quality.calibration", session_id=session_id))
    return _desk_page(standing, found, _answer_form(found))


@blueprint.post("/calibration/<int:session_id>/cases/<int:position>")
@opens_to_signed_in
@writes
def label_case(session_id: int, position: int) -> ResponseReturnValue:
    """Take my label, and lead me to the next case. The first one stands, however often it is sent."""
    standing, me, now = visible_session(session_id), principal().person_id, clock.now()
    try:
        found = services.case_to_label(standing, me, position, now=now)
    except Refusal as refusal:
        return _not_taken(session_id, refusal)
    form = _answer_form(found)
    if not form.validate():
        return _desk_page(standing, found, form), 400
    given = parse_answer(form.as_json())
    try:
        kept = services.label(session_id, position, given, person_id=me, now=now)
    except Refusal as refusal:
        db.session.rollback()
        return _not_taken(session_id, refusal)
    is_same = kept.answer == answer_json(given)
    address = _onward(session_id, me, position)
    db.session.commit()
    if not is_same:
        flash("You had labelled this case already; your first label stands.", "info")
    return redirect(address)


def _not_taken(session_id: int, refusal: Refusal) -> ResponseReturnValue:
    """The session, where what was revealed meanwhile is to be seen."""
    if refusal.reason not in {CalibrationRefusal.NOT_LABELLING, CalibrationRefusal.HAS_LEFT}:
        raise refusal
    return session_page(queries.standing_of_session(session_id), invite_form(), words_for(refusal.reason, refusal.detail)), 409


def _onward(session_id: int, me: int, position: int) -> str:
    """The next case that waits for my label, those behind this one first; the session where none does."""
    standing = queries.standing_of_session(session_id)
    done = queries.answered_of(session_id, standing.last.number).get(me, frozenset())
    waiting = [each.pinned.position for each in queries.cases_for(session_id, me, at=clock.now()) if each.case.id not in done]
    if not waiting:
        flash("You have labelled every case. You get a mail once it is revealed what everybody said.", "good")
        return url_for("quality.calibration", session_id=session_id)
    onward = next((place for place in waiting if place > position), waiting[0])
    return url_for("quality.calibration_case", session_id=session_id, position=onward)


def _answer_form(found: SessionCase) -> CaseAnswerForm:
    return answer_form(taxonomy(), case=case_for_display(found.pinned.case_version_id))


def _shown(standing: Standing, found: SessionCase) -> dict[str, Any]:
    """The case as the reader is shown it, with what they prefer."""
    me, now = principal().person_id, clock.now()
    preference, is_severe = preference_of(me, usual=current_app.config["CARE_DEFAULTS"]), is_severe_family(found.case.family)
    audience = Audience(me, f"calibration:{standing.session.id}")
    media_url: Callable[[int], str] = lambda media_id: media_address(media_id, audience, now=now)  # noqa: E731
    return {
        "displayed": case_for_display(found.pinned.case_version_id),
        "preference": preference,
        "veil": veil_over(found.case.area, is_severe=is_severe, is_blurring=preference.is_blurring),
        "is_severe": is_severe,
        "media_url": media_url,
    }


def _desk_page(standing: Standing, found: SessionCase, form: CaseAnswerForm) -> str:
    """The case and the form: nothing of what anybody else said, of the reference, of how many agree."""
    me = principal().person_id
    cases = queries.cases_for(standing.session.id, me, at=clock.now())
    done = queries.answered_of(standing.session.id, standing.last.number).get(me, frozenset())
    return render_template(
        "quality/calibration_desk.html",
        session=standing.session,
        round=standing.last,
        found=found,
        form=form,
        done_count=sum(each.case.id in done for each in cases),
        case_count=len(cases),
        **_shown(standing, found),
    )


def _compared_page(standing: Standing, position: int, form: CalibrationNoteForm | None = None, problem: str | None = None) -> str:
    """What everybody said, without names; the expert's answer once the session is closed. Raises NotFound for a case that is gone."""
    found = next((each for each in queries.cases_of_session(standing.session.id) if each.pinned.position == position), None)
    if found is None or not found.is_practised or not standing.revealed:
        raise NotFound(position)
    if queries.membership(standing.session.id, principal().person_id) is not None:
        _refuse_withheld(standing, found)
    (compared,), is_closed = compared_in(standing, [found]), standing.state is CalibrationState.CLOSED
    note = queries.notes_of(standing.session.id).get(found.pinned.id)
    footing = footing_of(standing, found) if is_closed else None
    return render_template(
        "quality/calibration_case.html",
        session=standing.session,
        found=found,
        compared=compared,
        own=spread_of(list(compared.own.values())),
        note=note,
        form=form or CalibrationNoteForm(data={"words": note.words if note else ""}),
        problem=problem,
        reference=reference_value(found.pinned.reference_id) if is_closed else None,
        footing=footing,
        refusal=words_for(reason) if footing and (reason := consensus_refusal(footing)) else None,
        brought=queries.consensuses_of(standing.session.id).get(found.pinned.id),
        runs_it=runs_it(standing.session.id),
        actions=list(Action),
        titles=taxonomy().titles,
        **_shown(standing, found),
    )


def _refuse_withheld(standing: Standing, found: SessionCase) -> None:
    """Whoever does not agree to see such material is shown it nowhere. Raises NotFound."""
    shown = queries.cases_for(standing.session.id, principal().person_id, at=clock.now())
    if found.pinned.id not in {each.pinned.id for each in shown}:
        raise NotFound(found.pinned.position)


@blueprint.post("/calibration/<int:session_id>/cases/<int:position>/note")
@opens_to(*MAY_CALL)
@writes
def note_on_case(session_id: int, position: int) -> ResponseReturnValue:
    """Keep what was said of the case as it was discussed."""
    standing, form = visible_session(session_id), CalibrationNoteForm()
    if not form.validate_on_submit():
        return _compared_page(standing, position, form), 400
    services.note_on(session_id, position, (form.words.data or "").replace("\r\n", "\n"), by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The note is kept.", "good")
    return redirect(url_for("quality.calibration_case", session_id=session_id, position=position))


@blueprint.post("/calibration/<int:session_id>/cases/<int:position>/consensus")
@opens_to(*MAY_CALL)
@writes
def bring_consensus(session_id: int, position: int) -> ResponseReturnValue:
    """Bring forward what most said as the next reference."""
    visible_session(session_id)
    try:
        bring_forward(session_id, position, site_url=current_app.config["PUBLIC_URL"], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _compared_page(queries.standing_of_session(session_id), position, problem=words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash("It is brought forward. Another trainer looks at who would change, and carries it out.", "good")
    return redirect(url_for("quality.calibration_case", session_id=session_id, position=position))
