"""What a team looks like at an instant: how each person stands with each queue, and the figures that come of it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.queues.rules.decision import Access, Code, Decision, Effect


class Footing(StrEnum):
    """How a person stands with a queue. Away is certified but unavailable at that instant; delta is all but a change of policy that is overdue."""

    OPEN = "open"
    SHADOW = "shadow"
    AWAY = "away"
    DELTA = "delta"
    CLOSED = "closed"


CERTIFIED = frozenset({Footing.OPEN, Footing.SHADOW, Footing.AWAY})
"""Those who meet what the queue needs, in full or in shadow, whether or not they are there at that instant."""


def footing(decision: Decision) -> Footing:
    """How somebody with this answer of the gate stands."""
    if decision.access is not Access.DENY:
        return Footing.OPEN if decision.access is Access.ALLOW else Footing.SHADOW
    denying = {reason.code for reason in decision.reasons if reason.effect is Effect.DENY}
    if denying == {Code.UNAVAILABLE}:
        return Footing.AWAY
    return Footing.DELTA if denying <= {Code.DELTA_OVERDUE, Code.UNAVAILABLE} else Footing.CLOSED


@dataclass(frozen=True, slots=True)
class Member:
    """One of the team at that instant. No shift is 0."""

    id: int
    public_id: str
    name: str
    languages: frozenset[str]
    shift_id: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A person and a queue: the gate's answer, and when on the way there from now their certificate lapses."""

    decision: Decision
    footing: Footing
    lapses_at: datetime | None = None

    @property
    def is_certified(self) -> bool:
        """Whether they meet what the queue needs."""
        return self.footing in CERTIFIED


def cell(then: Decision, now: Decision | None) -> Cell:
    """The cell for an instant, with the answer now where that instant lies ahead: somebody who is certified now may not be then."""
    lapsed = [reason.until for reason in then.reasons if reason.code is Code.CERTIFICATE_LAPSED and reason.until is not None]
    was_certified = now is not None and footing(now) in CERTIFIED
    lapses_at = min((until for until in lapsed if now is not None and now.at < until <= then.at), default=None)
    return Cell(then, footing(then), lapses_at if was_certified else None)


Cells = Mapping[tuple[str, str], Cell]
"""By the person's public id and the queue's slug."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people a figure stands for: of one queue, on one footing (`certified` and `lapsing` too), of one language, of one shift.

    What is nothing does not narrow.
    """

    queue: str
    standing: str | None = None
    language: str | None = None
    shift_id: int | None = None

    def fits(self, member: Member, found: Cell) -> bool:
        """Whether this person is one of them."""
        if self.language is not None and self.language not in member.languages:
            return False
        if self.shift_id is not None and self.shift_id != member.shift_id:
            return False
        return self.standing is None or self.standing in standings_of(found)


def standings_of(found: Cell) -> Iterator[str]:
    """Every standing that a cell counts for."""
    yield found.footing.value
    if found.is_certified:
        yield "certified"
    if found.lapses_at is not None:
        yield "lapsing"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people of one queue stand how, and how many of the certified there are by language and by shift."""

    standings: Counter[str]
    languages: Counter[str]
    shifts: Counter[int]


def figures(members: Sequence[Member], cells: Cells, queue: str) -> Figures:
    """The figures of one queue."""
    found = [(member, cells[member.public_id, queue]) for member in members]
    certified = [member for member, each in found if each.is_certified]
    return Figures(
        standings=Counter(standing for _, each in found for standing in standings_of(each)),
        languages=Counter(language for member in certified for language in member.languages),
        shifts=Counter(member.shift_id for member in certified),
    )


def chosen(members: Iterable[Member], cells: Cells, wanted: Wanted) -> list[tuple[Member, Cell]]:
    """The people whom a figure counts, in the members' order."""
    found = ((member, cells[member.public_id, wanted.queue]) for member in members)
    return [(member, each) for member, each in found if wanted.fits(member, each)]
