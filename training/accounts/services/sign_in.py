"""Signing in, in two steps: count the try, then, when the password was looked at, say what came of it.

The hash is computed between them, while no transaction is open. Counting first means that many guesses sent at once
cannot outrun the count.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.accounts import queries
from training.accounts.models import Person, SignInTries
from training.accounts.rules import FORGOTTEN_AFTER, AccountReason, Tries, code_place_of, failed_count_after, tries_open_at
from training.accounts.services.second_factor import await_code
from training.accounts.services.sessions import open_session, token_hash
from training.actors import Actor, ActorKind
from training.audit.services import pseudonym, record
from training.db import db


@dataclass(frozen=True, slots=True)
class Doorstep:
    """Where a try comes from: its network address, what the browser calls itself, and where tries are counted together."""

    address: str | None
    browser: str
    place: str

    @property
    def at_second_step(self) -> "Doorstep":
        """The same where tries on a code are counted."""
        return replace(self, place=code_place_of(self.place))


@dataclass(frozen=True, slots=True)
class SignInVerdict:
    """What came of a try: the new session's token, the token of a sign-in that waits for its code, or the reason why not."""

    token: str | None = None
    waiting: str | None = None
    reason: AccountReason | None = None


def count_try(email: str, *, doorstep: Doorstep, now: datetime) -> datetime | None:
    """Count a try as failed before it is looked at. Until when it must wait, if it may not be looked at yet; then it does not count."""
    row = _tries(email, doorstep, now=now)
    tries = Tries(row.failed_count, row.last_failed_at) if row.failed_count else None
    if tries and now < tries_open_at(tries):
        return tries_open_at(tries)
    row.failed_count = failed_count_after(tries, now=now)
    row.last_failed_at = now
    return None


def forgive_tries(email: str, *, doorstep: Doorstep) -> None:
    """The password was right: forget the tries that failed here."""
    row = queries.tries(queries.email_hash(email), token_hash(doorstep.place))
    if row is not None:
        db.session.delete(row)


def forget_old_tries(*, now: datetime) -> None:
    """Delete the counts that no longer slow anybody down."""
    queries.forget_tries(failed_before=now - FORGOTTEN_AFTER)


def conclude_sign_in(email: str, *, is_right: bool, doorstep: Doorstep, now: datetime) -> SignInVerdict:
    """Open a new session, let the sign-in wait for its code, or say why not, and leave the evidence of each."""
    person = queries.person_by_email(email)
    if person is None or not is_right:
        record_failure(email, person, doorstep, now=now)
        return SignInVerdict(reason=AccountReason.WRONG_CREDENTIALS)
    forgive_tries(email, doorstep=doorstep)
    if not queries.state_of(person.id, at=now, known_at=now).is_active:
        record_failure(email, person, doorstep, now=now)
        return SignInVerdict(reason=AccountReason.NOT_ACTIVE)
    if queries.confirmed_factor(person.id) is not None:
        return SignInVerdict(waiting=await_code(person, now=now))
    return opened_session(person, doorstep=doorstep, second_factor=None, now=now)


def opened_session(person: Person, *, doorstep: Doorstep, second_factor: str | None, now: datetime) -> SignInVerdict:
    """Let somebody in who showed all that was asked; `second_factor` says what they showed besides the password."""
    session, token = open_session(person, address=doorstep.address, browser=doorstep.browser, now=now)
    detail = {"session": session.id} | ({"second_factor": second_factor} if second_factor else {})
    record("session.opened", by=_person_at(doorstep, person), subject=("person", person.id), now=now, detail=detail)
    return SignInVerdict(token=token)


def record_failure(email: str, person: Person | None, doorstep: Doorstep, *, now: datetime) -> None:
    """Leave the evidence of a try that led nowhere."""
    subject: tuple[str, str | int] = ("person", person.id) if person else ("email", pseudonym(email, now=now))
    record("session.refused", by=_person_at(doorstep, None), subject=subject, now=now)


def _tries(email: str, doorstep: Doorstep, *, now: datetime) -> SignInTries:
    """The row that counts these tries, made where there is none; locked, so that tries at the same moment wait for each other."""
    email_hash, place_hash = queries.email_hash(email), token_hash(doorstep.place)
    found = queries.tries(email_hash, place_hash)
    if found is not None:
        return found
    fresh = SignInTries(email_hash=email_hash, place_hash=place_hash, failed_count=0, last_failed_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError:
        return queries.tries(email_hash, place_hash) or fresh
    return fresh


def _person_at(doorstep: Doorstep, person: Person | None) -> Actor:
    return Actor(ActorKind.PERSON, person.id if person else None, doorstep.address)
