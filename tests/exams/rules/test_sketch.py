"""Exams sketched from a few numbers, as the power meter sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.blueprint import PassRule
from training.exams.rules.power import power
from training.exams.rules.sketch import Sketch, sketch_of

PARTS = st.integers(0, 5)


@given(st.lists(st.integers(1, 20), min_size=4, max_size=6), PARTS, PARTS, PARTS, PARTS)
def test_a_sketch_comes_to_what_it_says(areas: list[int], clear: int, serious: int, gravest: int, innocent: int) -> None:
    sketch = Sketch(tuple(areas), clear, serious, gravest, innocent)
    if sketch.is_possible:
        assert sketch_of(sketch.form()) == sketch


def test_parts_that_are_more_than_the_whole_are_impossible() -> None:
    assert not Sketch((5, 5), 4, 4, 2, 1).is_possible


@pytest.mark.parametrize(("areas", "needed", "accuracy", "chance"), [((50,), 90, 0.80, 0.048), ((50,), 90, 0.95, 0.962), ((20,), 90, 0.85, 0.405)])
def test_the_worked_figures_from_a_sketch(areas: tuple[int, ...], needed: int, accuracy: float, chance: float) -> None:
    chances = {each.accuracy: each for each in power([Sketch(areas).form()], PassRule(needed, 0, 5, 0, 0), tries=3)}
    assert round(chances[accuracy].low, 3) == chance


def test_three_tries_as_worked() -> None:
    chances = {each.accuracy: each for each in power([Sketch((20,)).form()], PassRule(90, 0, 5, 0, 0), tries=3)}
    assert round(chances[0.85].low_in_all, 3) == 0.789
