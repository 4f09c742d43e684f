"""Endpoints' secrets: made, shown once, kept sealed, opened to sign."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.integrations import queries
from training.integrations.models import WebhookEndpoint
from training.integrations.rules import MOST_ENDPOINTS, IntegrationRefusal, Wanted
from training.integrations.rules.addresses import target_of
from training.integrations.rules.messages import SECRET_LENGTH, secret_text
from training.keys.services import opened, sealed
from training.queues.queries import feed_span

PURPOSE = "webhook secrets"
BOTH_GOOD = timedelta(days=1)
"""How long messages are signed by the former secret as well, so that a receiver can change it in peace."""


def create_endpoint(wanted: Wanted, *, keys: Sequence[str], allows_private: bool, by: Actor, now: datetime) -> tuple[WebhookEndpoint, str]:
    """An endpoint that is told what changes from now on, and its secret, which can be read this once. `keys` are SECRET_KEYS."""
    if queries.endpoint_count() >= MOST_ENDPOINTS:
        raise Refusal(IntegrationRefusal.TOO_MANY_ENDPOINTS, most=MOST_ENDPOINTS)
    if target_of(wanted.address, allows_private=allows_private) is None:
        raise Refusal(IntegrationRefusal.ADDRESS_UNFIT)
    number, secret = secrets.token_hex(16), secrets.token_bytes(SECRET_LENGTH)
    made = WebhookEndpoint(
        number=number,
        name=wanted.name,
        address=wanted.address,
        kinds=sorted(wanted.kinds),
        position=feed_span().last,
        secret=sealed(secret, purpose=PURPOSE, name=number, secrets=keys),
        created_at=now,
        created_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    record("webhook.created", by=by, subject=("webhook", made.id), now=now, detail={"kinds": made.kinds})
    return made, secret_text(secret)


def rotate_secret(endpoint: WebhookEndpoint, *, keys: Sequence[str], by: Actor, now: datetime) -> str:
    """Give an endpoint, which is held, another secret, which can be read this once. For a day messages are signed by both."""
    secret = secrets.token_bytes(SECRET_LENGTH)
    endpoint.former_secret, endpoint.former_until = endpoint.secret, now + BOTH_GOOD
    endpoint.secret = sealed(secret, purpose=PURPOSE, name=endpoint.number, secrets=keys)
    record("webhook.secret_rotated", by=by, subject=("webhook", endpoint.id), now=now)
    return secret_text(secret)


def signing_secrets(endpoint: WebhookEndpoint, *, keys: Sequence[str], now: datetime) -> list[bytes]:
    """The secrets by which messages are signed now, the newest first. Raises Refusal where none of SECRET_KEYS opens the newest."""
    newest = opened(endpoint.secret, purpose=PURPOSE, name=endpoint.number, secrets=keys)
    if newest is None:
        raise Refusal(IntegrationRefusal.SEALED)
    is_former_good = endpoint.former_secret is not None and endpoint.former_until is not None and now < endpoint.former_until
    former = opened(endpoint.former_secret or b"", purpose=PURPOSE, name=endpoint.number, secrets=keys) if is_former_good else None
    return [newest, former] if former else [newest]
