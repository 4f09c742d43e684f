from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from tests.content_store.folders import alter, write, write_folder
from training.content_store.models import StoredDocument
from training.db import db

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_folder(tmp_path / "content")
    monkeypatch.setitem(app.config, "CONTENT_DIR", root)
    return root


@pytest.fixture
def run(app: Flask) -> Iterator[Run]:
    """Runs `flask content …`."""

    def run_command(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["content", *words])

    yield run_command


def stored_count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StoredDocument)) or 0


def test_a_sound_folder_is_said_to_be_sound(folder: Path, run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0 and result.output == f"{folder}: 11 documents, 0 pictures and recordings, all sound.\n"


def test_faults_are_printed_all_at_once_and_the_command_fails(folder: Path, run: Run) -> None:
    alter(folder, "queues/listings.yaml", "title: Listings", "titel: Listings")
    alter(folder, "courses/onboarding.yaml", "[goods]", "[good]")
    for command in ("check", "plan", "apply"):
        result = run(command)
        assert result.exit_code == 1
        assert result.output.splitlines() == [
            "courses/onboarding.yaml:5: modules.0: there is no module `good`; did you mean `goods`?",
            "queues/listings.yaml:1: title: is missing; add it",
            "queues/listings.yaml:2: titel: is not a field that anybody reads; remove it, or did you mean `title`?",
            f"3 faults in {folder}. Nothing was changed.",
        ]
    assert stored_count() == 0


def test_a_plan_changes_nothing_and_an_application_is_done_once(folder: Path, run: Run) -> None:
    planned = run("plan")
    assert "+ module goods (policies/goods.md) is new" in planned.output and planned.output.endswith("11 to look at, 0 unchanged.\n")
    assert stored_count() == 0
    warning = "! exam entry-exam: the bank holds 1.0 forms' worth; the caps on exposure and sharing bind from 4 on, below they only warn\n"
    assert run("apply").output == planned.output + warning + "Applied.\n"
    assert stored_count() == 11
    assert run("plan").output == "No change: 11 documents are as they run.\n"


def test_more_places_on_trial_than_there_are_items_for_is_told_where_an_exam_is_published(folder: Path, run: Run) -> None:
    alter(folder, "exams/entry-exam.yaml", "item_count: 2", "item_count: 2\npilot_items: 2")
    warning = "! exam entry-exam: `pilot_items` asks for 2, and the bank holds 0 on trial that fit; write more, or ask for fewer\n"
    assert warning in run("apply").output
    assert warning not in run("apply").output, "it was published before"


def test_a_conflict_stops_the_application_until_a_side_is_taken(folder: Path, run: Run) -> None:
    run("apply")
    stored = db.session.scalar(select(StoredDocument).where(StoredDocument.slug == "onboarding"))
    assert stored is not None
    stored.content_hash = "0" * 64
    db.session.commit()
    kept = run("plan").output
    assert "! course onboarding (courses/onboarding.yaml) was changed outside the folder and is kept" in kept
    alter(folder, "courses/onboarding.yaml", "title: Onboarding", "title: Welcome")
    stopped = run("apply")
    assert stopped.exit_code == 1 and "was changed on the web and in the folder" in stopped.output
    assert run("apply", "--theirs").exit_code == 0
    assert run("plan").output.startswith("No change")


def test_a_refusal_is_told_in_words_with_its_file(folder: Path, run: Run) -> None:
    run("apply")
    alter(folder, "cases/pro/case-two.yaml", "pool: exam", "pool: practice")
    (folder / "exams/items/pro/item-two.yaml").unlink()
    alter(folder, "exams/entry-exam.yaml", "version: 1.0.0", "version: 1.1.0")
    alter(folder, "exams/entry-exam.yaml", "item_count: 2", "item_count: 1")
    alter(folder, "exams/entry-exam.yaml", "minimum: 2, maximum: 2", "minimum: 1, maximum: 1")
    result = run("apply")
    assert result.exit_code == 1
    assert any(line.startswith("cases/pro/case-two.yaml:1: ") for line in result.output.splitlines())
    assert "Nothing was changed." in result.output
    assert run("plan").output.count("\n") > 1


def test_an_export_says_what_it_wrote(folder: Path, run: Run, tmp_path: Path) -> None:
    run("apply")
    result = run("export", "--to", str(tmp_path / "out"))
    assert "policies/goods.md" in result.output and result.output.endswith(f"11 files written to {tmp_path / 'out'}.\n")
    assert run("export").output == f"0 files written to {folder}.\n"


def test_an_export_over_other_texts_is_refused_in_words(folder: Path, run: Run) -> None:
    run("apply")
    write(folder, "queues/listings.yaml", "something else")
    result = run("export")
    assert result.exit_code == 1
    assert result.output.startswith("queues/listings.yaml: says something that was never brought in\nNothing was written.")
    assert run("export", "--overwrite").exit_code == 0
