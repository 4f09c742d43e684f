from tests.exams.banks import BLUEPRINT, bank, cell, pool_item
from training.exams.rules.blueprint import Blueprint
from training.exams.rules.feasibility import Lack, LackKind, lacks

PRO = [pool_item(number) for number in range(10)]
IPR = [pool_item(100 + number, area="IPR") for number in range(10)]


def test_a_bank_that_can_fill_the_form_lacks_nothing() -> None:
    assert lacks(BLUEPRINT, bank(120)) == ()


def test_too_few_items_in_all_are_said_with_figures() -> None:
    assert lacks(Blueprint(30, ()), PRO + IPR) == (Lack(LackKind.TOO_FEW_ITEMS, "", 30, 20),)


def test_the_quota_that_lacks_items_is_named() -> None:
    blueprint = Blueprint(15, (cell(3, 12, area="PRO"), cell(4, 8, area="IPR", kind="case"), cell(1, 1, severity="S4")))
    assert lacks(blueprint, PRO + IPR) == (
        Lack(LackKind.CELL_TOO_FEW, "area IPR, kind case", 4, 0),
        Lack(LackKind.CELL_TOO_FEW, "severity S4", 1, 0),
    )


def test_look_alikes_count_as_one() -> None:
    twins = [pool_item(number, family=f"f{number // 2}") for number in range(10)]
    assert lacks(Blueprint(6, (cell(6, 6, area="PRO"),)), twins)[1] == Lack(LackKind.CELL_TOO_FEW, "area PRO", 6, 5)


def test_a_maximum_that_leaves_too_few_others_is_named() -> None:
    assert lacks(Blueprint(15, (cell(0, 3, area="PRO"),)), PRO + IPR) == (Lack(LackKind.TOO_FEW_OUTSIDE_CELL, "area PRO", 12, 10),)


def test_quotas_that_stand_in_each_others_way_are_named_with_what_would_do() -> None:
    blueprint = Blueprint(10, (cell(6, 10, area="PRO"), cell(5, 10, area="IPR")))
    assert lacks(blueprint, PRO + IPR) == (
        Lack(LackKind.CELL_IN_THE_WAY, "area PRO", 6, 5),
        Lack(LackKind.CELL_IN_THE_WAY, "area IPR", 5, 4),
    )


def test_a_maximum_in_the_way_is_named_too() -> None:
    blueprint = Blueprint(10, (cell(8, 10, area="PRO"), cell(0, 4, decision_class="violating"), cell(0, 10, area="IPR")))
    items = PRO + [pool_item(200 + number, decision_class="innocent", area="IPR") for number in range(10)]
    assert lacks(blueprint, items) == (
        Lack(LackKind.CELL_IN_THE_WAY, "area PRO", 8, 4),
        Lack(LackKind.CELL_IN_THE_WAY, "decision_class violating", 4, 8),
    )


def test_quotas_that_fail_only_together_are_said_so() -> None:
    blueprint = Blueprint(10, (cell(6, 10, area="PRO"), cell(6, 10, area="IPR"), cell(6, 10, area="CLM")))
    items = PRO + IPR + [pool_item(300 + number, area="CLM") for number in range(10)]
    assert [lack.kind for lack in lacks(blueprint, items)] == [LackKind.CELLS_TOGETHER]
