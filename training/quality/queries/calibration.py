"""Calibration sessions: where they stand, who labels what, and what was said."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from training.cases.models import Case, CaseReference
from training.cases.queries import IS_PRACTISED, PRACTICE_CASE, PracticeCase, practice_case_of
from training.db import db
from training.disputes.models import Carrying, Dispute
from training.errors import NotFound
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import COUNTS, IS_FIRST
from training.judgements.rules import CaseAnswer, Source
from training.practice.queries import withheld_from
from training.practice.rules import Sensitivity, sensitivity_of
from training.quality.models.calibration import (
    CalibrationCase,
    CalibrationConsensus,
    CalibrationMember,
    CalibrationNote,
    CalibrationRound,
    CalibrationSession,
)
from training.quality.rules.calibration import OCCASION, CalibrationState, occasion_of, round_of, rounds_of

SESSIONS_SHOWN = 30
IN_SESSION = and_(Judgement.source == Source.CALIBRATION.value, Judgement.occasion.startswith(OCCASION, autoescape=True))
"""Of answers: those given in a session, and not to a call for the labels of one case."""


@dataclass(frozen=True, slots=True)
class SessionCase:
    """A case of a session with its place in it."""

    pinned: CalibrationCase
    case: Case
    is_practised: bool
    """Whether it still is a case of the practice pool with no look-alike in an exam: else nobody is shown it any more."""

    @property
    def sensitivity(self) -> Sensitivity | None:
        """The kind of hard material that it is about, if it is."""
        return sensitivity_of(self.case.concept)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands."""

    session: CalibrationSession
    rounds: Sequence[CalibrationRound]

    @property
    def last(self) -> CalibrationRound:
        """The round that is open, or was revealed last."""
        return self.rounds[-1]

    @property
    def revealed(self) -> Sequence[CalibrationRound]:
        """The rounds of which everybody may see the spread."""
        return [each for each in self.rounds if each.revealed_at is not None]

    @property
    def state(self) -> CalibrationState:
        """Whether people label, compare, or are done."""
        if self.session.closed_at is not None:
            return CalibrationState.CLOSED
        return CalibrationState.LABELLING if self.last.revealed_at is None else CalibrationState.REVEALED


@dataclass(frozen=True, slots=True)
class ToLabel:
    """A session that waits for somebody's labels."""

    session: CalibrationSession
    answered_count: int
    case_count: int


def standing_of_session(session_id: int) -> Standing:
    """A session with its rounds, as the database has them now. Raises NotFound."""
    session = db.session.get(CalibrationSession, session_id, populate_existing=True)
    if session is None:
        raise NotFound(session_id)
    asked = select(CalibrationRound).where(CalibrationRound.session_id == session_id).order_by(CalibrationRound.number)
    return Standing(session, db.session.scalars(asked.execution_options(populate_existing=True)).all())


def standings_of(sessions: Sequence[CalibrationSession]) -> list[Standing]:
    """Where each of these sessions stands."""
    asked = select(CalibrationRound).where(CalibrationRound.session_id.in_([session.id for session in sessions]))
    rounds: defaultdict[int, list[CalibrationRound]] = defaultdict(list)
    for found in db.session.scalars(asked.order_by(CalibrationRound.session_id, CalibrationRound.number)):
        rounds[found.session_id].append(found)
    return [Standing(session, rounds[session.id]) for session in sessions]


def hold_session(session_id: int) -> Standing:
    """The same, with nobody else changing where it stands until the transaction ends. Raises NotFound."""
    db.session.execute(select(CalibrationSession.id).where(CalibrationSession.id == session_id).with_for_update())
    return standing_of_session(session_id)


def membership(session_id: int, person_id: int) -> CalibrationMember | None:
    """That somebody labels in a session, if they do or did."""
    return db.session.get(CalibrationMember, (session_id, person_id))


def members_of(session_id: int) -> Sequence[CalibrationMember]:
    """Everybody who was asked to label."""
    return db.session.scalars(select(CalibrationMember).where(CalibrationMember.session_id == session_id).order_by(CalibrationMember.person_id)).all()


def cases_of_session(session_id: int) -> list[SessionCase]:
    """The cases of a session, in their order."""
    return _cases_of([session_id])


def _cases_of(session_ids: Collection[int]) -> list[SessionCase]:
    asked = select(CalibrationCase, Case, IS_PRACTISED).join(Case, Case.id == CalibrationCase.case_id)
    rows = db.session.execute(asked.where(CalibrationCase.session_id.in_(session_ids)).order_by(CalibrationCase.session_id, CalibrationCase.position))
    return [SessionCase(pinned, case, bool(is_practised)) for pinned, case, is_practised in rows]


def cases_for(session_id: int, person_id: int, *, at: datetime) -> list[SessionCase]:
    """The cases that this person may be shown: none that left the practice pool, none of a kind that they do not agree to see."""
    return _shown(cases_of_session(session_id), person_id, at=at)


def _shown(cases: Sequence[SessionCase], person_id: int, *, at: datetime) -> list[SessionCase]:
    withheld = withheld_from(person_id, at=at)
    return [each for each in cases if each.is_practised and each.sensitivity not in withheld]


def answered_of(session_id: int, number: int) -> Mapping[int, frozenset[int]]:
    """Which cases each person labelled in a round, by person."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    asked = select(Judgement.person_id, Judgement.case_id).where(*_of_round(session_id, number), IS_FIRST)
    for person_id, case_id in db.session.execute(asked):
        found[person_id].add(case_id)
    return {person_id: frozenset(case_ids) for person_id, case_ids in found.items()}


def _of_round(session_id: int, number: int) -> tuple[ColumnElement[bool], ...]:
    cases = select(CalibrationCase.case_id).where(CalibrationCase.session_id == session_id)
    return (Judgement.source == Source.CALIBRATION.value, Judgement.occasion == occasion_of(session_id, number), Judgement.case_id.in_(cases))


def labels_of(session_id: int, number: int) -> Mapping[int, Mapping[int, CaseAnswer]]:
    """What was said in a round, by case and person. Never before it is revealed."""
    found: defaultdict[int, dict[int, CaseAnswer]] = defaultdict(dict)
    asked = select(Judgement.case_id, Judgement.person_id, Judgement.answer).where(*_of_round(session_id, number), COUNTS)
    for case_id, person_id, answer in db.session.execute(asked.order_by(Judgement.given_at, Judgement.id)):
        found[case_id][person_id] = parse_answer(answer)
    return found


def labelled_blind(session_id: int, number: int) -> frozenset[tuple[int, int]]:
    """Person and case of every answer of a round that nobody gave who had answered the case anywhere else before, and so had been told the reference."""
    other = aliased(Judgement)
    own = other.occasion.startswith(rounds_of(session_id), autoescape=True)
    knows = exists().where(other.person_id == Judgement.person_id, other.case_id == Judgement.case_id, other.given_at <= Judgement.given_at, ~own)
    asked = select(Judgement.person_id, Judgement.case_id).where(*_of_round(session_id, number), IS_FIRST, ~knows)
    return frozenset((person_id, case_id) for person_id, case_id in db.session.execute(asked))


def notes_of(session_id: int) -> Mapping[int, CalibrationNote]:
    """The last note of each case of a session, by its row."""
    asked = select(CalibrationNote).join(CalibrationCase, CalibrationCase.id == CalibrationNote.calibration_case_id)
    rows = db.session.scalars(asked.where(CalibrationCase.session_id == session_id).order_by(CalibrationNote.id))
    return {row.calibration_case_id: row for row in rows}


def consensuses_of(session_id: int) -> Mapping[int, tuple[CalibrationConsensus, Dispute]]:
    """What was brought forward as a reference, with the dispute that decides about it, by the case's row."""
    asked = select(CalibrationConsensus, Dispute).join(Dispute, Dispute.id == CalibrationConsensus.dispute_id)
    asked = asked.join(CalibrationCase, CalibrationCase.id == CalibrationConsensus.calibration_case_id)
    rows = db.session.execute(asked.where(CalibrationCase.session_id == session_id))
    return {consensus.calibration_case_id: (consensus, dispute) for consensus, dispute in rows}


def sessions_page(*, before_id: int | None = None, size: int = SESSIONS_SHOWN) -> Sequence[CalibrationSession]:
    """Every session, the latest first, one page of them."""
    asked = select(CalibrationSession).order_by(CalibrationSession.id.desc()).limit(size)
    return db.session.scalars(asked if before_id is None else asked.where(CalibrationSession.id < before_id)).all()


def sessions_of(person_id: int, *, before_id: int | None = None, size: int = SESSIONS_SHOWN) -> Sequence[CalibrationSession]:
    """The sessions in which somebody labels or labelled, the latest first, one page of them."""
    asked = select(CalibrationSession).join(CalibrationMember, CalibrationMember.session_id == CalibrationSession.id)
    asked = asked.where(CalibrationMember.person_id == person_id).order_by(CalibrationSession.id.desc()).limit(size)
    return db.session.scalars(asked if before_id is None else asked.where(CalibrationSession.id < before_id)).all()


def to_label(person_id: int, *, at: datetime) -> list[ToLabel]:
    """The sessions that wait for this person's labels, the oldest first: four statements at most."""
    is_open = select(CalibrationRound.number).where(CalibrationRound.session_id == CalibrationSession.id, CalibrationRound.revealed_at.is_(None))
    asked = select(CalibrationSession, is_open.scalar_subquery()).join(CalibrationMember, CalibrationMember.session_id == CalibrationSession.id)
    mine = asked.where(CalibrationMember.person_id == person_id, CalibrationMember.left_at.is_(None), CalibrationSession.closed_at.is_(None), is_open.exists())
    opened = {session.id: (session, number) for session, number in db.session.execute(mine.order_by(CalibrationSession.id))}
    if not opened:
        return []
    shown: defaultdict[int, set[int]] = defaultdict(set)
    for each in _shown(_cases_of(opened), person_id, at=at):
        shown[each.pinned.session_id].add(each.case.id)
    occasions = [occasion_of(session_id, number) for session_id, (_session, number) in opened.items()]
    own = select(Judgement.occasion, Judgement.case_id).where(Judgement.person_id == person_id, Judgement.occasion.in_(occasions), IS_FIRST)
    done: defaultdict[int, set[int]] = defaultdict(set)
    for occasion, case_id in db.session.execute(own):
        done[round_of(occasion)[0]].add(case_id)
    found = [ToLabel(session, len(done[number] & shown[number]), len(shown[number])) for number, (session, _round) in opened.items()]
    return [each for each in found if each.answered_count < each.case_count]


def unmet_cases(concepts: Collection[str], people: Collection[int], *, count: int) -> list[PracticeCase]:
    """Practice cases of these clauses that none of these people answered yet anywhere, a clause at a time in turn."""
    met = exists().where(Judgement.case_id == Case.id, Judgement.person_id.in_(sorted(people)))
    asked = select(*PRACTICE_CASE).where(IS_PRACTISED, Case.concept.in_(sorted(concepts)), ~met).order_by(Case.slug)
    rows = [practice_case_of(row) for row in db.session.execute(asked)]
    by_concept: defaultdict[str, list[PracticeCase]] = defaultdict(list)
    for case in rows:
        by_concept[case.concept].append(case)
    in_turn = sorted(((place, case.concept, case) for cases in by_concept.values() for place, case in enumerate(cases)), key=lambda each: each[:2])
    return [case for _place, _concept, case in in_turn[:count]]


def answers_to_follow(*, limit: int) -> list[tuple[Judgement, int]]:
    """Calibration answers that count by a reference which a dispute amended since, and the reference that it became."""
    asked = select(Judgement, Carrying.reference_id).join(Dispute, Dispute.reference_id == Judgement.reference_id)
    asked = asked.join(Carrying, Carrying.dispute_id == Dispute.id).join(CaseReference, CaseReference.id == Carrying.reference_id)
    rows = db.session.execute(asked.where(Judgement.source == Source.CALIBRATION.value, COUNTS).order_by(Judgement.id).limit(limit))
    return [(judgement, reference_id) for judgement, reference_id in rows]


def personal_calibrations(person_id: int) -> list[dict[str, object]]:
    """The sessions in which a person was asked to label, and what they said, as they take it away. What others said, and the expert, is not theirs."""
    member, pinned = CalibrationMember, CalibrationCase
    asked = select(member, CalibrationSession.title).join(CalibrationSession, CalibrationSession.id == member.session_id)
    memberships = db.session.execute(asked.where(member.person_id == person_id).order_by(member.session_id)).all()
    joined = select(pinned.session_id, pinned.case_id, pinned.position).join(member, member.session_id == pinned.session_id)
    places = {(session, case): position for session, case, position in db.session.execute(joined.where(member.person_id == person_id))}
    own = select(Judgement).where(Judgement.person_id == person_id, IN_SESSION, IS_FIRST).order_by(Judgement.id)
    given: defaultdict[int, list[dict[str, object]]] = defaultdict(list)
    for judgement in db.session.scalars(own):
        session_id, number = round_of(judgement.occasion)
        place = places.get((session_id, judgement.case_id))
        given[session_id].append({"case": place, "round": number, "given_at": judgement.given_at, "answer": judgement.answer})
    return [{"session": title, "invited_at": row.invited_at, "left_at": row.left_at, "answers": given[row.session_id]} for row, title in memberships]
