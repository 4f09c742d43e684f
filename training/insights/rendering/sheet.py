"""What goes on paper."""

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


def instant_words(instant: datetime | None) -> str:
    """An instant as it reads alike in every language."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if instant is not None else "–"


def share_words(right: int, count: int, low: int, high: int) -> str:
    """A share with its interval, and of how many: `91 % (84–95 %, n = 120)`."""
    return f"{round(100 * right / count)} % ({low // 100}–{-(-high // 100)} %, n = {count})"
