"""What may differ between an item and its correction, and what may not."""

from dataclasses import replace
from typing import Any

import pytest

from training.cases.rules import Difficulty
from training.exams.rules.blueprint import DecisionClass, ItemKind, Traits
from training.exams.rules.editorial import changed_key, changed_traits

OPTIONS = [{"id": "a", "text": "Remove it", "correct": True, "critical": False}, {"id": "b", "text": "Ask"}, {"id": "c", "text": "Leave it"}]
STEPS = [{"id": "a", "text": "Read"}, {"id": "b", "text": "Decide"}, {"id": "c", "text": "Tell"}]
MARKED = {"text": "Sold wihtout a prescription here", "extent": [32], "marks": [[5, 27]], "needed_overlap": 0.5}
FILE = {"media_id": 3, "extent": [9.5], "marks": [[2, 4]], "needed_overlap": 0.5, "alt": "A clip", "transcript": "Hallo"}


def but(parts: list[dict[str, Any]], **changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [part | changes.get(part["id"], {}) for part in parts]


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        ("single", {"options": OPTIONS}, {"options": but(OPTIONS, a={"text": "Remove it."})}, ()),
        ("single", {"options": OPTIONS}, {"options": but(OPTIONS, a={"correct": False}, b={"correct": True})}, ("options",)),
        ("single", {"options": OPTIONS}, {"options": but(OPTIONS, a={"text": "Ask"}, b={"text": "Remove it"})}, ("options",)),
        ("single", {"options": OPTIONS}, {"options": but(OPTIONS, c={"critical": True})}, ("options",)),
        ("single", {"options": OPTIONS}, {"options": OPTIONS[:2]}, ("options",)),
        ("multiple", {"options": OPTIONS, "scoring": "partial"}, {"options": OPTIONS}, ("scoring",)),
        ("ordering", {"steps": STEPS}, {"steps": but(STEPS, a={"text": "Read it"})}, ()),
        ("ordering", {"steps": STEPS}, {"steps": but(STEPS, a={"text": "Decide"}, b={"text": "Read"})}, ("steps",)),
        ("ordering", {"steps": STEPS}, {"steps": STEPS[:2]}, ("steps",)),
        ("evidence", {"evidence": MARKED}, {"evidence": MARKED | {"text": "It is sold wihtout a prescription here", "marks": [[11, 33]], "extent": [38]}}, ()),
        ("evidence", {"evidence": MARKED}, {"evidence": MARKED | {"text": "Sold without a prescription here"}}, ("evidence",)),
        ("evidence", {"evidence": MARKED}, {"evidence": MARKED | {"needed_overlap": 0.8}}, ("needed_overlap",)),
        ("evidence", {"evidence": FILE}, {"evidence": FILE | {"alt": "A short clip", "transcript": "Halo"}}, ()),
        ("evidence", {"evidence": FILE}, {"evidence": FILE | {"marks": [[2, 5]]}}, ("evidence",)),
        ("evidence", {"evidence": FILE}, {"evidence": FILE | {"media_id": 4}}, ("evidence",)),
        ("short", {"answer": {"number": "24"}}, {"answer": {"number": "24"}, "stem": "How many hours?"}, ()),
        ("short", {"answer": {"number": "24"}}, {"answer": {"number": "24", "tolerance": "1"}}, ("answer",)),
        ("reply", {"reply": {"longest": 900, "ticket": "Helo"}}, {"reply": {"longest": 900, "ticket": "Hello"}}, ()),
        ("reply", {"reply": {"longest": 900}}, {"reply": {"longest": 800}}, ("longest",)),
        ("typing", {"typing": {"seconds": 60, "passage": "Abc"}}, {"typing": {"seconds": 30, "passage": "Abd"}}, ("seconds",)),
        ("case", {}, {}, ()),
    ],
)
def test_words_may_differ_and_right_answers_may_not(kind: str, before: dict[str, Any], after: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert changed_key(ItemKind(kind), before, after) == expected


def test_what_it_is_counted_as_stays_and_how_difficult_it_is_thought_may_change() -> None:
    traits = Traits("PRO", "S2", DecisionClass.VIOLATING, Difficulty.TYPICAL, "en", ItemKind.SINGLE)
    assert changed_traits(traits, replace(traits, difficulty=Difficulty.CLEAR)) == ()
    assert changed_traits(traits, replace(traits, area="IPR", severity="S3")) == ("area", "severity")
    assert changed_traits(traits, replace(traits, language="id", decision_class=DecisionClass.KNOWLEDGE)) == ("decision_class", "language")
