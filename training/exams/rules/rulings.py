"""Rulings about the key of an item: what they make of a mark, and whether a key that is ruled right fits the item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from training.exams.rules.blueprint import ItemKind
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
KINDS_WITH_KEY = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.ORDERING, ItemKind.SHORT, ItemKind.EVIDENCE})
"""Kinds whose key a ruling can say itself. The key of a case is a version of its reference; replies and typing have none."""

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


def with_key(kind: ItemKind, document: Mapping[str, Any], key: Mapping[str, Any]) -> dict[str, Any]:
    """The document of an item version as if it had always had this key. Raises KeyError for kinds without one."""
    return {**document, **_KEYED[kind](document, key)}


def key_of(kind: ItemKind, document: Mapping[str, Any]) -> dict[str, Any]:
    """The key that an item version was stored with, in the form in which rulings say keys. Raises KeyError for kinds without one."""
    return _READ[kind](document)


def key_fault(kind: ItemKind, document: Mapping[str, Any], key: Mapping[str, Any] | None) -> RulingRefusal | None:
    """What is wrong with a new key for this item version, or nothing."""
    if kind not in KINDS_WITH_KEY:
        return RulingRefusal.KIND_WITHOUT_KEY
    if not key or not any(key.values()):
        return RulingRefusal.KEY_MISSING
    if not _FITS[kind](document, key):
        return RulingRefusal.KEY_UNFIT
    return RulingRefusal.KEY_THE_SAME if dict(key) == key_of(kind, document) else None


def _with_options(document: Mapping[str, Any], key: Mapping[str, Any]) -> dict[str, Any]:
    right = set(key["correct"])
    options = [
        {**option, "correct": option["id"] in right, "critical": bool(option.get("critical")) and option["id"] not in right} for option in document["options"]
    ]
    return {"options": options}


def _with_steps(document: Mapping[str, Any], key: Mapping[str, Any]) -> dict[str, Any]:
    steps = {step["id"]: step for step in document["steps"]}
    return {"steps": [steps[step] for step in key["order"]]}


def _with_answer(_document: Mapping[str, Any], key: Mapping[str, Any]) -> dict[str, Any]:
    return {"answer": dict(key)}


def _with_marks(document: Mapping[str, Any], key: Mapping[str, Any]) -> dict[str, Any]:
    return {"evidence": {**document["evidence"], "marks": key["marks"]}}


def _options_fit(document: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    known, right = {option["id"] for option in document["options"]}, key.get("correct", [])
    return set(right) < known and len(set(right)) == len(right)


def _one_option_fits(document: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    return _options_fit(document, key) and len(key["correct"]) == 1


def _steps_fit(document: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    return sorted(key.get("order", [])) == sorted(step["id"] for step in document["steps"])


def _answer_fits(document: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    return ("number" in key) == (not key.get("texts")) and ("number" in document["answer"]) == ("number" in key)


def _marks_fit(document: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    length = len(document["evidence"]["marks"][0])
    return all(len(mark) == length and all(value >= 0 for value in mark) for mark in key.get("marks", ()))


_KEYED: dict[ItemKind, Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]] = {
    ItemKind.SINGLE: _with_options,
    ItemKind.MULTIPLE: _with_options,
    ItemKind.ORDERING: _with_steps,
    ItemKind.SHORT: _with_answer,
    ItemKind.EVIDENCE: _with_marks,
}
_FITS: dict[ItemKind, Callable[[Mapping[str, Any], Mapping[str, Any]], bool]] = {
    ItemKind.SINGLE: _one_option_fits,
    ItemKind.MULTIPLE: _options_fit,
    ItemKind.ORDERING: _steps_fit,
    ItemKind.SHORT: _answer_fits,
    ItemKind.EVIDENCE: _marks_fit,
}
_READ: dict[ItemKind, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    ItemKind.SINGLE: lambda document: {"correct": [option["id"] for option in document["options"] if option.get("correct")]},
    ItemKind.MULTIPLE: lambda document: {"correct": [option["id"] for option in document["options"] if option.get("correct")]},
    ItemKind.ORDERING: lambda document: {"order": [step["id"] for step in document["steps"]]},
    ItemKind.SHORT: lambda document: dict(document["answer"]),
    ItemKind.EVIDENCE: lambda document: {"marks": document["evidence"]["marks"]},
}
