"""`flask audit`."""

import re

import pytest
from sqlalchemy import text

from tests.audit.factories import entry
from training.db import db


@pytest.fixture
def run(app):
    def invoke(*arguments):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["audit", *arguments])

    return invoke


def test_an_empty_audit_holds(run):
    assert "0 entries sealed, 0 not sealed yet." in run("verify").output


def test_verification_says_what_is_sealed_and_what_is_not(run):
    entry()
    entry()
    assert "2 entries sealed." in run("seal").output
    entry()
    result = run("verify")
    assert result.exit_code == 0
    assert "2 entries sealed, 1 not sealed yet." in result.output and "The chain holds." in result.output


def test_a_head_noted_elsewhere_proves_the_past(run):
    entry()
    run("seal")
    head = re.search(r"Head: (\S+)", run("verify").output)[1]
    entry()
    run("seal")
    assert run("verify", "--expect", head).exit_code == 0
    position, _, noted = head.partition(":")
    other = run("verify", "--expect", f"{position}:{'0' * 64}")
    assert other.exit_code == 1 and "the chain has another hash there than you noted" in other.output
    assert run("verify", "--expect", f"9:{noted}").exit_code == 1
    assert "write it as it was printed" in run("verify", "--expect", "nonsense").output


def test_a_forged_entry_fails_verification_in_words(run):
    entry()
    run("seal")
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        db.session.execute(text("DROP TRIGGER audit_entries_refuse_update"))
    db.session.execute(text("UPDATE audit_entries SET deed = 'person.forged'"))
    result = run("verify")
    assert result.exit_code == 1
    assert "Position 1: entry 1 was changed after it was sealed." in result.output or "was changed after it was sealed." in result.output
    assert "The audit does not hold: 1 faults." in result.output
