"""A case as a form: what stands in its fields, and the way back into the document."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from tests.authoring.world import PRACTICE_CASE
from training.authoring.rules.case_fields import blank_case, case_parts
from training.authoring.rules.document_forms import field_at, fields_in, in_order, value_in
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.form_fields import FormField, Way, entered_in
from training.cases.rules import Surface
from training.content_store.documents.reading import read_document
from training.content_store.rules.folder import meaning_hash
from training.content_store.rules.kinds import Kind
from training.documents.faults import Fault

CASES = sorted((Path(__file__).parents[3] / "content" / "cases").rglob("*.yaml"))


def fields_of(text: str) -> tuple[FormField, ...]:
    return fields_in(case_parts(value_of(text)))


def value_of(text: str) -> dict[str, Any]:
    value = value_in(Kind.CASE, text)
    assert value is not None
    return value


def filled(text: str, **entered: str) -> tuple[str, dict[str, str]]:
    value, fields = value_of(text), fields_of(text)
    return with_entered(text, value, entered_in(value, fields) | {name.replace("__", "-"): said for name, said in entered.items()}, fields)


def said_by(text: str) -> str:
    read = read_document(PurePosixPath("cases/x.yaml"), text, Kind.CASE)
    assert read.source is not None and not read.faults, read.faults
    return meaning_hash(read.source.document, {})


def test_a_form_that_was_only_looked_at_changes_no_letter() -> None:
    assert filled(PRACTICE_CASE) == (PRACTICE_CASE, {})


def test_every_shipped_case_says_the_same_after_another_field_was_entered() -> None:
    """All that the form does not know, and all that was not touched, stays."""
    assert len(CASES) > 100
    for path in CASES:
        text = path.read_text(encoding="utf-8")
        there, faults = filled(text, market="XX")
        back, _ = filled(there, market=str(value_of(text)["market"]))
        assert not faults and there != text and said_by(back) == said_by(text), path


def test_each_field_is_read_as_it_is_entered() -> None:
    text, faults = filled(
        PRACTICE_CASE,
        reference__decisions__0__strike="yes",
        reference__decisions__1__remove="yes",
        reference__labels__0__said="PRO-01",
        reference__labels__1__said="PRO-02, PRO-03",
        reference__escalate_to="",
        reference__must_escalate="",
        reference__evidence__0__field="title",
        reference__evidence__0__quote="Air gun",
        content__attributes="Colour: red\nSize: L\nTime: 10:30",
        content__seller__badge="Star: new",
        content__description="One.\r\n\r\nTwo.",
        contrast="case-two",
        editorial="",
    )
    value = value_of(text)
    assert faults == {}
    reference = value["reference"]
    assert reference["decisions"] == [["REMOVE", "STRIKE"], ["REMOVE"]] and reference["labels"] == ["PRO-01", "PRO-02", "PRO-03"]
    assert (reference["escalate_to"], reference["must_escalate"], reference["evidence"]) == (None, False, [{"field": "title", "quote": "Air gun"}])
    assert value["content"]["attributes"] == {"Colour": "red", "Size": "L", "Time": "10:30"} and value["content"]["seller"] == {
        "name": "Toko Maju",
        "badge": "Star: new",
    }
    assert value["content"]["description"] == "One.\n\nTwo."
    assert value["contrast"] == "case-two" and "editorial" not in value


@pytest.mark.parametrize(("written", "told"), [("Colour: red\nlarge", "Line 2: write a name"), ("Size: L\nSize: M", "Line 2: Size stands there twice")])
def test_lines_that_cannot_be_read_are_told_and_keep_what_they_said(written: str, told: str) -> None:
    text, faults = filled(PRACTICE_CASE, content__attributes=written, market="SG")
    assert set(faults) == {"content-attributes"} and faults["content-attributes"].startswith(told)
    assert value_of(text)["content"]["attributes"] == value_of(PRACTICE_CASE)["content"]["attributes"] and value_of(text)["market"] == "SG"


@pytest.mark.parametrize("said", ['He says "cheap", and: { more }', "- not a list", "# no comment", "It's 100% \\ [sure]"])
def test_words_with_signs_of_the_document_are_words(said: str) -> None:
    entered = {"content__description": said, "reference__evidence__0__quote": said, "content__images__0__alt": said, "content__seller__name": said}
    text, faults = filled(PRACTICE_CASE, **entered, reference__evidence__0__field="description", content__images__0__file="media/a.png")
    value = value_of(text)
    assert faults == {} and value["reference"]["evidence"] == [{"field": "description", "quote": said}]
    assert value["content"]["images"] == [{"file": "media/a.png", "alt": said}] and value["content"]["seller"]["name"] == said


def test_an_action_that_the_form_does_not_know_stays_in_its_decision() -> None:
    text = PRACTICE_CASE.replace("- [REMOVE, STRIKE]", "- [REMOV, STRIKE]")
    assert text != PRACTICE_CASE
    assert value_of(filled(text, reference__decisions__0__age_gate="yes")[0])["reference"]["decisions"] == [["REMOV", "STRIKE", "AGE_GATE"]]


def test_a_box_and_a_stretch_are_asked_for_where_there_is_a_picture_or_a_recording() -> None:
    there, _ = filled(PRACTICE_CASE, content__images__0__file="media/a.png", content__images__0__alt="A gun", content__recording__file="media/a.webm")
    evidence = next(field for field in fields_of(there) if field.path == ("reference", "evidence"))
    assert [column.name for column in evidence.columns] == ["field", "quote", "start", "end", "x", "y", "width", "height"]
    assert {"images.0": "Picture 1", "recording": "Recording", "title": "Title"}.items() <= dict(evidence.columns[0].options).items()
    box = {
        f"reference__evidence__0__{name}": said
        for name, said in {"field": "images.0", "quote": "", "x": "10", "y": "0", "width": "20.5", "height": "7"}.items()
    }
    assert value_of(filled(there, **box)[0])["reference"]["evidence"] == [{"field": "images.0", "x": 10, "y": 0, "width": 20.5, "height": 7}]


def test_a_part_that_is_emptied_is_left_out_whole() -> None:
    there, _ = filled(PRACTICE_CASE, content__recording__file="media/a.webm", content__recording__alt="A gun")
    assert "recording" not in value_of(filled(there, content__recording__file="", content__recording__alt="")[0])["content"]


def test_what_is_wrong_stands_in_the_order_of_the_form() -> None:
    wrong = ("reference.rationale", "content.recording.alt", "reference.labels.10", "reference.labels.2", "", "market", "content.title")
    faults = [Fault("", 1, field, "is wrong") for field in wrong]
    expected = ["", "market", "content.title", "content.recording.alt", "reference.labels.2", "reference.labels.10", "reference.rationale"]
    for given in (faults, faults[::-1]):
        assert [fault.field for _, fault in in_order(given, fields_of(PRACTICE_CASE))] == expected


def test_what_is_optional_and_emptied_is_left_out() -> None:
    there, _ = filled(PRACTICE_CASE, contrast="case-two")
    assert "contrast" not in value_of(filled(there, contrast="")[0])


@pytest.mark.parametrize("surface", Surface)
def test_a_new_case_of_each_surface_has_every_field_that_it_needs(surface: Surface) -> None:
    text = blank_case("case-new", surface)
    read = read_document(PurePosixPath("cases/case-new.yaml"), text, Kind.CASE)
    assert not [fault for fault in read.faults if "missing" in fault.problem or "nobody knows" in fault.problem], read.faults
    assert set(entered_in(value_of(text), fields_of(text))) >= {field.key for field in fields_of(text) if field.way is not Way.ROWS}
    assert all(field.way is not Way.CHOICE or field.choices for field in fields_of(text))


def test_what_a_check_names_is_found_in_the_form() -> None:
    found = [
        field_at(where, fields_of(PRACTICE_CASE)) for where in ("content.seller.name", "content.seller", "reference.labels.0", "market", "content.thread", "")
    ]
    assert [place[0] if place else None for place in found] == ["content-seller-name", "content-seller-name", "reference-labels-0", "market", None, None]


@pytest.mark.parametrize("text", ["", "a: [", "surface: nothing\ncontent: {}\nreference: {}", "surface: listing\ncontent: x\nreference: {}", "- list"])
def test_a_text_that_is_no_case_has_no_form(text: str) -> None:
    assert value_in(Kind.CASE, text) is None
