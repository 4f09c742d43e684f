"""What several people do at the same moment."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.threads import at_once
from training.accounts import queries, services
from training.accounts.models import OneTimeLink, Person, SignInTries
from training.accounts.rules import AccountReason, FactKind, LinkPurpose
from training.accounts.services import Doorstep
from training.actors import SYSTEM
from training.db import begin_writing, db
from training.errors import Refusal

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DOORSTEP = Doorstep(address="192.0.2.1", browser="", place="address 192.0.2.1")


def test_guesses_sent_at_once_cannot_outrun_the_count(app):
    def guess():
        begin_writing()
        return services.count_try("nia@example.org", doorstep=DOORSTEP, now=NOW)

    outcomes = at_once(app, guess, 12)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert outcomes.count(None) == 5, "five are looked at, the rest must wait"
    assert db.session.scalars(select(SignInTries)).one().failed_count == 5


def test_an_address_wanted_by_several_goes_to_one(app):
    def create():
        begin_writing()
        return services.create_person(email="nia@example.org", name="Nia", facts={}, by=SYSTEM, now=NOW).id

    outcomes = at_once(app, create, 4)
    refused = [outcome.reason for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused == [AccountReason.EMAIL_TAKEN] * 3, outcomes
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_link_followed_twice_at_once_is_spent_once(app):
    person = PersonFactory()
    link = OneTimeLink(
        person_id=person.id, purpose=LinkPurpose.RESET, token_hash=services.token_hash("t"), created_at=NOW, expires_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    db.session.add(link)
    db.session.commit()

    def spend():
        begin_writing()
        return services.use_link("t", password="hash", address=None, now=NOW).id

    outcomes = at_once(app, spend, 4)
    assert sum(isinstance(outcome, int) for outcome in outcomes) == 1, outcomes
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 3


@pytest.mark.parametrize("count", [6])
def test_facts_recorded_at_once_are_all_kept_and_the_lists_show_the_last(app, count):
    person = PersonFactory()
    person_id, codes = person.id, iter(["aa", "bb", "cc", "dd", "ee", "ff"])

    def record():
        begin_writing()
        services.record_facts(queries.person(person_id), {FactKind.LANGUAGES: [next(codes)]}, effective_from=NOW, by=SYSTEM, now=NOW)

    assert at_once(app, record, count) == [None] * count
    shown = [row.member for row in queries.current_facts_of(person_id) if row.kind == "languages"]
    assert shown == sorted(queries.state_of(person_id, at=NOW).languages)
