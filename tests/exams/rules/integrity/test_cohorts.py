import pytest

from training.exams.rules.integrity.cohorts import two_sided, unusual_groups
from training.exams.rules.pool import is_overused


def test_worked_examples_of_fishers_test() -> None:
    assert two_sided(3, 4, 4, 8) == pytest.approx(0.485714, abs=1e-6)
    assert two_sided(10, 10, 15, 25) == pytest.approx(0.000965, abs=1e-6)


def test_a_team_that_passes_far_oftener_than_all_others_stands_out() -> None:
    found = unusual_groups({"Night": (30, 30), "Day": (20, 40), "Late": (22, 40)})
    assert [(group.name, group.stands_out) for group in found] == [("Day", False), ("Late", False), ("Night", True)]
    assert (found[2].others_passed, found[2].others_count) == (42, 80)


def test_small_teams_are_not_compared() -> None:
    assert [group.name for group in unusual_groups({"Small": (9, 9), "Large": (10, 30)})] == []
    assert unusual_groups({}) == []


@pytest.mark.parametrize(("forms", "drawn", "overused"), [(5, 20, False), (6, 20, True), (19, 19, False), (0, 0, False)])
def test_an_item_is_overused_on_more_than_a_quarter_of_enough_forms(forms: int, drawn: int, overused: bool) -> None:
    assert is_overused(forms, drawn) is overused
