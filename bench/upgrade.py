"""An upgrade while candidates sit an exam, as docs/operations.md tells an operator to do it: expand, new workers, old ones ended, contract.

A copy of the program serves; the next release is unpacked over it. Its first migration adds columns and a table and copies a column's rows, the
one of the release after takes that column away. Candidates save without a pause through whatever worker takes them in, a review tool asks
the gate, and `/readyz` is asked at every step. A lost answer, a double one, a worker that is ready too soon or not any more, an answer of the
gate that is none, or an attempt that cannot be ended makes the script fail. On SQLite and on PostgreSQL.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, text
from support import ROOT
from support.conversation import Conversation, Reply
from support.databases import Database, application, postgresql_database, sqlite_database
from support.figures import last_line
from support.hall import Candidate, settle_hall
from support.server import Server
from support.sittings import WINDOW, Sitting, started, starting

from training.accounts.rules import Scope
from training.accounts.services import create_client
from training.actors import SYSTEM
from training.db import db, needed_revision
from training.queues.documents import QueueDocument
from training.queues.services import publish_queue

LENGTH = 20
REST_SECONDS = 0.1
AGAIN_SECONDS = 0.2
STEP_SECONDS = 1.5
"""How long everybody goes on between two steps."""
PATIENCE_SECONDS = 60
QUEUE = "upgrade-queue"
COPIED = ("training", "migrations", "bench", "pyproject.toml", "wsgi.py")
TAKEN = (b'"verdict":"saved"', b'"verdict":"stale"')
OLD, NEXT, AFTER = "9000", "9001", "9002"
"""The migrations of the release that serves, of the one that takes its place, and of the one after."""

MIGRATION = """import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = {revision!r}, {before!r}, None, None


def upgrade():
    {up}


def downgrade():
    {down}
"""
STEPS = {
    OLD: ('op.add_column("attempts", sa.Column("of_the_old_release", sa.Integer))', 'op.drop_column("attempts", "of_the_old_release")'),
    NEXT: (
        'op.add_column("attempts", sa.Column("of_the_next_release", sa.Integer))\n'
        '    op.add_column("answer_events", sa.Column("of_the_next_release", sa.Integer))\n'
        '    op.add_column("answers", sa.Column("of_the_next_release", sa.Integer, nullable=False, server_default="0"))\n'
        '    op.create_table("tables_of_the_next_release", sa.Column("id", sa.Integer, primary_key=True))\n'
        '    op.execute("UPDATE attempts SET of_the_next_release = of_the_old_release")',
        "pass",
    ),
    AFTER: ('op.drop_column("attempts", "of_the_old_release")', "pass"),
}


class WentWrong(Exception):
    """Something that the chapter promises is not so."""


@dataclass(slots=True)
class Doors:
    """The workers that take candidates and programs in now, by their ports; turn by turn."""

    open: list[int]
    turn: int = 0

    def next(self) -> int:
        """Whose turn it is."""
        self.turn += 1
        return self.open[self.turn % len(self.open)]


@dataclass(slots=True)
class Diary:
    """What everybody was told."""

    acknowledged: list[tuple[str, int, int]] = field(default_factory=list)
    """Attempt, position and number of every answer that the server said it has."""
    heard: Counter[int] = field(default_factory=Counter)
    taken_by: Counter[int] = field(default_factory=Counter)
    """Saves by the port of the worker that took them."""
    gate: Counter[str] = field(default_factory=Counter)
    is_over: bool = False


class Program:
    """A folder with the program, over which releases are unpacked while it runs."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url, self._last = folder, url, needed_revision()
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, folder / name)

    def unpack(self, revision: str) -> None:
        """Lay the files of a release over the folder."""
        up, down = STEPS[revision]
        written = MIGRATION.format(revision=revision, before=self._last, up=up, down=down)
        (self.folder / "migrations" / "versions" / f"{revision}_of_a_later_release.py").write_text(written)
        self._last = revision

    def database(self, *arguments: str) -> None:
        """`flask db`, as an operator runs it. Raises WentWrong."""
        environment = os.environ | {"DATABASE_URL": self.url, "SECRET_KEYS": "a-key-of-the-bench-that-signs-nothing-real", "PYTHONPATH": str(self.folder)}
        ran = subprocess.run([sys.executable, "-m", "flask", "db", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise WentWrong(ran.stderr)

    @contextmanager
    def worker(self) -> Iterator[Server]:
        """Workers of the program as it lies there now, until they are stopped."""
        server = Server(self.url, blocking_threads=2, program=self.folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


async def _until_done(doors: Doors, request: bytes, is_done: Callable[[Reply], bool], diary: Diary) -> Reply:
    """Ask at one door after another, as a browser behind a proxy does, until it is done."""
    end, said = asyncio.get_running_loop().time() + PATIENCE_SECONDS, object()
    while asyncio.get_running_loop().time() < end:
        port = doors.next()
        conversation = Conversation(port)
        try:
            reply = await conversation.ask(request)
            diary.heard[reply.status] += 1
            if is_done(reply):
                diary.taken_by[port] += request.startswith(b"PUT")
                return reply
            said = reply.status, reply.body[:200]
        except OSError as error:
            said = error
        finally:
            conversation.close()
        await asyncio.sleep(AGAIN_SECONDS)
    raise WentWrong(f"{request[:80]!r}: {said}")


async def _sit(doors: Doors, candidate: Candidate, diary: Diary) -> None:
    reply = await _until_done(doors, starting(candidate), lambda reply: reply.status == 302, diary)
    sitting, position = started(candidate, reply), 0
    while not diary.is_over:
        position = position % LENGTH + 1
        await _answer(doors, sitting, position, diary)
        await asyncio.sleep(REST_SECONDS)
    await _until_done(doors, sitting.submitting(), lambda reply: reply.status == 200, diary)


async def _answer(doors: Doors, sitting: Sitting, position: int, diary: Diary) -> None:
    if position not in sitting.kinds:
        page = await _until_done(doors, sitting.opening(position), lambda reply: reply.status == 200, diary)
        sitting.opened(position, page)
    request = sitting.saving(position)
    await _until_done(doors, request, lambda reply: reply.status == 200 and any(said in reply.body for said in TAKEN), diary)
    diary.acknowledged.append((sitting.public_id, position, sitting.sequence))


async def _ask_the_gate(doors: Doors, token: str, diary: Diary) -> None:
    """A review tool: it asks about a candidate whose language lets them in, and goes to the next worker where one is just ending."""
    said = {"subject": {"type": "moderator", "id": f"p_{1:016}"}, "action": {"name": "work"}, "resource": {"type": "queue", "id": QUEUE}}
    body = json.dumps(said).encode()
    head = f"POST /access/v1/evaluation HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    request = head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    while not diary.is_over:
        reply = await _until_done(doors, request, lambda reply: reply.status == 200, diary)
        diary.gate["yes" if json.loads(reply.body)["decision"] is True else "no"] += 1
        await asyncio.sleep(REST_SECONDS)


async def _readiness(server: Server, *, is_ready: bool, migration: str, needed: str) -> None:
    """What `/readyz` must say. Raises WentWrong."""
    conversation = Conversation(server.port)
    reply = await conversation.ask(b"GET /readyz HTTP/1.1\r\nHost: bench\r\n\r\n")
    conversation.close()
    wanted = (200 if is_ready else 503, migration, needed)
    if (found := (reply.status, (said := json.loads(reply.body))["migration"], said["needed_migration"])) != wanted:
        raise WentWrong(f"/readyz says {found}, not {wanted}")


async def _upgrade(program: Program, old: Server, workers: ExitStack, doors: Doors, diary: Diary) -> None:
    """The steps of the chapter, and those of the release after it; then everybody may finish."""
    await asyncio.sleep(STEP_SECONDS)
    await _readiness(old, is_ready=True, migration=OLD, needed=OLD)
    program.unpack(NEXT)
    new = await asyncio.to_thread(workers.enter_context, program.worker())
    await _readiness(new, is_ready=False, migration=OLD, needed=NEXT)
    await _readiness(old, is_ready=True, migration=OLD, needed=OLD)
    await asyncio.to_thread(program.database, "upgrade")
    await _readiness(old, is_ready=True, migration=NEXT, needed=OLD)
    await _readiness(new, is_ready=True, migration=NEXT, needed=NEXT)
    doors.open.append(new.port)
    await asyncio.sleep(STEP_SECONDS)
    doors.open.remove(old.port)
    await asyncio.to_thread(old.stop)
    await asyncio.sleep(STEP_SECONDS)
    program.unpack(AFTER)
    await asyncio.to_thread(program.database, "upgrade")
    await _readiness(new, is_ready=True, migration=AFTER, needed=NEXT)
    await asyncio.sleep(STEP_SECONDS)
    if len(diary.taken_by) != 2:
        raise WentWrong("only one of two workers took answers")
    diary.is_over = True


async def _everything(program: Program, candidates: Sequence[Candidate], token: str) -> Diary:
    diary = Diary()
    with ExitStack() as workers:
        old = workers.enter_context(program.worker())
        doors = Doors([old.port])
        people = (_sit(doors, candidate, diary) for candidate in candidates)
        await asyncio.gather(_upgrade(program, old, workers, doors, diary), _ask_the_gate(doors, token, diary), *people)
    return diary


EVENTS = "SELECT a.public_id, e.position, e.sequence FROM answer_events e JOIN attempts a ON a.id = e.attempt_id WHERE e.client_id = :window"
CURRENT = "SELECT a.public_id, c.position, c.sequence FROM answers c JOIN attempts a ON a.id = c.attempt_id"
ENDED = "SELECT count(*) FROM attempts WHERE state = 'submitted' AND current_score_run_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Account:
    """What the database holds in the end, beside what was said."""

    acknowledged: int
    lost: int
    doubled: int
    stuck: int
    broken: int
    denied: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing is lost, double, stuck, answered as an error of ours or denied by the gate."""
        return not (self.lost or self.doubled or self.stuck or self.broken or self.denied)


def account(url: str, diary: Diary, candidates: int) -> Account:
    """Look everything up."""
    engine = create_engine(url)
    with engine.connect() as connection:
        stored = Counter((attempt, position, number) for attempt, position, number in connection.execute(text(EVENTS), {"window": WINDOW}))
        current = {(attempt, position): number for attempt, position, number in connection.execute(text(CURRENT))}
        ended = connection.scalar(text(ENDED)) or 0
    engine.dispose()
    lost = sum(said not in stored or current.get(said[:2], 0) < said[2] for said in diary.acknowledged)
    broken = sum(times for status, times in diary.heard.items() if status not in {200, 302, 503})
    return Account(len(diary.acknowledged), lost, stored.total() - len(stored), abs(candidates - ended), broken, diary.gate["no"])


def _settle(url: str) -> str:
    """A queue that asks for a language alone, and the token of the tool that asks about it."""
    now = datetime.now(UTC)
    values = {"id": QUEUE, "title": "Queue", "summary": "Work.", "surfaces": ["review"], "areas": ["PRO"], "severity_ceiling": "S2"}
    with application(url).app_context():
        publish_queue(QueueDocument.model_validate(values | {"requires": {"languages": ["en"]}}), by=SYSTEM, now=now)
        made = create_client(name="A review tool", scopes=[Scope.ACCESS_READ], by=SYSTEM, now=now)
        db.session.commit()
        db.engine.dispose()
    return made.token


def upgrade(database: Database, candidates: int) -> Account:
    """Everything over this database."""
    with tempfile.TemporaryDirectory(prefix="touchstone-upgrade-") as folder:
        seated, token = settle_hall(database, candidates, length=LENGTH), _settle(database.url)
        program = Program(Path(folder), database.url)
        program.database("stamp", needed_revision())
        program.unpack(OLD)
        program.database("upgrade")
        diary = asyncio.run(_everything(program, seated, token))
    print(f"{database.name}: answers by status {dict(sorted(diary.heard.items()))}, {diary.gate['yes']} of the gate", flush=True)
    return account(database.url, diary, candidates)


def main() -> None:
    """Do it on both databases, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few candidates")
    candidates, figures, is_clean = 8 if parser.parse_args().short else 40, dict[str, float](), True
    for kind in (sqlite_database, postgresql_database):
        with kind() as database:
            found = upgrade(database, candidates)
        print(f"{database.name}, {candidates} candidates; {found}", flush=True)
        figures |= {f"{database.name.lower()}_acknowledged": found.acknowledged, f"{database.name.lower()}_lost": found.lost}
        is_clean = is_clean and found.is_clean
    print(last_line("upgrade", **figures))
    sys.exit(not is_clean)


if __name__ == "__main__":
    main()
