"""One-time links: how people come to a password without anybody else knowing it."""

import secrets
from datetime import datetime, timedelta

from training.accounts import queries
from training.accounts.models import OneTimeLink, Person
from training.accounts.rules import LINK_LIFE, LINKS_AN_HOUR, AccountReason, FactKind, LinkPurpose, Site, Status
from training.accounts.services.facts import record_facts
from training.accounts.services.letters import letter_for
from training.accounts.services.passwords import HashedPassword
from training.accounts.services.sessions import end_sessions_of, open_session, token_hash
from training.accounts.services.sign_in import Doorstep, forgive_tries
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.services import pseudonym, record
from training.db import db
from training.errors import Refusal
from training.outbox.services import queue_mail


def invite(person: Person, *, site: Site, by: Actor, now: datetime) -> None:
    """Mail a person the link with which their account begins. Raises Refusal for somebody who is not waiting for one."""
    if queries.state_of(person.id, at=now, known_at=now).status is not Status.INVITED:
        raise Refusal(AccountReason.NOT_INVITED, name=person.name)
    _mail_link(person, LinkPurpose.INVITE, site=site, now=now)
    record("person.invited", by=by, subject=("person", person.id), now=now)


def ask_for_reset(email: str, *, site: Site, by: Actor, now: datetime) -> None:
    """Mail whoever has this address a link to choose a new password; nobody learns whether anybody has it.

    Somebody who was invited and never came gets a new invitation. Somebody deactivated gets nothing.
    """
    person = queries.person_by_email(email)
    record("password.reset_asked", by=by, subject=("email", pseudonym(email, now=now)), now=now)
    if person is None or queries.link_count(person.id, since=now - timedelta(hours=1)) >= LINKS_AN_HOUR:
        return
    status = queries.state_of(person.id, at=now, known_at=now).status
    purposes = {Status.ACTIVE: LinkPurpose.RESET, Status.INVITED: LinkPurpose.INVITE}
    if status in purposes:
        _mail_link(person, purposes[status], site=site, now=now)


def use_link(token: str, *, password: HashedPassword, address: str | None, now: datetime) -> Person:
    """Spend a link: set the password, end every session, and let an invited person in.

    Raises Refusal where the link is unknown, spent or too old.
    """
    link = queries.open_link(token_hash(token), now=now, is_to_be_used=True)
    if link is None:
        raise Refusal(AccountReason.LINK_SPENT)
    person = queries.person(link.person_id)
    by = Actor(ActorKind.PERSON, person.id, address)
    if link.purpose == LinkPurpose.INVITE:
        record_facts(person, {FactKind.STATUS: Status.ACTIVE}, effective_from=now, by=SYSTEM, now=now)
    set_password(person, password=password, by=by, now=now)
    return person


def set_password(person: Person, *, password: HashedPassword, by: Actor, now: datetime) -> None:
    """Give a person this password; every session ends, and every link that was sent is spent."""
    person.password_hash = password
    end_sessions_of(person.id, now=now)
    for link in queries.open_links_of(person.id, now=now):
        link.used_at = now
    queries.forget_pending_sign_ins(person_id=person.id)
    record("password.set", by=by, subject=("person", person.id), now=now)


def change_password(person_id: int, *, password: HashedPassword, doorstep: Doorstep, now: datetime) -> str:
    """Give a person who knew the old one a new password; the token of the one session they have from now on."""
    person = queries.person(person_id)
    set_password(person, password=password, by=Actor(ActorKind.PERSON, person.id, doorstep.address), now=now)
    forgive_tries(person.email, doorstep=doorstep)
    _session, token = open_session(person, address=doorstep.address, browser=doorstep.browser, now=now)
    return token


def _mail_link(person: Person, purpose: LinkPurpose, *, site: Site, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    life = LINK_LIFE[purpose]
    db.session.add(OneTimeLink(person_id=person.id, purpose=purpose.value, token_hash=token_hash(token), created_at=now, expires_at=now + life))
    letter = letter_for(purpose, name=person.name, site=site, address=site.link_to(token))
    queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)
