"""Endpoints as small and valid as they can be."""

from collections.abc import Collection

from flask import current_app
from sqlalchemy import select

from training.actors import SYSTEM
from training.config import secrets_of
from training.db import begin_writing, db
from training.integrations.models import WebhookEndpoint
from training.integrations.rules import Wanted
from training.integrations.services.sealing import create_endpoint
from training.integrations.tasks import promise_to
from training.outbox.models import OutboxPost
from training.queues.rules.changes import ChangeKind
from training.queues.tasks import sequence_changes


def endpoint_at(address: str, *, now, kinds: Collection[str] = tuple(ChangeKind)) -> tuple[WebhookEndpoint, str]:
    """An endpoint at this address, and its secret. What the feed holds by now it is not told of."""
    sequence_changes(now)
    begin_writing()
    made, secret = create_endpoint(Wanted("Review tool", address, kinds), keys=secrets_of(current_app.config), allows_private=True, by=SYSTEM, now=now)
    db.session.commit()
    return made, secret


def promise(endpoint: WebhookEndpoint, *, now) -> list[OutboxPost]:
    """Let it be promised what is new in the feed; its messages."""
    db.session.commit()
    sequence_changes(now)
    promise_to(endpoint.id, now=now)
    return posts_of(endpoint)


def posts_of(endpoint: WebhookEndpoint) -> list[OutboxPost]:
    """Its messages, as they are in the database."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(OutboxPost).where(OutboxPost.channel == endpoint.channel).order_by(OutboxPost.id)))
