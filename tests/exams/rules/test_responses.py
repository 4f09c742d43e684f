import pytest

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.responses import ChoiceKey, ResponseFault, choice_fault, chosen_ids, critical_share, is_blank, mark_choice

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
