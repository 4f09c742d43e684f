"""Facts about a person, each with the instant it holds from and the instant it was written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a person may be in the organisation; a person may hold several."""

    MODERATOR = "moderator"
    TRAINER = "trainer"
    LEAD = "lead"
    QA = "qa"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Status(StrEnum):
    """Whether a person works here. Nobody is active before a fact says so."""

    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


class FactKind(StrEnum):
    """What can be true of a person from an instant on."""

    STATUS = "status"
    ROLES = "roles"
    TEAM = "team"
    LANGUAGES = "languages"
    MARKETS = "markets"
    TIME_ZONE = "time_zone"
    ACCOMMODATIONS = "accommodations"
    NAME = "name"
    COHORTS = "cohorts"


FACT_KINDS_OF_ONES_OWN = frozenset({FactKind.TIME_ZONE, FactKind.NAME})
"""What people may change about themselves; everything else opens doors and is another's to say."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the ledger. Each row sets the whole value of its kind."""

    kind: FactKind
    value: Any
    effective_from: datetime
    recorded_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Accommodations:
    """How an exam's time is adapted for a person."""

    time_multiplier: float = 1.0
    extra_break_seconds: int = 0


@dataclass(frozen=True, slots=True)
class PersonState:
    """Everything that is true of a person at one instant."""

    status: Status = Status.INVITED
    roles: frozenset[Role] = frozenset()
    team_id: int | None = None
    cohort_ids: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()
    time_zone: str | None = None
    accommodations: Accommodations = field(default_factory=Accommodations)

    @property
    def is_active(self) -> bool:
        """Whether the person works here."""
        return self.status is Status.ACTIVE

    @property
    def time_multiplier(self) -> float:
        """By how much an exam's time limit is multiplied."""
        return self.accommodations.time_multiplier

    @property
    def extra_break_seconds(self) -> int:
        """How much break time is added to an exam."""
        return self.accommodations.extra_break_seconds


def values_at(facts: Iterable[Fact], *, at: datetime, known_at: datetime) -> Mapping[FactKind, Any]:
    """The value of each kind at `at`, as it was known at `known_at`.

    Among rows in effect and recorded by then, the one that took effect last wins; of two, the one written last.
    """
    latest: dict[FactKind, Fact] = {}
    for fact in facts:
        if fact.effective_from > at or fact.recorded_at > known_at:
            continue
        rival = latest.get(fact.kind)
        if rival is None or (fact.effective_from, fact.id) > (rival.effective_from, rival.id):
            latest[fact.kind] = fact
    return {kind: fact.value for kind, fact in latest.items()}


def state_at(facts: Iterable[Fact], *, at: datetime, known_at: datetime) -> PersonState:
    """What is true of a person at `at`, as it was known at `known_at`. What no fact says is unknown, and unknown opens nothing."""
    values = values_at(facts, at=at, known_at=known_at)
    return PersonState(
        status=Status(values.get(FactKind.STATUS, Status.INVITED)),
        roles=frozenset(Role(role) for role in values.get(FactKind.ROLES, ())),
        team_id=values.get(FactKind.TEAM),
        cohort_ids=frozenset(map(int, values.get(FactKind.COHORTS, ()))),
        languages=frozenset(values.get(FactKind.LANGUAGES, ())),
        markets=frozenset(values.get(FactKind.MARKETS, ())),
        time_zone=values.get(FactKind.TIME_ZONE),
        accommodations=Accommodations(**values.get(FactKind.ACCOMMODATIONS, {})),
    )
