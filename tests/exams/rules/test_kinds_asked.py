from training.exams.rules.blueprint import Blueprint, Cell, Condition, ItemKind
from training.exams.rules.kinds_asked import kinds_asked

KIND, LANGUAGE, AREA = Condition.KIND, Condition.LANGUAGE, Condition.AREA


def asked(item_count: int, *cells: Cell) -> frozenset[ItemKind]:
    return kinds_asked(Blueprint(item_count, cells))


def test_without_quotas_of_kinds_every_kind_may_be_on_a_form() -> None:
    assert asked(4, Cell(((AREA, "PRO"),), 4, 4)) == frozenset(ItemKind)


def test_a_quota_of_nothing_keeps_a_kind_out() -> None:
    assert asked(4, Cell(((KIND, "typing"),), 0, 0), Cell(((KIND, "case"), (AREA, "PRO")), 0, 0)) == frozenset(ItemKind) - {ItemKind.TYPING}


def test_quotas_in_two_languages_ask_for_different_items_and_fill_the_form() -> None:
    typing = [Cell(((KIND, "typing"), (LANGUAGE, language)), 1, 1) for language in ("en", "id")]
    assert asked(2, *typing) == {ItemKind.TYPING}
    assert asked(3, *typing) == frozenset(ItemKind)


def test_quotas_that_one_item_may_meet_are_not_added_up() -> None:
    overlapping = Cell(((KIND, "short"), (LANGUAGE, "en")), 1, 1), Cell(((KIND, "short"), (AREA, "PRO")), 1, 1)
    assert asked(2, *overlapping) == frozenset(ItemKind)
    assert asked(2, *overlapping, Cell(((KIND, "case"),), 1, 1)) == {ItemKind.SHORT, ItemKind.CASE}
