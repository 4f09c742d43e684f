"""Answers as JSON: whole, in part, or not at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from training.cases.rules import Action, EscalationTarget, Severity, Span
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
        {"further_labels": ["PRO-03"] * 21},
        {"score": 1},
    ],
)
def test_what_is_no_answer_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        parse_answer(values)


codes = st.sampled_from(["PRO-01", "PRO-03", "IPR-01", "OUT-00"])
answers = st.builds(
    CaseAnswer,
    actions=st.frozensets(st.sampled_from(Action)),
    labels=st.lists(codes, unique=True).map(tuple),
    severity=st.none() | st.sampled_from(Severity),
    escalate_to=st.none() | st.sampled_from(EscalationTarget),
    evidence=st.lists(st.builds(Span, st.sampled_from(["title", "chat.0.text"]), st.integers(0, 50), st.integers(0, 50)), max_size=4).map(tuple),
)


@given(answers)
def test_every_answer_is_read_back_from_its_json(answer: CaseAnswer) -> None:
    assert parse_answer(answer_json(answer)) == answer
