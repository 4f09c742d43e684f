"""From when somebody may sit again, at any instant and as it was known at any other: by the same rule that decides at the start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from training.certification.rules import RetestDeed
from training.exams.rules.blueprint import RetakeRule
from training.exams.rules.candidacy import KnownAttempt, Sittings
from training.exams.rules.retakes import opens_at, waits
from training.exams.rules.timing import GRACE, AttemptState


@dataclass(frozen=True, slots=True)
class Grade:
    """What a grading came to, and when."""

    ordinal: int
    graded_at: datetime
    is_passed: bool


@dataclass(frozen=True, slots=True)
class SatAttempt:
    """One attempt with all that was ever known of how it ended."""

    ordinal: int
    certification: str
    exam: str
    exam_version_id: int
    is_delta: bool
    public_id: str
    state: AttemptState
    started_at: datetime
    ends_at: datetime
    """When it was finished, or its deadline."""
    is_paused: bool
    grades: tuple[Grade, ...]

    @property
    def counts_from(self) -> datetime | None:
        """From when on everybody takes it for finished: as it was submitted, or once no answer in flight is waited for; nothing while it is paused."""
        if self.state is AttemptState.SUBMITTED:
            return min((grade.graded_at for grade in self.grades), default=self.ends_at)
        return None if self.is_paused else self.ends_at + GRACE + timedelta.resolution


@dataclass(frozen=True, slots=True)
class Granted:
    """One attempt more that a trainer allowed."""

    certification: str
    ordinal: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RetestNote:
    """What became of a pass that a ruling took back."""

    number: int
    attempt: str
    deed: RetestDeed
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Sat:
    """Everything about one person's attempts that says from when they may sit again."""

    sittings: tuple[SatAttempt, ...] = ()
    granted: tuple[Granted, ...] = ()
    retests: tuple[RetestNote, ...] = ()

    def known(self, at: datetime) -> "Sat":
        """What of it was known at an instant."""
        return Sat(
            tuple(_as_known(sitting, at) for sitting in self.sittings if sitting.started_at <= at),
            tuple(granted for granted in self.granted if granted.recorded_at <= at),
            tuple(note for note in self.retests if note.recorded_at <= at),
        )


NOTHING_SAT = Sat()


def _as_known(sitting: SatAttempt, at: datetime) -> SatAttempt:
    grades = tuple(grade for grade in sitting.grades if grade.graded_at <= at)
    is_open = sitting.state is AttemptState.SUBMITTED and not grades
    return replace(sitting, grades=grades, state=AttemptState.OPEN if is_open else sitting.state, is_paused=is_open or sitting.is_paused)


@dataclass(frozen=True, slots=True)
class ExamRule:
    """How soon and how often an exam may be sat again, from a publication on."""

    exam: str
    number: int
    published_at: datetime
    rule: RetakeRule


@dataclass(frozen=True, slots=True)
class ExamsNeeded:
    """The exams that a certification needs, from a publication on."""

    certification: str
    number: int
    published_at: datetime
    exam: str | None
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamRules:
    """Every rule that certifications' exams ever had."""

    exams: tuple[ExamRule, ...] = ()
    needed: tuple[ExamsNeeded, ...] = ()

    def known(self, at: datetime) -> "ExamRules":
        """Those of them that were published by an instant."""
        return ExamRules(tuple(rule for rule in self.exams if rule.published_at <= at), tuple(needed for needed in self.needed if needed.published_at <= at))


NO_RULES = ExamRules()


@dataclass(frozen=True, slots=True)
class NextStart:
    """An attempt that may not begin yet: of which exam, since when it has to wait, and until when."""

    exam: str
    since: datetime
    opens_at: datetime


class _Published(Protocol):
    @property
    def number(self) -> int:
        """Which version it is."""

    @property
    def published_at(self) -> datetime:
        """Since when it is in force."""


P = TypeVar("P", bound=_Published)


def _latest(versions: Iterable[P], at: datetime) -> P | None:
    return max((version for version in versions if version.published_at <= at), key=lambda version: version.number, default=None)


def next_start(certification: str, sat: Sat, rules: ExamRules, *, at: datetime) -> NextStart | None:
    """The wait before the next attempt at the exam that earns a certificate, at an instant; nothing where it may begin, or where there is no exam."""
    needed = _latest((each for each in rules.needed if each.certification == certification), at)
    rule = _latest((each for each in rules.exams if each.exam == needed.exam), at) if needed and needed.exam else None
    if needed is None or rule is None:
        return None
    so_far = sat.known(at)
    sittings = _sittings(so_far, at)
    past = sittings.past(certification, apart=needed.supporting, taken_back=_taken_back(so_far.retests))
    open_again = opens_at(waits(past, rule.rule, at, is_allowed=sittings.is_allowed(certification)))
    return NextStart(rule.exam, past[-1].finished_at, open_again) if open_again is not None else None


def _sittings(sat: Sat, at: datetime) -> Sittings:
    attempts = sorted((_attempt(sitting, at) for sitting in sat.sittings), key=lambda attempt: attempt.ordinal)
    return Sittings(tuple(attempts), frozenset((granted.certification, granted.ordinal) for granted in sat.granted))


def _attempt(sitting: SatAttempt, at: datetime) -> KnownAttempt:
    counts_from = sitting.counts_from
    is_over = counts_from is not None and counts_from <= at
    graded = max(sitting.grades, key=lambda grade: grade.ordinal, default=None)
    return KnownAttempt(
        ordinal=sitting.ordinal,
        certification=sitting.certification,
        exam=sitting.exam,
        exam_version_id=sitting.exam_version_id,
        is_delta=sitting.is_delta,
        public_id=sitting.public_id,
        state=sitting.state,
        started_at=sitting.started_at,
        finished_at=sitting.ends_at if is_over else None,
        is_passed=graded.is_passed if graded else None,
        is_final=None,
    )


def _taken_back(notes: Sequence[RetestNote]) -> frozenset[str]:
    latest = {note.attempt: note for note in sorted(notes, key=lambda note: note.number)}
    return frozenset(attempt for attempt, note in latest.items() if note.deed is RetestDeed.RAISED)
