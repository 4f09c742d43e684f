"""What a candidate can answer to each kind of item, and whether a choice is right. Browsers name options by their place on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from typing import Any, cast

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark


class ResponseFault(StrEnum):
    """Why an answer cannot be read."""

    SHAPE = "response_shape"
    UNKNOWN_OPTION = "response_unknown_option"
    TOO_MANY = "response_too_many"
    UNCLEAR_QUOTE = "response_unclear_quote"
    UNCLEAR_NUMBER = "response_unclear_number"
    TOO_MANY_MARKS = "response_too_many_marks"
    INCOMPLETE_ORDER = "response_incomplete_order"
    MARK_OUTSIDE = "response_mark_outside"
    TOO_LONG = "response_too_long"
    IMPLAUSIBLE = "response_implausible"
    BEGUN_BEFORE = "response_begun_before"
    """Of a typing test that was begun before, and another time."""
    UNKNOWN_ITEM = "response_unknown_item"
    CLOCK_AHEAD = "response_clock_ahead"


LARGEST_NUMBER = 10**12
"""Larger ones, and what is none, mark nothing and last no time."""
LONGEST_SHORT_ANSWER = 200
LONGEST_REPLY = 4_000
LONGEST_TYPED = 5_000
MOST_MARKS = 20
FARTHEST_MARK = 1_000_000
"""Characters, seconds or pixels: no content is as long or as wide."""
FASTEST_TYPING = 30
"""Characters a second; nobody ever typed as fast."""
LONGEST_TYPING_SECONDS = 600


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Which options are right, and which are critical misses, by their ids."""

    correct: frozenset[str]
    critical: frozenset[str] = frozenset()


def is_blank(response: Mapping[str, Any]) -> bool:
    """Whether nothing is answered."""
    return not any(response.values())


def response_fault(response: Mapping[str, Any], kind: ItemKind, option_count: int) -> ResponseFault | None:
    """What is wrong with the form of an answer, or nothing; `{}` is blank. Answers to cases are read by the room of judgements.

    `{"options": [2]}` chooses the second on the screen. `{"order": [3, 1, 2]}` puts the third on the screen first. `{"marks": [[start, end], …]}` marks
    characters of a text or seconds of a recording, `{"marks": [[x, y, width, height], …]}` pixels of a picture. `{"text": …}` is a short answer or a
    reply. `{"text": …, "seconds": …}` is what was typed in a typing test, and how long it took.
    """
    if not response:
        return None
    match kind:
        case ItemKind.ORDERING:
            return _order_fault(response, option_count)
        case ItemKind.EVIDENCE:
            return _marks_fault(response)
        case ItemKind.SHORT | ItemKind.REPLY:
            return _text_fault(response, LONGEST_REPLY if kind is ItemKind.REPLY else LONGEST_SHORT_ANSWER)
        case ItemKind.TYPING:
            return _typing_fault(response)
        case _:
            return choice_fault(response, kind, option_count)


def _order_fault(response: Mapping[str, Any], option_count: int) -> ResponseFault | None:
    order = response.get("order")
    if set(response) != {"order"} or not isinstance(order, list) or not all(type(place) is int for place in order):
        return ResponseFault.SHAPE
    if any(not 1 <= place <= option_count for place in order):
        return ResponseFault.UNKNOWN_OPTION
    return None if sorted(order) == list(range(1, option_count + 1)) or not order else ResponseFault.INCOMPLETE_ORDER


def _marks_fault(response: Mapping[str, Any]) -> ResponseFault | None:
    marks = response.get("marks")
    if set(response) != {"marks"} or not isinstance(marks, list):
        return ResponseFault.SHAPE
    if any(isinstance(mark, str) for mark in marks):
        return ResponseFault.UNCLEAR_QUOTE
    if any(isinstance(mark, list) and any(isinstance(value, str) for value in mark) for mark in marks):
        return ResponseFault.UNCLEAR_NUMBER
    if not all(isinstance(mark, list) and len(mark) in (2, 4) and all(_is_number(value) for value in mark) for mark in marks):
        return ResponseFault.SHAPE
    if len(marks) > MOST_MARKS:
        return ResponseFault.TOO_MANY_MARKS
    if len({len(mark) for mark in marks}) > 1:
        return ResponseFault.SHAPE
    return None if all(_is_inside(mark) for mark in marks) else ResponseFault.MARK_OUTSIDE


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and abs(cast(float, value)) <= LARGEST_NUMBER


def _is_inside(mark: Sequence[float]) -> bool:
    """Whether a mark begins within what is shown and has an extent."""
    if len(mark) == 2:
        return 0 <= mark[0] < mark[1] <= FARTHEST_MARK
    x, y, width, height = mark
    return min(x, y) >= 0 and min(width, height) > 0 and max(x + width, y + height) <= FARTHEST_MARK


def _text_fault(response: Mapping[str, Any], longest: int) -> ResponseFault | None:
    text = response.get("text")
    if set(response) != {"text"} or not isinstance(text, str):
        return ResponseFault.SHAPE
    return ResponseFault.TOO_LONG if len(text) > longest else None


def _typing_fault(response: Mapping[str, Any]) -> ResponseFault | None:
    text, seconds = response.get("text"), response.get("seconds")
    if set(response) != {"text", "seconds"} or not isinstance(text, str) or not _is_number(seconds):
        return ResponseFault.SHAPE
    if len(text) > LONGEST_TYPED:
        return ResponseFault.TOO_LONG
    took = float(cast(float, seconds))
    is_plausible = 0 <= took <= LONGEST_TYPING_SECONDS and len(text) <= FASTEST_TYPING * took
    return None if is_plausible else ResponseFault.IMPLAUSIBLE


def choice_fault(response: Mapping[str, Any], kind: ItemKind, option_count: int) -> ResponseFault | None:
    """What is wrong with the form of a choice, or nothing."""
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


def partial_credit(chosen: frozenset[str], key: ChoiceKey) -> float:
    """Right choices less wrong ones, as a share of what is right; never below nothing. One more right choice never lowers it."""
    return max(0.0, (len(chosen & key.correct) - len(chosen - key.correct)) / len(key.correct))


def critical_share(kind: ItemKind, key: ChoiceKey, option_ids: Sequence[str]) -> float:
    """Which share of the wrong answers to a choice are critical misses, if all wrong answers are equally likely."""
    sizes = (1,) if kind is ItemKind.SINGLE else range(1, len(option_ids) + 1)
    answers = map(frozenset, chain.from_iterable(combinations(option_ids, size) for size in sizes))
    marks = [mark_choice(answer, key) for answer in answers]
    wrong = [mark for mark in marks if mark is not Mark.RIGHT]
    return sum(mark is Mark.CRITICAL_MISS for mark in wrong) / len(wrong) if wrong else 0.0
