"""Which endpoints there are."""

from collections.abc import Sequence

from sqlalchemy import func, select

from training.db import db
from training.errors import NotFound
from training.integrations.models import WebhookEndpoint


def endpoints() -> Sequence[WebhookEndpoint]:
    """Every endpoint, in the order they were made."""
    return db.session.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.id)).all()


def endpoint_count() -> int:
    """How many endpoints there are."""
    return db.session.scalar(select(func.count()).select_from(WebhookEndpoint)) or 0


def running_endpoints() -> Sequence[WebhookEndpoint]:
    """The endpoints that are sent to."""
    return db.session.scalars(select(WebhookEndpoint).where(WebhookEndpoint.paused_at.is_(None)).order_by(WebhookEndpoint.id)).all()


def endpoint(endpoint_id: int) -> WebhookEndpoint:
    """The endpoint of this id. Raises NotFound."""
    found = db.session.get(WebhookEndpoint, endpoint_id)
    if found is None:
        raise NotFound(endpoint_id)
    return found


def held_endpoint(endpoint_id: int) -> WebhookEndpoint:
    """The same, as it is now and as nobody else changes it until the transaction ends."""
    asked = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).with_for_update()
    found = db.session.scalar(asked.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(endpoint_id)
    return found
