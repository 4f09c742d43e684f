"""Programs: making and revoking their tokens."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from training.accounts import queries
from training.accounts.models import ApiClient
from training.accounts.rules import SCOPES, AccountReason
from training.accounts.services.sessions import token_hash
from training.accounts.services.taken import unless_taken
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal


@dataclass(frozen=True, slots=True)
class CreatedClient:
    """A new program and its token, which can be read this once."""

    client: ApiClient
    token: str


def create_client(
    *, name: str, scopes: Collection[str], by: Actor, now: datetime, expires_at: datetime | None = None, token: str | None = None
) -> CreatedClient:
    """A program with a token of its own, made up unless given. Raises Refusal for a taken name and for an unknown scope."""
    if unknown := set(scopes) - set(SCOPES):
        raise Refusal(AccountReason.SCOPE_UNKNOWN, scope=sorted(unknown)[0], known=", ".join(SCOPES))
    if queries.client_by_name(name) is not None:
        raise Refusal(AccountReason.CLIENT_NAME_TAKEN, name=name)
    token = token or f"ts_{secrets.token_urlsafe(32)}"
    client = ApiClient(name=name, token_hash=token_hash(token), scopes=sorted(set(scopes)), created_at=now, expires_at=expires_at)
    with unless_taken(AccountReason.CLIENT_NAME_TAKEN, name=name):
        db.session.add(client)
    record("client.created", by=by, subject=("client", client.id), now=now, detail={"scopes": client.scopes})
    return CreatedClient(client, token)


def revoke_client(client: ApiClient, *, by: Actor, now: datetime) -> None:
    """Refuse this program's token from now on."""
    if client.revoked_at is None:
        client.revoked_at = now
        record("client.revoked", by=by, subject=("client", client.id), now=now)


def authenticate_client(token: str, *, now: datetime) -> queries.KnownClient | None:
    """The program that this token belongs to, or nobody: one indexed statement."""
    return queries.client_by_token_hash(token_hash(token), now=now)
