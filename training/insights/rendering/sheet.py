"""What goes on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from training.insights.documents import About, Facts, Head


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the paper tells: a pack without the people who do not fit on it."""

    about: About
    facts: Facts
    head: Head
    sha256: str
    person_count: int

    @property
    def titles(self) -> Mapping[str, str]:
        """What people call queues and certifications, by name."""
        return {fact.certification: fact.title for fact in self.facts.certifications} | {fact.queue: fact.title for fact in self.facts.queues}

    @property
    def names(self) -> Mapping[str, str]:
        """What people call those who made entries, by public id: by that where they are not named."""
        return {actor.person: actor.name or actor.person for actor in self.facts.actors}


def instant_words(instant: datetime | None) -> str:
    """An instant as it reads alike in every language."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if instant is not None else "–"


def share_words(right: int, count: int, low: int, high: int) -> str:
    """A share with its interval, and of how many: `91 % (84–95 %, n = 120)`."""
    return f"{round(100 * right / count)} % ({low // 100}–{-(-high // 100)} %, n = {count})"
