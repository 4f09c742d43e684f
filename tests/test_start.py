"""How a process begins: what the collector does meanwhile, and what is left for later."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from training.db import needed_revision

ROOT = Path(__file__).parent.parent
STARTED = """
import gc, json
from flask import cli
before = gc.get_stats()[2]["collections"]
from training.start import create_shell
create_shell()
print(json.dumps({
    "full_collections": gc.get_stats()[2]["collections"] - before,
    "is_at_work": gc.isenabled(),
    "set_aside": gc.get_freeze_count(),
    "left": len(gc.get_objects()),
}))
"""
MAPPED = """
import sqlalchemy, sqlalchemy.orm
mapped = []
sqlalchemy.event.listen(sqlalchemy.orm.Mapper, "mapper_configured", lambda mapper, table: mapped.append(table.__name__))
from training.start import create_shell
create_shell()
print(len(mapped))
sqlalchemy.orm.configure_mappers()
print(len(mapped))
"""


def test_a_command_maps_no_tables_before_it_asks_for_one() -> None:
    """Mapping all of them takes a fifth of a second, and `aliased` at the level of a module does it (decision 0040)."""
    printed = subprocess.run([sys.executable, "-c", MAPPED], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    at_the_start, asked_for = map(int, printed.split())
    assert at_the_start == 0 < asked_for


def test_the_collector_rests_meanwhile_and_leaves_what_was_made_alone() -> None:
    printed = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    started = json.loads(printed)
    assert (started["full_collections"], started["is_at_work"]) == (0, True)
    assert started["set_aside"] > 100_000
    assert started["left"] < 1_000


@pytest.mark.parametrize("name", ["cases", "content", "demo", "gate"])
def test_what_a_late_command_says_of_itself_is_what_it_brings(app: Flask, name: str) -> None:
    late = app.cli.commands[name]
    brought = late.make_context(name, [], resilient_parsing=True).command
    assert (brought.name, brought.help) == (name, late.help)


def test_the_commands_about_migrations_are_listed_before_they_are_loaded_and_work(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert "Perform database migrations." in runner.invoke(args=["--help"]).output
    assert "Upgrade to a later version" in runner.invoke(args=["db", "upgrade", "--help"]).output
    assert runner.invoke(args=["db", "show", needed_revision()]).exit_code == 0
    refused = runner.invoke(args=["db", "no-such-command"])
    assert (refused.exit_code, "No such command 'no-such-command'" in refused.output) == (2, True)
