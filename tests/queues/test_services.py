"""Dated exceptions: granted, refused, ended."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.queues.factories import QueueFactory
from training.actors import Actor, ActorKind
from training.db import db
from training.errors import Refusal
from training.queues import queries, services
from training.queues.models import QueueOverride
from training.queues.services import Grant, QueueRefusal

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHY = "Promotion day, supervised."
pytestmark = pytest.mark.usefixtures("app")


def by(person_id: int) -> Actor:
    return Actor(ActorKind.PERSON, person_id)


@pytest.mark.parametrize(
    ("grant", "own", "refusal"),
    [
        (Grant(True, WHY, NOW, NOW + HOUR), True, QueueRefusal.NOBODY_FOR_THEMSELVES),
        (Grant(True, "  because ", NOW, NOW + HOUR), False, QueueRefusal.REASON_MISSING),
        (Grant(True, WHY, NOW, NOW + 73 * HOUR), False, QueueRefusal.TOO_LONG),
        (Grant(True, WHY, NOW, NOW), False, QueueRefusal.ENDS_BEFORE_IT_BEGINS),
        (Grant(True, WHY, NOW - 9 * HOUR, NOW - HOUR), False, QueueRefusal.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_an_exception_that_breaks_a_rule_is_refused(grant: Grant, own: bool, refusal: QueueRefusal) -> None:
    person, lead, queue = PersonFactory(), PersonFactory(), QueueFactory()
    with pytest.raises(Refusal) as refused:
        services.grant_override(person.id, queue, grant, by=by(person.id if own else lead.id), now=NOW)
    assert refused.value.reason is refusal


def test_an_exception_never_reaches_into_the_past() -> None:
    person, lead, queue = PersonFactory(), PersonFactory(), QueueFactory()
    made = services.grant_override(person.id, queue, Grant(False, WHY, NOW - 9 * HOUR, NOW + HOUR), by=by(lead.id), now=NOW)
    assert (made.effect, made.effective_from) == ("deny", NOW)


def test_an_exception_can_be_ended_once() -> None:
    person, lead, queue = PersonFactory(), PersonFactory(), QueueFactory()
    made = services.grant_override(person.id, queue, Grant(True, WHY, NOW, NOW + HOUR), by=by(lead.id), now=NOW)
    assert [shown.id for shown in queries.current_overrides(now=NOW)] == [made.id]
    with pytest.raises(Refusal):
        services.revoke_override(made.id, by=by(person.id), now=NOW)
    services.revoke_override(made.id, by=by(lead.id), now=NOW)
    with pytest.raises(Refusal) as refused:
        services.revoke_override(made.id, by=by(lead.id), now=NOW)
    assert refused.value.reason is QueueRefusal.ALREADY_OVER
    assert queries.current_overrides(now=NOW) == []


def test_the_database_refuses_an_exception_for_oneself() -> None:
    person, queue = PersonFactory(), QueueFactory()
    row = {"effective_from": NOW, "effective_until": NOW + HOUR, "recorded_at": NOW, "reason": WHY, "effect": "allow"}
    db.session.add(QueueOverride(person_id=person.id, queue_id=queue.id, granted_by_id=person.id, **row))
    with pytest.raises(DBAPIError):
        db.session.flush()
