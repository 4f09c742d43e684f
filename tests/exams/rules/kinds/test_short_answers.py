from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.short_answers import NumberKey, TextKey, decimal_mark, is_right_number, is_right_text, number_of, plain


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("24", "en", "24"),
        (" 1,204.5 ", "en", "1204.5"),
        ("1.204,5", "id", "1204.5"),
        ("2,5", "id", "2.5"),
        ("2.5", "id", "2.5"),
        ("2.500", "id", "2500"),
        ("2.500", "en", "2.500"),
        ("2,5", "en", None),
        ("-3", "en", "-3"),
        ("−3", "en", "-3"),
        ("２４", "en", "24"),
        ("1 000", "en", "1000"),
        ("twenty", "en", None),
        ("", "en", None),
        ("1,2,3", "en", None),
        ("2.5", "xx", "2.5"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text: str, language: str, number: str | None) -> None:
    assert number_of(text, language) == (Decimal(number) if number else None)


def test_the_decimal_mark_is_that_of_the_language() -> None:
    assert [decimal_mark(language) for language in ("en", "id", "de", "xx")] == [".", ",", ",", "."]


@pytest.mark.parametrize(
    ("text", "is_right"),
    [("24", True), ("24 hours", True), ("24 H", True), ("24h", True), ("24.5", True), ("24,6", False), ("24.6", False), ("23.4", False), ("24 days", False)],
)
def test_a_number_is_right_within_its_tolerance_and_with_a_known_unit(text: str, is_right: bool) -> None:
    assert is_right_number(text, NumberKey(Decimal(24), Decimal("0.5"), ("h", "hours")), "en") is is_right


@pytest.mark.parametrize("text", ["Certificate of analysis", "  certificate   OF analysis ", "ＣＥＲＴＩＦＩＣＡＴＥ of analysis", "coa"])
def test_a_text_is_right_in_every_spelling_that_means_the_same(text: str) -> None:
    assert is_right_text(text, TextKey(("certificate of analysis", "CoA")))


def test_another_text_is_wrong() -> None:
    assert not is_right_text("certificate", TextKey(("certificate of analysis", "CoA")))


@given(st.text(max_size=40))
def test_what_is_plain_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert is_right_text(f"  {text}\t", TextKey((text,)))


@given(st.decimals(-10_000, 10_000, places=2), st.sampled_from(["en", "id", "de"]))
def test_a_number_written_plainly_is_read_back(number: Decimal, language: str) -> None:
    text = str(number).replace(".", decimal_mark(language))
    assert number_of(text, language) == number
