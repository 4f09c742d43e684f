"""Rulings about the key of an item: what they make of a mark, and of a result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked


class RulingKind(StrEnum):
    """What is done about a key that was wrong."""

    FULL_CREDIT = "full_credit"
    """Whatever was answered is right."""
    EITHER_KEY = "either_key"
    """What the old or the new key calls right is right."""
    NEW_KEY = "new_key"
    DROP = "drop"
    """The item counts for nobody."""


class RulingRefusal(StrEnum):
    """Why a ruling is not made."""

    AFFECTED = "ruling_by_somebody_affected"
    KEY_MISSING = "ruling_key_missing"
    KEY_UNFIT = "ruling_key_unfit"
    KEY_THE_SAME = "ruling_key_the_same"
    KIND_WITHOUT_KEY = "ruling_kind_without_key"
    REFERENCE_UNKNOWN = "ruling_reference_unknown"
    LIST_CHANGED = "ruling_list_changed"


class Effect(StrEnum):
    """What a regrade does to one person, in the order in which people want to know."""

    LOST = "lost"
    """The pass is gone, and a certificate rests on it: a re-test is asked for."""
    GAINED = "gained"
    LOST_MOOT = "lost_moot"
    """The pass is gone, and nothing rests on it any more."""
    FIGURES = "figures"
    """The points change, the result does not."""


BEGINS_AFTER = timedelta(seconds=10)
"""How long after a ruling its regrade begins: whoever was being graded in the meantime has been graded."""

WITH_NEW_KEY = frozenset({RulingKind.EITHER_KEY, RulingKind.NEW_KEY})
_WORTH = {Mark.CRITICAL_MISS: -1.0, Mark.RIGHT: 1.0}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was ruled about one item version: the kind, and the new key or the new reference where the kind has one."""

    kind: RulingKind
    key: Mapping[str, Any] | None = None
    reference_id: int | None = None


def ruled(kind: RulingKind, by_old_key: Marked, by_new_key: Marked | None) -> tuple[Marked, bool]:
    """The mark of an answer under a ruling, and whether its place counts."""
    match kind:
        case RulingKind.FULL_CREDIT:
            return Marked(Mark.RIGHT), True
        case RulingKind.DROP:
            return by_old_key, False
        case RulingKind.NEW_KEY:
            return by_new_key or by_old_key, True
        case RulingKind.EITHER_KEY:
            return max(by_old_key, by_new_key or by_old_key, key=_worth), True


def _worth(given: Marked) -> float:
    return given.credit if given.mark is Mark.PARTIAL else _WORTH.get(given.mark, 0.0)


def effect_of(*, was_passed: bool, is_passed: bool, is_rested_on: bool) -> Effect:
    """What a changed result means for the person."""
    if was_passed == is_passed:
        return Effect.FIGURES
    if is_passed:
        return Effect.GAINED
    return Effect.LOST if is_rested_on else Effect.LOST_MOOT
