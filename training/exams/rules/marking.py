"""The mark of one answer: a pure function of the item version's document, the order in which its options were shown, and the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from training.exams.rules.blueprint import ItemKind, Scoring
from training.exams.rules.evidence import EvidenceKey, overlap
from training.exams.rules.grading import Mark
from training.exams.rules.responses import ChoiceKey, chosen_ids, is_blank, mark_choice, partial_credit
from training.exams.rules.short_answers import NumberKey, TextKey, is_right_number, is_right_text
from training.exams.rules.typing_test import TypingKey, measure


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer earned; `credit` is the share of it, where that is neither all nor nothing."""

    mark: Mark
    credit: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """What marking needs of an item version, as it is stored."""

    kind: ItemKind
    document: Mapping[str, Any]
    option_order: Sequence[str] = ()


def marked(question: Question, response: Mapping[str, Any]) -> Marked:
    """The mark of an answer to anything but a case, which the room of judgements scores."""
    if question.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return _marked_choice(question, response)
    if is_blank(response):
        return Marked(Mark.BLANK)
    if question.kind is ItemKind.REPLY:
        return Marked(Mark.PENDING)
    return Marked(Mark.RIGHT if is_right(question, response) else Mark.WRONG)


def is_right(question: Question, response: Mapping[str, Any]) -> bool:
    """Whether an answer that is not blank is right, for the kinds that are right or wrong as a whole. Raises KeyError for any other kind."""
    rules = {ItemKind.EVIDENCE: _is_evidence, ItemKind.ORDERING: _is_in_order, ItemKind.SHORT: _is_exact, ItemKind.TYPING: _is_typed}
    return rules[question.kind](question, response)


def choice_key(document: Mapping[str, Any]) -> ChoiceKey:
    """The key of a stored choice."""
    options = document["options"]
    return ChoiceKey(
        frozenset(option["id"] for option in options if option.get("correct")), frozenset(option["id"] for option in options if option.get("critical"))
    )


def evidence_key(document: Mapping[str, Any]) -> EvidenceKey:
    """The key of a stored evidence item."""
    evidence = document["evidence"]
    return EvidenceKey(tuple(tuple(mark) for mark in evidence["marks"]), tuple(evidence["extent"]), evidence["needed_overlap"])


def typing_key(document: Mapping[str, Any]) -> TypingKey:
    """The key of a stored typing test."""
    typing = document["typing"]
    return TypingKey(typing["passage"], typing["seconds"], typing["words_a_minute"], typing["accuracy_percent"] / 100)


def _marked_choice(question: Question, response: Mapping[str, Any]) -> Marked:
    chosen, key = chosen_ids(response, question.option_order), choice_key(question.document)
    mark = mark_choice(chosen, key)
    if mark is not Mark.WRONG or question.document.get("scoring") != Scoring.PARTIAL:
        return Marked(mark)
    credit = partial_credit(chosen, key)
    return Marked(Mark.PARTIAL, credit) if credit else Marked(Mark.WRONG)


def _is_evidence(question: Question, response: Mapping[str, Any]) -> bool:
    key = evidence_key(question.document)
    return overlap([tuple(mark) for mark in response["marks"]], key) >= key.needed_overlap


def _is_in_order(question: Question, response: Mapping[str, Any]) -> bool:
    right = [step["id"] for step in question.document["steps"]]
    return [question.option_order[place - 1] for place in response["order"]] == right


def _is_exact(question: Question, response: Mapping[str, Any]) -> bool:
    answer, language = question.document["answer"], question.document["language"]
    if answer.get("texts"):
        return is_right_text(response["text"], TextKey(tuple(answer["texts"])))
    key = NumberKey(Decimal(str(answer["number"])), Decimal(str(answer.get("tolerance", 0))), tuple(answer.get("units", ())))
    return is_right_number(response["text"], key, language)


def _is_typed(question: Question, response: Mapping[str, Any]) -> bool:
    key = typing_key(question.document)
    return measure(response["text"], response["seconds"], key).reaches(key)
