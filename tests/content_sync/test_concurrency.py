from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.content_store.folders import write_folder
from tests.threads import at_once
from training.content_store.models import StoredDocument
from training.db import db


def test_two_applications_at_once_are_done_one_after_the_other(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "CONTENT_DIR", write_folder(tmp_path / "content"))

    def apply() -> int:
        return app.test_cli_runner().invoke(args=["content", "apply"]).exit_code

    assert at_once(app, apply, 2) == [0, 0]
    assert db.session.scalar(select(func.count()).select_from(StoredDocument)) == 11
