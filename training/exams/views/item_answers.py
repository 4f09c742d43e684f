"""What candidates answered to an item, in words: for those who know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from training.exams.models import ItemVersion
from training.exams.queries.item_desk import sample_answers
from training.exams.rules.analysis.figures import Chosen, ItemFigures
from training.exams.rules.answer_codes import code_of, options_of_code
from training.exams.rules.blueprint import ItemKind
from training.exams.views.areas import titles


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer that candidates gave, in words."""

    name: str
    words: str
    is_key: bool
    chosen: Chosen


def given_answers(version: ItemVersion, figures: ItemFigures | None) -> list[GivenAnswer]:
    """What was answered, the most frequent first, each with a short name for the picture."""
    if figures is None:
        return []
    options = {option["id"]: option["text"] for option in version.document.get("options", ())}
    words = {} if options else _words_of_samples(version)
    return [_given(number, chosen, options, words) for number, chosen in enumerate(figures.chosen, start=1)]


def _given(number: int, chosen: Chosen, options: Mapping[str, str], words: Mapping[int, str]) -> GivenAnswer:
    if not chosen.code:
        return GivenAnswer("–", "Nothing", chosen.right_count > 0, chosen)
    if not options:
        return GivenAnswer(str(number), words.get(chosen.code, "Another answer"), chosen.right_count > 0, chosen)
    letters: Sequence[str] = options_of_code(list(options), chosen.code)
    return GivenAnswer("+".join(letters), " + ".join(options[letter] for letter in letters), chosen.right_count > 0, chosen)


def _words_of_samples(version: ItemVersion) -> dict[int, str]:
    """What codes stand for, from the latest answers that have them."""
    kind = ItemKind(version.kind)
    return {code_of(kind, response, order): _in_words(kind, response) for response, order in reversed(sample_answers(version.id)) if any(response.values())}


def _in_words(kind: ItemKind, response: Mapping[str, Any]) -> str:
    if kind is ItemKind.SHORT:
        return f"“{response.get('text', '')}”"
    if kind is not ItemKind.CASE:
        return "Another answer"
    named = render_template("exams/desk/case_answer.txt", response=response, titles=titles())
    return " ".join(named.split())
