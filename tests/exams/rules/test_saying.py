from typing import Any

import pytest

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.marking import Question
from training.exams.rules.saying import fixed_order, in_words, prefilled_key, said_in_response

STEPS = {"steps": [{"id": "a", "text": "Greet"}, {"id": "b", "text": "Explain"}, {"id": "c", "text": "Close"}]}
OPTIONS = {"options": [{"id": letter, "text": f"Choice {letter}"} for letter in "abc"]}
NUMBER: dict[str, Any] = {"language": "en", "answer": {"number": "1000", "units": []}}
TEXTS: dict[str, Any] = {"language": "en", "answer": {"texts": ["Risk"]}}
CLIP: dict[str, Any] = {"evidence": {"extent": [100]}}
WORDS: dict[str, Any] = {"evidence": {"text": "Take ten drops.", "extent": [15]}}


def test_the_order_in_which_steps_are_asked_does_not_tell_their_right_order() -> None:
    assert fixed_order(ItemKind.ORDERING, STEPS) == ("c", "b", "a")
    assert fixed_order(ItemKind.SINGLE, OPTIONS) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("kind", "document", "first", "second", "is_same"),
    [
        (ItemKind.MULTIPLE, OPTIONS, {"options": [1, 3]}, {"options": [3, 1]}, True),
        (ItemKind.MULTIPLE, OPTIONS, {"options": [1]}, {"options": [1, 3]}, False),
        (ItemKind.ORDERING, STEPS, {"order": [1, 2, 3]}, {"order": [1, 3, 2]}, False),
        (ItemKind.SHORT, NUMBER, {"text": "1000"}, {"text": "1,000"}, True),
        (ItemKind.SHORT, TEXTS, {"text": " RISK  team"}, {"text": "risk team"}, True),
        (ItemKind.EVIDENCE, CLIP, {"marks": [[20, 30]]}, {"marks": [[21, 29]]}, True),
        (ItemKind.EVIDENCE, CLIP, {"marks": [[20, 30]]}, {"marks": [[40, 50]]}, False),
        (ItemKind.EVIDENCE, WORDS, {"marks": [[0, 4]]}, {"marks": [[0, 5]]}, False),
    ],
)
def test_two_say_the_same(kind: ItemKind, document: dict[str, Any], first: dict[str, Any], second: dict[str, Any], is_same: bool) -> None:
    question = Question(kind, document, fixed_order(kind, document))
    assert (said_in_response(question, first) == said_in_response(question, second)) is is_same


@pytest.mark.parametrize("kind", [ItemKind.CASE, ItemKind.REPLY, ItemKind.TYPING])
def test_what_has_no_key_of_its_own_says_nothing(kind: ItemKind) -> None:
    with pytest.raises(KeyError):
        said_in_response(Question(kind, {}), {"text": "x"})


def test_an_answer_in_words_is_what_the_form_that_rules_on_keys_reads() -> None:
    assert in_words(ItemKind.SINGLE, OPTIONS, "abc", {"options": [2]}) == ("b: Choice b",)
    assert in_words(ItemKind.SINGLE, OPTIONS, "abc", {}) == ()
    assert in_words(ItemKind.CASE, {}, (), {"actions": ["REMOVE"], "primary_label": "PRO-03", "escalate_to": "LEGAL"}) == (
        "REMOVE",
        "PRO-03",
        "escalated to LEGAL",
    )
    assert prefilled_key(ItemKind.SINGLE, OPTIONS, "abc", {"options": [2]}) == {"correct": ["b"]}
    assert prefilled_key(ItemKind.ORDERING, STEPS, "cba", {"order": [3, 1, 2]}) == {"lines": "a, c, b"}
    assert prefilled_key(ItemKind.SHORT, TEXTS, (), {"text": "Legal"}) == {"lines": "Legal"}
    assert prefilled_key(ItemKind.EVIDENCE, WORDS, (), {"marks": [[0, 4]]}) == {"lines": "Take"}
    assert prefilled_key(ItemKind.EVIDENCE, CLIP, (), {"marks": [[20, 30.5]]}) == {"lines": "20 30.5"}
    assert prefilled_key(ItemKind.CASE, {}, (), {"actions": ["REMOVE"]}) == {}
