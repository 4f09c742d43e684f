from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.authoring.world import Desk
from tests.conftest import Browser


@pytest.fixture
def desk(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """What runs, with the folder that it came from on this server's disk."""
    monkeypatch.setitem(app.config, "CONTENT_DIR", tmp_path / "content")
    return Desk(tmp_path / "content")


@pytest.fixture
def app_browser(app: Flask) -> Callable[[], Browser]:
    """A browser more that nobody has signed in with."""

    def fresh() -> Browser:
        client = app.test_client()
        assert isinstance(client, Browser)
        return client

    return fresh
