"""What a ledger of certificates means at an instant: pure, and the same for now and for any past day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen to a certificate."""

    AWARDED = "awarded"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    SIGNED_OFF = "signed_off"
    """A buddy says that somebody in shadow decides well."""
    EXTENDED = "extended"
    """The shadow goes on, and why."""
    PROMOTED = "promoted"
    """The shadow is over."""


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
    disuse_days: int | None = None
    """Of a term that ends after so many days without reported work; `known_events` says when that is."""
    is_provisional: bool = False
    """Whether whoever earned it works in shadow until they are promoted."""


@dataclass(frozen=True, slots=True)
class Use:
    """When the work that a certificate is for was done, as it was known from an instant on.

    Stretches `[begin, end)` in order. A stretch holds pauses shorter than `PAUSE`, which end nothing: no certificate lapses by so short a disuse.
    """

    recorded_at: datetime
    stretches: tuple[tuple[datetime, datetime], ...]
    number: int = 0
    """Of two from one instant the later one counts."""


PAUSE = timedelta(days=7)
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands: since when, until when (the end of unbroken terms; nothing where there is none), and which term counts."""

    state: State
    since: datetime | None = None
    until: datetime | None = None
    public_id: str | None = None
    is_provisional: bool = False
    """In force, but every decision is looked at by a second person."""
    disuse_days: int | None = None
    """After how many days without reported work it ends, where that is what ends it."""

    @property
    def is_by_disuse(self) -> bool:
        """Whether the end moves on with every day of reported work, or came because none was reported any more."""
        return self.disuse_days is not None

    @property
    def is_in_force(self) -> bool:
        """Whether the certificate counts at the instant asked about."""
        return self.state is State.IN_FORCE


def known_events(events: Iterable[LedgerEvent], known_at: datetime, uses: Iterable[Use] = ()) -> tuple[LedgerEvent, ...]:
    """The entries that had been recorded at `known_at`; a term that ends by disuse has the end that was known then."""
    known = tuple(event for event in events if event.recorded_at <= known_at)
    if all(event.disuse_days is None for event in known):
        return known
    use = max((use for use in uses if use.recorded_at <= known_at), key=lambda use: (use.recorded_at, use.number), default=None)
    return tuple(_with_end(event, use.stretches if use else ()) for event in known)


def _with_end(event: LedgerEvent, stretches: Iterable[tuple[datetime, datetime]]) -> LedgerEvent:
    if event.disuse_days is None or event.valid_from is None:
        return event
    return replace(event, valid_until=disuse_end(event.valid_from, event.disuse_days, stretches))


def disuse_end(begin: datetime, days: int, stretches: Iterable[tuple[datetime, datetime]]) -> datetime:
    """When a term that began then lapses: so many days after the last work, or after it began. Work done after the lapse brings nothing back."""
    allowed = timedelta(days=days)
    end = begin + allowed
    for first, last in stretches:
        if first < end:
            end = max(end, last + allowed)
    return end


def _covers(term: LedgerEvent, at: datetime) -> bool:
    return term.valid_from is not None and term.valid_from <= at and (term.valid_until is None or at < term.valid_until)


def _unbroken_end(terms: Sequence[LedgerEvent], start: datetime) -> datetime | None:
    """When what is in force at `start` ends, over all terms that follow on one another; nothing where one of them has no end."""
    end: datetime = start
    for term in sorted((term for term in terms if term.valid_from is not None), key=lambda term: (term.valid_from, term.id)):
        if _covers(term, end):
            if term.valid_until is None:
                return None
            end = term.valid_until
    return end


def _of_terms(terms: Sequence[LedgerEvent], at: datetime) -> Standing:
    covering = [term for term in terms if _covers(term, at)]
    if covering:
        current = covering[-1]
        until = _unbroken_end(terms, at)
        return Standing(State.IN_FORCE, since=current.valid_from, until=until, public_id=current.public_id, disuse_days=current.disuse_days)
    ahead = [term for term in terms if term.valid_from is not None and term.valid_from > at]
    if ahead:
        return Standing(State.PENDING, since=ahead[0].valid_from, until=ahead[0].valid_until, public_id=ahead[0].public_id)
    ended = [(term.valid_until, term.id, term.public_id, term.disuse_days) for term in terms if term.valid_until is not None]
    if ended:
        until, _, public_id, disuse_days = max(ended, key=lambda term: term[:2])
        return Standing(State.LAPSED, since=until, until=until, public_id=public_id, disuse_days=disuse_days)
    return Standing(State.NONE)


@dataclass(slots=True)
class _Folded:
    """What the entries come to: the terms that stand, the entry that blocks them, and whether their holder works in shadow."""

    terms: list[LedgerEvent] = field(default_factory=list)
    block: LedgerEvent | None = None
    is_provisional: bool = False

    def take(self, event: LedgerEvent) -> None:
        """One more entry. A fresh award lifts a suspension or revocation; a renewal does not."""
        match event.kind:
            case EventKind.AWARDED:
                self.terms, self.block, self.is_provisional = [*self.terms, event], None, event.is_provisional
            case EventKind.RENEWED:
                self.terms = [*self.terms, event]
            case EventKind.REINSTATED:
                self.block = None
            case EventKind.REVOKED:
                self.terms, self.block = [], event
            case EventKind.SUSPENDED:
                self.block = event
            case EventKind.PROMOTED:
                self.is_provisional = False
            case EventKind.SIGNED_OFF | EventKind.EXTENDED:
                pass


def _folded(events: Iterable[LedgerEvent], at: datetime) -> _Folded:
    folded = _Folded()
    for event in sorted([event for event in events if event.effective_at <= at], key=lambda event: (event.effective_at, event.id)):
        folded.take(event)
    return folded


def standing(events: Iterable[LedgerEvent], *, at: datetime) -> Standing:
    """How the holder of these entries, as `known_events` gives them, stands at `at`; what takes effect later counts for nothing yet."""
    folded = _folded(events, at)
    block = folded.block
    if block is not None and block.kind is EventKind.REVOKED and not folded.terms:
        return Standing(State.REVOKED, since=block.effective_at)
    found = _of_terms(folded.terms, at)
    if folded.is_provisional:
        found = replace(found, is_provisional=True)
    if block is not None and found.state is State.IN_FORCE:
        return replace(found, state=State.SUSPENDED, since=block.effective_at)
    return found


def suspended_since(events: Iterable[LedgerEvent]) -> datetime | None:
    """Since when the holder of these entries is suspended, whether or not a term would run; nothing where they are not."""
    known = list(events)
    block = _folded(known, max((event.effective_at for event in known), default=NEVER)).block
    return block.effective_at if block is not None and block.kind is EventKind.SUSPENDED else None


def will_nest(events: Iterable[LedgerEvent]) -> bool:
    """Whether an award to the holder of these entries begins in shadow where the certification says so: until they held it in full once."""
    return not any(event.kind is EventKind.PROMOTED or (event.kind is EventKind.AWARDED and not event.is_provisional) for event in events)
