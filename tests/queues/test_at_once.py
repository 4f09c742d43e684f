"""The same deed several times at the same moment: two windows, a double click, two administrators."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.queues.factories import QueueFactory
from tests.threads import at_once
from training.accounts import services as accounts
from training.accounts.models import Absence
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.db import begin_writing, db
from training.errors import Refusal
from training.queues import services
from training.queues.models import QueueOverride
from training.queues.services import Grant, QueueRefusal

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def count_of(model: type[Absence] | type[QueueOverride]) -> int | None:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_proposal_confirmed_twice_at_once_acts_once(app: Flask) -> None:
    person, queue = PersonFactory(), QueueFactory(severity_ceiling="S4")
    first, second = PersonFactory(roles=[Role.LEAD]), PersonFactory(roles=[Role.ADMIN])
    grant = Grant(True, "Promotion day, supervised.", NOW, NOW + timedelta(hours=5))
    proposal_id, by = services.propose_override(person.id, queue, grant, by=Actor(ActorKind.PERSON, first.id), now=NOW).id, Actor(ActorKind.PERSON, second.id)
    db.session.commit()

    def confirm() -> int:
        begin_writing()
        return services.confirm_override(proposal_id, by=by, now=NOW).id

    outcomes = at_once(app, confirm, 4)
    refused = [outcome.reason for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused == [QueueRefusal.NO_LONGER_WAITS] * 3, outcomes
    assert count_of(QueueOverride) == 1


def test_a_pause_taken_in_several_windows_at_once_is_one_and_is_ended_once(app: Flask) -> None:
    person_id = PersonFactory().id
    db.session.commit()

    def pause() -> None:
        begin_writing()
        accounts.start_pause(person_id, until=None, now=NOW)

    def come_back() -> bool:
        begin_writing()
        return accounts.end_pause(person_id, now=NOW + timedelta(hours=1))

    assert at_once(app, pause, 4) == [None] * 4
    assert count_of(Absence) == 1
    assert sorted(at_once(app, come_back, 4), key=str) == [False] * 3 + [True]
