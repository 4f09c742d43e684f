"""A translation brought in with its original, and told once it is behind."""

from pathlib import Path

import pytest
from flask import Flask

from tests.content_store.folders import alter, write, write_folder
from tests.content_store.test_translations import PATH, TRANSLATION
from training.courses.queries import translations


def test_a_translation_comes_in_after_its_original_and_is_listed_once_it_is_behind(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_folder(tmp_path / "content")
    monkeypatch.setitem(app.config, "CONTENT_DIR", root)
    write(root, PATH, TRANSLATION)

    def run(command: str) -> str:
        result = app.test_cli_runner().invoke(args=["content", command])
        assert result.exit_code == 0, result.output
        return result.output

    assert run("apply").endswith("Applied.\n"), "its id stands before that of its original"
    (found,) = translations()
    assert (found.slug, found.original_slug, found.is_behind) == ("barang", "goods", False)
    assert "No change" in run("plan")
    alter(root, "policies/goods.md", "version: 1.0.0", "version: 1.1.0")
    behind = f"! {PATH}: follows goods@1.0.0, and goods is at 1.1.0: bring the text up to date and write `translates: goods@1.1.0`"
    assert behind in run("check") and behind in run("plan")
    alter(root, PATH, "goods@1.0.0", "goods@1.1.0")
    alter(root, PATH, "version: 1.0.0", "version: 2.0.0")
    assert "must" not in run("plan"), "a translation asks nothing of anybody, however far its number goes"
