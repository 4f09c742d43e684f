from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.authoring.world import Desk
from tests.conftest import Browser


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    app.config["MEDIA_URL"] = str(tmp_path / "media")
    return Desk(tmp_path / "content")


@pytest.fixture
def app_browser(app: Flask) -> Callable[[], Browser]:
    """A browser more that nobody has signed in with."""

    def fresh() -> Browser:
        client = app.test_client()
        assert isinstance(client, Browser)
        return client

    return fresh
