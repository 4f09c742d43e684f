"""The one place that reads the clock. Views and commands ask it once and pass the instant on."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)
