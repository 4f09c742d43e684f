"""What one person did towards exams so far, and what of it counts for the next attempt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.certification.rules import Evidence
from training.exams.rules.retakes import PastAttempt
from training.exams.rules.timing import AttemptState


@dataclass(frozen=True, slots=True)
class KnownAttempt:
    """One attempt as far as it decides about later ones."""

    ordinal: int
    certification: str
    exam: str
    exam_version_id: int
    is_delta: bool
    public_id: str
    state: AttemptState
    started_at: datetime
    finished_at: datetime | None
    is_passed: bool | None
    """Nothing before it is graded."""
    is_final: bool | None


@dataclass(frozen=True, slots=True)
class Sittings:
    """What one person sat so far, and what they may sit besides. Certifications and exams by their slugs."""

    attempts: tuple[KnownAttempt, ...]
    """In the order in which they were numbered."""
    allowances: frozenset[tuple[str, int]]
    """Attempts that a trainer allowed: of which certification, and their ordinals."""

    def next_ordinal(self, certification: str) -> int:
        """The number of the next attempt."""
        return max((each.ordinal for each in self.attempts if each.certification == certification), default=0) + 1

    def is_allowed(self, certification: str) -> bool:
        """Whether a trainer has allowed the attempt that would be the next."""
        return (certification, self.next_ordinal(certification)) in self.allowances

    def past(self, certification: str, *, only: str | None = None, apart: Sequence[str] = (), taken_back: Collection[str] = ()) -> list[PastAttempt]:
        """The finished attempts across the versions of the exam, in order.

        `only` counts one exam by itself, as supporting exams and deltas are; else deltas and those `apart` are left out. An attempt whose pass a ruling has
        `taken_back` is no failure.
        """
        return [
            PastAttempt(each.started_at, each.finished_at, bool(each.is_passed) or each.public_id in taken_back)
            for each in self.attempts
            if each.finished_at is not None
            and each.certification == certification
            and (each.exam == only if only else each.exam not in apart and not each.is_delta)
        ]


@dataclass(frozen=True, slots=True)
class Candidacy(Sittings):
    """How one person stands towards every exam there is."""

    person_id: int
    evidence: Evidence
    tries: tuple[tuple[str, str], ...]
    """Sequential tries: of which certification, and the term that each was to renew."""

    def open_attempt(self, certification: str) -> KnownAttempt | None:
        """The attempt that is not finished; it may be past its deadline."""
        return next((each for each in self.attempts if each.certification == certification and each.state is AttemptState.OPEN), None)

    def is_being_marked(self, exam: str) -> bool:
        """Whether an attempt at this exam is finished and its written replies are not all marked."""
        return any(each.exam == exam and each.is_final is False for each in self.attempts)

    def has_passed(self, exam_version_id: int) -> bool:
        """Whether an attempt at this version of an exam is passed."""
        return any(each.exam_version_id == exam_version_id and each.is_passed for each in self.attempts)

    def failed_last(self, exam: str) -> str | None:
        """The last graded attempt at this exam by its public id, where that was no pass."""
        last = next((each for each in reversed(self.attempts) if each.exam == exam and each.is_passed is not None), None)
        return last.public_id if last is not None and not last.is_passed else None

    def has_started_since(self, instant: datetime) -> bool:
        """Whether they began any attempt from then on."""
        return any(each.started_at >= instant for each in self.attempts)

    def tries_spent(self, certification: str, term: str) -> int:
        """How many sequential tries were started to renew this term."""
        return self.tries.count((certification, term))
