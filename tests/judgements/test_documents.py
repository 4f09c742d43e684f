"""Answers as JSON: whole, in part, or not at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from training.cases.rules import Action, Certainty, EscalationTarget, Intent, Party, Region, RiskReport, Severity, Span
from training.judgements.documents import answer_json, parse_answer
from training.judgements.rules import CaseAnswer


def test_nothing_is_a_blank_answer() -> None:
    assert parse_answer({}) == CaseAnswer()


def test_the_primary_label_comes_first_and_once() -> None:
    answer = parse_answer({"primary_label": "PRO-03", "further_labels": ["IPR-01", "PRO-03"]})
    assert answer.labels == ("PRO-03", "IPR-01")


def test_further_labels_without_a_primary_one_say_nothing() -> None:
    assert parse_answer({"further_labels": ["IPR-01"]}).labels == ()


@pytest.mark.parametrize(
    "values",
    [
        {"actions": ["FLY"]},
        {"actions": "REMOVE"},
        {"primary_label": "anything"},
        {"primary_label": {"$ne": None}},
        {"severity": 3},
        {"escalate_to": "MARS"},
        {"evidence": [{"field": "x", "start": 1}]},
        {"evidence": [{"field": "x", "start": 1, "end": 2}] * 101},
        {"evidence": [{"field": "x", "start": 1.5, "end": 2}]},
        {"evidence": [{"field": "recording", "start": -1, "end": 2}]},
        {"evidence": [{"field": "recording", "start": 1, "end": float("inf")}]},
        {"evidence": [{"field": "images.0", "x": 1, "y": 1, "width": 0, "height": 5}]},
        {"evidence": [{"field": "title", "x": 1, "y": 1, "width": 5, "height": 5}]},
        {"evidence": [{"field": "images.0", "x": 1, "y": 1, "width": 5, "height": 5}] * 21},
        {"evidence": [{"field": "images.0", "x": 1, "y": 1, "width": 5, "height": 5, "start": 1, "end": 2}]},
        {"further_labels": ["PRO-03"] * 21},
        {"score": 1},
        {"intent": "fly"},
        {"reply": "x" * 4_001},
        {"risk": {"who": "seller", "what": "Empty parcels"}},
    ],
)
def test_what_is_no_answer_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        parse_answer(values)


def test_what_a_ticket_asks_for_is_kept_and_read_back() -> None:
    said = {"intent": "refund", "macro": "Wait", "reply": "Please wait.", "risk": {"who": "seller", "what": "Empty parcels", "certainty": "likely"}}
    answer = parse_answer(said)
    assert (answer.intent, answer.macro, answer.reply) == (Intent.REFUND, "Wait", "Please wait.")
    assert answer.risk == RiskReport(Party.SELLER, "Empty parcels", Certainty.LIKELY)
    assert {name: answer_json(answer)[name] for name in said} == said
    assert not said.keys() & answer_json(CaseAnswer()).keys()


codes = st.sampled_from(["PRO-01", "PRO-03", "IPR-01", "OUT-00"])
answers = st.builds(
    CaseAnswer,
    actions=st.frozensets(st.sampled_from(Action)),
    labels=st.lists(codes, unique=True).map(tuple),
    severity=st.none() | st.sampled_from(Severity),
    escalate_to=st.none() | st.sampled_from(EscalationTarget),
    evidence=st.lists(
        st.builds(Span, st.sampled_from(["title", "chat.0.text"]), st.integers(0, 50), st.integers(0, 50))
        | st.builds(Span, st.just("recording"), st.floats(0, 50), st.floats(0, 50))
        | st.builds(Region, st.just("images.0"), st.integers(0, 50), st.floats(0, 50), st.integers(1, 50), st.floats(1, 50)),
        max_size=4,
    ).map(tuple),
)


@given(answers)
def test_every_answer_is_read_back_from_its_json(answer: CaseAnswer) -> None:
    assert parse_answer(answer_json(answer)) == answer


def test_an_answer_from_before_recordings_and_pictures_could_be_marked_reads_as_it_did() -> None:
    stored = {"actions": ["REMOVE"], "primary_label": "PRO-03", "further_labels": [], "severity": "S3", "escalate_to": None}
    answer = parse_answer({**stored, "evidence": [{"field": "title", "start": 0, "end": 4}]})
    assert answer.evidence == (Span("title", 0, 4),)
    assert answer_json(answer) == {**stored, "evidence": [{"field": "title", "start": 0, "end": 4}]}
