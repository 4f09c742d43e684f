"""People, teams and programs as small and valid as they can be."""

from datetime import UTC, datetime
from typing import Any

import factory

from training import clock
from training.accounts import queries, services
from training.accounts.models import ApiClient, Person, SecondFactor, Team
from training.accounts.rules import FactKind, Role, Status, demands_second_factor
from training.actors import SYSTEM
from training.db import db

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class TeamFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta:
        model = Team
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"

    slug = factory.Sequence(lambda number: f"team-{number}")
    name = factory.Sequence(lambda number: f"Team {number}")


class PersonFactory(factory.Factory):
    """An active moderator, as `create_person` makes them. `roles`, `languages`, `markets`, `team`, `status`, `time_zone`, `accommodations` become facts."""

    class Meta:
        model = Person

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    roles = (Role.MODERATOR,)
    status = Status.ACTIVE
    now = LONG_AGO
    by = SYSTEM
    password = None

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **values: Any) -> Person:
        plain = {name: values.pop(name) for name in ("email", "name", "now", "by", "password")}
        team = values.pop("team", None)
        facts = {FactKind(kind): value for kind, value in values.items()} | ({FactKind.TEAM: team.id} if team else {})
        person = services.create_person(**plain, facts=facts)
        db.session.commit()
        return person


def with_second_factor(person: Person) -> Person:
    """The person, past the demand for a second factor where their roles make it; no code of it is ever asked for here."""
    roles = queries.state_of(person.id, at=clock.now()).roles
    if demands_second_factor(roles, demanded=(), is_waived=False) and db.session.get(SecondFactor, person.id) is None:
        db.session.add(SecondFactor(person_id=person.id, sealed_secret=b"", made_at=LONG_AGO, confirmed_at=LONG_AGO, last_used_step=0))
        db.session.commit()
    return person


class ApiClientFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A program whose token is `token-` and its number."""

    class Meta:
        model = ApiClient
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"

    class Params:
        token = factory.Sequence(lambda number: f"token-{number}")

    name = factory.Sequence(lambda number: f"Client {number}")
    token_hash = factory.LazyAttribute(lambda made: services.token_hash(made.token))
    scopes = ("access:read",)
    created_at = LONG_AGO
    expires_at = None
    revoked_at = None
