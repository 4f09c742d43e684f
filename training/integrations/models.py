"""Where messages are sent to."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class WebhookEndpoint(Base):
    """A program that is told what changes at the gate. Its messages wait in the outbox, in its channel."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (CheckConstraint("(former_secret IS NULL) = (former_until IS NULL)", name="former_secret_ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    """128 bits of chance, under which its secrets are sealed: a row's secret opens in no other row."""
    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(500))
    kinds: Mapped[list[Any]]
    """The kinds of events it wants."""
    position: Mapped[int]
    """Up to where of the feed its messages were promised."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed with a key that one of SECRET_KEYS gives."""
    former_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    former_until: Mapped[datetime | None]
    """Until then messages are signed by both."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    paused_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    """Since when it is paused because it said 410: it wants no more."""
    failing_since: Mapped[datetime | None]
    """Since when a message was given up, and none taken afterwards."""

    @property
    def channel(self) -> str:
        """Where in the outbox its messages are."""
        return f"webhook {self.id}"
