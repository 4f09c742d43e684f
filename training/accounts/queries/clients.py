"""Programs: the one statement that checks a token, and the list for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from training.accounts.models import ApiClient
from training.db import db, reading
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A program that showed a valid token."""

    client_id: int
    name: str
    scopes: frozenset[str]


_CLIENT_BY_TOKEN = select(ApiClient.id, ApiClient.name, ApiClient.scopes).where(
    ApiClient.token_hash == bindparam("token_hash"),
    ApiClient.revoked_at.is_(None),
    or_(ApiClient.expires_at.is_(None), ApiClient.expires_at > bindparam("now", type_=ApiClient.created_at.type)),
)


def client_by_token_hash(token_hash: str, *, now: datetime) -> KnownClient | None:
    """The program whose token this is, unless it is revoked or expired: one indexed statement, no transaction."""
    with reading() as connection:
        found = connection.execute(_CLIENT_BY_TOKEN, {"token_hash": token_hash, "now": now}).first()
    return KnownClient(found.id, found.name, frozenset(found.scopes)) if found else None


def clients() -> Sequence[ApiClient]:
    """Every program, the newest first."""
    return db.session.scalars(select(ApiClient).order_by(ApiClient.created_at.desc(), ApiClient.id.desc())).all()


def client_by_name(name: str) -> ApiClient | None:
    """The program of this name."""
    return db.session.scalar(select(ApiClient).where(ApiClient.name == name))


def client(client_id: int) -> ApiClient:
    """The program with this id. Raises NotFound."""
    found = db.session.get(ApiClient, client_id)
    if found is None:
        raise NotFound
    return found
