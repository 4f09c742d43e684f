"""How many people stand how, and beside whom they are set."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any

from training.insights.rules.groups import NO_CODE, NO_TEAM, Group, KnownGroup
from training.insights.rules.lines import LineState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people stand how with one thing."""

    met: int = 0
    ahead: int = 0
    soon: int = 0
    late: int = 0
    waiting: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def total(self) -> int:
        """All of them."""
        return self.met + self.ahead + self.soon + self.late + self.waiting

    def of(self, state: LineState) -> int:
        """How many stand so."""
        count = getattr(self, state.value)
        assert isinstance(count, int), "every state has a count"
        return count

    @property
    def met_share(self) -> float | None:
        """Of all who were asked, those who are done; nothing where nobody was."""
        return self.met / self.total if self.total else None

    @property
    def ready_count(self) -> int:
        """Those whose end is still to come: who is ready, fading or not."""
        return self.ahead + self.soon


class Dimension(StrEnum):
    """By what people are set beside each other."""

    TEAM = "team"
    MARKET = "market"
    LANGUAGE = "language"

    def names(self, value: Any) -> list[str]:
        """Under which a group with this value is told: its team's id, or each of its codes."""
        if self is Dimension.TEAM:
            return [str(value or NO_TEAM)]
        return list(value) or [NO_CODE]

    def names_of(self, group: Group) -> list[str]:
        """Under which this group is told."""
        return self.names({Dimension.TEAM: group.team_id, Dimension.MARKET: group.markets, Dimension.LANGUAGE: group.languages}[self])

    def sizes(self, groups: Iterable[KnownGroup], *, is_moderating: bool = False) -> dict[str, int]:
        """How many people of these groups each has, or those of them who decide about cases. Who works for two markets counts in both."""
        found: dict[str, int] = {}
        for known in groups:
            for name in self.names_of(known.group) if known.group.is_moderating or not is_moderating else ():
                found[name] = found.get(name, 0) + known.person_count
        return found
