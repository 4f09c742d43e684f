"""Which concept comes next, and which case of it: by values and properties."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cases.rules import Difficulty
from training.practice.rules import (
    Candidate,
    ConceptStanding,
    Offer,
    Practised,
    Recent,
    Review,
    calls_for_near_miss,
    may_call_for_near_miss,
    pick,
    pick_again,
    ranked,
    stood,
)
from training.practice.rules.picking import RECENT_COUNT
from training.practice.rules.rotation import APART

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
MIDNIGHT = NOW.replace(hour=0)


def standing(*, days_ago: float = 1, number: int = 100, right: Sequence[bool] = (True,), confused: str | None = None) -> ConceptStanding:
    """Somebody answered cases of a concept, the last one so long ago."""
    found = None
    for place, is_right in enumerate(right):
        at = NOW - timedelta(days=days_ago, minutes=10 * (len(right) - place - 1))
        found = stood(found, Review(at, number, is_right=is_right, chosen_label=None if is_right else confused))
    assert found is not None
    return found


def first(standings: dict[str, ConceptStanding], *others: str, recent: Sequence[str] = (), cases: int = 20) -> str:
    """The concept that comes next, of those practised and these others."""
    offers = {concept: Offer(concept, concept[:3], cases) for concept in (*standings, *others)}
    return ranked(offers, Practised(standings, recent), now=NOW, midnight=MIDNIGHT)[0]


def test_without_concepts_there_is_nothing_next() -> None:
    assert ranked({}, Practised({}), now=NOW, midnight=MIDNIGHT) == []


def test_every_concept_is_surveyed_before_any_comes_twice() -> None:
    assert first({"PRO-03.a": standing(days_ago=20, right=[False])}, "PRO-04.a") == "PRO-04.a"


def test_the_survey_takes_turns_among_areas() -> None:
    assert first({}, "CLM-01.a", "CLM-02.a", "PRO-03.a") == "CLM-01.a"
    assert first({"CLM-01.a": standing()}, "CLM-02.a", "PRO-03.a") == "PRO-03.a"


def test_the_weaker_of_two_comes_first() -> None:
    strong, weak = standing(right=[True, True, True]), standing(right=[True, False, True])
    assert first({"PRO-03.a": strong, "PRO-04.a": weak}) == "PRO-04.a"


def test_of_two_alike_the_one_longer_ago_comes_first() -> None:
    assert first({"PRO-03.a": standing(days_ago=2), "PRO-04.a": standing(days_ago=5)}) == "PRO-04.a"


def test_what_rested_for_nearly_two_weeks_comes_before_what_is_weak() -> None:
    assert first({"PRO-03.a": standing(days_ago=13, right=[True] * 4), "PRO-04.a": standing(days_ago=5, right=[False] * 4)}) == "PRO-03.a"


def test_what_rested_for_a_round_and_a_quarter_comes_before_what_is_weak() -> None:
    standings = {f"PRO-{number:02}.a": standing(number=100 - number, right=[False]) for number in range(20)}
    assert first(standings | {"CLM-01.a": standing(number=75, right=[True] * 4)}) != "CLM-01.a"
    assert first(standings | {"CLM-01.a": standing(number=73, right=[True] * 4)}) == "CLM-01.a"


def test_eight_cases_lie_between_two_of_a_concept() -> None:
    standings = {f"PRO-{number:02}.a": standing(right=[number != 9]) for number in range(10)}
    recent = ["PRO-09.a", *(f"PRO-{number:02}.a" for number in range(9))]
    assert first(standings, recent=recent[1:]) == "PRO-09.a"
    assert first(standings, recent=recent) == "PRO-07.a"
    assert first(standings, recent=[*recent[1:9], "PRO-09.a"]) == "PRO-09.a"


def test_a_concept_does_not_come_twice_a_day_unless_it_was_just_failed() -> None:
    right, failed, other = standing(days_ago=0.1, right=[False, True]), standing(days_ago=0.1, right=[False]), standing(days_ago=3, right=[True] * 5)
    assert first({"PRO-03.a": right, "PRO-04.a": other}) == "PRO-04.a"
    assert first({"PRO-03.a": failed, "PRO-04.a": other}) == "PRO-03.a"


def test_where_everything_came_today_the_oldest_comes_again() -> None:
    assert first({"PRO-03.a": standing(days_ago=0.1, number=2), "PRO-04.a": standing(days_ago=0.2, number=1)}) == "PRO-04.a"


def test_what_has_unseen_cases_comes_before_what_has_none() -> None:
    seen, fresh = standing(right=[False, False]), standing(right=[True])
    assert first({"PRO-03.a": seen, "PRO-04.a": fresh}, cases=2) == "PRO-04.a"


def test_what_the_last_concept_was_confused_with_comes_beside_it() -> None:
    standings = {
        "PRO-03.a": standing(right=[False], confused="CLM-02", days_ago=0),
        "CLM-02.b": standing(right=[True] * 4),
        "PRO-09.a": standing(right=[False] * 4),
    }
    assert first(standings, recent=["PRO-03.a"]) == "CLM-02.b"
    assert first(standings, recent=["PRO-08.a", "PRO-03.a"]) == "PRO-09.a"


standings_by_concept = st.dictionaries(
    st.sampled_from([f"{area}-{number:02}.a" for area in ("PRO", "CLM", "IPR") for number in range(5)]),
    st.builds(standing, days_ago=st.floats(0, 20), number=st.integers(1, 60), right=st.lists(st.booleans(), min_size=1, max_size=4)),
)


@given(standings_by_concept, st.lists(st.sampled_from(["PRO-01.a", "CLM-02.a", "IPR-03.a"]), max_size=12), st.randoms())
def test_the_same_state_gives_the_same_order_in_whatever_order_it_is_read(standings: dict[str, ConceptStanding], recent: list[str], random: Any) -> None:
    offers = [Offer(concept, concept[:3], 3) for concept in {*standings, "PRO-01.a", "IPR-04.a"}]
    order = ranked({offer.concept: offer for offer in offers}, Practised(standings, recent), now=NOW, midnight=MIDNIGHT)
    random.shuffle(offers)
    assert order == ranked({offer.concept: offer for offer in offers}, Practised(dict(standings), recent), now=NOW, midnight=MIDNIGHT)
    assert sorted(order) == sorted(offer.concept for offer in offers)


CLEAR, TYPICAL, BORDERLINE = Difficulty.CLEAR, Difficulty.TYPICAL, Difficulty.BORDERLINE


def cases(*difficulties: Difficulty) -> list[Candidate]:
    return [Candidate(number, f"family-{number}", difficulty) for number, difficulty in enumerate(difficulties, start=1)]


def looked(*borderline: bool, families: Sequence[str] = (), is_answered: bool = True, has_near_miss: bool = True) -> list[Recent]:
    named = [*families, *("another",) * len(borderline)]
    return [Recent(900 + place, "PRO-09.a", named[place], 1, has_near_miss, each, is_answered) for place, each in enumerate(borderline)]


def picked(candidates: list[Candidate], known: ConceptStanding | None = None, recent: Sequence[Recent] = ()) -> int | None:
    found = pick(candidates, known, recent)
    return found.case_id if found else None


def test_clear_cases_come_first_until_the_concept_was_answered_right_and_after_a_failure() -> None:
    offered = cases(BORDERLINE, TYPICAL, CLEAR)
    assert picked(offered) == 3
    assert picked(offered, standing(right=[True, False])) == 3
    assert picked(offered, standing(right=[False, True])) == 2


def test_then_cases_come_as_they_are_numbered() -> None:
    assert picked(cases(TYPICAL, CLEAR, TYPICAL), standing(right=[True])) == 1
    assert picked(cases(CLEAR, TYPICAL), standing(right=[True])) == 1


def test_borderline_cases_are_a_quarter_of_a_concept_at_most() -> None:
    calm = looked(*[False] * RECENT_COUNT)
    offered = cases(BORDERLINE, TYPICAL)
    assert picked(offered, standing(right=[True] * 2), calm) == 2
    assert picked(offered, standing(right=[True] * 3), calm) == 1


def test_a_concept_with_nothing_but_borderline_cases_left_brings_one_where_the_last_cases_leave_room() -> None:
    assert picked(cases(BORDERLINE), standing(right=[True]), looked(*[False] * RECENT_COUNT)) == 1
    assert picked(cases(BORDERLINE), standing(right=[True]), looked(True, True, True, *[False] * 11)) is None
    assert picked(cases(BORDERLINE)) is None


def test_look_alikes_of_the_last_cases_are_put_off() -> None:
    offered = cases(CLEAR, TYPICAL)
    assert picked(offered, None, looked(False, families=["family-1"])) == 2
    assert picked(offered[:1], None, looked(False, families=["family-1"])) == 1


def test_cases_answered_before_come_again_in_their_order() -> None:
    offered = cases(TYPICAL, CLEAR, BORDERLINE)[::-1]
    again = pick_again(offered, standing(right=[True] * 3), looked(*[False] * 3))
    assert again is not None
    assert again.case_id == 2


@pytest.mark.parametrize(
    ("recent", "session_id", "called"),
    [
        (looked(True, False), 1, True),
        (looked(False, has_near_miss=False), 1, False),
        (looked(True), 2, False),
        (looked(True, is_answered=False), 1, False),
        ([], 1, False),
    ],
)
def test_a_case_just_answered_may_call_for_its_near_miss(recent: list[Recent], session_id: int, called: bool) -> None:
    assert may_call_for_near_miss(recent, session_id=session_id) is called


@pytest.mark.parametrize(
    ("recent", "near_miss", "called"),
    [
        (looked(True), TYPICAL, True),
        (looked(True), BORDERLINE, True),
        (looked(False), TYPICAL, False),
        (looked(*[False] * 3), BORDERLINE, True),
        (looked(*[False] * 2), BORDERLINE, False),
    ],
)
def test_a_near_miss_stands_beside_where_one_of_the_two_is_borderline(recent: list[Recent], near_miss: Difficulty, called: bool) -> None:
    assert calls_for_near_miss(recent, near_miss) is called


def test_the_near_miss_of_a_borderline_case_waits_for_it() -> None:
    kept = Candidate(1, "family-1", CLEAR, is_kept_for_pair=True)
    assert picked([kept, *cases(TYPICAL, TYPICAL)[1:]]) == 2
    assert picked([kept]) == 1


def test_over_weeks_every_rule_holds() -> None:
    """Forty concepts, twenty cases a day, every third answer wrong."""
    size, days, a_day = 40, 30, 20
    offers = {f"PRO-{number:02}.a": Offer(f"PRO-{number:02}.a", "PRO", 100) for number in range(size)}
    standings: dict[str, ConceptStanding] = {}
    served: list[tuple[int, str]] = []
    for number in range(days * a_day):
        day = number // a_day
        now = MIDNIGHT + timedelta(days=day, hours=9, minutes=number % a_day)
        recent = [concept for _day, concept in reversed(served[-RECENT_COUNT:])]
        concept = ranked(offers, Practised(standings, recent), now=now, midnight=MIDNIGHT + timedelta(days=day))[0]
        if number >= size:
            assert concept not in recent[:APART]
            assert standings[concept].memory.reviewed_at < MIDNIGHT + timedelta(days=day) or standings[concept].is_failed
            assert max(now - each.memory.reviewed_at for each in standings.values()) < timedelta(days=14)
        standings[concept] = stood(standings.get(concept), Review(now, number + 1, is_right=number % 3 > 0))
        served.append((day, concept))
    assert len({concept for _day, concept in served[:size]}) == size
    assert min(Counter(concept for _day, concept in served).values()) >= days * a_day // size * 0.7
