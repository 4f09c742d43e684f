"""A case as a form: what stands in its fields, and the way back into the document."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from tests.authoring.world import PRACTICE_CASE
from training.authoring.rules.case_fields import blank_case, case_parts
from training.authoring.rules.document_forms import field_at, fields_in, value_in
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.form_fields import FormField, Way, entered_in
from training.cases.rules import Surface
from training.content_store.documents.reading import read_document
from training.content_store.rules.folder import meaning_hash
from training.content_store.rules.kinds import Kind

CASES = sorted((Path(__file__).parents[3] / "content" / "cases").rglob("*.yaml"))


def fields_of(text: str) -> tuple[FormField, ...]:
    value = value_of(text)
    return fields_in(case_parts(Surface(value["surface"])))


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
        reference__decisions="REMOVE + STRIKE\r\nREMOVE\r\n",
        reference__labels="PRO-01, PRO-02",
        reference__escalate_to="",
        reference__must_escalate="",
        reference__evidence='- { field: title, quote: "Air gun" }',
        content__attributes="Colour: red\nSize: L",
        content__description="One.\r\n\r\nTwo.",
        contrast="case-two",
        editorial="",
    )
    value = value_of(text)
    assert faults == {}
    reference = value["reference"]
    assert reference["decisions"] == [["REMOVE", "STRIKE"], ["REMOVE"]] and reference["labels"] == ["PRO-01", "PRO-02"]
    assert (reference["escalate_to"], reference["must_escalate"], reference["evidence"]) == (None, False, [{"field": "title", "quote": "Air gun"}])
    assert value["content"]["attributes"] == {"Colour": "red", "Size": "L"} and value["content"]["description"] == "One.\n\nTwo."
    assert value["contrast"] == "case-two" and "editorial" not in value


def test_parts_that_cannot_be_read_are_told_and_keep_what_they_said() -> None:
    text, faults = filled(PRACTICE_CASE, content__seller="{ name: ", market="SG")
    assert set(faults) == {"content-seller"} and faults["content-seller"].startswith("Line 2: this is not YAML")
    assert value_of(text)["content"]["seller"] == {"name": "Toko Maju"} and value_of(text)["market"] == "SG"


def test_what_is_optional_and_emptied_is_left_out() -> None:
    there, _ = filled(PRACTICE_CASE, contrast="case-two")
    assert "contrast" not in value_of(filled(there, contrast="")[0])


@pytest.mark.parametrize("surface", Surface)
def test_a_new_case_of_each_surface_has_every_field_that_it_needs(surface: Surface) -> None:
    text = blank_case("case-new", surface)
    read = read_document(PurePosixPath("cases/case-new.yaml"), text, Kind.CASE)
    assert not [fault for fault in read.faults if "missing" in fault.problem or "nobody knows" in fault.problem], read.faults
    assert set(entered_in(value_of(text), fields_of(text))) == {field.key for field in fields_of(text)}
    assert all(field.way is not Way.CHOICE or field.choices for field in fields_of(text))


def test_what_a_check_names_is_found_in_the_form() -> None:
    found = [field_at(where, fields_of(PRACTICE_CASE)) for where in ("content.seller.name", "reference.labels.0", "market", "content.thread", "")]
    assert [place[0] if place else None for place in found] == ["content-seller", "reference-labels", "market", None, None]


@pytest.mark.parametrize("text", ["", "a: [", "surface: nothing\ncontent: {}\nreference: {}", "surface: listing\ncontent: x\nreference: {}", "- list"])
def test_a_text_that_is_no_case_has_no_form(text: str) -> None:
    assert value_in(Kind.CASE, text) is None
