"""Candidates save without a pause while web workers are killed and PostgreSQL is stopped: what was acknowledged must be there afterwards, once.

Each candidate sends an answer again, under its number, until the server says what became of it, as the browser's journal does.
In the end every attempt is submitted. A lost answer, a double one, an answer other than 503 to a database that is away, or an
attempt that cannot be ended makes the script fail.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from support.conversation import Conversation, Reply
from support.databases import Postgresql, postgresql_database
from support.figures import last_line
from support.hall import Candidate, settle_hall
from support.insisting import LENGTH, Account, Diary, account, sit
from support.server import Server

REST_SECONDS = 0.5
AWAY_SECONDS = 1.0
CALM_SECONDS = 1.5
"""Between two blows, so that something is under way when the next one comes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many candidates, and what happens to them."""

    candidates: int
    kills: int
    database_restarts: int


async def _sit(port: int, candidate: Candidate, diary: Diary) -> None:
    """One candidate, over a connection that is opened anew whenever it broke."""
    conversation = Conversation(port)

    async def ask(request: bytes) -> Reply:
        try:
            return await conversation.ask(request)
        except OSError:
            conversation.close()
            raise

    await sit(ask, candidate, diary, rest_seconds=REST_SECONDS)
    conversation.close()


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
        return account(database.url, diary, plan.candidates)


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
