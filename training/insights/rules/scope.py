"""What a pack is about: whom or what, and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ScopeKind(StrEnum):
    """Whom a pack is about."""

    PERSON = "person"
    QUEUE = "queue"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom or what a pack is about."""

    kind: ScopeKind
    person_id: int | None = None
    queue: str | None = None
    team_id: int | None = None
    """The team of the lead who asks: nobody outside it is told of. Nothing for those who may see everybody."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, or the span `[since, at)`. Everything is told as it was known at `at`."""

    at: datetime
    since: datetime | None = None

    @property
    def is_span(self) -> bool:
        """Whether it is asked about more than one instant."""
        return self.since is not None

    def touches(self, begin: datetime, end: datetime | None) -> bool:
        """Whether something that is true in `[begin, end)` is true at any time of it."""
        if self.since is None:
            return begin <= self.at and (end is None or self.at < end)
        return begin < self.at and (end is None or self.since < end)


class PackRefusal(StrEnum):
    """Why a pack is not made."""

    IN_THE_FUTURE = "pack_in_the_future"
    ENDS_BEFORE_IT_BEGINS = "pack_ends_before_it_begins"
    UNKNOWN_PERSON = "pack_person_unknown"
    UNKNOWN_QUEUE = "pack_queue_unknown"
    NO_TEAM = "pack_without_a_team"
    TOO_MANY_WAITING = "pack_too_many_waiting"
    NOT_YET_MADE = "pack_not_yet_made"
    FILE_LOST = "pack_file_lost"
