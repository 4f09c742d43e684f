"""The answer form: filled from a saved answer, turned back into one."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.cases.factories import CONTENTS, TaxonomyLabelFactory
from training.cases.forms import answer_form
from training.cases.queries import taxonomy
from training.cases.rendering import DisplayedCase, DisplayedImage, DisplayedRecording
from training.cases.rules import Surface

CASE = DisplayedCase(Surface.REVIEW, "en", "ID", CONTENTS[Surface.REVIEW], ())
SAVED = {
    "actions": ["REMOVE", "ESCALATE"],
    "primary_label": "PRO-03",
    "further_labels": ["OUT-03"],
    "severity": "S3",
    "escalate_to": "RISK",
    "evidence": [{"field": "text", "start": 0, "end": 5}],
}
BLANK = {"actions": [], "primary_label": None, "further_labels": [], "severity": None, "escalate_to": None, "evidence": []}


@pytest.fixture(autouse=True)
def label(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03")


def test_a_saved_answer_fills_the_form_and_comes_back_the_same(app: Flask) -> None:
    with app.test_request_context("/"):
        assert answer_form(taxonomy(), case=CASE, saved=SAVED).as_json() == SAVED


def test_nothing_saved_is_a_blank_answer(app: Flask) -> None:
    with app.test_request_context("/"):
        assert answer_form(taxonomy(), case=CASE).as_json() == BLANK


def test_what_is_sent_stands_above_what_was_saved(app: Flask) -> None:
    chosen = [("actions", "REMOVE"), ("primary_label", "OUT-03"), ("further_labels", "PRO-03"), ("further_labels", "OUT-03"), ("severity", "S2")]
    sent = MultiDict([*chosen, ("escalate_to", ""), ("evidence", ""), ("evidence_quotes", "")])
    with app.test_request_context("/", method="POST", data=sent):
        form = answer_form(taxonomy(), case=CASE, saved=SAVED)
        assert form.validate(), form.errors
        assert form.as_json() == BLANK | {"actions": ["REMOVE"], "primary_label": "OUT-03", "further_labels": ["PRO-03"], "severity": "S2"}


def test_quotes_are_found_by_character_even_behind_symbols(app: Flask) -> None:
    case = DisplayedCase(Surface.VIDEO, "en", "ID", {"caption": "🌿🌿 cures all"}, ())
    with app.test_request_context("/", method="POST", data={"evidence_quotes": " cures \n\n"}):
        form = answer_form(taxonomy(), case=case)
        form.validate()
        assert not form.evidence_quotes.errors
        assert form.as_json()["evidence"] == [{"field": "caption", "start": 3, "end": 8}]


def test_a_quote_that_occurs_twice_is_refused(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"evidence_quotes": "l"}):
        form = answer_form(taxonomy(), case=CASE)
        form.validate()
        assert "exactly once" in form.evidence_quotes.errors[0]


CLIP = DisplayedCase(
    Surface.REVIEW, "en", "ID", CONTENTS[Surface.REVIEW], (DisplayedImage(1, "A pot", 80, 60),), DisplayedRecording(2, "A kitchen", 30.0, 36, 48)
)
MARKED = [{"field": "recording", "start": 6, "end": 9.5}, {"field": "images.0", "x": 1, "y": 2, "width": 30, "height": 40}]


def test_stretches_of_the_recording_and_boxes_on_pictures_come_back_the_same(app: Flask) -> None:
    with app.test_request_context("/"):
        assert answer_form(taxonomy(), case=CLIP, saved=SAVED | {"evidence": MARKED}).as_json()["evidence"] == MARKED


@pytest.mark.parametrize("mark", MARKED)
def test_what_the_case_does_not_show_cannot_be_marked(app: Flask, mark: dict[str, object]) -> None:
    with app.test_request_context("/", method="POST", data={"evidence": json.dumps([mark])}):
        form = answer_form(taxonomy(), case=CASE)
        form.validate()
        assert form.evidence.errors == ["A mark lies outside this case. Mark the evidence again."]


@pytest.mark.parametrize(("lines", "stretches"), [("0:06-0:09,5", [(6, 9.5)]), (" 6 – 9 \n\n0:20-1:05\n", [(6, 9), (20, 65)])])
def test_stretches_can_be_written_as_times(app: Flask, lines: str, stretches: list[tuple[float, float]]) -> None:
    with app.test_request_context("/", method="POST", data={"evidence_times": lines}):
        form = answer_form(taxonomy(), case=CLIP)
        form.validate()
        assert not form.evidence_times.errors
        assert [(mark["start"], mark["end"]) for mark in form.as_json()["evidence"]] == stretches


@pytest.mark.parametrize("line", ["0:09-0:06", "soon", "0:06", "-1-5", "9" * 400 + "-" + "9" * 401])
def test_what_is_no_stretch_is_told(app: Flask, line: str) -> None:
    with app.test_request_context("/", method="POST", data={"evidence_times": line}):
        form = answer_form(taxonomy(), case=CLIP)
        form.validate()
        assert "is no stretch of the recording" in form.evidence_times.errors[0]


ASKING = replace(
    CASE,
    surface=Surface.TICKET,
    content=CONTENTS[Surface.TICKET] | {"macros": [{"name": "Wait", "text": "Please wait."}], "asks": ["intent", "macro", "reply", "risk"]},
)
BESIDES = {
    "intent": "refund",
    "macro": "Wait",
    "reply": "Please wait\nuntil Monday.",
    "risk": {"who": "seller", "what": "Empty parcels", "certainty": "likely"},
}


def test_what_a_ticket_asks_for_fills_the_form_and_comes_back_the_same(app: Flask) -> None:
    with app.test_request_context("/"):
        assert answer_form(taxonomy(), case=ASKING, saved=SAVED | {"evidence": []} | BESIDES).as_json() == SAVED | {"evidence": []} | BESIDES


def test_what_is_not_asked_for_is_not_taken(app: Flask) -> None:
    sent = {"intent": "refund", "macro": "Wait", "reply": "Hello", "risk_who": "seller", "risk_what": "x", "risk_certainty": "likely"}
    with app.test_request_context("/", method="POST", data=sent):
        assert answer_form(taxonomy(), case=CASE).as_json() == BLANK
        only_reply = replace(ASKING, content=ASKING.content | {"asks": ["reply"]})
        assert answer_form(taxonomy(), case=only_reply).as_json() == BLANK | {"reply": "Hello"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"risk_who": "seller"}, "risk_what"), ({"reply": "x" * 4_001}, "reply"), ({"macro": "Run"}, "macro"), ({"intent": "fly"}, "intent")],
)
def test_what_a_ticket_cannot_take_is_told(app: Flask, sent: dict[str, str], field: str) -> None:
    with app.test_request_context("/", method="POST", data=sent):
        form = answer_form(taxonomy(), case=ASKING)
        form.validate()
        assert form[field].errors


def test_characters_that_no_keyboard_writes_are_left_out_of_a_reply(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"reply": "Dear\x00 Dewi,\r\nplease\x07 wait. "}):
        assert answer_form(taxonomy(), case=ASKING).as_json()["reply"] == "Dear Dewi,\nplease wait."
