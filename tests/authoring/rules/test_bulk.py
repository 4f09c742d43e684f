"""Many items changed alike: each text but for the lines that differ stays as it stood."""

from pathlib import Path, PurePosixPath

import pytest

from tests.content_store.folders import CASE_ITEM, ITEM
from training.authoring.rules.bulk import BulkChange, BulkProblem, changed, told_changes
from training.cases.rules import Difficulty
from training.content_store.documents.reading import read_document
from training.content_store.rules.kinds import Kind
from training.documents.yaml_reading import read_yaml
from training.exams.documents import ItemDocument
from training.exams.rules.blueprint import ItemKind, ItemState

ITEMS = sorted((Path(__file__).parents[3] / "content" / "exams" / "items").rglob("*.yaml"))
RETIRED = BulkChange(state=ItemState.RETIRED)


def text_of(text: str, change: BulkChange, *, keeps_figures: bool = True) -> str:
    found = changed(text, change, keeps_figures=keeps_figures)
    assert not isinstance(found, BulkProblem)
    return found


def read(text: str) -> ItemDocument:
    found = read_document(PurePosixPath("exams/items/x.yaml"), text, Kind.ITEM)
    assert found.source is not None and not found.faults, found.faults
    assert isinstance(found.source.document, ItemDocument)
    return found.source.document


def test_only_the_lines_that_differ_are_written_anew() -> None:
    assert text_of(ITEM, RETIRED) == ITEM.replace("state: live", "state: retired")
    assert text_of(ITEM, BulkChange(add_tags=("ramadan", "late"))) == ITEM.replace("state: live\n", "state: live\ntags: [ramadan, late]\n")


def test_every_shipped_item_takes_a_change_and_gives_it_back() -> None:
    for path in ITEMS:
        text = path.read_text(encoding="utf-8")
        there = text_of(text, BulkChange(add_tags=("looked-at",), state=ItemState.RETIRED))
        document = read(there)
        assert (document.state, document.tags) == (ItemState.RETIRED, ("looked-at",)), path
        assert text_of(there, BulkChange(remove_tags=("looked-at",), state=read(text).state)) == text, path


def test_tags_are_added_once_and_taken_from_wherever_they_stand() -> None:
    tagged = ITEM.replace("state: live\n", "state: live\ntags:\n  - one\n  - two\n")
    assert read(text_of(tagged, BulkChange(add_tags=("two", "three"), remove_tags=("one",)))).tags == ("two", "three")
    assert text_of(tagged, BulkChange(add_tags=("one",))) == tagged
    assert "tags" not in text_of(tagged, BulkChange(remove_tags=("one", "two")))


def test_another_difficulty_is_a_correction_where_figures_are_kept() -> None:
    change = BulkChange(difficulty=Difficulty.CLEAR)
    assert read(text_of(ITEM, change)).editorial == "Difficulty: typical → clear"
    again = text_of(text_of(ITEM, change), BulkChange(difficulty=Difficulty.TYPICAL))
    assert read(again).editorial == "Difficulty: clear → typical"
    assert read(text_of(again, change, keeps_figures=False)).editorial is None
    assert text_of(again, BulkChange(difficulty=Difficulty.TYPICAL)) == again


@pytest.mark.parametrize(
    ("text", "change", "problem"),
    [
        ("id: [", RETIRED, BulkProblem.UNREADABLE),
        ("- list", RETIRED, BulkProblem.UNREADABLE),
        (ITEM + "tags: one\n", RETIRED, BulkProblem.UNREADABLE),
        (CASE_ITEM, BulkChange(difficulty=Difficulty.CLEAR), BulkProblem.DIFFICULTY_OF_CASE),
        (ITEM, BulkChange(add_tags=tuple(f"tag-{number}" for number in range(11))), BulkProblem.TOO_MANY_TAGS),
    ],
)
def test_what_cannot_be_changed_says_why(text: str, change: BulkChange, problem: BulkProblem) -> None:
    assert changed(text, change, keeps_figures=True) is problem


def test_a_text_in_an_unusual_shape_is_written_anew_and_says_the_same() -> None:
    text = "{ id: item-one, kind: case, state: live, case: case-two }"
    assert read_yaml(text_of(text, RETIRED)).value == {"id": "item-one", "kind": "case", "state": "retired", "case": "case-two"}


def test_what_changed_is_told_without_a_word_of_what_is_asked() -> None:
    after = text_of(ITEM, BulkChange(add_tags=("late",), state=ItemState.PILOT, difficulty=Difficulty.CLEAR))
    assert told_changes(ITEM, after) == ([("state", "live", "pilot"), ("tags", "", "late"), ("difficulty", "typical", "clear")], False)
    assert told_changes(ITEM, ITEM.replace("Remove it", "Take it away")) == ([], True)
    assert told_changes(ITEM, "id: [") == ([], True) and told_changes("- a", ITEM) == ([], True)


def test_an_empty_change_is_known() -> None:
    assert BulkChange().is_empty and not RETIRED.is_empty and read(CASE_ITEM).kind == ItemKind.CASE
