"""What a ledger of certificates means at an instant: pure, and the same for now and for any past day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from training.accounts.rules import PersonState
from training.courses.rules.progress import Studies
from training.courses.rules.versions import Version


class EventKind(StrEnum):
    """What can happen to a certificate."""

    AWARDED = "awarded"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"


class State(StrEnum):
    """How a person stands with a certification at an instant."""

    NONE = "none"
    PENDING = "pending"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    REVOKED = "revoked"


class Need(StrEnum):
    """What a certification can ask for."""

    COURSE = "course"
    MODULE = "module"
    LANGUAGE = "language"
    PREREQUISITE = "prerequisite"
    SUPPORTING_EXAM = "supporting_exam"
    """An exam that does not gate, such as a typing test or written replies."""
    EXAM = "exam"


class RetestDeed(StrEnum):
    """What can happen to a pass that a ruling took back. The certificate that it earned is never touched."""

    RAISED = "raised"
    """The pass no longer stands; a short re-test is asked for."""
    MET = "met"
    """The re-test was passed."""
    LIFTED = "lifted"
    """A later ruling gave the pass back."""


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


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One entry of the ledger of one person and one certification; awards and renewals carry their term `[valid_from, valid_until)`."""

    id: int
    kind: EventKind
    effective_at: datetime
    recorded_at: datetime
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    public_id: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands: since when, until when (the end of unbroken terms), and which term counts."""

    state: State
    since: datetime | None = None
    until: datetime | None = None
    public_id: str | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether the certificate counts at the instant asked about."""
        return self.state is State.IN_FORCE


def known_events(events: Iterable[LedgerEvent], known_at: datetime) -> tuple[LedgerEvent, ...]:
    """The entries that had been recorded at `known_at`."""
    return tuple(event for event in events if event.recorded_at <= known_at)


def _unbroken_end(terms: Sequence[LedgerEvent], start: datetime) -> datetime:
    end = start
    for term in sorted(terms, key=lambda term: (term.valid_from is not None and term.valid_from, term.id)):
        if term.valid_from is not None and term.valid_until is not None and term.valid_from <= end < term.valid_until:
            end = term.valid_until
    return end


def _covers(term: LedgerEvent, at: datetime) -> bool:
    return term.valid_from is not None and term.valid_until is not None and term.valid_from <= at < term.valid_until


def _of_terms(terms: Sequence[LedgerEvent], at: datetime) -> Standing:
    covering = [term for term in terms if _covers(term, at)]
    if covering:
        current = covering[-1]
        return Standing(State.IN_FORCE, since=current.valid_from, until=_unbroken_end(terms, at), public_id=current.public_id)
    ahead = [term for term in terms if term.valid_from is not None and term.valid_from > at]
    if ahead:
        return Standing(State.PENDING, since=ahead[0].valid_from, until=ahead[0].valid_until, public_id=ahead[0].public_id)
    if terms:
        last = max(terms, key=lambda term: (term.valid_until is not None and term.valid_until, term.id))
        return Standing(State.LAPSED, since=last.valid_until, until=last.valid_until, public_id=last.public_id)
    return Standing(State.NONE)


def _folded(events: Iterable[LedgerEvent], at: datetime) -> tuple[list[LedgerEvent], LedgerEvent | None]:
    """The terms that stand at an instant, and the entry that blocks them. A fresh award lifts a suspension or revocation; a renewal does not."""
    terms: list[LedgerEvent] = []
    block: LedgerEvent | None = None
    for event in sorted((event for event in events if event.effective_at <= at), key=lambda event: (event.effective_at, event.id)):
        match event.kind:
            case EventKind.AWARDED:
                terms, block = [*terms, event], None
            case EventKind.RENEWED:
                terms = [*terms, event]
            case EventKind.REINSTATED:
                block = None
            case EventKind.REVOKED:
                terms, block = [], event
            case EventKind.SUSPENDED:
                block = event
    return terms, block


def standing(events: Iterable[LedgerEvent], *, at: datetime) -> Standing:
    """How the holder of these entries stands at `at`; what takes effect later counts for nothing yet."""
    terms, block = _folded(events, at)
    if block is not None and block.kind is EventKind.REVOKED and not terms:
        return Standing(State.REVOKED, since=block.effective_at)
    found = _of_terms(terms, at)
    if block is not None and found.state is State.IN_FORCE:
        return Standing(State.SUSPENDED, since=block.effective_at, until=found.until, public_id=found.public_id)
    return found


@dataclass(frozen=True, slots=True)
class Term:
    """A new term and what the ledger calls it."""

    kind: EventKind
    valid_from: datetime
    valid_until: datetime


def next_term(current: Standing, *, now: datetime, validity_days: int, renewal_window_days: int) -> Term | None:
    """The term that meeting every need at `now` earns; nothing while a certificate is in force and its renewal window is closed.

    Renewing inside the window starts the new term at the old end, so nobody loses days by being early.
    """
    length = timedelta(days=validity_days)
    if current.state is State.PENDING:
        return None
    if current.is_in_force and current.until is not None:
        if now < current.until - timedelta(days=renewal_window_days):
            return None
        return Term(EventKind.RENEWED, current.until, current.until + length)
    return Term(EventKind.AWARDED, now, now + length)


def is_version_covered(held: Iterable[Version], required: Version) -> bool:
    """Whether one of the acknowledged versions is the required one or a later one."""
    return any(version >= required for version in held)


class OfAttempt(Protocol):
    """An entry about a re-test: the attempt whose pass was taken back."""

    @property
    def attempt(self) -> str:
        """By its public id."""


E = TypeVar("E", bound=OfAttempt)


def latest_by_attempt(entries: Iterable[E]) -> list[E]:
    """The entry that counts of each attempt; `entries` come the latest first."""
    latest: dict[str, E] = {}
    for entry in entries:
        latest.setdefault(entry.attempt, entry)
    return list(latest.values())


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


@dataclass(frozen=True, slots=True)
class Retest:
    """What became last of a pass that a ruling took back."""

    certification_id: int
    attempt: str
    deed: RetestDeed
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that decides what a certification still asks of one person."""

    state: PersonState
    studies: Studies
    entries: tuple[LedgerEntry, ...]
    passes: tuple[Pass, ...]
    """The latest first."""
    retests: tuple[Retest, ...]

    def standing(self, certification_id: int, *, at: datetime) -> Standing:
        """How they stand with one certification at an instant, as known then."""
        events = [entry.event for entry in self.entries if entry.certification_id == certification_id]
        return standing(known_events(events, at), at=at)

    def holds(self, certification: str, *, at: datetime) -> bool:
        """Whether their certificate of this name is in force."""
        ids = {entry.certification_id for entry in self.entries if entry.certification == certification}
        return any(self.standing(certification_id, at=at).is_in_force for certification_id in ids)

    def open_retests(self, certification_id: int) -> frozenset[str]:
        """The attempts whose pass was taken back and that a re-test has still to stand in for."""
        return frozenset(entry.attempt for entry in self.retests if entry.certification_id == certification_id and entry.deed is RetestDeed.RAISED)

    def unused_passes(self, certification_id: int) -> dict[str, Pass]:
        """The latest pass of each exam that still counts: that earned no term yet, and that no ruling has taken back."""
        used = {attempt for entry in self.entries for attempt in entry.earned_by}
        for retest in self.retests:
            if retest.certification_id == certification_id:
                used |= {retest.attempt} if retest.deed is not RetestDeed.LIFTED else set()
                used |= {retest.replaced_by} if retest.replaced_by else set()
        found: dict[str, Pass] = {}
        for entry in self.passes:
            if entry.certification_id == certification_id and entry.attempt not in used:
                found.setdefault(entry.exam_slug, entry)
        return found
