"""What figures follow of each person: one line for each thing that is asked of them, lapses, or fades, and the state it is in at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from training.certification.rules import Standing, State
from training.practice.rules import Mastery, readiness_of, ready_until

LONGEST_SUBJECT = 90
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for an end that does not come."""
WORK_NOTICE = timedelta(days=7)
"""For so long before its day something asked for is due soon: from when the first reminder goes out."""
FADING_NOTICE = timedelta(days=14)
"""For so long before its end readiness is fading."""


class Topic(StrEnum):
    """What lines are about."""

    ANYTHING = "anything"
    """All that a person is asked for together, as the worst of it stands."""
    COURSE = "course"
    MODULE = "module"
    DELTA = "delta"
    CERTIFICATE = "certificate"
    AREA = "area"


ASKED = (Topic.COURSE, Topic.MODULE, Topic.DELTA)
"""What people are asked for by a day, in the order in which it is told."""


class LineState(StrEnum):
    """How a line stands at an instant. The clock alone leads from one of the middle three to the next."""

    MET = "met"
    """Done: nothing is asked any more."""
    AHEAD = "ahead"
    """Its end is far: due later, in force, ready."""
    SOON = "soon"
    """Its end is near: due soon, to be renewed, fading."""
    LATE = "late"
    """Its end has passed: overdue, lapsed, not ready."""
    WAITING = "waiting"
    """It waits for a deed: suspended, until it lapses; too few answers to judge."""


FIXED = (LineState.MET, LineState.WAITING)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is followed of one person."""

    topic: Topic
    subject: str
    """The slug of the course, module or certification, a module and a version (`pro 2.0.0`), or an area; empty for anything."""
    due_at: datetime
    """When it is late; `NEVER` where it never is."""
    soon_at: datetime
    fixed: LineState | None = None
    """Done, or waiting for a deed until it is late, where it is either."""

    def state_at(self, at: datetime) -> LineState:
        """How it stands at an instant, if nothing is done until then."""
        if self.fixed is LineState.MET:
            return LineState.MET
        if self.due_at <= at:
            return LineState.LATE
        return self.fixed or (LineState.SOON if self.soon_at <= at else LineState.AHEAD)

    def turns_after(self, at: datetime) -> datetime | None:
        """When, after an instant, it next stands otherwise by the clock alone; nothing where it does not."""
        edges = {None: (self.soon_at, self.due_at), LineState.WAITING: (self.due_at,)}.get(self.fixed, ())
        return min((edge for edge in edges if at < edge < NEVER), default=None)


def asked_line(topic: Topic, subject: str, *, is_met: bool, due_at: datetime) -> Line:
    """Something that a person is asked for by an instant."""
    return Line(topic, subject, due_at, due_at - WORK_NOTICE, LineState.MET if is_met else None)


def together(lines: Iterable[Line]) -> Line | None:
    """All that a person is asked for as one line: done when all of it is, else as its first open end has it; nothing where they are asked for nothing."""
    asked = [line for line in lines if line.topic in ASKED]
    if not asked:
        return None
    still = [line for line in asked if line.fixed is None]
    fixed = None if still else LineState.MET
    return Line(Topic.ANYTHING, "", min(line.due_at for line in still or asked), min(line.soon_at for line in still or asked), fixed)


def certificate_line(certification: str, standing: Standing, *, notice: timedelta) -> Line | None:
    """A certificate that somebody holds or held; nothing where they never did, or it was revoked. `notice` is how long before its end it is to be renewed."""
    if standing.state in {State.NONE, State.REVOKED}:
        return None
    until = standing.until or NEVER
    is_suspended = standing.state is State.SUSPENDED
    return Line(Topic.CERTIFICATE, certification, until, until - notice, LineState.WAITING if is_suspended else None)


def area_line(area: str, mastery: Mastery) -> Line | None:
    """How ready somebody is in an area that they practised. Who is not ready, is so since their last answer."""
    last = mastery.answered_at
    if last is None:
        return None
    if not readiness_of(mastery, at=last).has_enough:
        return Line(Topic.AREA, area, NEVER, NEVER, LineState.WAITING)
    until = ready_until(mastery)
    return Line(Topic.AREA, area, last, last) if until is None else Line(Topic.AREA, area, until, until - FADING_NOTICE)
