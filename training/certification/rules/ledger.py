"""What a ledger of certificates means at an instant: pure, and the same for now and for any past day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
