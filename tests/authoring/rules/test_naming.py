"""Names: how a rule begins, and which id comes next."""

import pytest

from training.authoring.rules.naming import LONGEST_BEGINNING, beginning_of, next_free


@pytest.mark.parametrize(
    ("taken", "free"),
    [([], "case-001"), (["case-007", "case-2"], "case-008"), (["case-c014", "case-one", "item-040", "case-009-b"], "case-001"), (["case-1200"], "case-1201")],
)
def test_the_next_id_is_the_number_behind_the_highest(taken: list[str], free: str) -> None:
    assert next_free("case", taken) == free


def test_a_rule_stands_beside_its_code_as_it_begins() -> None:
    assert beginning_of("Rule. No offers of firearms.") == "No offers of firearms."
    long = beginning_of("Rule. " + "weapon " * 40)
    assert len(long) <= LONGEST_BEGINNING and long.endswith("weapon…")
