"""A key that nobody may trust any more."""

from datetime import UTC, datetime

import pytest

from training.keys.rules import PublishedKey


@pytest.fixture
def frozen_key() -> PublishedKey:
    return PublishedKey("revoked", bytes(32), datetime(2026, 3, 1, 12, tzinfo=UTC))
