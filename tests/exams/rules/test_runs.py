import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.grading import Mark, pack_marks
from training.exams.rules.runs import PlaceChange, PlaceMark, changes, pack_items, place_marks, unpack_items


@given(st.lists(st.integers(0, 2**32 - 1), max_size=300))
def test_items_are_packed_four_bytes_a_place_and_unpacked_again(version_ids: list[int]) -> None:
    assert len(pack_items(version_ids)) == 4 * len(version_ids)
    assert unpack_items(pack_items(version_ids)) == tuple(version_ids)


def test_items_are_little_endian_so_that_other_tools_can_read_them() -> None:
    assert pack_items([1, 258]) == b"\x01\x00\x00\x00\x02\x01\x00\x00"


def test_half_an_item_is_refused() -> None:
    with pytest.raises(struct.error):
        unpack_items(b"\x01\x00\x00\x00\x02")


def test_only_a_mark_in_part_carries_its_credit() -> None:
    marks = pack_marks([Mark.RIGHT, Mark.PARTIAL, Mark.WRONG], [True, True, False])
    assert place_marks(marks, {"2": 0.5, "3": 0.9}) == (PlaceMark(Mark.RIGHT, True), PlaceMark(Mark.PARTIAL, True, 0.5), PlaceMark(Mark.WRONG, False))


def test_what_changed_is_said_by_place() -> None:
    before, after = place_marks(b"\x01\x00\x02", {}), place_marks(b"\x01\x01\x82", {})
    assert changes(before, before) == ()
    assert changes(before, after) == (
        PlaceChange(2, PlaceMark(Mark.WRONG, True), PlaceMark(Mark.RIGHT, True)),
        PlaceChange(3, PlaceMark(Mark.BLANK, True), PlaceMark(Mark.BLANK, False)),
    )
