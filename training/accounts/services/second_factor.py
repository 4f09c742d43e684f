"""The second step of a sign-in and what surrounds it, but for the codes themselves (`codes`)."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.accounts import queries
from training.accounts.models import PendingSignIn, Person, SecondFactor
from training.accounts.rules import SIGN_IN_WAITS, AccountReason, Site
from training.accounts.services.letters import FACTOR_OFF, FACTOR_ON, FACTOR_RESET, letter_about
from training.accounts.services.sessions import end_sessions_of, token_hash
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.outbox.services import queue_mail


def await_code(person: Person, *, now: datetime) -> str:
    """The password was right: let the sign-in wait for its code; the token that the browser's cookie is to carry."""
    queries.forget_pending_sign_ins(expired_by=now)
    token = secrets.token_urlsafe(32)
    db.session.add(PendingSignIn(token_hash=token_hash(token), person_id=person.id, expires_at=now + SIGN_IN_WAITS))
    return token


def factor_to_set_up(person_id: int, *, now: datetime) -> SecondFactor:
    """The row for a person's new factor, locked. Raises Refusal where one counts already."""
    found = queries.second_factor(person_id, is_to_be_changed=True)
    if found is None:
        found = SecondFactor(person_id=person_id, sealed_secret=b"", made_at=now, last_used_step=0)
        try:
            with db.session.begin_nested():
                db.session.add(found)
        except IntegrityError:
            found = queries.second_factor(person_id, is_to_be_changed=True) or found
    if found.confirmed_at is not None:
        raise Refusal(AccountReason.FACTOR_IS_ON)
    return found


def tell_of_factor(person: Person, *, site: Site, is_on: bool, now: datetime) -> None:
    """Mail a person that their second step is on or off: if it was not them, they must hear of it."""
    letter = letter_about(FACTOR_ON if is_on else FACTOR_OFF, name=person.name, site=site)
    queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)


def remove_factor(person_id: int) -> None:
    """Nothing of it stays; sign-ins that wait for a code of it begin anew."""
    found = queries.second_factor(person_id, is_to_be_changed=True)
    if found is not None:
        db.session.delete(found)
    queries.delete_recovery_codes(person_id)
    queries.forget_pending_sign_ins(person_id=person_id)


def reset_factor(person: Person, *, reason: str, site: Site, by: Actor, now: datetime) -> None:
    """Take a lost device's factor away: an administrator says why, the person is told and signed out everywhere.

    Raises Refusal for one's own, and where there is none.
    """
    if by.id == person.id:
        raise Refusal(AccountReason.OWN_FACTOR)
    if queries.second_factor(person.id) is None:
        raise Refusal(AccountReason.FACTOR_IS_OFF)
    remove_factor(person.id)
    end_sessions_of(person.id, now=now)
    record("second_factor.reset", by=by, subject=("person", person.id), now=now, detail={"reason": reason})
    letter = letter_about(FACTOR_RESET, name=person.name, site=site)
    queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)
