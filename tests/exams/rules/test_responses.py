import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.responses import ChoiceKey, ResponseFault, choice_fault, chosen_ids, critical_share, is_blank, mark_choice, response_fault

SINGLE, MULTIPLE = ItemKind.SINGLE, ItemKind.MULTIPLE


@pytest.mark.parametrize(("response", "kind"), [({}, SINGLE), ({"options": [4]}, SINGLE), ({"options": []}, SINGLE), ({"options": [1, 3]}, MULTIPLE)])
def test_a_choice_of_the_right_form_is_read(response: dict[str, object], kind: ItemKind) -> None:
    assert choice_fault(response, kind, 4) is None


@pytest.mark.parametrize(
    ("response", "kind", "fault"),
    [
        ({"options": "1"}, SINGLE, ResponseFault.SHAPE),
        ({"options": [True]}, SINGLE, ResponseFault.SHAPE),
        ({"options": ["1"]}, SINGLE, ResponseFault.SHAPE),
        ({"options": [1], "more": 1}, SINGLE, ResponseFault.SHAPE),
        ({"actions": ["REMOVE"]}, SINGLE, ResponseFault.SHAPE),
        ({"options": [0]}, SINGLE, ResponseFault.UNKNOWN_OPTION),
        ({"options": [5]}, MULTIPLE, ResponseFault.UNKNOWN_OPTION),
        ({"options": [2, 2]}, MULTIPLE, ResponseFault.UNKNOWN_OPTION),
        ({"options": [1, 2]}, SINGLE, ResponseFault.TOO_MANY),
    ],
)
def test_a_choice_of_the_wrong_form_is_told_apart(response: dict[str, object], kind: ItemKind, fault: ResponseFault) -> None:
    assert choice_fault(response, kind, 4) is fault


def test_an_answer_with_nothing_in_it_is_blank() -> None:
    assert is_blank({})
    assert is_blank({"options": []})
    assert is_blank({"actions": [], "primary_label": None, "severity": None, "escalate_to": None, "evidence": []})
    assert not is_blank({"options": [1]})


def test_places_on_the_screen_stand_for_the_options_shown_there() -> None:
    assert chosen_ids({"options": [1, 3]}, ["c", "a", "b"]) == {"c", "b"}
    assert chosen_ids({}, ["c", "a", "b"]) == frozenset()


@pytest.mark.parametrize(
    ("chosen", "mark"),
    [("", Mark.BLANK), ("ab", Mark.RIGHT), ("a", Mark.WRONG), ("abc", Mark.WRONG), ("abd", Mark.CRITICAL_MISS), ("d", Mark.CRITICAL_MISS)],
)
def test_a_choice_is_right_as_a_whole_or_not_at_all(chosen: str, mark: Mark) -> None:
    assert mark_choice(frozenset(chosen), ChoiceKey(frozenset("ab"), frozenset("d"))) is mark


@pytest.mark.parametrize(
    ("kind", "key", "share"),
    [
        (SINGLE, ChoiceKey(frozenset("a"), frozenset("c")), 1 / 3),
        (SINGLE, ChoiceKey(frozenset("a")), 0.0),
        (SINGLE, ChoiceKey(frozenset("a"), frozenset("bcd")), 1.0),
        (MULTIPLE, ChoiceKey(frozenset("ab"), frozenset("d")), 8 / 14),
    ],
)
def test_the_share_of_critical_among_wrong_answers_is_counted_out(kind: ItemKind, key: ChoiceKey, share: float) -> None:
    assert critical_share(kind, key, "abcd") == pytest.approx(share)


ORDERING, EVIDENCE, SHORT, REPLY, TYPING = ItemKind.ORDERING, ItemKind.EVIDENCE, ItemKind.SHORT, ItemKind.REPLY, ItemKind.TYPING


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        *((kind, {}) for kind in ItemKind),
        (ORDERING, {"order": [2, 3, 1]}),
        (ORDERING, {"order": []}),
        (EVIDENCE, {"marks": [[0, 4], [2.5, 9]]}),
        (EVIDENCE, {"marks": [[0, 0, 40, 30]]}),
        (EVIDENCE, {"marks": []}),
        (SHORT, {"text": "24 h"}),
        (REPLY, {"text": "Thank you. " * 300}),
        (TYPING, {"text": "abc", "seconds": 1.5}),
        (TYPING, {"text": "", "seconds": 0}),
    ],
)
def test_an_answer_of_the_right_form_is_read(kind: ItemKind, response: dict[str, object]) -> None:
    assert response_fault(response, kind, 3) is None


@pytest.mark.parametrize(
    ("kind", "response", "fault"),
    [
        (ORDERING, {"order": [1, 2]}, ResponseFault.INCOMPLETE_ORDER),
        (ORDERING, {"order": [1, 2, 2]}, ResponseFault.INCOMPLETE_ORDER),
        (ORDERING, {"order": [1, 2, 4]}, ResponseFault.UNKNOWN_OPTION),
        (ORDERING, {"order": [True, 2, 3]}, ResponseFault.SHAPE),
        (ORDERING, {"options": [1]}, ResponseFault.SHAPE),
        (EVIDENCE, {"marks": [[4, 4]]}, ResponseFault.MARK_OUTSIDE),
        (EVIDENCE, {"marks": [[-1, 4]]}, ResponseFault.MARK_OUTSIDE),
        (EVIDENCE, {"marks": [[0, 0, 0, 5]]}, ResponseFault.MARK_OUTSIDE),
        (EVIDENCE, {"marks": [[0, 0, 2e6, 5]]}, ResponseFault.MARK_OUTSIDE),
        (EVIDENCE, {"marks": [[0, 4], [0, 0, 5, 5]]}, ResponseFault.SHAPE),
        (EVIDENCE, {"marks": [[0, float("inf")]]}, ResponseFault.SHAPE),
        (EVIDENCE, {"marks": [[0, True]]}, ResponseFault.SHAPE),
        (EVIDENCE, {"marks": [["0", ""]]}, ResponseFault.UNCLEAR_NUMBER),
        (EVIDENCE, {"marks": ["some words"]}, ResponseFault.UNCLEAR_QUOTE),
        (EVIDENCE, {"marks": [[0, 1]] * 21}, ResponseFault.TOO_MANY_MARKS),
        (SHORT, {"text": 24}, ResponseFault.SHAPE),
        (SHORT, {"text": "x" * 201}, ResponseFault.TOO_LONG),
        (REPLY, {"text": "x" * 4_001}, ResponseFault.TOO_LONG),
        (REPLY, {"text": "x", "seconds": 1}, ResponseFault.SHAPE),
        (TYPING, {"text": "abc"}, ResponseFault.SHAPE),
        (TYPING, {"text": "abc", "seconds": float("nan")}, ResponseFault.SHAPE),
        (TYPING, {"text": "x" * 5_001, "seconds": 60}, ResponseFault.TOO_LONG),
        (TYPING, {"text": "abc", "seconds": -1}, ResponseFault.IMPLAUSIBLE),
        (TYPING, {"text": "abc", "seconds": 601}, ResponseFault.IMPLAUSIBLE),
        (TYPING, {"text": "x" * 400, "seconds": 10}, ResponseFault.IMPLAUSIBLE),
    ],
)
def test_an_answer_of_the_wrong_form_is_told_apart(kind: ItemKind, response: dict[str, object], fault: ResponseFault) -> None:
    assert response_fault(response, kind, 3) is fault


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4), max_leaves=8
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["options", "order", "marks", "text", "seconds", "other"]), json_values, max_size=3), st.sampled_from(ItemKind))
def test_whatever_arrives_is_read_or_refused_never_a_crash(response: dict[str, object], kind: ItemKind) -> None:
    fault = response_fault(response, kind, 3)
    assert fault is None or fault in ResponseFault
