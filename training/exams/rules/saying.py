"""What an answer says, so that two can be compared; and in which order a question is asked of whoever answers it outside an exam."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.marking import Question
from training.exams.rules.responses import chosen_ids
from training.exams.rules.short_answers import number_of, plain

STEPS_OF_EXTENT = 20
"""Marks in recordings and pictures say the same within one twentieth of what is shown."""

KINDS_WITHOUT_KEY = frozenset({ItemKind.REPLY, ItemKind.TYPING})
"""What is measured or marked by people."""


def fixed_order(kind: ItemKind, document: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of options as the document has them; of steps, whose document has them in their right order, by their words."""
    if kind is ItemKind.ORDERING:
        return tuple(step["id"] for step in sorted(document["steps"], key=lambda step: (str(step["text"]).casefold(), step["text"])))
    return tuple(option["id"] for option in document.get("options", ()))


def said_in_response(question: Question, response: Mapping[str, Any]) -> Hashable:
    """What an answer that is not blank says, equal where two say the same. Raises KeyError for cases and for kinds without a key."""
    match question.kind:
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return chosen_ids(response, question.option_order)
        case ItemKind.ORDERING:
            return tuple(question.option_order[place - 1] for place in response["order"])
        case ItemKind.EVIDENCE:
            return _marks(question.document["evidence"], response)
        case ItemKind.SHORT:
            return _short(question.document, str(response["text"]))
        case _:
            raise KeyError(question.kind)


def _short(document: Mapping[str, Any], text: str) -> Decimal | str:
    number = number_of(plain(text), str(document["language"])) if document["answer"].get("number") is not None else None
    return plain(text) if number is None else number


def _marks(evidence: Mapping[str, Any], response: Mapping[str, Any]) -> frozenset[tuple[float, ...]]:
    """Places in a text as they are; elsewhere to the nearest twentieth of the extent."""
    if evidence.get("text") is not None:
        return frozenset(tuple(mark) for mark in response["marks"])
    extent = list(evidence["extent"])
    sizes = extent * 2
    return frozenset(tuple(float(round(value / size * STEPS_OF_EXTENT)) for value, size in zip(mark, sizes, strict=True)) for mark in response["marks"])


def in_words(kind: ItemKind, document: Mapping[str, Any], option_order: Sequence[str], response: Mapping[str, Any]) -> tuple[str, ...]:
    """An answer for people who have opened the item, line by line; empty where nothing was answered."""
    if not response:
        return ()
    match kind:
        case ItemKind.CASE:
            return (" + ".join(response.get("actions", ())), str(response.get("primary_label") or "no label"), *_escalation(response))
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            texts = {option["id"]: option["text"] for option in document["options"]}
            return tuple(f"{option}: {texts[option]}" for option in sorted(chosen_ids(response, option_order)))
        case ItemKind.ORDERING:
            return (", ".join(option_order[place - 1] for place in response["order"]),)
        case ItemKind.EVIDENCE:
            return tuple(_mark_words(document["evidence"], mark) for mark in response["marks"])
        case _:
            return (str(response.get("text", "")),)


def prefilled_key(kind: ItemKind, document: Mapping[str, Any], option_order: Sequence[str], response: Mapping[str, Any]) -> dict[str, Any]:
    """What this answer would be as a new key, in the fields of the form that rules on keys; nothing for cases, whose key is a version of their reference."""
    match kind:
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return {"correct": sorted(chosen_ids(response, option_order))}
        case ItemKind.ORDERING | ItemKind.SHORT | ItemKind.EVIDENCE:
            return {"lines": "\n".join(in_words(kind, document, option_order, response))}
        case _:
            return {}


def _escalation(response: Mapping[str, Any]) -> tuple[str, ...]:
    return (f"escalated to {response['escalate_to']}",) if response.get("escalate_to") else ()


def _mark_words(evidence: Mapping[str, Any], mark: Sequence[float]) -> str:
    """The words of a text, else the numbers as the form that rules on keys reads them."""
    text = evidence.get("text")
    return str(text)[int(mark[0]) : int(mark[1])] if text is not None else " ".join(f"{value:g}" for value in mark)
