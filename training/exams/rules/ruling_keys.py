"""New keys for items whose key was wrong: how rulings say them, whether they fit, and the item as if it had always had them.

A choice says `{"correct": ["b"]}`, an order `{"order": ["a", "c", "b"]}`, a short answer what its document says under `answer`, evidence
`{"marks": [[start, end], …]}`.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.rulings import RulingRefusal

KINDS_WITH_KEY = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.ORDERING, ItemKind.SHORT, ItemKind.EVIDENCE})
"""Kinds whose key a ruling can say itself. The key of a case is a version of its reference; replies and typing have none."""


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
    is_number = document["answer"].get("number") is not None
    return is_number == (key.get("number") is not None) and is_number == (not key.get("texts"))


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


def key_in_words(kind: ItemKind, document: Mapping[str, Any], *, picked: Sequence[str], lines: str) -> dict[str, Any]:
    """The key that a person means: options picked, or lines written.

    An order is letters; short texts are one a line; a number stands first, its tolerance in the second line; evidence in a text is quoted, one quote a
    line, elsewhere two or four numbers a line. What cannot be read is left out, and so does not fit.
    """
    written = [line.strip() for line in lines.splitlines() if line.strip()]
    match kind:
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return {"correct": sorted(picked)}
        case ItemKind.ORDERING:
            return {"order": lines.replace(",", " ").casefold().split()}
        case ItemKind.SHORT:
            return _answer_in_words(document["answer"], written)
        case _:
            return {"marks": _marks_in_words(document["evidence"], written)}


def _answer_in_words(answer: Mapping[str, Any], written: Sequence[str]) -> dict[str, Any]:
    if answer.get("number") is None:
        return {**answer, "texts": list(written)}
    numbers = [number for line in written if (number := _number(line)) is not None]
    if not numbers:
        return {}
    return {**answer, "number": numbers[0], **({"tolerance": numbers[1]} if len(numbers) > 1 else {})}


def _number(text: str) -> str | None:
    try:
        return str(Decimal(text)) if Decimal(text).is_finite() else None
    except InvalidOperation:
        return None


def _marks_in_words(evidence: Mapping[str, Any], written: Sequence[str]) -> list[list[float]]:
    text = evidence.get("text")
    if text is not None:
        return [[text.index(quote), text.index(quote) + len(quote)] for quote in written if text.count(quote) == 1]
    marks = [[_number(word) for word in line.replace(",", " ").split()] for line in written]
    return [[float(number) for number in mark if number is not None] for mark in marks if None not in mark]
