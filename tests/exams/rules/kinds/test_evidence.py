from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.evidence import EvidenceKey, Mark, overlap


def text_key(*marks: Mark, length: float = 100, needed: float = 0.5) -> EvidenceKey:
    return EvidenceKey(marks, (length,), needed)


@pytest.mark.parametrize(
    ("answer", "key", "share"),
    [
        ([(10, 20)], [(15, 25)], 1 / 3),
        ([(0, 5), (3, 8)], [(0, 8)], 1.0),
        ([(12.0, 18.5)], [(12.5, 18.0)], 0.846154),
        ([(90, 500)], [(90, 100)], 1.0),
        ([(0, 5)], [(5, 10)], 0.0),
    ],
)
def test_the_overlap_of_stretches_is_that_of_the_worked_examples(answer: list[Mark], key: list[Mark], share: float) -> None:
    assert overlap(answer, text_key(*key)) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("answer", "key", "share"),
    [
        ([(0, 0, 10, 10)], [(0, 0, 10, 10)], 1.0),
        ([(0, 0, 10, 10)], [(5, 0, 10, 10)], 50 / 150),
        ([(0, 0, 10, 5), (0, 5, 10, 5)], [(0, 0, 10, 10)], 1.0),
        ([(0, 0, 10, 10), (2, 2, 3, 3)], [(0, 0, 10, 10)], 1.0),
        ([(90, 90, 50, 50)], [(90, 90, 10, 10)], 1.0),
        ([(0, 0, 10, 10)], [(50, 50, 10, 10)], 0.0),
    ],
)
def test_the_overlap_of_boxes_is_that_of_the_areas_they_cover(answer: list[Mark], key: list[Mark], share: float) -> None:
    assert overlap(answer, EvidenceKey(tuple(key), (100, 100), 0.5)) == pytest.approx(share)


def test_marks_of_another_medium_mark_nothing() -> None:
    assert overlap([(0, 0, 10, 10)], text_key((0, 10))) == 0.0
    assert overlap([(0, 10)], EvidenceKey(((0, 0, 10, 10),), (100, 100), 0.5)) == 0.0
    assert overlap([], text_key((0, 10))) == 0.0


boxes = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(1, 20), st.integers(1, 20)), min_size=1, max_size=5)


def cells_of(found: list[Mark]) -> set[tuple[int, int]]:
    return {
        (x, y)
        for left, top, width, height in found
        for x in range(int(left), int(left + width))
        for y in range(int(top), int(top + height))
        if x < 40 and y < 30
    }


@given(boxes, boxes)
def test_areas_are_counted_as_pixel_by_pixel(ours: list[Mark], theirs: list[Mark]) -> None:
    mine, other = cells_of(ours), cells_of(theirs)
    assert overlap(ours, EvidenceKey(tuple(theirs), (40, 30), 0.5)) == pytest.approx(len(mine & other) / len(mine | other))


@given(boxes, boxes, st.integers(0, 2**32))
def test_the_order_of_marks_never_matters(ours: list[Mark], theirs: list[Mark], seed: int) -> None:
    other = ours[:]
    Random(seed).shuffle(other)
    assert overlap(ours, EvidenceKey(tuple(theirs), (40, 30), 0.5)) == pytest.approx(overlap(other, EvidenceKey(tuple(theirs), (40, 30), 0.5)))


stretches = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])), min_size=1, max_size=5)


@given(stretches, stretches, st.data())
def test_marking_more_of_the_key_and_nothing_else_never_scores_less(ours: list[Mark], key: list[Mark], data: st.DataObject) -> None:
    more = [*ours, data.draw(st.sampled_from(key))]
    assert overlap(more, text_key(*key)) >= overlap(ours, text_key(*key)) - 1e-12
