"""Figures count everybody active in one group: what is kept is what counting everybody anew says, whatever happened in whatever order."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory, TeamFactory
from training import clock
from training.accounts.rules import FactKind, Role, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.db import begin_writing, db
from training.insights import queries
from training.insights.models import OrganisationMember, OrganisationNote
from training.insights.services.counting import count_noted
from training.insights.services.recounting import counted_anew, counted_by_what_is_kept
from training.insights.tasks import count_the_organisation

CHANGES = st.one_of(
    st.tuples(st.just(FactKind.TEAM), st.sampled_from([None, 0, 1])),
    st.tuples(st.just(FactKind.STATUS), st.sampled_from(list(Status))),
    st.tuples(st.just(FactKind.ROLES), st.sampled_from([["moderator"], ["lead"], ["lead", "moderator"]])),
    st.tuples(st.just(FactKind.MARKETS), st.sampled_from([[], ["ID"], ["ID", "MY"], ["MY", "ID"]])),
    st.tuples(st.just(FactKind.LANGUAGES), st.sampled_from([[], ["id"], ["en", "id"]])),
)


@pytest.fixture
def crew(app):
    """Three people, two teams, and instants ten days apart: time never goes back between examples."""
    began = clock.now()
    return [PersonFactory() for _ in range(3)], [TeamFactory().id, TeamFactory().id], (began + timedelta(days=10 * number) for number in count())


def counted_until(now):
    db.session.commit()
    count_the_organisation(now)
    while queries.is_anything_to_count(now=now):
        count_the_organisation(now)
    db.session.commit()
    db.session.expire_all()


def assert_kept_is_counted_anew(now):
    kept, anew = counted_by_what_is_kept(now=now), counted_anew(now=now)
    assert dict(kept.sizes) == dict(anew.sizes)
    assert dict(kept.tallies) == dict(anew.tallies)
    assert db.session.scalar(select(func.count()).select_from(OrganisationMember)) == sum(kept.sizes.values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 2), CHANGES, st.integers(-2, 2)), max_size=8))
def test_what_is_kept_is_what_counting_everybody_anew_says(crew, changes):
    """Facts take effect earlier, now or on a day to come; the database is not emptied between the examples."""
    people, teams, instants = crew
    now = next(instants)
    for whose, (kind, value), days in changes:
        said = teams[value] if kind is FactKind.TEAM and value is not None else value
        record_facts(people[whose], {kind: said}, effective_from=now + timedelta(days=days), by=SYSTEM, now=now)
    for days in range(4):
        counted_until(now + timedelta(days=days))
        assert_kept_is_counted_anew(now + timedelta(days=days))


def test_notes_wait_for_their_day_and_are_taken_away_when_they_are_counted(app):
    person, now = PersonFactory(markets=("ID",)), clock.now()
    record_facts(person, {FactKind.MARKETS: ["MY"]}, effective_from=now + timedelta(days=3), by=SYSTEM, now=now)
    counted_until(now)
    assert [known.group.markets for known in queries.known_groups()] == [("ID",)]
    assert db.session.scalar(select(func.count()).select_from(OrganisationNote)) == 1
    counted_until(now + timedelta(days=3))
    assert [known.group.markets for known in queries.known_groups()] == [("MY",)]
    assert not db.session.scalar(select(func.count()).select_from(OrganisationNote))


def test_notes_are_taken_in_portions_and_none_is_lost(app):
    people = [PersonFactory() for _ in range(5)]
    db.session.commit()
    now, taken = clock.now(), []
    while queries.is_anything_to_count(now=now):
        begin_writing()
        taken.append(count_noted(now=now, limit=7))
        db.session.commit()
    assert len(taken) > 1
    assert sum(known.person_count for known in queries.known_groups()) == len(people)


def test_who_decides_no_cases_is_in_a_group_of_their_own(app):
    PersonFactory(roles=(Role.LEAD,)), PersonFactory(roles=(Role.LEAD, Role.MODERATOR))
    counted_until(clock.now())
    assert sorted(known.group.is_moderating for known in queries.known_groups()) == [False, True]


def test_operators_look_whether_figures_are_right_and_count_everybody_anew(app):
    PersonFactory(markets=("ID",))
    asked = app.test_cli_runner()
    assert "flask figures recount" in asked.invoke(args=["figures", "check"]).output
    assert "Everybody is noted" in asked.invoke(args=["figures", "recount"]).output
    counted_until(clock.now())
    checked = asked.invoke(args=["figures", "check"])
    assert checked.exit_code == 0 and "of 1 people" in checked.output
