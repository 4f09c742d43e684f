from hypothesis import given
from hypothesis import strategies as st

from tests.exams.banks import bank, cell, pool_item
from training.exams.rules.blueprint import Blueprint
from training.exams.rules.drawing import Basis, draw_form, recorded_tier, shown_order
from training.exams.rules.pilots import pilots_at_once, pilots_for, with_pilots
from training.exams.rules.pool import Pool, PoolItem, Usage, able_items, open_pool

FRESH = Usage(0, {}, frozenset())
BLUEPRINT = Blueprint(10, (), (), 3)
FORM = bank(10)


def places(pilots: tuple[PoolItem, ...], seed: int = 1) -> list[tuple[int, bool]]:
    found = with_pilots(BLUEPRINT, FORM, Pool(FORM, None, pilots), seed)
    return [(place.item.version_id, place.is_pilot) for place in found]


@given(st.integers(0, 2**53), st.integers(0, 6))
def test_items_on_trial_stand_among_the_others_which_keep_their_order(seed: int, count: int) -> None:
    trials = tuple(pool_item(100 + number) for number in range(count))
    found = places(trials, seed)
    assert [version_id for version_id, is_pilot in found if not is_pilot] == [item.version_id for item in FORM]
    assert sum(is_pilot for _, is_pilot in found) == min(3, count)
    assert found == places(trials[::-1], seed)


def test_items_on_trial_stand_anywhere() -> None:
    trials = tuple(pool_item(100 + number) for number in range(3))
    assert {index for seed in range(60) for index, (_, is_pilot) in enumerate(places(trials, seed)) if is_pilot} == set(range(13))


def test_no_look_alike_of_the_form_is_tried_out_nor_two_of_one_family() -> None:
    trials = (pool_item(100, family=FORM[0].family), pool_item(101, family="twins"), pool_item(102, family="twins"))
    assert sum(is_pilot for _, is_pilot in places(trials)) == 1


def test_what_was_tried_out_least_comes_first() -> None:
    trials = tuple(pool_item(100 + number, tier=number // 3) for number in range(6))
    assert {version_id for version_id, is_pilot in places(trials) if is_pilot} == {100, 101, 102}


def test_only_what_could_be_on_the_form_and_is_new_to_the_person_is_tried_out() -> None:
    blueprint = Blueprint(10, (cell(10, 10, area="PRO"),), (), 3)
    trials = [pool_item(1), pool_item(2, area="IPR"), pool_item(3, family="met")]
    assert [item.version_id for item in pilots_for(blueprint, trials, Usage(1, {}, frozenset(), frozenset({"met"})))] == [1]
    assert pilots_for(Blueprint(10, ()), trials, FRESH) == ()


def test_the_record_of_a_pool_without_trials_is_as_it_always_was() -> None:
    assert set(Pool(FORM).record()) == {"items", "sharing_limit"}
    assert Pool(FORM, None, (pool_item(100),)).hash != Pool(FORM).hash


def test_quotas_say_what_can_be_on_a_form_at_all() -> None:
    blueprint = Blueprint(12, (cell(12, 12, area="CLM"), cell(0, 0, kind="case")))
    items = [pool_item(1, area="CLM"), pool_item(2, area="PRO"), pool_item(3, area="CLM", kind="case"), pool_item(4, area="CLM")]
    assert able_items(blueprint, items) == [items[0], items[3]]


def test_in_an_exam_of_one_area_less_used_items_of_that_area_come_first() -> None:
    """The mean use is taken over what may fill the form: over the whole bank, everything that was ever used is used much."""
    items = bank(160)
    ours = [item.slug for item in items if item.traits.area == "CLM"]
    usage = Usage(8, {slug: 6 if place < 20 else 2 for place, slug in enumerate(ours)}, frozenset())
    drawn = Basis(Blueprint(12, (cell(12, 12, area="CLM"),)), items, usage).draw(5)
    assert drawn is not None
    assert all(usage.form_counts[item.slug] == 2 for item in drawn.form)
    assert {item.traits.area for item in drawn.pool.items} == {"CLM"}


def test_look_alikes_of_what_was_met_lately_are_left_out_where_a_form_without_them_can_be_had() -> None:
    items = bank(40)
    recent = frozenset(item.family for item in items[:20])
    drawn = Basis(Blueprint(20, ()), items, Usage(1, {}, frozenset(), recent)).draw(3)
    assert drawn is not None
    assert not {item.family for item in drawn.form} & recent
    assert draw_form(Blueprint(20, ()), drawn.pool, 3) == drawn.form


def test_look_alikes_are_drawn_all_the_same_where_there_is_no_other_form() -> None:
    items = bank(25)
    recent = frozenset(item.family for item in items[:20])
    drawn = Basis(Blueprint(20, ()), items, Usage(1, {}, frozenset(), recent)).draw(3)
    assert drawn is not None
    assert 15 <= sum(item.family in recent for item in drawn.form) <= 17


def test_what_was_met_before_comes_after_its_look_alikes() -> None:
    items = [pool_item(1), pool_item(2), pool_item(3)]
    usage = Usage(1, {}, frozenset({"item-3"}), frozenset({"family-2", "family-3"}))
    assert [item.tier for item in open_pool(items, usage).items] == [0, 2, 4]


def test_tiers_recorded_before_there_was_one_for_look_alikes_are_read_as_they_were_meant() -> None:
    assert [recorded_tier(tier, 1) for tier in range(4)] == [0, 1, 4, 5]
    assert [recorded_tier(tier, 2) for tier in range(6)] == list(range(6))


@given(st.integers(0, 2**53), st.integers(1, 50), st.integers(3, 9))
def test_steps_are_never_shown_in_their_right_order(seed: int, position: int, count: int) -> None:
    steps = list("abcdefghi")[:count]
    shown = shown_order(steps, seed, position, never_as_written=True)
    assert sorted(shown) == steps != shown


def test_so_many_on_trial_one_form_can_show() -> None:
    blueprint = Blueprint(10, (cell(10, 10, area="PRO"),), (), 3)
    assert pilots_at_once(blueprint, []) == 0
    assert pilots_at_once(blueprint, [pool_item(1), pool_item(2, area="IPR"), pool_item(3, family="twins"), pool_item(4, family="twins")]) == 2
    assert pilots_at_once(blueprint, [pool_item(number) for number in range(9)]) == 3
