from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.exams.factories import NOON
from training.exams.rules.answer_codes import HASHED, code_of, code_of_options, options_of_code, packed, seconds_between
from training.exams.rules.blueprint import ItemKind

OPTIONS = ["a", "b", "c", "d"]
CASE = {"actions": ["STRIKE", "REMOVE"], "primary_label": "PRO-03", "severity": "S2"}


@given(st.permutations(OPTIONS), st.sets(st.sampled_from(OPTIONS)))
def test_a_choice_has_one_code_whatever_the_order_on_the_screen(order: list[str], chosen: set[str]) -> None:
    response = {"options": [order.index(option) + 1 for option in chosen]}
    code = code_of(ItemKind.MULTIPLE, response, order)
    assert code == code_of_options(OPTIONS, sorted(chosen))
    assert options_of_code(OPTIONS, code) == sorted(chosen)


def test_nothing_answered_is_nothing() -> None:
    for kind in ItemKind:
        assert code_of(kind, {}, OPTIONS) == 0
    assert code_of(ItemKind.SINGLE, {"options": []}, OPTIONS) == 0


def test_a_case_is_coded_by_what_decides_whether_it_is_right() -> None:
    code = code_of(ItemKind.CASE, CASE, [])
    assert code & HASHED
    assert code == code_of(ItemKind.CASE, {**CASE, "actions": ["REMOVE", "STRIKE"], "severity": "S4", "further_labels": ["PRO-04"]}, [])
    assert code != code_of(ItemKind.CASE, {**CASE, "primary_label": "PRO-04"}, [])
    assert code != code_of(ItemKind.CASE, {**CASE, "escalate_to": "RISK"}, [])


def test_an_order_is_coded_by_the_options_and_a_text_without_case_and_blanks() -> None:
    assert code_of(ItemKind.ORDERING, {"order": [2, 1, 3]}, ["b", "a", "c"]) == code_of(ItemKind.ORDERING, {"order": [1, 2, 3]}, ["a", "b", "c"])
    assert code_of(ItemKind.SHORT, {"text": " Two  days"}, []) == code_of(ItemKind.SHORT, {"text": "two days"}, [])
    assert code_of(ItemKind.REPLY, {"text": "Dear customer"}, []) == code_of(ItemKind.REPLY, {"text": "Hello"}, []) == HASHED


def test_an_answer_took_as_long_as_since_the_one_before() -> None:
    saved = {3: NOON + timedelta(seconds=20), 1: NOON + timedelta(seconds=50), 2: NOON + timedelta(days=2)}
    assert seconds_between(NOON, saved) == {3: 20, 1: 30, 2: 0xFFFF}


def test_codes_are_packed_in_two_bytes() -> None:
    assert packed([1, 0x8001]) == b"\x01\x00\x01\x80"
