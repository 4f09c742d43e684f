"""What signing in asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from training.accounts.models import OneTimeLink, Person, PersonEmail, SignInTries
from training.accounts.queries.people import email_hash
from training.db import db, reading


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is checked against."""

    person_id: int
    password_hash: str | None


def credentials(email: str) -> Credentials | None:
    """What this address signs in with. Leaves no transaction open: hashing comes next."""
    asked = select(Person.id, Person.password_hash).join(PersonEmail, PersonEmail.person_id == Person.id).where(PersonEmail.email_hash == email_hash(email))
    with reading() as connection:
        found = connection.execute(asked).first()
    return Credentials(found.id, found.password_hash) if found else None


def tries(email_hash: str, place_hash: str) -> SignInTries | None:
    """Failed tries on this address from this place; locked until the transaction ends."""
    asked = select(SignInTries).where(SignInTries.email_hash == email_hash, SignInTries.place_hash == place_hash)
    return db.session.scalar(asked.with_for_update().execution_options(populate_existing=True))


def forget_tries(*, failed_before: datetime) -> None:
    """Delete the counts that no longer slow anybody down."""
    db.session.execute(delete(SignInTries).where(SignInTries.last_failed_at < failed_before))


def open_link(token_hash: str, *, now: datetime, is_to_be_used: bool = False) -> OneTimeLink | None:
    """The link with this token, if it can still be used; locked where it is about to be."""
    asked = select(OneTimeLink).where(OneTimeLink.token_hash == token_hash, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    return db.session.scalar(asked.with_for_update() if is_to_be_used else asked)


def open_links_of(person_id: int, *, now: datetime) -> Sequence[OneTimeLink]:
    """The links sent to a person that can still be used."""
    asked = select(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    return db.session.scalars(asked.order_by(OneTimeLink.id)).all()


def link_count(person_id: int, *, since: datetime) -> int:
    """How many links were made for a person since then."""
    asked = select(func.count()).select_from(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.created_at > since)
    return db.session.scalar(asked) or 0
