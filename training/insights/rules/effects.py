"""Whether people decide better about what a policy change touched, once they have acknowledged it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import accumulate

from training.judgements.rules import FEWEST_TO_JUDGE, Interval, difference, wilson

MOST_WEEKS = 8
"""How many weeks before and after a change are looked at."""
WEEK = timedelta(days=7)


class Phase(StrEnum):
    """When an answer was given, beside the change and its giver's acknowledgement."""

    BEFORE = "before"
    """In the weeks before the change was published."""
    BETWEEN = "between"
    """Once it was published, by somebody who had not acknowledged it and did later."""
    AFTER = "after"


class Side(StrEnum):
    """Whose answers are looked at."""

    ACKNOWLEDGED = "acknowledged"
    """Who acknowledged it in the weeks after."""
    OTHERS = "others"
    """Who has not by their end."""


@dataclass(frozen=True, slots=True)
class Window:
    """As many whole weeks after as before, so that the same days of the week stand on both sides."""

    published_at: datetime
    weeks: int

    @property
    def since(self) -> datetime:
        """Its beginning."""
        return self.published_at - self.weeks * WEEK

    @property
    def until(self) -> datetime:
        """Its end, which is left out."""
        return self.published_at + self.weeks * WEEK


def window_of(published_at: datetime, *, now: datetime) -> Window:
    """The weeks that are over since, eight at most; none in the first."""
    return Window(published_at, max(0, min(MOST_WEEKS, (now - published_at) // WEEK)))


def days_since(published_at: datetime, *, now: datetime, zone: tzinfo) -> dict[int, datetime]:
    """The days of a zone from a publication on, by number, each with the instant at which it ends: until now, and eight weeks at most."""
    first, today = (at.astimezone(zone).date() for at in (published_at, now))
    last = max(0, min((today - first).days, MOST_WEEKS * 7))
    return {number: datetime.combine(first + timedelta(days=number + 1), time(), tzinfo=zone) for number in range(last + 1)}


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers, how many of them right, by how many people."""

    count: int = 0
    right: int = 0
    people: int = 0

    @property
    def accuracy(self) -> Interval | None:
        """The share right; None where there are too few to judge."""
        return wilson(self.right, self.count) if self.count >= FEWEST_TO_JUDGE else None


@dataclass(frozen=True, slots=True)
class Effect:
    """The accuracy of one side before and after, and by how much it moved."""

    side: Side
    before: Answers
    between: Answers
    after: Answers

    @property
    def change(self) -> Interval | None:
        """After less before, in shares; None where one of them has too few answers."""
        before, after = self.before.accuracy, self.after.accuracy
        return difference(after, before) if before is not None and after is not None else None


@dataclass(frozen=True, slots=True)
class Effects:
    """What is said of a change."""

    acknowledged: Effect
    others: Effect

    @property
    def beyond_others(self) -> Interval | None:
        """By how much more the accuracy moved of those who acknowledged it: what happened to everybody at once is taken off."""
        own, theirs = self.acknowledged.change, self.others.change
        return difference(own, theirs) if own is not None and theirs is not None else None


def effects_of(counted: Mapping[tuple[Side, Phase], Answers]) -> Effects:
    """The effects by side, of what was counted."""
    return Effects(*(Effect(side, *(counted.get((side, phase), Answers()) for phase in Phase)) for side in Side))


def phase_of(given_at: datetime, window: Window, acknowledged_at: datetime | None) -> tuple[Side, Phase] | None:
    """Where an answer counts; nowhere outside the window.

    Who acknowledged only after its end had not while it lasted.
    """
    if not window.since <= given_at < window.until:
        return None
    side = Side.ACKNOWLEDGED if acknowledged_at is not None and acknowledged_at < window.until else Side.OTHERS
    if given_at < window.published_at:
        return side, Phase.BEFORE
    is_between = side is Side.ACKNOWLEDGED and acknowledged_at is not None and given_at < acknowledged_at
    return side, Phase.BETWEEN if is_between else Phase.AFTER


def uptake_of(acknowledged: Mapping[int, int], asked: int, *, days: int) -> Sequence[tuple[int, float]]:
    """How many of those asked had acknowledged by the end of each of so many days after that of publication, and which share they are."""
    if not asked:
        return []
    counts = accumulate(acknowledged.get(day, 0) for day in range(days + 1))
    return [(count, count / asked) for count in counts]
