"""Grading a whole exam anew from the command line: the list first, then for good."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.exams.factories import NOON
from tests.exams.services.test_ruling import Hall, finish, passed
from training.accounts.models import Person
from training.db import db
from training.exams import queries
from training.exams.models import ItemRuling, Regrade, ScoreRun
from training.exams.rules.runs import RunReason
from training.outbox.models import OutboxMail


@pytest.fixture
def hall(app: Flask) -> Hall:
    return Hall()


def regrade(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["exams", "regrade", *arguments])
    db.session.expire_all()
    return result.output


def ruled_behind_the_back(hall: Hall) -> None:
    """A ruling whose regrade is done already, as far as the database knows: stands in for rules that grade differently from now on."""
    made = ItemRuling(
        item_version_id=hall.version.id, ordinal=1, kind="new_key", key={"correct": ["b"]}, reason="The rules changed.", by_id=hall.trainer.id, ruled_at=NOON
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(Regrade(ruling_id=made.id, total_count=0, graded_at=NOON, finished_at=NOON))
    db.session.commit()


def test_the_list_is_shown_and_nothing_is_changed(app: Flask, hall: Hall) -> None:
    hall.sit("b", others_right=2, name="Gita Gains")
    ruled_behind_the_back(hall)
    said = regrade(app, hall.exam.slug)
    assert "Pass gained: Gita Gains" in said
    assert "50.0% to 75.0%" in said
    assert "1 attempt looked at." in said
    assert [line.strip() for line in said.splitlines() if line.startswith("  ")] == [
        "Pass lost, a re-test is asked for: 0",
        "Pass gained: 1",
        "Pass lost, nothing rests on it: 0",
        "Points only: 0",
    ]
    assert db.session.scalar(select(func.count()).select_from(ScoreRun)) == 1


def test_applying_grades_grants_and_tells_once(app: Flask, hall: Hall) -> None:
    attempt = hall.sit("b", others_right=2)
    person = db.session.get_one(Person, attempt.person_id)
    ruled_behind_the_back(hall)
    assert "1 scores changed so far" in regrade(app, hall.exam.slug, "--apply")
    assert passed(attempt)
    assert queries.runs_of(attempt)[0].reason is RunReason.RULES_CHANGED
    assert "0 scores changed so far" in regrade(app, hall.exam.slug, "--apply")
    assert [mail.recipient for mail in db.session.scalars(select(OutboxMail))] == [person.email]
    assert finish(NOON + timedelta(days=1)) == 0


def test_an_exam_that_is_none_is_said_to_be_none(app: Flask, hall: Hall) -> None:
    assert "there is no exam nothing" in regrade(app, "nothing")
