"""How long a form takes."""

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.expected_time import ASSUMED_SECONDS, expected_time


def test_known_medians_count_before_assumptions() -> None:
    found = expected_time([[1, 2], [2, 3]], {1: 30.0, 2: 50.0}, {1: 45.0, 2: 45.0, 3: 90.0})
    assert found is not None
    assert (found.seconds, found.known_share, found.minutes) == ((80.0 + 140.0) / 2, 0.75, 2)


def test_without_a_form_nothing_is_said() -> None:
    assert expected_time([], {}, {}) is None and expected_time([[]], {}, {}) is None


def test_every_kind_has_an_assumption() -> None:
    assert set(ASSUMED_SECONDS) == set(ItemKind)
