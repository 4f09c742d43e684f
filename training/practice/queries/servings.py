"""Sessions and servings. A serving belongs to one person; for anybody else it does not exist."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from training.accounts.models import Person
from training.cases.queries import PracticeCase, case_for_display, practice_case, practice_cases_by_slugs
from training.db import db
from training.errors import NotFound
from training.judgements.models import Judgement
from training.judgements.queries import IS_NEWEST, on_occasion_of
from training.practice.models import PracticeSession, Serving
from training.practice.rules import Looked


@dataclass(frozen=True, slots=True)
class Answered:
    """One answered serving with its judgement."""

    serving: Serving
    judgement: Judgement

    @property
    def is_over_time(self) -> bool:
        """Whether it took longer than cases of its surface should."""
        return is_over_time(self.judgement)


def is_over_time(judgement: Judgement) -> bool:
    """Whether an answer took longer than cases of its surface should. What was not measured was not over."""
    return (judgement.seconds or 0) > case_for_display(judgement.case_version_id).time_target_seconds


def serving_of(person_id: int, serving_id: int) -> Serving:
    """This serving of this person. Raises NotFound."""
    question = select(Serving).where(Serving.id == serving_id, Serving.person_id == person_id)
    serving = db.session.scalar(question.options(joinedload(Serving.case), joinedload(Serving.session)))
    if serving is None:
        raise NotFound
    return serving


def hold_practice_of(person_id: int) -> None:
    """Let nobody else, in another tab, serve cases to this person until this transaction ends."""
    db.session.scalar(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def locked_serving(serving: Serving) -> Serving:
    """The same serving as it stands now, held until this transaction ends."""
    db.session.refresh(serving, with_for_update={"of": Serving})
    return serving


def judgement_of(serving: Serving) -> Judgement | None:
    """The answer to this serving, if it was answered."""
    return db.session.get(Judgement, serving.judgement_id) if serving.judgement_id is not None else None


def open_session(person_id: int, scope: str) -> PracticeSession | None:
    """The session of this scope that this person has not ended."""
    return db.session.scalar(
        select(PracticeSession).where(PracticeSession.person_id == person_id, PracticeSession.scope == scope, PracticeSession.ended_at.is_(None))
    )


def session_of(person_id: int, session_id: int) -> PracticeSession:
    """This session of this person. Raises NotFound."""
    session = db.session.scalar(select(PracticeSession).where(PracticeSession.id == session_id, PracticeSession.person_id == person_id))
    if session is None:
        raise NotFound
    return session


def last_serving(session: PracticeSession) -> Serving | None:
    """What was served in it last."""
    return db.session.scalar(select(Serving).where(Serving.session_id == session.id).order_by(Serving.position.desc()).limit(1))


def answered_in(session: PracticeSession) -> list[Answered]:
    """Everything that was answered in it, in order."""
    rows = db.session.execute(_answered(Serving.session_id == session.id).order_by(Serving.position))
    return [Answered(serving, judgement) for serving, judgement in rows]


def _answered(condition: ColumnElement[bool]) -> Select[Serving, Judgement]:
    """Servings with their answers as they are judged now: not as they were before a reference was amended."""
    given = aliased(Judgement)
    question = select(Serving, Judgement).join_from(Serving, given, given.id == Serving.judgement_id).join(Judgement, on_occasion_of(given))
    return question.where(condition, IS_NEWEST)


def open_serving(session: PracticeSession) -> Serving | None:
    """The case of this session that waits for an answer."""
    return db.session.scalar(select(Serving).where(Serving.session_id == session.id, Serving.answered_at.is_(None), Serving.skipped_at.is_(None)))


def last_position(session: PracticeSession) -> int:
    """How many cases were served in this session."""
    return db.session.scalar(select(func.max(Serving.position)).where(Serving.session_id == session.id)) or 0


def latest_answered_serving(person_id: int, case_id: int) -> Serving | None:
    """Where this person answered this case last."""
    question = select(Serving).where(Serving.person_id == person_id, Serving.case_id == case_id, Serving.answered_at.is_not(None))
    return db.session.scalar(question.order_by(Serving.id.desc()).limit(1))


def answered_page(person_id: int, *, before_id: int | None = None, size: int = 30) -> list[Answered]:
    """What this person answered, the newest first, one page of it."""
    question = _answered(Serving.person_id == person_id)
    if before_id is not None:
        question = question.where(Serving.id < before_id)
    return [Answered(serving, judgement) for serving, judgement in db.session.execute(question.order_by(Serving.id.desc()).limit(size))]


def all_answered(person_id: int) -> list[Answered]:
    """Everything this person ever answered, the oldest first."""
    question = _answered(Serving.person_id == person_id)
    return [Answered(serving, judgement) for serving, judgement in db.session.execute(question.order_by(Serving.id))]


def skipped_at(person_id: int) -> list[datetime]:
    """When this person skipped a case."""
    question = select(Serving.skipped_at).where(Serving.person_id == person_id, Serving.skipped_at.is_not(None)).order_by(Serving.id)
    return [moment for moment in db.session.scalars(question) if moment is not None]


def near_miss_of(case_id: int) -> PracticeCase | None:
    """The look-alike of this case that is decided the other way, if the practice pool has one."""
    case = practice_case(case_id)
    if case is None or case.contrast_slug is None:
        return None
    return practice_cases_by_slugs([case.contrast_slug]).get(case.contrast_slug)


def looked_at(person_id: int, *, since: datetime) -> list[Looked]:
    """When this person had cases before them, the newest first."""
    moment = func.coalesce(Serving.answered_at, Serving.skipped_at, Serving.served_at, type_=Serving.served_at.type)
    question = select(moment, Serving.is_severe).where(Serving.person_id == person_id, Serving.served_at >= since, ~Serving.is_ahead)
    return [Looked(at, is_severe) for at, is_severe in db.session.execute(question.order_by(Serving.id.desc()).limit(200))]
