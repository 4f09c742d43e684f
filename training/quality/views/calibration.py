"""Calibration sessions: who is asked to label what, how far they are, and what they said once it is revealed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import people_of_team, person_names
from training.accounts.rules import Role
from training.cases.queries import taxonomy
from training.db import db
from training.errors import NotFound, Refusal
from training.judgements.rules import CaseAnswer
from training.quality.forms import CalibrationForm, InviteForm, calibration_form, invite_form
from training.quality.models.calibration import CalibrationMember
from training.quality.queries import calibration as queries
from training.quality.queries.calibration import SessionCase, Standing
from training.quality.queries.panels import waiting_panels
from training.quality.rules.calibration import (
    GOOD_ALPHA,
    MOST_ROUNDS,
    TENTATIVE_ALPHA,
    Agreement,
    CalibrationRefusal,
    Measure,
    Spread,
    agreement_said,
    spread_of,
)
from training.quality.services import calibration as services
from training.quality.services.calibration import Planned
from training.quality.views.blueprint import blueprint
from training.quality.views.calibration_words import MEASURE_NAMES, STATE_NAMES
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.addresses import id_in_query
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import words_for

MAY_CALL = (Role.QA, Role.TRAINER)
"""Who calls sessions, and runs those in which they do not label."""
MAY_READ = frozenset({*MAY_CALL, Role.AUDITOR})

add_place(Place("quality.calibrations", "Calibration", Group.MINE, 47))
add_section("calibration", queries.personal_calibrations)


@blueprint.get("/calibration")
@opens_to_signed_in
def calibrations() -> str:
    """The sessions in which I label; for QA, trainers and auditors every session."""
    before, me = id_in_query("before"), principal().person_id
    reads_all = bool(MAY_READ & principal().roles)
    found = queries.sessions_page(before_id=before) if reads_all else queries.sessions_of(me, before_id=before)
    return render_template(
        "quality/calibrations.html",
        sessions=queries.standings_of(found),
        waiting={each.session.id: each for each in queries.to_label(me, at=clock.now())},
        blind=waiting_panels(me, at=clock.now()) if set(MAY_CALL) & principal().roles else (),
        names=person_names(session.made_by_id for session in found),
        states=STATE_NAMES,
        reads_all=reads_all,
        may_call=bool(set(MAY_CALL) & principal().roles),
        older_id=found[-1].id if len(found) == queries.SESSIONS_SHOWN else None,
    )


@blueprint.get("/calibration/new")
@opens_to(*MAY_CALL)
def new_calibration() -> str:
    """Whom to ask to label what."""
    return _calling_page(calibration_form())


@blueprint.post("/calibration/new")
@opens_to(*MAY_CALL)
@writes
def call_calibration() -> ResponseReturnValue:
    """Call a session: everybody who is asked gets a mail."""
    form = calibration_form()
    if not form.validate_on_submit():
        return _calling_page(form), 400
    planned = Planned(form.title.data or "", _asked(form), form.note.data or "", form.slugs, form.clauses.data or (), form.case_count.data or 0)
    try:
        session = services.open_session(planned, site_url=current_app.config["PUBLIC_URL"], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        about_cases = refusal.reason in {CalibrationRefusal.NO_CASES, CalibrationRefusal.CASE_UNKNOWN}
        (form.cases if about_cases else form.people).errors = [words_for(refusal.reason, refusal.detail)]
        return _calling_page(form), 409
    address = url_for("quality.calibration", session_id=session.id)
    db.session.commit()
    flash("Everybody whom you asked has a mail. You see here how far they are.", "good")
    return redirect(address)


def _asked(form: CalibrationForm | InviteForm) -> frozenset[int]:
    """Whom the form asks: by address, and everybody of a team but whoever calls."""
    team = {person.id for person in people_of_team(form.team.data, at=clock.now())} if form.team.data else set()
    return form.people.person_ids | (team - {principal().person_id})


def _calling_page(form: CalibrationForm) -> str:
    return render_template("quality/calibration_new.html", form=form, areas=form.clauses_by_area(), titles=taxonomy().titles)


@blueprint.get("/calibration/<int:session_id>")
@opens_to_signed_in
def calibration(session_id: int) -> str:
    """One session: my cases while people label, and what was said once it is revealed."""
    return session_page(visible_session(session_id), invite_form())


def visible_session(session_id: int) -> Standing:
    """A session that the reader labels in, or may read. Raises NotFound for everybody else."""
    standing = queries.standing_of_session(session_id)
    if queries.membership(session_id, principal().person_id) is None and not MAY_READ & principal().roles:
        raise NotFound(session_id)
    return standing


def runs_it(session_id: int) -> bool:
    """Whether the reader runs the session: of QA or a trainer, and not one of those who label."""
    return bool(set(MAY_CALL) & principal().roles) and queries.membership(session_id, principal().person_id) is None


def session_page(standing: Standing, form: InviteForm, problem: str | None = None) -> str:
    """The page of a session; `problem` says why something was not done."""
    session, me = standing.session, principal().person_id
    members, cases = queries.members_of(session.id), queries.cases_of_session(session.id)
    member = next((each for each in members if each.person_id == me), None)
    return render_template(
        "quality/calibration.html",
        standing=standing,
        session=session,
        member=member,
        mine=_mine(standing, me) if member is not None else (),
        runs_it=runs_it(session.id),
        progress=_progress(standing, cases, members) if member is None else None,
        compared=compared_in(standing, cases),
        agreements=_agreements(standing),
        names=person_names([session.made_by_id, *(each.person_id for each in members)]),
        members=members,
        states=STATE_NAMES,
        measures=MEASURE_NAMES,
        good_alpha=GOOD_ALPHA,
        tentative_alpha=TENTATIVE_ALPHA,
        has_more_rounds=standing.last.number < MOST_ROUNDS,
        form=form,
        problem=problem,
    )


def _mine(standing: Standing, me: int) -> list[tuple[SessionCase, bool]]:
    """The cases that I am shown, and whether I labelled each in the round that is open or was last."""
    done = queries.answered_of(standing.session.id, standing.last.number).get(me, frozenset())
    return [(each, each.case.id in done) for each in queries.cases_for(standing.session.id, me, at=clock.now())]


def _progress(standing: Standing, cases: Sequence[SessionCase], members: Sequence[CalibrationMember]) -> Mapping[str, int]:
    """How far everybody is in the last round, without names."""
    answered = queries.answered_of(standing.session.id, standing.last.number)
    shown = {each.case.id for each in cases if each.is_practised}
    there = [member for member in members if member.left_at is None]
    given = sum(len(done & shown) for done in answered.values())
    finished = sum(answered.get(member.person_id, frozenset()) >= shown for member in there)
    return {"given": given, "expected": max(given, len(there) * len(shown)), "finished": finished, "people": len(there)}


def _agreements(standing: Standing) -> dict[int, dict[Measure, Agreement]]:
    """How far everybody agreed, by round."""
    return {each.number: {measure: agreement_said((each.figures or {})[measure.value]) for measure in Measure} for each in standing.revealed}


@dataclass(frozen=True, slots=True)
class Compared:
    """One case with what was said of it in each round that is revealed."""

    found: SessionCase
    spreads: Mapping[int, Spread]
    own: Mapping[int, CaseAnswer]
    """What the reader said themselves."""


def compared_in(standing: Standing, cases: Sequence[SessionCase]) -> list[Compared]:
    """What was said of these cases. Nothing of one that left the practice pool."""
    me, said = principal().person_id, {each.number: queries.labels_of(standing.session.id, each.number) for each in standing.revealed}
    return [
        Compared(
            each,
            {number: spread_of(list(labels.get(each.case.id, {}).values())) for number, labels in said.items()},
            {number: labels[each.case.id][me] for number, labels in said.items() if me in labels.get(each.case.id, {})},
        )
        for each in cases
        if each.is_practised
    ]


@blueprint.post("/calibration/<int:session_id>/people")
@opens_to(*MAY_CALL)
@writes
def invite_to_calibration(session_id: int) -> ResponseReturnValue:
    """Ask more people, while nothing is revealed."""
    form = invite_form()
    if not form.validate_on_submit():
        return session_page(queries.standing_of_session(session_id), form), 400
    try:
        count = services.invite(session_id, _asked(form), site_url=current_app.config["PUBLIC_URL"], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.people.errors = [words_for(refusal.reason, refusal.detail)]
        return session_page(queries.standing_of_session(session_id), form), 409
    db.session.commit()
    flash(f"{count} more {'person is' if count == 1 else 'people are'} asked." if count else "They were asked already.", "good" if count else "info")
    return redirect(url_for("quality.calibration", session_id=session_id))


@blueprint.post("/calibration/<int:session_id>/leave")
@opens_to_signed_in
@writes
def leave_calibration(session_id: int) -> ResponseReturnValue:
    """Label no more in this session."""
    return _done(session_id, lambda: services.leave(session_id, principal().person_id, now=clock.now()), "You have left. What you said before still counts.")


@blueprint.post("/calibration/<int:session_id>/reveal")
@opens_to(*MAY_CALL)
@writes
def reveal_calibration(session_id: int) -> ResponseReturnValue:
    """End the round, and show everybody what was said."""
    site_url = current_app.config["PUBLIC_URL"]
    return _done(session_id, lambda: services.reveal(session_id, site_url=site_url, by=current_actor(), now=clock.now()), "It is revealed, without names.")


@blueprint.post("/calibration/<int:session_id>/again")
@opens_to(*MAY_CALL)
@writes
def label_again(session_id: int) -> ResponseReturnValue:
    """Let everybody label once more."""
    site_url = current_app.config["PUBLIC_URL"]
    return _done(session_id, lambda: services.begin_again(session_id, site_url=site_url, by=current_actor(), now=clock.now()), "Everybody labels once more.")


@blueprint.post("/calibration/<int:session_id>/close")
@opens_to(*MAY_CALL)
@writes
def close_calibration(session_id: int) -> ResponseReturnValue:
    """End the session for good."""
    return _done(session_id, lambda: services.close_session(session_id, by=current_actor(), now=clock.now()), "The session is closed.")


def _done(session_id: int, deed: Callable[[], None], words: str) -> ResponseReturnValue:
    """Do it, and lead back to the session, with what came of it or why nothing did."""
    visible_session(session_id)
    try:
        deed()
    except Refusal as refusal:
        db.session.rollback()
        return session_page(queries.standing_of_session(session_id), invite_form(), words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("quality.calibration", session_id=session_id))
