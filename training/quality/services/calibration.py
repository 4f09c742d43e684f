"""Calibration sessions: calling one, labelling blind, revealing the spread, labelling once more, and closing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.queries import person_addresses
from training.actors import Actor
from training.audit.services import record
from training.cases.queries import PracticeCase, practice_cases_by_slugs
from training.db import db
from training.errors import NotFound, Refusal
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import Occasion, record_judgement
from training.outbox.services import Draft, queue_mails
from training.quality.models.calibration import CalibrationCase, CalibrationMember, CalibrationNote, CalibrationRound, CalibrationSession
from training.quality.queries import calibration as queries
from training.quality.queries.calibration import SessionCase, Standing
from training.quality.rules.calibration import (
    FEWEST_PEOPLE,
    MOST_CASES,
    MOST_PEOPLE,
    MOST_ROUNDS,
    CalibrationRefusal,
    CalibrationState,
    Measure,
    agreement,
    agreement_written,
    occasion_of,
)
from training.quality.services.letters import Letter, invitation_letter, revealed_letter


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as it is called: cases by their slugs, or clauses and how many cases of them that none of these people answered before."""

    title: str
    people: Collection[int]
    note: str = ""
    cases: Sequence[str] = ()
    clauses: Sequence[str] = ()
    case_count: int = 0


def open_session(planned: Planned, *, site_url: str, by: Actor, now: datetime) -> CalibrationSession:
    """Call people to label these cases; each gets a mail. Raises Refusal where there are too few people or no cases, or one that may not be shown."""
    assert by.id is not None, "only people call sessions"
    _refuse_people(planned.people, maker_id=by.id)
    cases = _cases_of(planned)
    session = CalibrationSession(title=planned.title, note=planned.note, made_by_id=by.id, opened_at=now)
    db.session.add(session)
    db.session.flush()
    db.session.add(CalibrationRound(session_id=session.id, number=1, opened_at=now))
    db.session.add_all(
        CalibrationCase(session_id=session.id, position=position, case_id=case.case_id, case_version_id=case.case_version_id, reference_id=case.reference_id)
        for position, case in enumerate(cases, start=1)
    )
    _add_members(session, planned.people, site_url=site_url, now=now)
    detail = {"cases": len(cases), "people": len(planned.people)}
    record("calibration.opened", by=by, subject=("calibration", session.id), now=now, detail=detail)
    return session


def held_for(session_id: int, by: Actor) -> Standing:
    """The session, held for whoever runs it. Raises Refusal for those who label in it: they are to be as blind as everybody."""
    standing = queries.hold_session(session_id)
    if by.id is not None and queries.membership(session_id, by.id) is not None:
        raise Refusal(CalibrationRefusal.LABELS_HERE)
    return standing


def _refuse_people(people: Collection[int], *, maker_id: int) -> None:
    if maker_id in people:
        raise Refusal(CalibrationRefusal.FACILITATES)
    if len(people) < FEWEST_PEOPLE:
        raise Refusal(CalibrationRefusal.TOO_FEW_PEOPLE)
    if len(people) > MOST_PEOPLE:
        raise Refusal(CalibrationRefusal.TOO_MANY_PEOPLE, most=MOST_PEOPLE)


def _cases_of(planned: Planned) -> list[PracticeCase]:
    if planned.cases:
        known = practice_cases_by_slugs(planned.cases)
        if (unknown := next((slug for slug in planned.cases if slug not in known), None)) is not None:
            raise Refusal(CalibrationRefusal.CASE_UNKNOWN, case=unknown)
        found = [known[slug] for slug in dict.fromkeys(planned.cases)]
    else:
        found = queries.unmet_cases(planned.clauses, planned.people, count=min(planned.case_count, MOST_CASES))
    if not found:
        raise Refusal(CalibrationRefusal.NO_CASES)
    return found[:MOST_CASES]


def _add_members(session: CalibrationSession, people: Collection[int], *, site_url: str, now: datetime) -> None:
    db.session.add_all(CalibrationMember(session_id=session.id, person_id=person_id, invited_at=now) for person_id in sorted(people))
    db.session.flush()
    tell(people, invitation_letter(session.title, session.note, session_id=session.id, is_again=False, site_url=site_url), now=now)


def tell(people: Collection[int], letter: Letter, *, now: datetime) -> None:
    """Send this to those of these people who work here."""
    addresses = person_addresses(people)
    queue_mails((Draft(addresses[person_id], letter.subject, letter.body) for person_id in sorted(addresses)), now=now)


def invite(session_id: int, people: Collection[int], *, site_url: str, by: Actor, now: datetime) -> int:
    """Call more people while nothing is revealed; how many came newly. Raises Refusal once anything is: they could not be blind."""
    standing = held_for(session_id, by)
    members = {member.person_id for member in queries.members_of(session_id)}
    _refuse_people(members | set(people), maker_id=standing.session.made_by_id)
    if standing.state is not CalibrationState.LABELLING or standing.last.number > 1:
        raise Refusal(CalibrationRefusal.TOO_LATE_TO_JOIN)
    new = set(people) - members
    _add_members(standing.session, new, site_url=site_url, now=now)
    record("calibration.invited", by=by, subject=("calibration", session_id), now=now, detail={"people": len(new)})
    return len(new)


def leave(session_id: int, person_id: int, *, now: datetime) -> None:
    """Label no more in this session. What they said stays; a second click changes nothing. Raises NotFound for whoever was not asked."""
    queries.hold_session(session_id)
    member = queries.membership(session_id, person_id)
    if member is None:
        raise NotFound(session_id)
    member.left_at = member.left_at or now
    db.session.flush()


def case_to_label(standing: Standing, person_id: int, position: int, *, now: datetime) -> SessionCase:
    """The case at this place for somebody who labels. Raises NotFound where they are not shown it, and Refusal where nobody labels, or they left."""
    session_id = standing.session.id
    member = queries.membership(session_id, person_id)
    found = next((each for each in queries.cases_for(session_id, person_id, at=now) if each.pinned.position == position), None)
    if member is None or found is None:
        raise NotFound(session_id)
    if member.left_at is not None:
        raise Refusal(CalibrationRefusal.HAS_LEFT)
    if standing.state is not CalibrationState.LABELLING:
        raise Refusal(CalibrationRefusal.NOT_LABELLING)
    return found


def label(session_id: int, position: int, answer: CaseAnswer, *, person_id: int, now: datetime) -> Judgement:
    """Take this person's label of a case in the round that is open. The first one stands: a second click gets it back.

    Raises NotFound and Refusal as `case_to_label` does.
    """
    standing = queries.hold_session(session_id)
    found = case_to_label(standing, person_id, position, now=now)
    return record_judgement(
        answer,
        occasion=Occasion(person_id, Source.CALIBRATION, occasion_of(session_id, standing.last.number)),
        case_version_id=found.pinned.case_version_id,
        reference_id=found.pinned.reference_id,
        now=now,
    )


def reveal(session_id: int, *, site_url: str, by: Actor, now: datetime) -> None:
    """End the round, and show everybody what was said. A second click changes nothing.

    Raises Refusal where no case has two labels: one alone would show what one person said.
    """
    standing = held_for(session_id, by)
    if standing.session.closed_at is not None:
        raise Refusal(CalibrationRefusal.CLOSED_ALREADY)
    if standing.last.revealed_at is not None:
        return
    cases = [list(said.values()) for said in queries.labels_of(session_id, standing.last.number).values()]
    if all(len(said) < FEWEST_PEOPLE for said in cases):
        raise Refusal(CalibrationRefusal.TOO_FEW_LABELS)
    standing.last.figures = {measure.value: agreement_written(agreement(measure, cases)) for measure in Measure}
    standing.last.revealed_at = now
    db.session.flush()
    tell(_still_there(session_id), revealed_letter(standing.session.title, session_id=session_id, site_url=site_url), now=now)
    record("calibration.revealed", by=by, subject=("calibration", session_id), now=now, detail={"round": standing.last.number})


def _still_there(session_id: int) -> set[int]:
    return {member.person_id for member in queries.members_of(session_id) if member.left_at is None}


def begin_again(session_id: int, *, site_url: str, by: Actor, now: datetime) -> None:
    """Let the same people label the same cases once more, blind. Raises Refusal where nothing is revealed, or there is no further round."""
    standing = held_for(session_id, by)
    if standing.session.closed_at is not None:
        raise Refusal(CalibrationRefusal.CLOSED_ALREADY)
    if standing.last.revealed_at is None:
        raise Refusal(CalibrationRefusal.NOT_REVEALED)
    if standing.last.number >= MOST_ROUNDS:
        raise Refusal(CalibrationRefusal.NO_MORE_ROUNDS)
    session = standing.session
    db.session.add(CalibrationRound(session_id=session_id, number=standing.last.number + 1, opened_at=now))
    db.session.flush()
    tell(_still_there(session_id), invitation_letter(session.title, session.note, session_id=session_id, is_again=True, site_url=site_url), now=now)
    record("calibration.begun_again", by=by, subject=("calibration", session_id), now=now)


def close_session(session_id: int, *, by: Actor, now: datetime) -> None:
    """End the session for good; a round that is not revealed stays so. A second click changes nothing."""
    standing = held_for(session_id, by)
    if standing.session.closed_at is None:
        standing.session.closed_at = now
        db.session.flush()
        record("calibration.closed", by=by, subject=("calibration", session_id), now=now)


def note_on(session_id: int, position: int, words: str, *, by: Actor, now: datetime) -> None:
    """Keep what was said of a case as it was discussed. Raises NotFound, and Refusal before anything is revealed."""
    standing = held_for(session_id, by)
    found = next((each for each in queries.cases_of_session(session_id) if each.pinned.position == position), None)
    if found is None:
        raise NotFound(session_id)
    if not standing.revealed:
        raise Refusal(CalibrationRefusal.NOT_REVEALED)
    db.session.add(CalibrationNote(calibration_case_id=found.pinned.id, words=words, by_id=by.id, written_at=now))
    db.session.flush()
