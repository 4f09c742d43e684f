"""Candidates who send an answer again, under its number, until the server says what became of it, as the browser's journal does; and what is stored of it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sqlalchemy import create_engine, text

from support.conversation import Reply
from support.hall import Candidate
from support.sittings import Sitting, started, starting

LENGTH = 20
"""Questions of a form."""
AGAIN_SECONDS = 0.3
PATIENCE_SECONDS = 60
TAKEN = (b'"verdict":"saved"', b'"verdict":"stale"')
EXPECTED = frozenset({200, 302, 503})
"""Statuses that a server may answer with while it or its database goes away and comes back."""
EVENTS = "SELECT a.public_id, e.position, e.client_id, e.sequence FROM answer_events e JOIN attempts a ON a.id = e.attempt_id"
CURRENT = "SELECT a.public_id, c.position, c.sequence FROM answers c JOIN attempts a ON a.id = c.attempt_id"
SITTINGS = "SELECT state, current_score_run_id FROM attempts"

Asking = Callable[[bytes], Awaitable[Reply]]
"""Asks the server once. Raises OSError where it is away."""


class Stuck(Exception):
    """Something that should have been answered in the end was not."""


@dataclass(slots=True)
class Diary:
    """What everybody was told."""

    acknowledged: list[tuple[str, int, int]] = field(default_factory=list)
    """Attempt, position and number of every answer that the server said it has."""
    heard: Counter[int] = field(default_factory=Counter)
    is_over: bool = False


async def insist(ask: Asking, request: bytes, is_done: Callable[[Reply], bool], diary: Diary) -> Reply:
    """Ask again and again until it is done. Raises Stuck."""
    end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    said: object = None
    while asyncio.get_running_loop().time() < end:
        try:
            reply = await ask(request)
            diary.heard[reply.status] += 1
            if is_done(reply):
                return reply
            said = reply.status, reply.body[:200]
        except OSError as error:
            said = error
        await asyncio.sleep(AGAIN_SECONDS)
    raise Stuck(f"{request[:80]!r}: {said}")


async def sit(ask: Asking, candidate: Candidate, diary: Diary, *, rest_seconds: float) -> None:
    """Start, answer place after place until it is over, and submit."""
    reply = await insist(ask, starting(candidate), lambda reply: reply.status == 302, diary)
    sitting, position = started(candidate, reply), 0
    while not diary.is_over:
        position = position % LENGTH + 1
        await _answer(ask, sitting, position, diary)
        await asyncio.sleep(rest_seconds)
    await insist(ask, sitting.submitting(), lambda reply: reply.status == 200, diary)


async def _answer(ask: Asking, sitting: Sitting, position: int, diary: Diary) -> None:
    if position not in sitting.kinds:
        page = await insist(ask, sitting.opening(position), lambda reply: reply.status == 200, diary)
        sitting.opened(position, page)
    request = sitting.saving(position)
    await insist(ask, request, lambda reply: reply.status == 200 and any(said in reply.body for said in TAKEN), diary)
    diary.acknowledged.append((sitting.public_id, position, sitting.sequence))


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


def account(url: str, diary: Diary, candidates: int) -> Account:
    """Look everything up."""
    engine = create_engine(url)
    with engine.connect() as connection:
        events = connection.execute(text(EVENTS)).all()
        current = {(attempt, position): number for attempt, position, number in connection.execute(text(CURRENT))}
        sittings = connection.execute(text(SITTINGS)).all()
    engine.dispose()
    stored = {(attempt, position, number) for attempt, position, _, number in events}
    lost = sum(said not in stored or current.get(said[:2], 0) < said[2] for said in diary.acknowledged)
    doubled = len(events) - len({(attempt, window, number) for attempt, _, window, number in events})
    unended = sum(state != "submitted" or score_run is None for state, score_run in sittings)
    broken = sum(times for status, times in diary.heard.items() if status not in EXPECTED)
    return Account(len(diary.acknowledged), len(events), lost, doubled, unended + abs(len(sittings) - candidates), broken)
