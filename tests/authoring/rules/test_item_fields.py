"""An item of each kind as a form: what stands in its fields and rows, and the way back into the document."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from tests.authoring.world import ITEM
from training.authoring.rules.document_forms import field_at, fields_in, parts_of, value_in
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.form_fields import FormField, Way, entered_in, rows_in
from training.authoring.rules.item_fields import blank_item
from training.content_store.documents.reading import read_document
from training.content_store.rules.folder import meaning_hash
from training.content_store.rules.kinds import Kind
from training.exams.documents import ItemDocument
from training.exams.rules.blueprint import Criterion, ItemKind

ITEMS = sorted((Path(__file__).parents[3] / "content" / "exams" / "items").rglob("*.yaml"))
AREAS = ("PRO", "CLM")
ABOUT = {"area": "PRO", "clauses": "PRO-01.a", "stem": "What now?", "rationale": "Because."}
RUBRIC = {f"reply-rubric-{criterion}": "Says so." for criterion in Criterion}
WRITTEN: dict[ItemKind, dict[str, str]] = {
    ItemKind.SINGLE: {**ABOUT, "options-0-text": "One", "options-1-text": "Two", "options-2-text": "Three", "options-correct": "1"},
    ItemKind.MULTIPLE: {
        **{**ABOUT, "options-0-text": "One", "options-1-text": "Two", "options-2-text": "Three"},
        **{"options-0-correct": "yes", "options-2-correct": "yes", "scoring": "partial"},
    },
    ItemKind.CASE: {"case": "case-two"},
    ItemKind.EVIDENCE: {**ABOUT, "evidence-text": "One sentence. Another.", "evidence-quotes-0-said": "Another.", "evidence-needed_overlap": "0.6"},
    ItemKind.ORDERING: {**ABOUT, "steps-0-said": "First", "steps-1-said": "Second", "steps-2-said": "Third"},
    ItemKind.SHORT: {**ABOUT, "answer-number": "24", "answer-tolerance": "0.5", "answer-units-0-said": "h", "answer-units-1-said": "hours"},
    ItemKind.REPLY: {**ABOUT, **RUBRIC, "reply-ticket": "Where is my parcel?", "reply-longest": "900"},
    ItemKind.TYPING: {"stem": "Type it.", "typing-passage": "words and more words " * 30, "typing-seconds": "60"},
}


def form_of(text: str) -> tuple[dict[str, Any], tuple[FormField, ...]]:
    value = value_in(Kind.ITEM, text)
    assert value is not None, text
    return value, fields_in(parts_of(Kind.ITEM, value, AREAS))


def filled(text: str, **entered: str) -> str:
    value, fields = form_of(text)
    there, faults = with_entered(text, value, entered_in(value, fields) | entered, fields)
    assert faults == {}
    return there


def read(text: str) -> ItemDocument:
    found = read_document(PurePosixPath("exams/items/x.yaml"), text, Kind.ITEM)
    assert found.source is not None and not found.faults, found.faults
    assert isinstance(found.source.document, ItemDocument)
    return found.source.document


@pytest.mark.parametrize("kind", ItemKind)
def test_an_item_of_each_kind_is_written_by_its_form_alone(kind: ItemKind) -> None:
    blank = blank_item("item-new", kind)
    assert filled(blank) == blank, "a form that was only looked at changes no letter"
    assert read(filled(blank, **WRITTEN[kind])).kind is kind


def test_what_was_entered_is_what_the_item_says() -> None:
    single, multiple = (read(filled(blank_item("item-new", kind), **WRITTEN[kind])) for kind in (ItemKind.SINGLE, ItemKind.MULTIPLE))
    assert [(option.id, option.text, option.correct) for option in single.options] == [("a", "One", False), ("b", "Two", True), ("c", "Three", False)]
    assert [option.correct for option in multiple.options] == [True, False, True] and multiple.scoring == "partial"
    short = read(filled(blank_item("item-new", ItemKind.SHORT), **WRITTEN[ItemKind.SHORT])).answer
    assert short is not None and (short.number, float(short.tolerance or 0), short.units, short.texts) == (24, 0.5, ("h", "hours"), ())


def test_every_shipped_item_stays_as_it_is_and_says_the_same_after_another_field_was_entered() -> None:
    assert len(ITEMS) > 100 and {read(path.read_text(encoding="utf-8")).kind for path in ITEMS} == set(ItemKind)
    for path in ITEMS:
        text = path.read_text(encoding="utf-8")
        assert filled(text) == text, path
        back = filled(filled(text, tags="looked-at"), tags="")
        assert meaning_hash(read(back), {}) == meaning_hash(read(text), {}), path


def test_rows_grow_go_and_are_lettered_anew() -> None:
    grown = read(filled(ITEM, **{"options-3-text": "Escalate it", "options-1-text": ""}))
    assert [(option.id, option.text, option.correct, option.critical) for option in grown.options] == [
        ("a", "Remove it", True, False),
        ("b", "Approve it", False, True),
        ("c", "Escalate it", False, False),
    ]
    value, fields = form_of(ITEM)
    left = {name: said for name, said in entered_in(value, fields).items() if not name.startswith("options-1-")}
    assert "Ask a colleague" not in with_entered(ITEM, value, left, fields)[0], "a row that is not sent is gone"


def test_a_blank_row_that_the_form_shows_changes_nothing() -> None:
    assert filled(ITEM, **{"options-3-text": " ", "options-7-text": ""}) == ITEM


def test_what_no_form_could_send_is_left_out() -> None:
    _, fields = form_of(ITEM)
    options = next(field for field in fields if field.way is Way.ROWS)
    assert rows_in({"options-x-text": "a", "options-99999-text": "b", "options--1-text": "c", "optionsx-1-text": "d"}, options) == {}
    assert len(rows_in({f"options-{number}-text": "x" for number in range(5000)}, options)) == 100


def test_only_options_of_the_most_severe_items_can_be_critical() -> None:
    def columns(text: str) -> list[str]:
        return [column.name for field in form_of(text)[1] if field.key == "options" for column in field.columns]

    assert columns(ITEM) == ["text", "correct", "critical"]
    assert columns(ITEM.replace("S4", "S2").replace(", critical: true", "")) == ["text", "correct"]


@pytest.mark.parametrize(("file", "fitting"), [("media/a.png", "evidence-regions"), ("media/a.webm", "evidence-ranges"), ("media/a.wav", "evidence-ranges")])
def test_evidence_asks_for_the_marks_of_what_it_shows(file: str, fitting: str) -> None:
    _, fields = form_of(filled(blank_item("item-new", ItemKind.EVIDENCE), **{"evidence-file": file}))
    keys = {field.key for field in fields}
    assert {"evidence-file", "evidence-alt", fitting} <= keys and not {"evidence-text", "evidence-quotes"} & keys
    assert ("evidence-transcript" in keys) is not file.endswith(".png")


def test_what_does_not_fit_is_shown_so_that_it_can_be_taken_away() -> None:
    text = filled(blank_item("item-new", ItemKind.EVIDENCE), **WRITTEN[ItemKind.EVIDENCE] | {"evidence-file": "media/a.png"})
    assert {"evidence-text", "evidence-quotes", "evidence-regions"} <= {field.key for field in form_of(text)[1]}


def test_a_number_that_is_none_is_told_by_the_checks() -> None:
    text = filled(blank_item("item-new", ItemKind.SHORT), **WRITTEN[ItemKind.SHORT] | {"answer-number": "about 24"})
    found = read_document(PurePosixPath("exams/items/x.yaml"), text, Kind.ITEM)
    assert [field_at(fault.field, form_of(text)[1]) for fault in found.faults] == [("answer-number", "Or a number that is right")]


def test_what_a_check_names_is_found_in_the_form() -> None:
    fields = form_of(ITEM)[1]
    assert field_at("options.1.text", fields) == ("options-1", "Option b") and field_at("options", fields) == ("options", "Options")
    assert field_at("evidence", fields) is None
    entered = {"options-0-text": "", "options-2-text": "Remove it", "options-4-text": "Ask"}
    assert field_at("options.1.text", fields, entered) == ("options-4", "Option c"), "as the form numbers and names its rows, of which one is blank"


NO_FORM = ["", "kind: nothing", "kind: [single]", "kind: single\noptions: text", "kind: single\noptions: [a]", "kind: reply\nreply: text"]


@pytest.mark.parametrize("text", [*NO_FORM, "kind: ordering\nsteps: [{ a: b }]", "kind: ordering\nsteps: [[a]]"])
def test_a_text_that_is_no_item_has_no_form(text: str) -> None:
    assert value_in(Kind.ITEM, text) is None
