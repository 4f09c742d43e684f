"""Who is signed in: one statement a request."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, bindparam, cast, select

from training.accounts.models import Person, SecondFactor, SignInSession
from training.accounts.queries.facts import FACTS_NOW, state_told
from training.accounts.rules import PersonState
from training.db import Prepared, db, instant_of, json_row, utc_text
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person as one session knows them now."""

    session_id: int
    person_id: int
    public_id: str
    name: str
    email: str
    last_seen_at: datetime
    has_second_factor: bool
    state: PersonState


_INSTANT = SignInSession.expires_at.type
_CONFIRMED_AT = utc_text(SecondFactor.confirmed_at)
_SESSION = json_row(SignInSession.id, Person.id, Person.public_id, Person.name, Person.email, utc_text(SignInSession.last_seen_at), _CONFIRMED_AT)
_SIGNED_IN = Prepared(
    select(cast(_SESSION, Text), FACTS_NOW)
    .join_from(SignInSession, Person, Person.id == SignInSession.person_id)
    .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > bindparam("now", type_=_INSTANT),
        SignInSession.last_seen_at > bindparam("idle_since", type_=_INSTANT),
    )
)

SESSION_IN_FORCE = """
    SELECT s.id, s.person_id, s.last_seen_at FROM sign_in_sessions s
    WHERE s.token_hash = :token_hash AND s.ended_at IS NULL AND s.expires_at > :now AND s.last_seen_at > :idle_since
      AND (SELECT f.value ->> 'value' FROM person_facts f
           WHERE f.person_id = s.person_id AND f.kind = 'status' AND f.effective_from <= :now
           ORDER BY f.effective_from DESC, f.id DESC LIMIT 1) = 'active'
"""
"""The same for a statement that has no time for a question before its own: whose session a token opens now, if the person is active."""


def signed_in_by_token_hash(token_hash: str, *, now: datetime, idle_since: datetime) -> SignedIn | None:
    """Who this session belongs to, with what is true of them now: session, person and facts in one statement, no transaction."""
    rows = _SIGNED_IN.rows(token_hash=token_hash, now=now, idle_since=idle_since)
    if not rows:
        return None
    session, facts = rows[0]
    session_id, person_id, public_id, name, email, last_seen_at, confirmed_at = json.loads(session)
    return SignedIn(session_id, person_id, public_id, name, email, instant_of(last_seen_at), confirmed_at is not None, state_told(facts))


def open_sessions_of(person_id: int, *, now: datetime, idle_since: datetime | None = None) -> Sequence[SignInSession]:
    """Where this person is signed in now, the most recently used first; leaving out what was last used before `idle_since`."""
    asked = select(SignInSession).where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None), SignInSession.expires_at > now)
    if idle_since is not None:
        asked = asked.where(SignInSession.last_seen_at > idle_since)
    return db.session.scalars(asked.order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())).all()


def session_of(person_id: int | None, session_id: int) -> SignInSession:
    """This session of this person's. Raises NotFound: other people's do not exist."""
    found = db.session.scalar(select(SignInSession).where(SignInSession.id == session_id, SignInSession.person_id == person_id))
    if found is None:
        raise NotFound
    return found


def session_by_token_hash(token_hash: str) -> SignInSession | None:
    """The session with this token, ended or not."""
    return db.session.scalar(select(SignInSession).where(SignInSession.token_hash == token_hash))
