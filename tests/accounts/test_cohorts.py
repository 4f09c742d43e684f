"""Cohorts that trainers name: who joins and leaves, what stays of it, and who is to join by hiring date or team."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.statements import counted
from tests.threads import at_once
from training import clock
from training.accounts import queries, services
from training.accounts.models import Cohort, Person
from training.accounts.queries import Membership, PeopleFilter, people_page
from training.accounts.rules import AccountReason, FactKind, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import begin_writing, db
from training.errors import Refusal

pytestmark = pytest.mark.usefixtures("app")
NOW = datetime(2026, 10, 5, 3, tzinfo=UTC)


def named(name: str = "October hires Jakarta") -> Cohort:
    made = services.name_cohort(name=name, by=SYSTEM, now=NOW)
    db.session.commit()
    return made


def join(cohort: Cohort, *people: Person, now: datetime = NOW, by: Actor = SYSTEM) -> services.Joined:
    joined = services.join_cohort(cohort, [person.id for person in people], by=by, now=now)
    db.session.commit()
    return joined


def leave(cohort: Cohort, *people: Person, now: datetime) -> int:
    count = services.leave_cohort(cohort, [person.id for person in people], by=SYSTEM, now=now)
    db.session.commit()
    return count


def deeds() -> list[str]:
    return [entry.deed for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)) if entry.deed.startswith("cohort.")]


def test_who_joins_is_found_by_the_cohort_from_then_on_and_who_leaves_was_in_it() -> None:
    cohort, other = named(), named("Night shift")
    sari, budi = PersonFactory(name="Sari"), PersonFactory(name="Budi")
    assert join(cohort, sari, budi).new_count == 2
    join(other, sari)
    assert leave(cohort, sari, now=NOW + timedelta(days=30)) == 1
    assert [each.name for each in people_page(PeopleFilter(members={FactKind.COHORTS: str(cohort.id)})).people] == ["Budi"]
    assert queries.state_of(sari.id, at=NOW + timedelta(days=1)).cohort_ids == {cohort.id, other.id}
    assert queries.state_of(sari.id, at=NOW + timedelta(days=31)).cohort_ids == {other.id}
    ended = Membership(sari.id, NOW, NOW + timedelta(days=30))
    assert sorted(queries.memberships(cohort.id), key=lambda each: each.until is None) == [ended, Membership(budi.id, NOW, None)]
    assert queries.cohort_sizes() == {cohort.id: 1, other.id: 1}
    assert deeds() == ["cohort.named", "cohort.named", "cohort.joined", "cohort.joined", "cohort.left"]


def test_joining_twice_says_nothing_twice() -> None:
    cohort, person = named(), PersonFactory()
    join(cohort, person)
    joined = join(cohort, person, now=NOW + timedelta(days=1))
    assert (joined.new_count, joined.known_count) == (0, 1) and len(queries.memberships(cohort.id)) == 1
    assert [fact.kind for fact in queries.facts_of(person.id)].count(FactKind.COHORTS) == 1


def test_nobody_adds_themselves_nor_who_does_not_work_here_any_more() -> None:
    cohort, trainer, invited = named(), PersonFactory(), PersonFactory(status=Status.INVITED)
    gone = PersonFactory(status=Status.DEACTIVATED)
    joined = join(cohort, trainer, invited, gone, by=Actor(ActorKind.PERSON, trainer.id))
    assert (joined.new_count, joined.refused_ids) == (1, {trainer.id, gone.id})


def test_a_closed_cohort_is_joined_by_nobody_until_it_is_opened_again() -> None:
    cohort, first, second = named(), PersonFactory(), PersonFactory()
    join(cohort, first)
    services.close_cohort(cohort, by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as refused:
        join(cohort, second)
    assert refused.value.reason is AccountReason.COHORT_CLOSED and queries.member_ids(cohort.id) == [first.id]
    services.open_cohort(cohort, by=SYSTEM, now=NOW)
    assert join(cohort, second).new_count == 1


def test_a_name_is_given_once_in_capitals_or_not() -> None:
    cohort = named("October hires")
    for deed in (lambda: named("OCTOBER hires"), lambda: services.rename_cohort(named("Other"), name="october Hires", by=SYSTEM, now=NOW)):
        with pytest.raises(Refusal):
            deed()
    services.rename_cohort(cohort, name="October Hires", by=SYSTEM, now=NOW)
    assert cohort.name == "October Hires"


def test_too_many_at_once_are_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.accounts.services.cohorts.MOST_AT_ONCE", 2)
    cohort = named()
    with pytest.raises(Refusal):
        join(cohort, *(PersonFactory() for _ in range(3)))
    assert queries.member_ids(cohort.id) == []


def test_many_join_by_as_many_questions_as_few() -> None:
    cohort_id, ids = named().id, [PersonFactory().id for _ in range(9)]
    cohort = queries.cohort(cohort_id)
    db.session.flush()
    with counted() as few:
        services.join_cohort(cohort, ids[:2], by=SYSTEM, now=NOW)
        db.session.flush()
    with counted() as many:
        services.join_cohort(cohort, ids[2:], by=SYSTEM, now=NOW)
        db.session.flush()
    asked_few, asked_many = (sum(statement.startswith("SELECT") for statement in statements) for statements in (few, many))
    assert asked_many == asked_few
    assert len(many) - len(few) in (0, 2 * 5), "a fact and an entry of the audit for each, which SQLite takes one by one"


def test_who_began_in_a_span_is_found_by_their_first_day_of_work() -> None:
    day = timedelta(days=1)
    before, within, after = (PersonFactory(now=NOW + number * day) for number in (-1, 0, 7))
    invited, team = PersonFactory(status=Status.INVITED, now=NOW), TeamFactory()
    back = PersonFactory(now=NOW - 400 * day, team=team)
    for days, status in ((-300, Status.DEACTIVATED), (1, Status.ACTIVE)):
        services.record_facts(back, {FactKind.STATUS: status}, effective_from=NOW + days * day, by=SYSTEM, now=NOW + days * day)
    db.session.commit()
    assert queries.hired_ids(NOW, NOW + 7 * day) == [within.id]
    assert {before.id, after.id, invited.id, back.id}.isdisjoint(queries.hired_ids(NOW, NOW + 7 * day))
    assert queries.active_ids_in_team(team.id) == [back.id]


def test_joining_two_cohorts_at_once_loses_neither(app: Flask) -> None:
    person_id, cohort_ids = PersonFactory().id, [named("First").id, named("Second").id]
    waiting = iter(cohort_ids)

    def join_next() -> int:
        cohort_id = next(waiting)
        begin_writing()
        return services.join_cohort(queries.hold_cohort(cohort_id), [person_id], by=SYSTEM, now=clock.now()).new_count

    assert at_once(app, join_next, 2) == [1, 1]
    assert queries.state_of(person_id, at=clock.now()).cohort_ids == set(cohort_ids)
