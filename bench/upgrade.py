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
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from support import ROOT
from support.conversation import Conversation, Reply
from support.databases import Database, application, postgresql_database, sqlite_database
from support.figures import last_line
from support.hall import Candidate, settle_hall
from support.insisting import LENGTH, Account, Diary, account, insist, sit
from support.server import Server

from training.accounts.rules import Scope
from training.accounts.services import create_client
from training.actors import SYSTEM
from training.db import db, needed_revision
from training.queues.documents import QueueDocument
from training.queues.services import publish_queue

REST_SECONDS = 0.1
STEP_SECONDS = 1.5
"""How long everybody goes on between two steps."""
QUEUE = "upgrade-queue"
COPIED = ("training", "migrations", "bench", "pyproject.toml", "wsgi.py")
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
    taken_by: Counter[int] = field(default_factory=Counter)
    """Saves by the port of the worker that took them."""

    async def ask(self, request: bytes) -> Reply:
        """Ask at the next door, as a browser behind a proxy does. Raises OSError where that worker is just ending."""
        self.turn += 1
        port = self.open[self.turn % len(self.open)]
        conversation = Conversation(port)
        try:
            reply = await conversation.ask(request)
        finally:
            conversation.close()
        self.taken_by[port] += request.startswith(b"PUT") and reply.status == 200
        return reply


@dataclass(slots=True)
class Tool:
    """A review tool that asks about a candidate whose language lets them in."""

    token: str
    heard: Counter[str] = field(default_factory=Counter)

    async def ask_the_gate(self, doors: Doors, diary: Diary) -> None:
        """Ask until it is over; where a worker is just ending, the next one."""
        said = {"subject": {"type": "moderator", "id": f"p_{1:016}"}, "action": {"name": "work"}, "resource": {"type": "queue", "id": QUEUE}}
        body = json.dumps(said).encode()
        head = f"POST /access/v1/evaluation HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
        request = head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
        while not diary.is_over:
            reply = await insist(doors.ask, request, lambda reply: reply.status == 200, diary)
            self.heard["yes" if json.loads(reply.body)["decision"] is True else "no"] += 1
            await asyncio.sleep(REST_SECONDS)


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
    if len(+doors.taken_by) != 2:
        raise WentWrong("only one of two workers took answers")
    diary.is_over = True


async def _everything(program: Program, candidates: Sequence[Candidate], tool: Tool) -> Diary:
    diary = Diary()
    with ExitStack() as workers:
        old = workers.enter_context(program.worker())
        doors = Doors([old.port])
        people = (sit(doors.ask, candidate, diary, rest_seconds=REST_SECONDS) for candidate in candidates)
        await asyncio.gather(_upgrade(program, old, workers, doors, diary), tool.ask_the_gate(doors, diary), *people)
    return diary


def _settle(url: str) -> Tool:
    """A queue that asks for a language alone, and the tool that asks about it."""
    now = datetime.now(UTC)
    values = {"id": QUEUE, "title": "Queue", "summary": "Work.", "surfaces": ["review"], "areas": ["PRO"], "severity_ceiling": "S2"}
    with application(url).app_context():
        publish_queue(QueueDocument.model_validate(values | {"requires": {"languages": ["en"]}}), by=SYSTEM, now=now)
        made = create_client(name="A review tool", scopes=[Scope.ACCESS_READ], by=SYSTEM, now=now)
        db.session.commit()
        db.engine.dispose()
    return Tool(made.token)


def upgrade(database: Database, candidates: int) -> tuple[Account, Counter[str]]:
    """Everything over this database: what is stored in the end, and what the gate said."""
    with tempfile.TemporaryDirectory(prefix="touchstone-upgrade-") as folder:
        seated, tool = settle_hall(database, candidates, length=LENGTH), _settle(database.url)
        program = Program(Path(folder), database.url)
        program.database("stamp", needed_revision())
        program.unpack(OLD)
        program.database("upgrade")
        diary = asyncio.run(_everything(program, seated, tool))
    print(f"{database.name}: answers by status {dict(sorted(diary.heard.items()))}, {tool.heard['yes']} of the gate", flush=True)
    return account(database.url, diary, candidates), tool.heard


def main() -> None:
    """Do it on both databases, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few candidates")
    candidates, figures, is_clean = 8 if parser.parse_args().short else 40, dict[str, float](), True
    for kind in (sqlite_database, postgresql_database):
        with kind() as database:
            found, gate = upgrade(database, candidates)
        print(f"{database.name}, {candidates} candidates; {found}, denied by the gate {gate['no']}", flush=True)
        figures |= {f"{database.name.lower()}_acknowledged": found.acknowledged, f"{database.name.lower()}_lost": found.lost}
        is_clean = is_clean and found.is_clean and not gate["no"]
    print(last_line("upgrade", **figures))
    sys.exit(not is_clean)


if __name__ == "__main__":
    main()
