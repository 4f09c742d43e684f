"""What people read when something is refused. Rooms give their reasons words here, once, from their surface."""

from collections.abc import Mapping
from enum import StrEnum

_words: dict[StrEnum, str] = {}


def give_words(words: Mapping[StrEnum, str]) -> None:
    """Say, for each reason, the sentence a person reads: why, and what to do next. `{name}` takes a detail."""
    _words.update(words)


def words_for(reason: StrEnum, detail: Mapping[str, object] | None = None) -> str:
    """The sentence for this reason. Raises KeyError for a reason nobody gave words: machine words never reach a person."""
    return _words[reason].format(**(detail or {}))


def reasons_with_words() -> frozenset[StrEnum]:
    """Every reason that has words, for the test that none lacks them."""
    return frozenset(_words)
