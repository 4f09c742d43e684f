"""Two texts that come from one: both changes are kept, the order does not matter, and a conflict is never silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.authoring.rules.merging import Conflict, conflict_lines, merge

LINES = st.lists(st.sampled_from(["", "a", "b", "c", "rule", "=======", "<<<<<<< x"]), max_size=12).map("\n".join)
BASE = "one\ntwo\nthree\nfour\nfive\nsix"


def text_of(base: str, ours: str, theirs: str) -> str:
    return merge(base, ours, theirs).text(ours="yours", theirs="theirs")


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ("ONE\ntwo\nthree\nfour\nfive\nsix", "one\ntwo\nthree\nfour\nfive\nSIX", "ONE\ntwo\nthree\nfour\nfive\nSIX"),
        ("one\nthree\nfour\nfive\nsix", "one\ntwo\nthree\nfour\nfive\nsix\nseven", "one\nthree\nfour\nfive\nsix\nseven"),
        ("zero\none\ntwo\nthree\nfour\nfive\nsix", BASE, "zero\none\ntwo\nthree\nfour\nfive\nsix"),
        ("one\nTWO\nthree\nfour\nfive\nsix", "one\nTWO\nthree\nfour\nfive\nsix", "one\nTWO\nthree\nfour\nfive\nsix"),
    ],
)
def test_what_only_one_changed_and_what_both_changed_alike_is_taken(ours: str, theirs: str, together: str) -> None:
    assert merge(BASE, ours, theirs).conflict_count == 0
    assert text_of(BASE, ours, theirs) == together


def test_lines_that_both_changed_are_kept_and_marked() -> None:
    found = merge(BASE, BASE.replace("three", "3"), BASE.replace("three", "III"))
    assert [part for part in found.parts if isinstance(part, Conflict)] == [Conflict(("3",), ("III",))]
    text = found.text(ours="yours", theirs="what runs")
    assert "<<<<<<< yours\n3\n=======\nIII\n>>>>>>> what runs" in text
    assert conflict_lines(text) == (3, 7)


def test_what_one_took_out_and_another_changed_is_a_conflict() -> None:
    assert merge(BASE, BASE.replace("three\n", ""), BASE.replace("three", "III")).conflict_count == 1


def test_two_lines_put_in_at_the_same_place_are_a_conflict() -> None:
    assert merge("a\nb", "a\nours\nb", "a\ntheirs\nb").conflict_count == 1


@given(LINES, LINES, LINES)
def test_the_order_does_not_matter(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert [Conflict(part.theirs, part.ours) if isinstance(part, Conflict) else part for part in other.parts] == list(one.parts)


@given(LINES, LINES)
def test_a_text_that_only_one_changed_is_that_one(base: str, changed: str) -> None:
    assert text_of(base, changed, base) == text_of(base, base, changed) == text_of(base, changed, changed) == changed


@given(st.lists(st.text("abc", max_size=3), min_size=8, max_size=30), st.data())
def test_changes_that_do_not_touch_are_both_kept(lines: list[str], data: st.DataObject) -> None:
    before = [f"{number} {line}" for number, line in enumerate(lines)]
    middle = data.draw(st.integers(2, len(before) - 2))
    above = data.draw(st.lists(st.sampled_from(range(middle - 1)), unique=True))
    below = data.draw(st.lists(st.sampled_from(range(middle + 1, len(before))) if middle + 1 < len(before) else st.nothing(), unique=True))
    ours = [f"ours {line}" if number in above else line for number, line in enumerate(before)]
    theirs = [f"theirs {line}" if number in below else line for number, line in enumerate(before)]
    found = text_of("\n".join(before), "\n".join(ours), "\n".join(theirs)).split("\n")
    assert found == [ours[number] if number < middle else theirs[number] for number in range(len(before))]


@given(LINES, LINES, LINES)
def test_a_conflict_is_never_silent(base: str, ours: str, theirs: str) -> None:
    """Every line that either wrote, and the text before had not, is in what comes of it."""
    found = text_of(base, ours, theirs).split("\n")
    for text in (ours, theirs):
        assert {line for line in text.split("\n") if line not in base.split("\n")} <= set(found)
    if merge(base, ours, theirs).conflict_count:
        assert conflict_lines("\n".join(found))


def test_texts_that_are_too_long_to_be_compared_by_line_are_a_conflict_as_a_whole() -> None:
    base = "\n".join(str(number) for number in range(20_000))
    assert merge(base, f"zero\n{base}", f"{base}\nend").conflict_count == 1, "texts of 20,000 lines are compared as a whole"
