"""The way from the first day to unsupervised work."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.insights.rules.funnel import STAGES, Milestones, Stage, packed
from training.insights.rules.waiting import Median, Waits
from training.insights.rules.ways import funnel_of, hired_in, months_of_hiring, unpacked, waits_for

FIRST = date(2026, 3, 2)
TODAY = 40


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def someone(left: int | None = None, is_in_shadow: bool = True, **days: int) -> Milestones:
    return Milestones({Stage(name): day(number) for name, number in days.items()}, day(left) if left is not None else None, is_in_shadow)


def ways(*people: Milestones):
    return unpacked([packed(people)])


def waits(person: Milestones, stage: str, start: str = "") -> Waits:
    of = Stage(stage)
    return waits_for(ways(person), of, Stage(start) if start else STAGES[STAGES.index(of) - 1], today=day(TODAY))


def test_a_whole_way_is_timed_stage_by_stage():
    person = someone(hired=0, read=2, course=9, exam=10, certified=10, open=11, unsupervised=25)

    assert [waits(person, stage) for stage in STAGES[1:]] == [Waits({number: 1}) for number in (2, 7, 1, 0, 1, 14)]
    assert waits(person, "unsupervised", "hired") == Waits({25: 1})


def test_who_waits_still_has_waited_until_today():
    assert waits(someone(hired=0, read=2), "course") == Waits({}, {TODAY - 2: 1})


def test_who_left_waited_until_then():
    assert waits(someone(hired=0, read=2, left=30), "course") == Waits({}, {28: 1})


def test_who_went_on_without_a_stage_waited_for_it_until_then_and_is_not_timed_from_it():
    person = someone(hired=0, read=2, exam=12)

    assert waits(person, "course") == Waits({}, {10: 1})
    assert waits(person, "exam") == Waits()
    assert waits(person, "exam", "hired") == Waits({12: 1})


def test_what_came_in_reverse_order_took_no_time():
    assert waits(someone(hired=5, read=3), "read") == Waits({0: 1})


def test_who_never_works_in_shadow_does_not_wait_for_its_end():
    person = someone(hired=0, open=9, is_in_shadow=False)

    assert waits(person, "unsupervised") == Waits()
    assert person.is_done


@pytest.mark.parametrize(
    ("person", "furthest", "is_done"),
    [
        (someone(hired=0), Stage.HIRED, False),
        (someone(hired=0, certified=4), Stage.CERTIFIED, False),
        (someone(hired=0, open=4), Stage.OPEN, False),
        (someone(hired=0, unsupervised=4), Stage.UNSUPERVISED, True),
        (someone(hired=0, left=4), Stage.HIRED, True),
    ],
)
def test_how_far_somebody_is_follows_from_the_last_stage(person, furthest, is_done):
    assert (person.furthest, person.is_done) == (furthest, is_done)


def test_the_funnel_counts_who_got_where_and_who_is_there_still():
    people = [
        someone(hired=0),
        someone(hired=0, left=9),
        someone(hired=0, read=1),
        someone(hired=0, read=1, certified=3),
        someone(hired=0, certified=3, left=8),
    ]

    lines = funnel_of(ways(*people), today=day(TODAY))

    assert [(line.stage.value, line.reached, line.staying, line.gone) for line in lines] == [
        ("hired", 5, 1, 1),
        ("read", 3, 1, 0),
        ("course", 2, 0, 0),
        ("exam", 2, 0, 0),
        ("certified", 2, 1, 1),
        ("open", 0, 0, 0),
        ("unsupervised", 0, 0, 0),
    ]


def test_a_median_is_told_of_ten_people_on():
    people = [someone(hired=0, read=number) for number in range(1, 10)]

    assert funnel_of(ways(*people), today=day(TODAY))[1].since_before is None
    assert funnel_of(ways(*people, someone(hired=0, read=10)), today=day(TODAY))[1].since_before == Median(1, 5, 8)


def test_of_nobody_nothing_is_told():
    lines = funnel_of(unpacked([]), today=day(TODAY))

    assert [(line.reached, line.timed, line.since_hired) for line in lines] == [(0, 0, None)] * len(STAGES)


def test_people_are_told_apart_by_the_month_in_which_they_were_hired():
    all_of_them = ways(someone(hired=0), someone(hired=29), someone(hired=30), someone(hired=60))

    assert months_of_hiring(all_of_them) == [date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 1)]
    assert [len(hired_in(all_of_them, month)) for month in months_of_hiring(all_of_them)] == [1, 1, 2]


ANYBODY = st.builds(
    lambda days, left, is_in_shadow: Milestones({Stage.HIRED: FIRST} | {stage: day(number) for stage, number in days.items()}, left, is_in_shadow),
    st.dictionaries(st.sampled_from(STAGES), st.integers(0, TODAY), max_size=7),
    st.none() | st.integers(0, TODAY).map(day),
    st.booleans(),
)


@given(st.lists(ANYBODY, max_size=30))
def test_nobody_is_lost_between_two_stages(people):
    lines = funnel_of(ways(*people), today=day(TODAY))

    assert [line.reached - line.staying - line.gone for line in lines] == [*(line.reached for line in lines[1:]), 0]
    assert Counter({line.stage: line.staying + line.gone for line in lines}) == Counter(person.furthest for person in people)


@given(st.lists(ANYBODY, max_size=30), st.sampled_from(STAGES[1:]), st.booleans())
def test_many_are_counted_as_one_by_one(people, stage, is_since_hired):
    start = Stage.HIRED if is_since_hired else STAGES[STAGES.index(stage) - 1]
    summed = Waits()
    for person in people:
        summed += one_wait(person, stage, start)

    assert waits_for(ways(*people), stage, start, today=day(TODAY)) == summed


def one_wait(person: Milestones, stage: Stage, start: Stage) -> Waits:
    """The same of one person, in plain words."""
    begun = person.days.get(start)
    if begun is None or (stage is Stage.UNSUPERVISED and not person.is_in_shadow):
        return Waits()
    if stage in person.days:
        return Waits({max(0, (person.days[stage] - begun).days): 1})
    beyond = [on for later, on in person.days.items() if STAGES.index(later) > STAGES.index(stage)]
    ended = min([*beyond, person.left_on or day(TODAY)])
    return Waits({}, {max(0, (ended - begun).days): 1})
