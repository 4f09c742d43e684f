"""What leads are told about care: counts of five or more, which no other count beside them takes apart."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.conftest import Browser
from tests.practice.factories import ConsentEventFactory, PracticeSessionFactory, ServingFactory
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role
from training.actors import SYSTEM
from training.db import db
from training.practice import queries
from training.practice.models import SevereExposure
from training.practice.rules import Sensitivity, latest_told, months_begun, told_count

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
MAY, APRIL = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("count", "of", "told"), [(0, 20, None), (4, 20, None), (5, 20, 5), (15, 20, 15), (16, 20, None), (20, 20, None), (5, 9, None)])
def test_a_count_is_told_where_five_are_in_it_and_five_are_not(count: int, of: int, told: int | None) -> None:
    assert told_count(count, of=of) == told


def group(*spans: tuple[int, int]) -> frozenset[int]:
    return frozenset(number for first, last in spans for number in range(first, last))


@pytest.mark.parametrize(
    ("groups", "latest"),
    [
        ([], None),
        ([group((0, 9))], None),
        ([group((0, 10))], 0),
        ([group((0, 10)), group((0, 11))], 0),
        ([group((0, 10)), group((0, 10))], 1),
        ([group((0, 10)), group((0, 15))], 1),
        ([group((0, 10)), group((0, 13)), group((0, 16))], 2),
        ([group((0, 10)), group((0, 15)), group((0, 11))], 1),
        ([group((0, 12)), group((0, 3))], 0),
    ],
)
def test_a_group_that_is_nearly_one_told_of_before_is_not_told_of(groups: list[frozenset[int]], latest: int | None) -> None:
    assert latest_told(groups) == latest


@given(st.lists(st.frozensets(st.integers(0, 18), min_size=8), max_size=8), st.frozensets(st.integers(0, 18)))
def test_whatever_is_told_over_the_months_no_two_counts_differ_by_fewer_than_five_people(groups: list[frozenset[int]], having: frozenset[int]) -> None:
    told = {place for months in range(1, len(groups) + 1) if (place := latest_told(groups[:months])) is not None}
    counted = [groups[place] for place in told]
    assert all(one == other or len(one ^ other) >= 5 for one in counted for other in counted)
    for each in counted:
        count = told_count(len(each & having), of=len(each))
        assert count is None or (len(each & having) >= 5 and len(each - having) >= 5)


def test_months_begin_on_their_first_day() -> None:
    assert months_begun(now=datetime(2026, 2, 3, tzinfo=UTC), count=3) == [
        datetime(2025, 12, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 2, 1, tzinfo=UTC),
    ]


@pytest.fixture
def team(app: Flask) -> Any:
    return TeamFactory(name="Night shift")


def members(team: Any, count: int, **facts: Any) -> list[Person]:
    return [PersonFactory(team=team, **facts) for _number in range(count)]


def shown(person: Person, at: datetime, *, skipped_at: datetime | None = None) -> None:
    serving = ServingFactory(session=PracticeSessionFactory(person_id=person.id, ended_at=at), case=CaseFactory(), is_severe=True, skipped_at=skipped_at)
    db.session.add(SevereExposure(person_id=person.id, serving_id=serving.id, shown_at=at))
    db.session.commit()


def test_counts_are_of_the_teams_people_at_the_months_begin_and_of_the_month_before(team: Any) -> None:
    people = members(team, 12)
    others = members(TeamFactory(), 12)
    for person in (*people[:6], *others):
        shown(person, APRIL + DAY)
        shown(person, MAY + DAY)
        ConsentEventFactory(person_id=person.id, sensitivity="violence", effective_from=APRIL)
        ConsentEventFactory(person_id=person.id, sensitivity="hate", effective_from=MAY + DAY)
    shown(people[7], APRIL + DAY, skipped_at=APRIL + DAY)
    counts = queries.care_counts(team.id, now=NOW)
    assert counts is not None
    assert (counts.at, counts.people_count, counts.shown_count, counts.case_count) == (MAY, 12, 6, 6)
    assert {kind: count for kind, count in counts.unavailable.items() if count} == {Sensitivity.VIOLENCE: 6}


def test_one_who_joins_changes_nothing_that_is_told(team: Any) -> None:
    people = members(team, 12)
    for person in people[:6]:
        ConsentEventFactory(person_id=person.id, effective_from=APRIL - DAY)
    before = queries.care_counts(team.id, now=NOW - timedelta(days=31))
    newcomer = PersonFactory()
    accounts.record_facts(newcomer, {FactKind.TEAM: team.id}, effective_from=APRIL + DAY, by=SYSTEM, now=APRIL + DAY)
    db.session.commit()
    ConsentEventFactory(person_id=newcomer.id, effective_from=APRIL + DAY)
    after = queries.care_counts(team.id, now=NOW)
    assert before is not None
    assert before.unavailable[Sensitivity.VIOLENCE] == 6
    assert after == before


def test_a_lead_reads_counts_and_never_names(team: Any, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> None:
    people = members(team, 12)
    for person in people[:6]:
        ConsentEventFactory(person_id=person.id, effective_from=APRIL)
    ConsentEventFactory(person_id=people[0].id, sensitivity="hate", effective_from=APRIL)
    lead = PersonFactory(team=team, roles=[Role.LEAD])
    with time_machine.travel(NOW, tick=False):
        page = sign_in(browser, lead).get("/practice/team/care").text
    assert "6 of 13" in page
    assert page.count("Not told: fewer than 5") == 5
    assert not any(person.name in page for person in people)


def test_a_lead_sees_their_own_team_alone_and_a_trainer_any(team: Any, as_role: Callable[..., Browser]) -> None:
    members(team, 10)
    assert "Nothing to tell" in as_role(Role.LEAD).get(f"/practice/team/care?team={team.id}").text
    assert "Night shift" in as_role(Role.TRAINER).get(f"/practice/team/care?team={team.id}").text
    assert as_role(Role.TRAINER).get("/practice/team/care?team=99999").status_code == 404
    assert as_role(Role.MODERATOR).get("/practice/team/care").status_code == 403
