"""Scoring by values: the worked examples of the measurement chapter, the edges, and what holds for every answer."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from training.cases.rules import Action, EscalationTarget, Mark, Region, Severity, Span
from training.judgements.rules import (
    CaseAnswer,
    ErrorKind,
    Reference,
    decision_score,
    error_kind,
    evidence_score,
    hierarchical_f,
    is_critical_miss,
    score,
    severity_score,
    wilson,
)

AREAS = {"HATE.DEHUM": "HATE", "HATE.SLUR": "HATE"}
LABELS = {"PRO-01": "PRO", "PRO-03": "PRO", "IPR-01": "IPR"}


def reference(**changes: object) -> Reference:
    values: dict[str, object] = {
        "decisions": (frozenset({Action.REMOVE, Action.STRIKE}), frozenset({Action.REMOVE})),
        "labels": ("PRO-03",),
        "severity": Severity.S3,
    }
    return Reference(**(values | changes))


def answer(**changes: object) -> CaseAnswer:
    values: dict[str, object] = {"actions": frozenset({Action.REMOVE, Action.STRIKE}), "labels": ("PRO-03",), "severity": Severity.S3}
    return CaseAnswer(**(values | changes))


@pytest.mark.parametrize(
    ("chosen", "gold", "expected"),
    [
        ({"HATE.DEHUM"}, {"HATE.SLUR"}, 0.5),
        ({"HATE"}, {"HATE.SLUR"}, 0.6667),
        ({"HATE.SLUR", "HARASS"}, {"HATE.SLUR"}, 0.8),
        ({"HATE.SLUR"}, {"HATE.SLUR"}, 1),
        ({"HARASS"}, {"HATE.SLUR"}, 0),
        (set(), set(), 1),
        (set(), {"HATE.SLUR"}, 0),
        ({"HATE.SLUR"}, set(), 0),
        ({"OUT-00"}, {"OUT-01"}, 0),
    ],
)
def test_labels_are_compared_by_hierarchical_f(chosen: set[str], gold: set[str], expected: float) -> None:
    assert hierarchical_f(chosen, gold, AREAS) == pytest.approx(expected, abs=5e-5)


def spans(*pairs: tuple[float, float], field: str = "text") -> list[Span]:
    return [Span(field, start, end) for start, end in pairs]


@pytest.mark.parametrize(
    ("chosen", "gold", "expected"),
    [
        ([(10, 20)], [(15, 25)], 1 / 3),
        ([(0, 5), (3, 8)], [(0, 8)], 1),
        ([(12.0, 18.5)], [(12.5, 18.0)], 0.846154),
        ([(0, 4), (4, 8)], [(0, 8)], 1),
        ([(0, 4)], [(4, 8)], 0),
        ([], [], 1),
        ([], [(0, 1)], 0),
        ([(0, 1)], [], 0),
        ([(5, 5)], [], 1),
        ([(90, 400)], [(90, 100)], 1),
        ([(-20, 10)], [(0, 10)], 1),
        ([(100, 120)], [(0, 10)], 0),
    ],
)
def test_evidence_is_intersection_over_union_within_the_content(chosen: list[tuple[float, float]], gold: list[tuple[float, float]], expected: float) -> None:
    assert evidence_score(spans(*chosen), spans(*gold), {"text": 100}) == pytest.approx(expected, abs=5e-7)


def test_evidence_in_another_field_does_not_overlap() -> None:
    assert evidence_score(spans((0, 10), field="title"), spans((0, 10), field="text"), {}) == 0
    both = [*spans((0, 10), field="title"), *spans((0, 10), field="text")]
    assert evidence_score(both, spans((0, 10), field="text"), {}) == pytest.approx(0.5)


SIZES = {"images.0": (100, 100), "images.1": (50, 50), "recording": 30.0, "text": 100}


@pytest.mark.parametrize(
    ("chosen", "gold", "expected"),
    [
        ([Span("recording", 12.0, 18.5)], [Span("recording", 12.5, 18.0)], 0.846154),
        ([Span("recording", 20, 90)], [Span("recording", 20, 30)], 1.0),
        ([Region("images.0", 0, 0, 10, 10)], [Region("images.0", 5, 0, 10, 10)], 1 / 3),
        ([Region("images.0", 90, 90, 50, 50)], [Region("images.0", 90, 90, 10, 10)], 1.0),
        ([Region("images.0", 0, 0, 10, 10)], [Region("images.1", 0, 0, 10, 10)], 0.0),
        ([Region("images.0", 0, 0, 10, 5), Region("images.0", 0, 5, 10, 5)], [Region("images.0", 0, 0, 10, 10)], 1.0),
        ([Region("images.0", 0, 0, 10, 10), Region("images.1", 0, 0, 10, 10)], [Region("images.0", 0, 0, 10, 10)], 0.5),
        ([], [Region("images.0", 0, 0, 10, 10)], 0.0),
    ],
)
def test_time_and_area_are_scored_as_texts_are(chosen: list[Mark], gold: list[Mark], expected: float) -> None:
    assert evidence_score(chosen, gold, SIZES) == pytest.approx(expected, abs=5e-7)


def test_texts_time_and_area_weigh_alike_where_either_side_marked_in_them() -> None:
    words, time, box = Span("text", 0, 10), Span("recording", 3, 8), Region("images.0", 0, 0, 10, 10)
    assert evidence_score([words, time, box], [words, time, box], SIZES) == 1
    assert evidence_score([words], [words, time], SIZES) == pytest.approx(1 / 2)
    assert evidence_score([words, box], [words, time], SIZES) == pytest.approx(1 / 3)
    assert evidence_score([words, Span("recording", 3, 5.5)], [words, time], SIZES) == pytest.approx((1 + 0.5) / 2)


def test_a_box_says_nothing_in_a_text_and_a_stretch_nothing_on_a_picture() -> None:
    assert evidence_score([Span("images.0", 0, 10)], [Region("images.0", 0, 0, 10, 10)], SIZES) == 0
    assert evidence_score([Region("text", 0, 0, 10, 10)], [Span("text", 0, 10)], SIZES) == 0


@pytest.mark.parametrize(
    ("chosen", "gold", "expected"),
    [
        (Severity.S3, Severity.S3, 1),
        (Severity.S2, Severity.S3, 0.9375),
        (Severity.S1, Severity.S3, 0.75),
        (Severity.S0, Severity.S4, 0),
        (Severity.S4, Severity.S0, 0),
        (None, Severity.S3, 0),
        (Severity.S3, None, None),
        (None, None, None),
    ],
)
def test_severity_loses_with_the_square_of_the_distance(chosen: Severity | None, gold: Severity | None, expected: float | None) -> None:
    assert severity_score(chosen, gold) == expected


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ({Action.REMOVE, Action.STRIKE}, 1),
        ({Action.REMOVE}, 1),
        ({Action.REMOVE, Action.ESCALATE}, 1),
        ({Action.DEMOTE}, 0.4),
        ({Action.STRIKE}, 0),
        ({Action.APPROVE}, 0),
        (set(), 0),
        ({Action.ESCALATE}, 0),
    ],
)
def test_a_decision_is_accepted_or_worth_what_its_author_says(actions: set[Action], expected: float) -> None:
    assert decision_score(actions, reference(credits={frozenset({Action.DEMOTE}): 0.4})) == expected


def test_escalating_alone_is_a_decision_of_its_own() -> None:
    alone = reference(decisions=(frozenset({Action.ESCALATE}),), escalate_to=EscalationTarget.RISK)
    assert decision_score({Action.ESCALATE}, alone) == 1
    assert decision_score({Action.REMOVE, Action.ESCALATE}, alone) == 0


def test_partial_credit_never_makes_a_right_answer() -> None:
    partly = score(answer(actions=frozenset({Action.DEMOTE})), reference(credits={frozenset({Action.DEMOTE}): 0.9}), LABELS)
    assert (partly.decision, partly.strict, partly.error) == (0.9, False, ErrorKind.WRONG_SELECTION)


@pytest.mark.parametrize(
    ("changes", "strict"),
    [
        ({}, True),
        ({"severity": None}, True),
        ({"evidence": (Span("text", 0, 3),)}, True),
        ({"labels": ("PRO-03", "IPR-01")}, True),
        ({"labels": ("IPR-01", "PRO-03")}, False),
        ({"labels": ("PRO-01",)}, False),
        ({"labels": ()}, False),
        ({"actions": frozenset({Action.APPROVE})}, False),
        ({"actions": frozenset()}, False),
        ({"escalate_to": EscalationTarget.RISK}, False),
    ],
)
def test_strictly_right_means_decision_primary_label_and_escalation(changes: dict[str, object], strict: bool) -> None:
    assert score(answer(**changes), reference(), LABELS).strict is strict


@pytest.mark.parametrize(
    ("actions", "preferred", "expected"),
    [
        ({Action.REMOVE}, {Action.APPROVE}, ErrorKind.FALSE_POSITIVE),
        ({Action.APPROVE}, {Action.REMOVE}, ErrorKind.FALSE_NEGATIVE),
        (set(), {Action.REMOVE}, ErrorKind.FALSE_NEGATIVE),
        ({Action.DEMOTE}, {Action.REMOVE}, ErrorKind.WRONG_SELECTION),
        ({Action.REQUEST_INFO}, {Action.REMOVE}, ErrorKind.WRONG_SELECTION),
        ({Action.REMOVE}, {Action.REROUTE}, ErrorKind.WRONG_SELECTION),
        ({Action.APPROVE}, {Action.REROUTE}, ErrorKind.WRONG_SELECTION),
        ({Action.WELFARE}, {Action.APPROVE}, ErrorKind.FALSE_POSITIVE),
    ],
)
def test_an_error_is_named_by_what_the_reference_says(actions: set[Action], preferred: set[Action], expected: ErrorKind) -> None:
    assert error_kind(actions, preferred) is expected


CRITICAL = {"severity": Severity.S4, "escalate_to": EscalationTarget.RISK, "must_escalate": True}


@pytest.mark.parametrize(
    ("changes", "of", "missed"),
    [
        ({"escalate_to": EscalationTarget.RISK}, CRITICAL, False),
        ({}, CRITICAL, True),
        ({"escalate_to": EscalationTarget.FRAUD}, CRITICAL, True),
        ({"actions": frozenset({Action.APPROVE}), "escalate_to": EscalationTarget.RISK}, CRITICAL, True),
        ({"actions": frozenset()}, CRITICAL, True),
        ({"actions": frozenset({Action.REQUEST_INFO}), "escalate_to": EscalationTarget.RISK}, CRITICAL, True),
        ({}, CRITICAL | {"must_escalate": False}, False),
        ({"labels": ("IPR-01",), "escalate_to": EscalationTarget.RISK}, CRITICAL, False),
        ({"actions": frozenset()}, {"severity": Severity.S3}, False),
    ],
)
def test_a_critical_miss_is_not_acting_or_not_escalating_where_it_is_required(changes: dict[str, object], of: dict[str, object], missed: bool) -> None:
    assert is_critical_miss(answer(**changes), reference(**of)) is missed


some_actions = st.frozensets(st.sampled_from(Action), max_size=4)
some_labels = st.lists(st.sampled_from(sorted(LABELS)), unique=True, max_size=3).map(tuple)
some_spans = st.lists(st.builds(lambda start, length: Span("text", start, start + length), st.integers(0, 120), st.integers(0, 40)), max_size=5).map(tuple)
some_answers = st.builds(
    CaseAnswer,
    actions=some_actions,
    labels=some_labels,
    severity=st.none() | st.sampled_from(Severity),
    escalate_to=st.none() | st.sampled_from(EscalationTarget),
    evidence=some_spans,
)
some_references = st.builds(
    Reference,
    decisions=st.lists(st.frozensets(st.sampled_from(Action), min_size=1, max_size=3), min_size=1, max_size=3).map(tuple),
    labels=some_labels,
    severity=st.none() | st.sampled_from(Severity),
    escalate_to=st.none() | st.sampled_from(EscalationTarget),
    must_escalate=st.booleans(),
    evidence=some_spans,
    extents=st.just({"text": 100}),
)


@given(some_answers, some_references)
def test_every_component_lies_between_nothing_and_everything(given_answer: CaseAnswer, gold: Reference) -> None:
    scores = score(given_answer, gold, LABELS)
    parts = (scores.decision, scores.labels, scores.evidence, scores.escalation, scores.severity if scores.severity is not None else 0)
    assert all(0 <= part <= 1 for part in parts)
    assert (scores.error is None) is scores.strict


@given(some_references)
def test_the_preferred_answer_is_right_in_everything(gold: Reference) -> None:
    same = CaseAnswer(gold.decisions[0], gold.labels, gold.severity, gold.escalate_to, gold.evidence)
    scores = score(same, gold, LABELS)
    assert (scores.decision, scores.labels, scores.evidence, scores.escalation, scores.strict) == (1, 1, pytest.approx(1), 1, True)
    assert scores.severity in (None, 1)


@given(some_spans, some_spans)
def test_evidence_agreement_is_symmetric_and_blind_to_order(left: tuple[Span, ...], right: tuple[Span, ...]) -> None:
    there = evidence_score(left, right, {"text": 100})
    assert there == pytest.approx(evidence_score(right, left, {"text": 100}))
    assert there == pytest.approx(evidence_score(left[::-1], right, {"text": 100}))
    assert there == pytest.approx(evidence_score(left + left, right, {"text": 100}))


@given(some_labels, some_labels)
def test_label_agreement_is_symmetric(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert hierarchical_f(left, right, LABELS) == pytest.approx(hierarchical_f(right, left, LABELS))


@given(some_answers, some_references, st.sampled_from(Severity), some_spans)
def test_nothing_but_decision_label_and_escalation_makes_an_answer_right(
    given_answer: CaseAnswer, gold: Reference, severity: Severity, evidence: tuple[Span, ...]
) -> None:
    other = CaseAnswer(given_answer.actions, given_answer.labels, severity, given_answer.escalate_to, evidence)
    assert score(other, gold, LABELS).strict is score(given_answer, gold, LABELS).strict


PARTS = ("actions", "labels", "severity", "escalate_to", "evidence")


@given(some_answers, some_references, st.sets(st.sampled_from(PARTS)))
def test_an_answer_that_is_right_in_more_never_scores_less(given_answer: CaseAnswer, gold: Reference, mended: set[str]) -> None:
    perfect = CaseAnswer(gold.decisions[0], gold.labels, gold.severity, gold.escalate_to, gold.evidence)
    assume(not score(perfect, gold, LABELS).critical_miss)
    better = replace(given_answer, **{part: getattr(perfect, part) for part in mended})
    before, after = score(given_answer, gold, LABELS), score(better, gold, LABELS)
    for part in ("decision", "labels", "evidence", "escalation"):
        assert getattr(after, part) >= getattr(before, part) - 1e-12
    assert (after.severity or 0) >= (before.severity or 0)
    assert after.strict >= before.strict
    assert after.critical_miss <= before.critical_miss


@given(some_answers, some_references)
def test_the_order_of_what_is_accepted_and_marked_never_matters(given_answer: CaseAnswer, gold: Reference) -> None:
    turned = replace(gold, decisions=gold.decisions[::-1], evidence=gold.evidence[::-1])
    before, after = score(given_answer, gold, LABELS), score(replace(given_answer, evidence=given_answer.evidence[::-1]), turned, LABELS)
    assert (after.decision, after.labels, after.severity, after.escalation) == (before.decision, before.labels, before.severity, before.escalation)
    assert (after.strict, after.critical_miss) == (before.strict, before.critical_miss)
    assert after.evidence == pytest.approx(before.evidence)


@pytest.mark.parametrize(
    ("right", "count", "low", "high"), [(8, 10, 0.4901625, 0.9433178), (0, 10, 0, 0.2775328), (10, 10, 0.7224672, 1), (45, 50, 0.7863977, 0.9565240)]
)
def test_wilson_intervals_of_worked_examples(right: int, count: int, low: float, high: float) -> None:
    interval = wilson(right, count)
    assert interval is not None
    assert (interval.low, interval.point, interval.high) == (pytest.approx(low, abs=1e-6), right / count, pytest.approx(high, abs=1e-6))


def test_nothing_is_known_of_no_answers() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 500), st.data())
def test_a_wilson_interval_holds_its_share(count: int, data: st.DataObject) -> None:
    interval = wilson(data.draw(st.integers(0, count)), count)
    assert interval is not None
    assert 0 <= interval.low <= interval.point + 1e-12
    assert interval.point <= interval.high + 1e-12 <= 1 + 1e-12


@pytest.mark.parametrize(
    ("decisions", "actions", "label", "is_right"),
    [
        (({Action.REMOVE}, {Action.APPROVE}), {Action.APPROVE}, "OUT-00", True),
        (({Action.REMOVE}, {Action.APPROVE}), {Action.APPROVE}, "PRO-03", True),
        (({Action.REMOVE}, {Action.APPROVE}), {Action.REMOVE}, "OUT-00", False),
        (({Action.REMOVE}, {Action.APPROVE}), {Action.APPROVE}, "IPR-01", False),
        (({Action.REMOVE}, {Action.DEMOTE}), {Action.DEMOTE}, "OUT-00", False),
    ],
)
def test_whoever_leaves_a_grey_case_alone_may_say_that_nothing_is_wrong(
    decisions: tuple[set[Action], ...], actions: set[Action], label: str, is_right: bool
) -> None:
    grey = reference(decisions=tuple(frozenset(accepted) for accepted in decisions))
    assert score(answer(actions=frozenset(actions), labels=(label,)), grey, LABELS).strict is is_right
