"""Programs: the one statement that checks a token, and the list for administrators."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, bindparam, cast, or_, select

from training.accounts.models import ApiClient
from training.db import Prepared, db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A program that showed a valid token."""

    client_id: int
    name: str
    scopes: frozenset[str]


_CLIENT_BY_TOKEN = Prepared(
    select(ApiClient.id, ApiClient.name, cast(ApiClient.scopes, Text)).where(
        ApiClient.token_hash == bindparam("token_hash"),
        ApiClient.revoked_at.is_(None),
        or_(ApiClient.expires_at.is_(None), ApiClient.expires_at > bindparam("now", type_=ApiClient.created_at.type)),
    )
)


def client_by_token_hash(token_hash: str, *, now: datetime) -> KnownClient | None:
    """The program whose token this is, unless it is revoked or expired: one indexed statement, no transaction."""
    for client_id, name, scopes in _CLIENT_BY_TOKEN.rows(token_hash=token_hash, now=now):
        return KnownClient(client_id, name, frozenset(json.loads(scopes)))
    return None


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
