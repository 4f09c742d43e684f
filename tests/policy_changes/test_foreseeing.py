"""A module's next version, foreseen from the content folder."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.content_store.folders import alter, write_folder
from training.actors import SYSTEM
from training.content_sync import services
from training.courses.rules.clause_changes import ClauseMark
from training.courses.rules.versions import Step
from training.db import db

pytestmark = pytest.mark.usefixtures("app")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
GOODS = "policies/goods.md"
Faults = Callable[[], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is published as it is."""
    root = write_folder(tmp_path / "content")
    services.apply(services.propose(root), allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW)
    db.session.commit()
    return root


def changed(folder: Path, version: str, marks: str = "") -> list[str]:
    alter(folder, GOODS, "No offers of firearms.", "No offers of firearms or air guns.")
    alter(folder, GOODS, "version: 1.0.0\n", f"version: {version}\n{marks}")
    return [str(fault) for fault in services.propose(folder).faults]


def test_a_changed_clause_without_a_mark_is_a_fault_with_file_and_line(folder: Path) -> None:
    assert changed(folder, "1.1.0") == [
        "policies/goods.md:14: clause PRO-01.a: differs from what is published, and `changes` does not say how much; "
        "mark it under `changes.clauses`: editorial, clarified or changed"
    ]


def test_a_marked_change_is_foreseen_with_its_words(folder: Path) -> None:
    assert changed(folder, "2.0.0", "changes: { since: 1.0.0, clauses: { PRO-01.a: changed }, due_days: 7 }\n") == []
    (change,) = services.propose(folder).changes
    assert (change.module, change.step, change.due_days, change.touched) == ("goods", Step.MAJOR, 7, {"PRO-01.a"})
    (clause,) = change.clauses
    assert clause.mark is ClauseMark.CHANGED
    assert [edit.text for edit in clause.edits if edit.kind != "same"] == [" or air guns"]


def test_a_patch_corrects_words_and_touches_nothing(folder: Path) -> None:
    assert changed(folder, "1.0.1") == []
    (change,) = services.propose(folder).changes
    assert not change.asks_something and change.touched == frozenset()


def test_a_patch_that_says_more_is_a_fault(folder: Path) -> None:
    (fault,) = changed(folder, "1.0.1", "changes: { since: 1.0.0, clauses: { PRO-01.a: changed } }\n")
    assert fault.startswith("policies/goods.md:15: clause PRO-01.a: changes more than a patch may; raise the second number")


def test_marks_about_an_older_version_are_a_fault_on_their_line(folder: Path) -> None:
    (fault,) = changed(folder, "1.1.0", "changes:\n  since: 0.9.0\n  clauses: { PRO-01.a: changed }\n")
    assert fault.startswith("policies/goods.md:8: changes.since: the marks are about what changed since 0.9.0, and 1.0.0 is published; look at what")


def test_a_mark_on_a_clause_that_says_what_it_said_is_a_fault(folder: Path) -> None:
    (fault,) = changed(folder, "1.1.0", "changes: { since: 1.0.0, clauses: { PRO-01.a: clarified, PRO-01.b: changed } }\n")
    assert fault.startswith("policies/goods.md:7: clause PRO-01.b: is marked under `changes`, and says what it said; take the mark out")


def test_words_outside_clauses_need_no_mark(folder: Path) -> None:
    alter(folder, GOODS, "What this module is for.", "What this module is made for.")
    alter(folder, GOODS, "version: 1.0.0", "version: 1.1.0")
    proposal = services.propose(folder)
    assert proposal.faults == () and [change.clauses for change in proposal.changes] == [()]


def test_marks_stay_in_the_file_and_say_nothing_once_they_are_published(folder: Path) -> None:
    changed(folder, "1.0.1", "changes: { since: 1.0.0, clauses: { PRO-01.a: editorial } }\n")
    services.apply(services.propose(folder), allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW)
    db.session.commit()
    assert services.propose(folder).plan.is_empty
    alter(folder, GOODS, "changes: { since: 1.0.0, clauses: { PRO-01.a: editorial } }\n", "")
    proposal = services.propose(folder)
    assert (proposal.faults, proposal.changes) == ((), ())
    services.apply(proposal, allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW)
