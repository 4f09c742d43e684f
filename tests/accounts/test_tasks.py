"""What follows by itself."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from training.accounts import queries, services
from training.accounts.models import PendingFact, SignInTries
from training.accounts.rules import FactKind
from training.accounts.services import Doorstep
from training.accounts.tasks import follow_facts, forget_old_tries
from training.actors import SYSTEM
from training.db import db
from training.jobs import jobs

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_lists_follow_facts_that_have_taken_effect(app):
    person = PersonFactory(name="Amy")
    services.record_facts(person, {FactKind.LANGUAGES: ["jv"]}, effective_from=NOW + timedelta(days=1), by=SYSTEM, now=NOW)
    db.session.commit()
    speaks = queries.PeopleFilter(members={FactKind.LANGUAGES: "jv"})
    follow_facts(NOW)
    assert queries.people_page(speaks).people == []
    follow_facts(NOW + timedelta(days=1))
    db.session.commit()
    assert [listed.name for listed in queries.people_page(speaks).people] == ["Amy"]
    assert db.session.scalar(select(func.count()).select_from(PendingFact)) == 0


def test_counts_of_failures_are_forgotten_after_a_day(app):
    doorstep = Doorstep(address="192.0.2.1", browser="", place="address 192.0.2.1")
    services.count_try("old@example.org", doorstep=doorstep, now=NOW - timedelta(hours=25))
    services.count_try("new@example.org", doorstep=doorstep, now=NOW)
    db.session.commit()
    forget_old_tries(NOW)
    db.session.commit()
    assert [row.email_hash for row in db.session.scalars(select(SignInTries))] == [queries.email_hash("new@example.org")]


def test_the_jobs_of_this_house_are_known_by_name():
    names = {job.name for job in jobs()}
    assert {"training.audit.tasks.seal_audit", "training.outbox.tasks.send_due_mail", "training.accounts.tasks.follow_facts"} <= names
