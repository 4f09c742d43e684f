"""Who is signed in: one statement a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select

from training.accounts.models import Person, PersonFact, SignInSession
from training.accounts.rules import Fact, FactKind, PersonState, state_at
from training.db import db, reading
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
    state: PersonState


_INSTANT = SignInSession.expires_at.type

_SIGNED_IN = (
    select(
        SignInSession.id.label("session_id"),
        SignInSession.last_seen_at,
        Person.id.label("person_id"),
        Person.public_id,
        Person.name,
        Person.email,
        PersonFact.id.label("fact_id"),
        PersonFact.kind,
        PersonFact.value,
        PersonFact.effective_from,
        PersonFact.recorded_at,
    )
    .join(Person, Person.id == SignInSession.person_id)
    .outerjoin(PersonFact, and_(PersonFact.person_id == Person.id, PersonFact.effective_from <= bindparam("now", type_=_INSTANT)))
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > bindparam("now", type_=_INSTANT),
        SignInSession.last_seen_at > bindparam("idle_since", type_=_INSTANT),
    )
)


def signed_in_by_token_hash(token_hash: str, *, now: datetime, idle_since: datetime) -> SignedIn | None:
    """Who this session belongs to, with what is true of them now: session, person and facts in one statement, no transaction."""
    with reading() as connection:
        rows = connection.execute(_SIGNED_IN, {"token_hash": token_hash, "now": now, "idle_since": idle_since}).all()
    if not rows:
        return None
    facts = [Fact(FactKind(row.kind), row.value["value"], row.effective_from, row.recorded_at, row.fact_id) for row in rows if row.fact_id is not None]
    state = state_at(facts, at=now, known_at=max((fact.recorded_at for fact in facts), default=now))
    first = rows[0]
    return SignedIn(first.session_id, first.person_id, first.public_id, first.name, first.email, first.last_seen_at, state)


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
