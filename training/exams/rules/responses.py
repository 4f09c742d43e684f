"""What a candidate can choose, and whether the choice is right. Browsers name options by their place on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from typing import Any

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark


class ResponseFault(StrEnum):
    """Why an answer cannot be read."""

    SHAPE = "response_shape"
    UNKNOWN_OPTION = "response_unknown_option"
    TOO_MANY = "response_too_many"
    UNKNOWN_ITEM = "response_unknown_item"


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Which options are right, and which are critical misses, by their ids."""

    correct: frozenset[str]
    critical: frozenset[str] = frozenset()


def is_blank(response: Mapping[str, Any]) -> bool:
    """Whether nothing is answered."""
    return not any(response.values())


def choice_fault(response: Mapping[str, Any], kind: ItemKind, option_count: int) -> ResponseFault | None:
    """What is wrong with the form of a choice, or nothing. `{"options": [2]}` chooses the second on the screen; `{}` is blank."""
    if not response:
        return None
    options = response.get("options")
    if set(response) != {"options"} or not isinstance(options, list) or not all(type(option) is int for option in options):
        return ResponseFault.SHAPE
    if any(not 1 <= option <= option_count for option in options) or len(set(options)) != len(options):
        return ResponseFault.UNKNOWN_OPTION
    if kind is ItemKind.SINGLE and len(options) > 1:
        return ResponseFault.TOO_MANY
    return None


def chosen_ids(response: Mapping[str, Any], option_order: Sequence[str]) -> frozenset[str]:
    """The ids behind the places that were chosen."""
    return frozenset(option_order[place - 1] for place in response.get("options", ()))


def mark_choice(chosen: frozenset[str], key: ChoiceKey) -> Mark:
    """All or nothing: exactly the right options. Choosing a critical option is a critical miss whatever else was chosen."""
    if not chosen:
        return Mark.BLANK
    if chosen & key.critical:
        return Mark.CRITICAL_MISS
    return Mark.RIGHT if chosen == key.correct else Mark.WRONG


def critical_share(kind: ItemKind, key: ChoiceKey, option_ids: Sequence[str]) -> float:
    """Which share of the wrong answers to a choice are critical misses, if all wrong answers are equally likely."""
    sizes = (1,) if kind is ItemKind.SINGLE else range(1, len(option_ids) + 1)
    answers = map(frozenset, chain.from_iterable(combinations(option_ids, size) for size in sizes))
    marks = [mark_choice(answer, key) for answer in answers]
    wrong = [mark for mark in marks if mark is not Mark.RIGHT]
    return sum(mark is Mark.CRITICAL_MISS for mark in wrong) / len(wrong) if wrong else 0.0
