"""What the demo asks of a database before it touches it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import inspect, select

from training.accounts.models import ApiClient, Person, PersonFact
from training.db import db


def has_strangers() -> bool:
    """Whether the database holds people who are not the demo's own.

    Its own are those it made, and those whom its people made since. Somebody else's came from outside: from the shell,
    or from a directory; so their first fact was recorded by nobody.
    """
    if not inspect(db.engine).has_table(Person.__tablename__):
        return False
    first_by = select(PersonFact.recorded_by_id).where(PersonFact.person_id == Person.id).order_by(PersonFact.id).limit(1).scalar_subquery()
    stranger = select(Person.id).where(Person.is_demo.is_(False), first_by.is_(None)).limit(1)
    return db.session.scalar(stranger) is not None


def has_people() -> bool:
    """Whether the demo's people are there already."""
    return db.session.scalar(select(Person.id).limit(1)) is not None


def people_of(emails: Iterable[str]) -> Sequence[Person]:
    """Those of these people who are there, by address."""
    return db.session.scalars(select(Person).where(Person.email.in_(list(emails))).order_by(Person.email)).all()


def client_with_token(token_hash: str) -> ApiClient | None:
    """The program with this token, revoked or not."""
    return db.session.scalar(select(ApiClient).where(ApiClient.token_hash == token_hash))


def has_client(name: str) -> bool:
    """Whether there is a program of this name."""
    return db.session.scalar(select(ApiClient.id).where(ApiClient.name == name)) is not None
