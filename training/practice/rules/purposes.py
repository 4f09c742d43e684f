"""What somebody practises for, and what a session of that purpose is called."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_SCOPE = 400
"""Characters that the name of a session may have."""

LARGEST_SET = 100
"""Cases that a trainer's set may have."""

DAILY_MIX = timedelta(minutes=10)
"""How long a daily mix is meant to take. It ends nobody's practice."""

SESSION_IDLE = timedelta(hours=4)
"""After so long without an answer the next case opens a new session."""


LAID_AHEAD_WITHIN = timedelta(minutes=30)
"""So long after an answer the next case is laid ready for whoever still reads what the expert said."""


class PurposeKind(StrEnum):
    """The kinds of practice; the value stands in the name of the session."""

    DAILY = "all"
    AREA = "areas"
    DRILL = "surface"
    REMEDIAL = "remedial"
    DELTA = "delta"
    SET = "set"
    CHECK = "check"
    NEAR_MISS = "near-miss"


LIMITED_TO_RULES = frozenset({PurposeKind.AREA, PurposeKind.REMEDIAL, PurposeKind.DELTA})
"""Purposes whose names are areas or clauses."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What practice is limited to; nothing where a field is empty."""

    rules: frozenset[str] = frozenset()
    """Areas and clauses."""
    surface: str | None = None

    def hold(self, *, concept: str, area: str, surface: str) -> bool:
        """Whether a case of this concept, area and surface is within them."""
        return (not self.rules or concept in self.rules or area in self.rules) and self.surface in (None, surface)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: its names are areas and clauses, one surface, a set's number, a check or a case, as the kind says."""

    kind: PurposeKind = PurposeKind.DAILY
    names: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """The name of its sessions: a person has at most one open session of each."""
        names = "+".join(sorted(set(self.names)))
        return f"{self.kind.value}:{names}" if names else self.kind.value

    @property
    def limits(self) -> Limits:
        """What it is limited to by its names alone; a set's limits stand with the set."""
        if self.kind is PurposeKind.DRILL:
            return Limits(surface=self.names[0])
        return Limits(frozenset(self.names)) if self.kind in LIMITED_TO_RULES else Limits()


DAILY = Purpose()

GOES_ON_ELSEWHERE = frozenset({PurposeKind.CHECK, PurposeKind.NEAR_MISS})
"""A check is gone through by its own list, and from a look-alike it goes on with a mix."""


def may_lay_ahead(purpose: Purpose, *, answered_at: datetime | None, is_ended: bool, now: datetime) -> bool:
    """Whether the case after an answered one is laid ready, in a session of this purpose, while the person reads what the expert said."""
    is_fresh = answered_at is not None and now - answered_at < LAID_AHEAD_WITHIN
    return is_fresh and not is_ended and purpose.kind not in GOES_ON_ELSEWHERE


def purpose_of(scope: str) -> Purpose:
    """The purpose of sessions with this name."""
    kind, _, names = scope.partition(":")
    return Purpose(PurposeKind(kind), tuple(names.split("+")) if names else ())
