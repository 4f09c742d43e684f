"""What a certification can ask for, and the evidence that a person meets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from training.accounts.rules import PersonState
from training.certification.rules.ledger import LedgerEvent, Standing, Use, known_events, standing, suspended_since
from training.certification.rules.retests import Retest, RetestDeed
from training.courses.rules.progress import Studies
from training.courses.rules.versions import Version


class Need(StrEnum):
    """What a certification can ask for."""

    COURSE = "course"
    MODULE = "module"
    LANGUAGE = "language"
    PREREQUISITE = "prerequisite"
    SUPPORTING_EXAM = "supporting_exam"
    """An exam that does not gate, such as a typing test or written replies."""
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Unmet:
    """One need that is not met: a course, module or exam by slug, a language by code, a certification by slug."""

    need: Need
    subject: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a passed exam lets a certificate say: who does not know enough gets it with no more than this chance."""

    accuracy: float
    """A true accuracy that is not enough."""
    probability: float
    """The chance that somebody of this accuracy or a lower one passes: at most this."""
    tries: int | None = None
    """In how many tries; None where the chance is for a whole cycle, retakes included."""


def is_version_covered(held: Iterable[Version], required: Version) -> bool:
    """Whether one of the acknowledged versions is the required one or a later one."""
    return any(version >= required for version in held)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry of somebody's ledger: of which certification, and the attempts that earned it."""

    certification_id: int
    certification: str
    event: LedgerEvent
    earned_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pass:
    """An exam that somebody passed."""

    certification_id: int
    exam_slug: str
    attempt: str
    passed_at: datetime
    claim: dict[str, Any] | None
    form: dict[str, Any] | None = None
    """The version of the exam and those of its items, where they are known."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that decides what a certification still asks of one person."""

    state: PersonState
    studies: Studies
    entries: tuple[LedgerEntry, ...]
    passes: tuple[Pass, ...]
    """The latest first."""
    retests: tuple[Retest, ...]
    uses: tuple[tuple[int, Use], ...] = ()
    """By certification."""

    def standing(self, certification_id: int, *, at: datetime) -> Standing:
        """How they stand with one certification at an instant, as known then."""
        return standing(known_events(self.events_of(certification_id), at, (use for held, use in self.uses if held == certification_id)), at=at)

    def events_of(self, certification_id: int) -> list[LedgerEvent]:
        """Their ledger of one certification."""
        return [entry.event for entry in self.entries if entry.certification_id == certification_id]

    def holds(self, certification: str, *, at: datetime) -> bool:
        """Whether their certificate of this name is in force."""
        return any(each.is_in_force for each in self._standings(certification, at))

    def number_of(self, certification: str, *, at: datetime) -> str | None:
        """The number of their certificate of this name that is in force, if one is."""
        return next((each.public_id for each in self._standings(certification, at) if each.is_in_force), None)

    def _standings(self, certification: str, at: datetime) -> list[Standing]:
        ids = {entry.certification_id for entry in self.entries if entry.certification == certification}
        return [self.standing(certification_id, at=at) for certification_id in sorted(ids)]

    def open_retests(self, certification_id: int) -> frozenset[str]:
        """The attempts whose pass was taken back and that a re-test has still to stand in for."""
        return frozenset(entry.attempt for entry in self.retests if entry.certification_id == certification_id and entry.deed is RetestDeed.RAISED)

    def unused_passes(self, certification_id: int) -> dict[str, Pass]:
        """The latest pass of each exam that still counts: that earned no term yet, and that no ruling has taken back.

        While the certificate is suspended only what was passed since then counts: a suspension ends by a fresh exam.
        """
        suspended = suspended_since(self.events_of(certification_id))
        used = {attempt for entry in self.entries for attempt in entry.earned_by}
        for retest in self.retests:
            if retest.certification_id == certification_id:
                used |= {retest.attempt} if retest.deed is not RetestDeed.LIFTED else set()
                used |= {retest.replaced_by} if retest.replaced_by else set()
        found: dict[str, Pass] = {}
        for entry in self.passes:
            is_fresh = suspended is None or entry.passed_at > suspended
            if entry.certification_id == certification_id and entry.attempt not in used and is_fresh:
                found.setdefault(entry.exam_slug, entry)
        return found
