"""Candidates save without a pause while web workers are killed and PostgreSQL is stopped: what was acknowledged must be there afterwards, once.

Each candidate sends an answer again, under its number, until the server says what became of it, as the browser's journal does.
In the end every attempt is submitted. A lost answer, a double one, an answer other than 503 to a database that is away, or an
attempt that cannot be ended makes the script fail.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psycopg
from support.conversation import Conversation, Reply
from support.databases import Postgresql, postgresql_database
from support.figures import last_line
from support.hall import Candidate, settle_hall
from support.server import Server
from support.sittings import WINDOW, Sitting, started, starting

LENGTH = 20
REST_SECONDS = 0.5
AGAIN_SECONDS = 0.3
AWAY_SECONDS = 1.0
PATIENCE_SECONDS = 60
CALM_SECONDS = 1.5
"""Between two blows, so that something is under way when the next one comes."""
TAKEN = (b'"verdict":"saved"', b'"verdict":"stale"')


@dataclass(frozen=True, slots=True)
class Plan:
    """How many candidates, and what happens to them."""

    candidates: int
    kills: int
    database_restarts: int


@dataclass(slots=True)
class Diary:
    """What the candidates were told."""

    acknowledged: list[tuple[str, int, int]] = field(default_factory=list)
    """Attempt, position and number of every answer that the server said it has."""
    heard: Counter[int] = field(default_factory=Counter)
    is_over: bool = False


class Stuck(Exception):
    """Something that should have been answered in the end was not."""


async def _until_done(conversation: Conversation, request: bytes, is_done: Callable[[Reply], bool], diary: Diary) -> Reply:
    """Ask again and again, as a browser does, until it is done."""
    end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    said: object = None
    while asyncio.get_running_loop().time() < end:
        try:
            reply = await conversation.ask(request)
            diary.heard[reply.status] += 1
            if is_done(reply):
                return reply
            said = reply.status, reply.body[:200]
        except OSError as error:
            conversation.close()
            said = error
        await asyncio.sleep(AGAIN_SECONDS)
    raise Stuck(f"{request[:80]!r}: {said}")


async def _sit(port: int, candidate: Candidate, diary: Diary) -> None:
    conversation = Conversation(port)
    reply = await _until_done(conversation, starting(candidate), lambda reply: reply.status == 302, diary)
    sitting, position = started(candidate, reply), 0
    while not diary.is_over:
        position = position % LENGTH + 1
        await _answer(conversation, sitting, position, diary)
        await asyncio.sleep(REST_SECONDS)
    await _until_done(conversation, sitting.submitting(), lambda reply: reply.status == 200, diary)
    conversation.close()


async def _answer(conversation: Conversation, sitting: Sitting, position: int, diary: Diary) -> None:
    if position not in sitting.kinds:
        page = await _until_done(conversation, sitting.opening(position), lambda reply: reply.status == 200, diary)
        sitting.opened(position, page)
    request = sitting.saving(position)
    await _until_done(conversation, request, lambda reply: reply.status == 200 and any(said in reply.body for said in TAKEN), diary)
    diary.acknowledged.append((sitting.public_id, position, sitting.sequence))


async def _strike(server: Server, database: Postgresql, plan: Plan, diary: Diary) -> None:
    """The blows, one after another; then let everybody finish."""
    while len(diary.acknowledged) < plan.candidates:
        await asyncio.sleep(0.1)
    for number in range(max(plan.kills, plan.database_restarts)):
        if number < plan.kills:
            await asyncio.sleep(CALM_SECONDS)
            server.kill()
            await asyncio.to_thread(server.start)
        if number < plan.database_restarts:
            await asyncio.sleep(CALM_SECONDS)
            await asyncio.to_thread(database.restart, away_seconds=AWAY_SECONDS)
    await asyncio.sleep(CALM_SECONDS)
    diary.is_over = True


async def _everything(server: Server, database: Postgresql, candidates: Sequence[Candidate], plan: Plan) -> Diary:
    diary = Diary()
    await asyncio.gather(_strike(server, database, plan, diary), *(_sit(server.port, candidate, diary) for candidate in candidates))
    return diary


COUNTS = "SELECT count(*), count(DISTINCT (attempt_id, client_id, sequence)) FROM answer_events"
MISSING = """
    SELECT count(*) FROM unnest(%(attempts)s::text[], %(positions)s::int[], %(sequences)s::bigint[]) AS said (public_id, position, sequence)
    WHERE NOT EXISTS (
        SELECT FROM attempts a JOIN answer_events e ON e.attempt_id = a.id JOIN answers c ON c.attempt_id = a.id AND c.position = e.position
        WHERE a.public_id = said.public_id AND e.client_id = %(window)s AND e.sequence = said.sequence
            AND e.position = said.position AND c.sequence >= said.sequence)
"""
UNENDED = "SELECT count(*) FROM attempts a LEFT JOIN score_runs r ON r.id = a.current_score_run_id WHERE a.state <> 'submitted' OR r.id IS NULL"


@dataclass(frozen=True, slots=True)
class Account:
    """What the database holds in the end, beside what was said."""

    acknowledged: int
    stored: int
    lost: int
    doubled: int
    stuck: int
    broken: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing is lost, double, stuck or answered as an error of ours."""
        return not (self.lost or self.doubled or self.stuck or self.broken)


def account(database: Postgresql, diary: Diary, plan: Plan) -> Account:
    """Look everything up."""
    attempts, positions, sequences = (list(column) for column in zip(*diary.acknowledged, strict=True))
    said = {"attempts": attempts, "positions": positions, "sequences": sequences, "window": WINDOW}
    with psycopg.connect(database.url) as connection:
        stored, distinct = connection.execute(COUNTS).fetchone() or (0, 0)
        (lost,) = connection.execute(MISSING, said).fetchone() or (0,)
        (unended,) = connection.execute(UNENDED).fetchone() or (0,)
        (sittings,) = connection.execute("SELECT count(*) FROM attempts").fetchone() or (0,)
    broken = sum(times for status, times in diary.heard.items() if status not in {200, 302, 503})
    return Account(len(attempts), stored, lost, stored - distinct, unended + abs(sittings - plan.candidates), broken)


def unleash(plan: Plan) -> Account:
    """Carry the plan out."""
    with postgresql_database() as database:
        candidates = settle_hall(database, plan.candidates, length=LENGTH)
        server = Server(database.url, blocking_threads=2)
        server.start()
        try:
            diary = asyncio.run(_everything(server, database, candidates, plan))
        finally:
            server.kill()
        print(f"answers by status: {dict(sorted(diary.heard.items()))}", flush=True)
        return account(database, diary, plan)


def main() -> None:
    """Do it, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few candidates, one kill, one stop of the database")
    plan = Plan(30, 1, 1) if parser.parse_args().short else Plan(200, 3, 1)
    found = unleash(plan)
    print(f"{plan.candidates} candidates; {found}")
    figures = {"acknowledged": found.acknowledged, "stored": found.stored, "lost": found.lost}
    print(last_line("chaos", **figures, kills=plan.kills, database_restarts=plan.database_restarts))
    sys.exit(not found.is_clean)


if __name__ == "__main__":
    main()
