"""Opening and ending sessions."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from training.accounts import queries
from training.accounts.models import Person, SignInSession
from training.actors import Actor
from training.audit.services import record
from training.db import db, reading

SESSION_LIFE = timedelta(days=7)
IDLE_LIFE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session was last used."""


def token_hash(token: str) -> str:
    """What is kept of a random token: its SHA-256. Tokens have 256 bits of chance, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(person: Person, *, address: str | None, browser: str, now: datetime) -> tuple[SignInSession, str]:
    """A new session, and the token that the browser's cookie is to carry."""
    token = secrets.token_urlsafe(32)
    session = SignInSession(
        token_hash=token_hash(token),
        person_id=person.id,
        started_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_LIFE,
        address=address,
        browser=browser[:200],
    )
    db.session.add(session)
    db.session.flush()
    return session, token


def end_session(session: SignInSession, *, now: datetime) -> None:
    """Sign this browser out."""
    session.ended_at = session.ended_at or now


def end_session_of_token(token: str | None, *, now: datetime) -> None:
    """End the session that a browser had before it signed in anew, whoever's it was."""
    session = queries.session_by_token_hash(token_hash(token)) if token else None
    if session is not None:
        end_session(session, now=now)


def sign_out(session_id: int, *, by: Actor, now: datetime) -> None:
    """End one session of the actor's own. Raises NotFound for anybody else's."""
    session = queries.session_of(by.id, session_id)
    end_session(session, now=now)
    record("session.ended", by=by, subject=("person", session.person_id), now=now, detail={"session": session.id})


def sign_out_elsewhere(session_id: int, *, by: Actor, now: datetime) -> int:
    """End the actor's other sessions; how many there were."""
    person_id = queries.session_of(by.id, session_id).person_id
    count = end_sessions_of(person_id, now=now, except_id=session_id)
    record("session.ended_elsewhere", by=by, subject=("person", person_id), now=now, detail={"count": count})
    return count


def end_sessions_of(person_id: int, *, now: datetime, except_id: int | None = None) -> int:
    """Sign a person out everywhere, or everywhere else; in how many browsers that was."""
    ended = [session for session in queries.open_sessions_of(person_id, now=now) if session.id != except_id]
    for session in ended:
        end_session(session, now=now)
    return len(ended)


def note_seen(session_id: int, *, now: datetime) -> None:
    """Write down that a session is in use, at once and apart from whatever the request does."""
    with reading() as connection:
        connection.execute(update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=now))
