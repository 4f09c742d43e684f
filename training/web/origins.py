"""Which pages led to something: rooms say it here of what a room below them shows, which knows nothing of them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A page that led to something."""

    address: str
    title: str


_finders: dict[str, list[Callable[[int], Origin | None]]] = {}


def add_origin(of: str, finder: Callable[[int], Origin | None]) -> None:
    """Let pages about things of this kind, such as `item_version`, link to what this finds for the number of one."""
    _finders.setdefault(of, []).append(finder)


def origins_of(of: str, number: int) -> list[Origin]:
    """The pages that led to what is shown about this thing."""
    return [origin for finder in _finders.get(of, []) if (origin := finder(number)) is not None]
