"""What was noticed about attempts, for the people who review it and for the candidates themselves."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from training.accounts import queries as accounts
from training.db import db
from training.exams.models import Attempt, AttemptSignal, ExamVersion, SignalReview, SignalTally, TimeEvent
from training.exams.queries.supervision import break_bank_of
from training.exams.rules.integrity.kinds import Rest, SignalKind, WindowSignal
from training.exams.rules.integrity.review import Figure
from training.exams.rules.timing import TimeDeed

REVIEW_PAGE_SIZE = 50
BASE_RATE_DAYS = 180
OPENS_REST = frozenset({TimeDeed.PAUSED, TimeDeed.BREAK_STARTED})
ENDS_REST = frozenset({TimeDeed.RESUMED, TimeDeed.BREAK_ENDED})


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which attempts the list shows; never the reader's own."""

    reader_id: int
    exam_id: int | None = None
    is_waiting: bool = False
    outcome: str | None = None
    kind: SignalKind | None = None


@dataclass(frozen=True, slots=True)
class TalliedAttempt:
    """One finished attempt with what was noticed, and who sat it."""

    tally: SignalTally
    name: str


def rests_of(attempt: Attempt) -> tuple[Rest, ...]:
    """The breaks and pauses of an attempt, in order: nothing is recorded in them. A break that ran out has ended, noted or not."""
    rests: list[Rest] = []
    since: datetime | None = None
    events = select(TimeEvent.deed, TimeEvent.at).where(TimeEvent.attempt_id == attempt.id).order_by(TimeEvent.id)
    for deed, at in db.session.execute(events):
        if deed in OPENS_REST:
            since = at
        elif deed in ENDS_REST and since is not None:
            rests.append(Rest(since, at))
            since = None
    return (*rests, Rest(since, break_bank_of(attempt).ends_at)) if since is not None else tuple(rests)


def reported_count(attempt_id: int) -> int:
    """How many signals of its windows an attempt holds."""
    windows = [kind.value for kind in WindowSignal]
    question = select(func.count()).select_from(AttemptSignal).where(AttemptSignal.attempt_id == attempt_id, AttemptSignal.kind.in_(windows))
    return db.session.scalar(question) or 0


def reported_numbers(attempt_id: int, client_id: str) -> set[int]:
    """The numbers that this window used for its signals."""
    question = select(AttemptSignal.number).where(AttemptSignal.attempt_id == attempt_id, AttemptSignal.client_id == client_id)
    return {number for number in db.session.scalars(question) if number is not None}


def signals_of(attempt_id: int) -> Sequence[AttemptSignal]:
    """Everything that was noticed about an attempt, in order of time."""
    return db.session.scalars(select(AttemptSignal).where(AttemptSignal.attempt_id == attempt_id).order_by(AttemptSignal.at, AttemptSignal.id)).all()


def reviews_of(attempt_id: int) -> Sequence[SignalReview]:
    """How its reviews were closed, the latest first."""
    return db.session.scalars(select(SignalReview).where(SignalReview.attempt_id == attempt_id).order_by(SignalReview.id.desc())).all()


def tally_of(attempt_id: int) -> SignalTally | None:
    """How much was noticed about a finished attempt; nothing before it was counted."""
    return db.session.get(SignalTally, attempt_id)


def waiting_reviews() -> int:
    """How many attempts somebody is to look at."""
    return db.session.scalar(select(func.count()).select_from(SignalTally).where(SignalTally.is_waiting)) or 0


def tallied_attempts(wanted: ReviewFilter, *, after: tuple[datetime, int] | None) -> list[TalliedAttempt]:
    """Finished attempts with what was noticed, the latest first; one more than a page where there are more."""
    question = _wanted(wanted).options(joinedload(SignalTally.attempt).joinedload(Attempt.exam_version))
    if after is not None:
        question = question.where(or_(SignalTally.finished_at < after[0], (SignalTally.finished_at == after[0]) & (SignalTally.attempt_id < after[1])))
    found = db.session.scalars(question.order_by(SignalTally.finished_at.desc(), SignalTally.attempt_id.desc()).limit(REVIEW_PAGE_SIZE + 1)).all()
    names = accounts.person_names({tally.attempt.person_id for tally in found})
    return [TalliedAttempt(tally, names[tally.attempt.person_id]) for tally in found]


def _wanted(wanted: ReviewFilter) -> Select[SignalTally]:
    question = select(SignalTally).join(Attempt, Attempt.id == SignalTally.attempt_id).where(Attempt.person_id != wanted.reader_id)
    if wanted.exam_id is not None:
        question = question.where(SignalTally.exam_id == wanted.exam_id)
    if wanted.is_waiting:
        question = question.where(SignalTally.is_waiting)
    if wanted.outcome is not None:
        question = question.where(SignalTally.outcome == wanted.outcome)
    if wanted.kind is not None:
        gone = select(AttemptSignal.id).where(AttemptSignal.attempt_id == SignalTally.attempt_id, AttemptSignal.kind == SignalKind.SIMILARITY_GONE.value)
        question = question.where(
            {
                SignalKind.FOCUS_LOST: SignalTally.focus_count > 0,
                SignalKind.PASTE: SignalTally.paste_count > 0,
                SignalKind.TAKEOVER: SignalTally.takeover_count > 0,
                SignalKind.RAPID_ANSWERS: SignalTally.rapid_count > 0,
                SignalKind.IMPOSSIBLE_SPEED: SignalTally.is_impossibly_fast,
                SignalKind.SIMILARITY: SignalTally.similar_count > 0,
                SignalKind.SIMILARITY_GONE: gone.exists(),
            }[wanted.kind]
        )
    return question


def histograms(exam_ids: Collection[int], *, now: datetime) -> dict[tuple[int, Figure], Counter[int]]:
    """For each exam and figure, how many attempts of the last half year showed each count."""
    columns = [getattr(SignalTally, figure.value) for figure in Figure]
    question = select(func.count(), SignalTally.exam_id, *columns).where(
        SignalTally.exam_id.in_(exam_ids), SignalTally.finished_at >= now - timedelta(days=BASE_RATE_DAYS)
    )
    found: dict[tuple[int, Figure], Counter[int]] = defaultdict(Counter)
    for attempts, exam_id, *counts in db.session.execute(question.group_by(SignalTally.exam_id, *columns)):
        for figure, count in zip(Figure, counts, strict=True):
            found[exam_id, figure][count] += attempts
    return found


def signals_record(person_id: int) -> list[dict[str, object]]:
    """What was noticed about a person's attempts and how it was closed, as they take it away; never who else was concerned."""
    attempts = db.session.execute(
        select(Attempt.id, Attempt.public_id, ExamVersion.title)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .where(Attempt.person_id == person_id)
    ).all()
    return [
        {
            "exam": title,
            "number": public_id,
            "signals": [
                {"kind": signal.kind, "at": signal.at, "question": signal.position, "seconds": signal.seconds, "figures": _of_oneself(signal)}
                for signal in signals_of(attempt_id)
            ],
            "reviews": [{"outcome": review.outcome, "at": review.at} for review in reviews_of(attempt_id)],
        }
        for attempt_id, public_id, title in attempts
    ]


def _of_oneself(signal: AttemptSignal) -> dict[str, object]:
    return {name: value for name, value in signal.figures.items() if name != "other"}
