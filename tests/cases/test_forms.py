"""The answer form: filled from a saved answer, turned back into one."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.cases.factories import CONTENTS, TaxonomyLabelFactory
from training.cases.forms import answer_form
from training.cases.queries import taxonomy
from training.cases.rules import Surface, TextPiece, text_pieces

PIECES = text_pieces(Surface.REVIEW, CONTENTS[Surface.REVIEW])
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
        assert answer_form(taxonomy(), pieces=PIECES, saved=SAVED).as_json() == SAVED


def test_nothing_saved_is_a_blank_answer(app: Flask) -> None:
    with app.test_request_context("/"):
        assert answer_form(taxonomy(), pieces=PIECES).as_json() == BLANK


def test_what_is_sent_stands_above_what_was_saved(app: Flask) -> None:
    chosen = [("actions", "REMOVE"), ("primary_label", "OUT-03"), ("further_labels", "PRO-03"), ("further_labels", "OUT-03"), ("severity", "S2")]
    sent = MultiDict([*chosen, ("escalate_to", ""), ("evidence", ""), ("evidence_quotes", "")])
    with app.test_request_context("/", method="POST", data=sent):
        form = answer_form(taxonomy(), pieces=PIECES, saved=SAVED)
        assert form.validate(), form.errors
        assert form.as_json() == BLANK | {"actions": ["REMOVE"], "primary_label": "OUT-03", "further_labels": ["PRO-03"], "severity": "S2"}


def test_quotes_are_found_by_character_even_behind_symbols(app: Flask) -> None:
    pieces = (TextPiece("caption", "🌿🌿 cures all"),)
    with app.test_request_context("/", method="POST", data={"evidence_quotes": " cures \n\n"}):
        form = answer_form(taxonomy(), pieces=pieces)
        form.validate()
        assert not form.evidence_quotes.errors
        assert form.as_json()["evidence"] == [{"field": "caption", "start": 3, "end": 8}]


def test_a_quote_that_occurs_twice_is_refused(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"evidence_quotes": "l"}):
        form = answer_form(taxonomy(), pieces=PIECES)
        form.validate()
        assert "exactly once" in form.evidence_quotes.errors[0]
