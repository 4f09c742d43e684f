"""What the bank has for each quota: now, with what returns, and for somebody who sits again."""

from tests.exams.banks import cell, pool_item
from training.exams.rules.blueprint import Blueprint
from training.exams.rules.pool import FORMS_BEFORE_EXPOSURE_BINDS, PoolItem, Usage
from training.exams.rules.supply import Shelf, drawn_now, supply_of

UNUSED = Usage(0, {}, frozenset())
BLUEPRINT = Blueprint(2, (cell(2, 2, area="PRO"), cell(0, 1, decision_class="innocent")))


def items(count: int, **values: str) -> list[PoolItem]:
    return [pool_item(number, **values) for number in range(count)]


def test_look_alikes_count_once_and_a_short_quota_says_so() -> None:
    alike = [pool_item(1, family="one"), pool_item(2, family="one"), pool_item(3, area="IPR")]
    pro, innocent = supply_of(BLUEPRINT, Shelf(alike, [], UNUSED), ())
    assert (pro.now, pro.returning, pro.is_short, pro.exposure) == (1, 0, True, None)
    assert (innocent.now, innocent.is_short) == (0, False), "a quota that asks for none is never short"


def test_what_is_held_returns_but_for_a_look_alike_of_what_is_drawn() -> None:
    held = [pool_item(10), pool_item(11, family="family-0"), pool_item(12, area="IPR")]
    pro, _ = supply_of(BLUEPRINT, Shelf(items(3), held, UNUSED), ())
    assert (pro.now, pro.returning) == (3, 1)


def test_what_is_not_live_yet_is_told_apart_but_for_a_look_alike_of_what_is() -> None:
    not_live = [pool_item(10), pool_item(11, family="family-0"), pool_item(12, area="IPR")]
    pro, _ = supply_of(BLUEPRINT, Shelf(items(3), [], UNUSED, not_live), ())
    assert (pro.now, pro.returning, pro.not_live) == (3, 0, 1)


def test_what_was_on_more_than_a_quarter_of_the_forms_rests_where_the_bank_allows() -> None:
    usage = Usage(FORMS_BEFORE_EXPOSURE_BINDS, {"item-0": 6, "item-1": 2}, frozenset())
    plenty, scarce = Shelf(items(8), [], usage), Shelf(items(7), [], usage)
    assert [item.slug for item in drawn_now(BLUEPRINT, plenty)] == [f"item-{number}" for number in range(1, 8)]
    pro, _ = supply_of(BLUEPRINT, plenty, ())
    assert (pro.now, pro.returning, pro.exposure) == (7, 1, 0.3)
    assert len(drawn_now(BLUEPRINT, scarce)) == 7, "below four forms' worth the cap keeps nothing out"


def test_what_a_form_showed_rests_for_whoever_sat_it() -> None:
    shelf, form = Shelf(items(3), [], UNUSED), items(2)
    pro, _ = supply_of(BLUEPRINT, shelf, [form])
    assert (pro.now, pro.again, pro.is_short, pro.is_short_again) == (3, 1, False, True)
