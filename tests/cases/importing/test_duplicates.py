from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from tests.cases.factories import CONTENTS
from training.cases.importing.duplicates import NEAR_PERCENT, SHORTEST_NEAR, Lookalikes, bands, normalised, said
from training.cases.rules import Surface

LONG = "madu hutan asli dari petani lebah binaan kami dipanen malam hari dan disaring pakai kain tanpa campuran gula"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Madu ASLI!!!", "madu asli"), ("m a d u", "m  a\nd\tu"), ("Ｍａｄｕ", "madu"), ("café", "cafe\u0301"), ("it_is", "it is"), ("STRASSE", "straße")],
)
def test_case_width_accents_and_signs_make_no_difference(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        (Surface.LISTING, "jamu pegal linu 30 sachet warm and calming sold without prescription to anyone who asks"),
        (Surface.SELLER, "gadget murah phones and parts since 2019 case for phone x charger 20 w"),
        (Surface.VIDEO, "three days to clear skin glowing i used it for three days link in my cart results vary"),
        (Surface.LIVE, "payday sale this one is our own brand is it original kak"),
        (Surface.REVIEW, "works well the lid is a little loose"),
        (Surface.COMMENT, "does it stick you people cannot cook anyway"),
        (Surface.TICKET, "parcel never came it says delivered i have nothing we ask the courier"),
    ],
)
def test_what_was_said_is_compared_and_not_who_said_it_when_or_for_how_much(surface: Surface, expected: str) -> None:
    assert said(surface, CONTENTS[surface]) == expected


def test_the_same_words_are_exact_and_nearly_the_same_are_near() -> None:
    alike = Lookalikes()
    assert alike.add(0, LONG) is None
    exact, near = alike.add(1, LONG), alike.add(2, LONG.replace("malam", "siang"))
    assert exact is not None and (exact.position, exact.percent, exact.is_exact) == (0, 100, True)
    assert near is not None and near.position == 0 and NEAR_PERCENT <= near.percent < 100 and not near.is_exact
    assert alike.add(3, "something else altogether that nobody has said before in this file") is None


def test_short_texts_and_none_are_like_another_only_where_they_are_equal() -> None:
    alike = Lookalikes()
    assert alike.add(0, "bagus sekali") is None
    assert alike.add(1, "bagus sekale") is None
    same = alike.add(2, "bagus sekali")
    assert same is not None and same.is_exact
    assert alike.add(3, "") is None and alike.add(4, "") is None
    assert list(alike.matches("")) == []


def test_what_is_stored_is_held_against_the_file() -> None:
    alike = Lookalikes()
    alike.add(0, LONG)
    alike.add(1, LONG.replace("gula", "air"))
    alike.add(2, "kurma")
    assert [(found.position, found.is_exact) for found in alike.matches(LONG)] == [(0, True), (1, False)]
    assert [found.position for found in alike.matches("kurma")] == [2]
    assert list(alike.matches("nothing of the kind was ever said in this file")) == []


def test_a_text_that_thousands_share_is_still_found() -> None:
    alike = Lookalikes()
    for position in range(500):
        alike.add(position, f"{LONG} nomor {position}")
    found = alike.add(500, f"{LONG} nomor 500")
    assert found is not None and found.percent >= NEAR_PERCENT


@settings(deadline=None)
@given(st.text(min_size=0, max_size=60))
def test_a_text_has_the_same_bands_wherever_it_is_read(text: str) -> None:
    assert bands(text) == bands(text) and len(bands(text)) == 8


LETTERS = st.text("abcdefghij klmno", min_size=SHORTEST_NEAR, max_size=60)


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=2, max_size=8))
def test_what_is_called_near_is_near(texts: list[str]) -> None:
    alike = Lookalikes()
    found = {position: alike.add(position, text) for position, text in enumerate(texts)}
    for position, likeness in found.items():
        if likeness is not None:
            assert fuzz.ratio(texts[position], texts[likeness.position]) >= NEAR_PERCENT
    for first, second in combinations(range(len(texts)), 2):
        if texts[first] == texts[second]:
            likeness = found[second]
            assert likeness is not None and likeness.is_exact
