"""Making people."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from training.accounts import queries
from training.accounts.models import Person, PersonEmail
from training.accounts.rules import AccountReason, FactKind, Status, email_is_well_formed, normal_email
from training.accounts.services.facts import checked_value, record_facts
from training.accounts.services.passwords import HashedPassword
from training.accounts.services.taken import unless_taken
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal


def create_person(*, email: str, name: str, facts: Mapping[FactKind, object], by: Actor, now: datetime, password: HashedPassword | None = None) -> Person:
    """A new person, with what is true of them from now on.

    Without a status among the facts they are active if they have a password, else invited. Raises Refusal for an
    address that is malformed or was ever anybody's, and for a malformed fact.
    """
    email = normal_email(email)
    if not email_is_well_formed(email):
        raise Refusal(AccountReason.EMAIL_MALFORMED, email=email)
    if queries.person_by_email(email) is not None:
        raise Refusal(AccountReason.EMAIL_TAKEN, email=email)
    name = str(checked_value(FactKind.NAME, name))
    person = Person(public_id=_public_id(), email=email, name=name, sort_name=name.casefold(), password_hash=password, created_at=now)
    with unless_taken(AccountReason.EMAIL_TAKEN, email=email):
        db.session.add(person)
        db.session.flush()
        db.session.add(PersonEmail(email_hash=queries.email_hash(email), person_id=person.id, recorded_at=now))
    status = Status.ACTIVE if password else Status.INVITED
    record_facts(person, {FactKind.STATUS: status, FactKind.NAME: name, **facts}, effective_from=now, by=by, now=now)
    record("person.created", by=by, subject=("person", person.id), now=now)
    return person


def _public_id() -> str:
    return f"p_{secrets.token_urlsafe(12)}"
