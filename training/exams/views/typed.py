"""How fast and how right somebody typed, for them to read: a passage that was shown is no key."""

from dataclasses import dataclass

from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import PlacedItem
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.marking import typing_key
from training.exams.rules.responses import is_blank
from training.exams.rules.typing_test import Typed, TypingKey, measure


@dataclass(frozen=True, slots=True)
class TypedPassage:
    """One typing test of an attempt, as it was measured."""

    position: int
    language: str
    key: TypingKey
    typed: Typed | None
    """Nothing where it was not begun."""


def typed_passages(attempt: Attempt) -> list[TypedPassage]:
    """The typing tests of an attempt, in the order of its form."""
    return [_measured(place) for place in queries.form_of(attempt) if place.version.kind == ItemKind.TYPING]


def _measured(place: PlacedItem) -> TypedPassage:
    key, response = typing_key(place.version.document), place.response
    typed = None if is_blank(response) else measure(response["text"], response["seconds"], key)
    return TypedPassage(place.position, place.version.language, key, typed)
