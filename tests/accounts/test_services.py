"""Deeds on people."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import LONG_AGO, ApiClientFactory, PersonFactory, TeamFactory
from training.accounts import queries, services
from training.accounts.models import CurrentFact
from training.accounts.rules import AccountReason, FactKind, Role, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import Refusal

pytestmark = pytest.mark.usefixtures("app")


def test_a_new_person_is_known_by_every_name_they_go_by():
    PersonFactory()
    person = PersonFactory(email=" New.Hire@Example.org ")
    assert person.email == "new.hire@example.org"
    assert person.public_id.startswith("p_") and len(person.public_id) == 18
    for subject in ("NEW.HIRE@example.org", person.public_id):
        assert queries.person_by_subject(subject) == person
    assert queries.person_by_subject("nobody@example.org") is None


def test_an_address_that_was_ever_anybodys_is_refused():
    PersonFactory(email="taken@example.org")
    with pytest.raises(Refusal) as refused:
        PersonFactory(email="Taken@example.org")
    assert refused.value.reason is AccountReason.EMAIL_TAKEN


def test_without_a_password_a_new_person_is_invited():
    person = services.create_person(email="a@example.org", name="A", facts={}, by=SYSTEM, now=LONG_AGO)
    assert queries.state_of(person.id, at=LONG_AGO).status is Status.INVITED


def test_what_was_already_so_is_not_said_again():
    person = PersonFactory(languages=["id", "en"])
    rows = services.record_facts(person, {FactKind.LANGUAGES: ["en", "id", "en"]}, effective_from=LONG_AGO + timedelta(days=1), by=SYSTEM, now=LONG_AGO)
    assert rows == ()


def test_a_fact_of_tomorrow_is_true_tomorrow_and_known_today():
    team = TeamFactory()
    person = PersonFactory()
    tomorrow = LONG_AGO + timedelta(days=1)
    services.record_facts(person, {FactKind.TEAM: team.id}, effective_from=tomorrow, by=SYSTEM, now=LONG_AGO)
    assert queries.state_of(person.id, at=LONG_AGO).team_id is None
    assert queries.state_of(person.id, at=tomorrow).team_id == team.id
    assert queries.state_of(person.id, at=tomorrow, known_at=LONG_AGO - timedelta(seconds=1)).team_id is None
    assert queries.people_of_team(team.id, at=LONG_AGO) == []
    assert queries.people_of_team(team.id, at=tomorrow) == [person]


def test_current_facts_follow_when_a_fact_takes_effect():
    person = PersonFactory()
    tomorrow = LONG_AGO + timedelta(days=1)
    services.record_facts(person, {FactKind.LANGUAGES: ["id"], FactKind.NAME: "Renamed"}, effective_from=tomorrow, by=SYSTEM, now=LONG_AGO)
    wanted = select(func.count()).where(CurrentFact.person_id == person.id, CurrentFact.kind == "languages")
    assert services.follow_pending_facts(now=LONG_AGO) == 0
    assert (db.session.scalar(wanted), person.name) == (0, person.name)
    assert services.follow_pending_facts(now=tomorrow) == 2
    db.session.flush()
    assert (db.session.scalar(wanted), person.name) == (1, "Renamed")
    assert services.follow_pending_facts(now=tomorrow) == 0


def test_nobody_changes_what_they_are_allowed_to_do():
    person = PersonFactory(roles=[Role.ADMIN])
    themselves = Actor(ActorKind.PERSON, person.id)
    for facts in ({FactKind.ROLES: ["admin", "lead"]}, {FactKind.TIME_ZONE: "Asia/Jakarta", FactKind.LANGUAGES: ["id"]}):
        with pytest.raises(Refusal) as refused:
            services.record_facts(person, facts, effective_from=LONG_AGO, by=themselves, now=LONG_AGO)
        assert refused.value.reason is AccountReason.OWN_FACTS
    assert services.record_facts(person, {FactKind.TIME_ZONE: "Asia/Jakarta"}, effective_from=LONG_AGO, by=themselves, now=LONG_AGO)


def test_an_unknown_team_is_refused():
    with pytest.raises(Refusal) as refused:
        services.record_facts(PersonFactory(), {FactKind.TEAM: 999}, effective_from=LONG_AGO, by=SYSTEM, now=LONG_AGO)
    assert refused.value.reason is AccountReason.TEAM_UNKNOWN


def test_recording_a_fact_is_audited_without_its_value():
    person = PersonFactory()
    services.record_facts(person, {FactKind.ACCOMMODATIONS: {"time_multiplier": 1.5}}, effective_from=LONG_AGO, by=SYSTEM, now=LONG_AGO)
    db.session.flush()
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.deed, entry.detail["kinds"]) == ("person.facts_recorded", ["accommodations"])
    assert "1.5" not in entry.detail_json
    assert queries.state_of(person.id, at=LONG_AGO).time_multiplier == 1.5


def test_a_token_lets_its_client_in_until_it_is_revoked_or_expires():
    created = services.create_client(name="Review tool", scopes=["access:read"], by=SYSTEM, now=LONG_AGO, expires_at=LONG_AGO + timedelta(days=9))
    ApiClientFactory()
    db.session.commit()
    found = services.authenticate_client(created.token, now=LONG_AGO)
    assert found is not None and (found.client_id, found.scopes) == (created.client.id, frozenset({"access:read"}))
    assert services.authenticate_client(created.token, now=LONG_AGO + timedelta(days=9)) is None
    assert services.authenticate_client("ts_wrong", now=LONG_AGO) is None
    services.revoke_client(created.client, by=SYSTEM, now=LONG_AGO)
    db.session.commit()
    assert services.authenticate_client(created.token, now=LONG_AGO) is None


def test_two_clients_cannot_have_one_name():
    client = ApiClientFactory()
    with pytest.raises(Refusal) as refused:
        services.create_client(name=client.name, scopes=[], by=SYSTEM, now=LONG_AGO)
    assert refused.value.reason is AccountReason.CLIENT_NAME_TAKEN
