"""The way from the first day to unsupervised work, stage by stage: how far people are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from struct import Struct

from training.insights.rules.waiting import Median


class Stage(StrEnum):
    """Where somebody has got to, in the order of the way."""

    HIRED = "hired"
    READ = "read"
    COURSE = "course"
    EXAM = "exam"
    CERTIFIED = "certified"
    OPEN = "open"
    UNSUPERVISED = "unsupervised"


STAGES = tuple(Stage)

BEGINNING = date(2000, 1, 1)
"""Days are counted from here: until 2089 they fit."""
NEVER = -32768
"""The day of what did not happen."""
WIDTH = len(STAGES) + 2
"""Of one way as it is kept: the day of each stage in their order, the day of leaving, and whether there is a last stage to reach."""
_WAY = Struct(f"<{WIDTH}h")


@dataclass(frozen=True, slots=True)
class Milestones:
    """On which day somebody first reached each stage; what is not among them was not reached. Everybody was hired."""

    days: Mapping[Stage, date]
    left_on: date | None = None
    is_in_shadow: bool = True
    """Whether they begin under supervision: only then there is a last stage to reach."""

    @property
    def furthest(self) -> Stage:
        """The last stage of the way that they reached, whatever they left out before it."""
        return max(self.days, key=STAGES.index)

    @property
    def is_done(self) -> bool:
        """Whether nothing of the way lies before them, because they are through or left."""
        is_through = self.furthest is Stage.UNSUPERVISED or (self.furthest is Stage.OPEN and not self.is_in_shadow)
        return is_through or self.left_on is not None


def packed(people: Iterable[Milestones]) -> bytes:
    """These people's ways, one after another, each a row of small numbers."""
    rows = ([*(number_of(person.days.get(stage)) for stage in STAGES), number_of(person.left_on), int(person.is_in_shadow)] for person in people)
    return b"".join(_WAY.pack(*row) for row in rows)


def number_of(day: date | None) -> int:
    """A day as a small number; what lies further away is taken for the first or the last day that fits."""
    return NEVER if day is None else min(max((day - BEGINNING).days, NEVER + 1), -NEVER - 1)


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One line of the funnel."""

    stage: Stage
    reached: int
    """How many got here or further."""
    staying: int
    """How many of them work here and got no further."""
    gone: int
    """How many left having got just so far."""
    timed: int
    """How many people the days since the stage before are counted of."""
    since_before: Median | None
    """Days since the stage before; None where there are too few to judge, or nothing is before it."""
    since_hired: Median | None


@dataclass(frozen=True, slots=True)
class Compared:
    """How some people get to an open queue, to be set beside others."""

    hired: int
    opened: int
    """How many got to an open queue, or further."""
    staying: int
    """How many work here and are before it."""
    gone: int
    """How many left before it."""
    since_hired: Median | None
    """Days from the first day to an open queue."""


def month_after(month: date) -> date:
    """The first day of the month after the one that begins on this day."""
    return (month + timedelta(days=31)).replace(day=1)


def place_of(stage: Stage) -> int:
    """Where a stage stands on the way."""
    return STAGES.index(stage)


class Standing(StrEnum):
    """Which of the people behind a stage's figures somebody wants to see."""

    REACHED = "reached"
    """Who got here or further."""
    STAYING = "staying"
    """Who works here and got no further."""
    GONE = "gone"
    """Who left having got just so far."""
