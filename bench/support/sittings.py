"""What candidates do: they start, open a question, answer it, turn to the next; and the same as fast as the server lets them."""

import asyncio
import gc
import json
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

from support.conversation import Conversation, Reply
from support.figures import percentile
from support.hall import EXAM, FORM_LENGTH, Candidate

WINDOW = "window-of-the-bench"
REST_SECONDS = 10.0
"""How long a candidate thinks about a question."""
KIND = re.compile(rb'data-kind="(\w+)"')
RESPONSES = {"single": {"options": [2]}, "multiple": {"options": [2, 3]}, "case": {"actions": ["REMOVE"], "primary_label": "PRO-01", "severity": "S2"}}


class WrongAnswer(Exception):
    """An answer that is not what a candidate must get."""


@dataclass(slots=True)
class Sitting:
    """One candidate's attempt, and which kind of question stands at the places that were opened."""

    candidate: Candidate
    public_id: str
    kinds: dict[int, str] = field(default_factory=dict)
    sequence: int = 0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"/exams/attempts/{self.public_id}"

    def opening(self, position: int) -> bytes:
        """The request for the page of one place."""
        return self.candidate.request("GET", f"{self.address}/{position}")

    def opened(self, position: int, reply: Reply) -> None:
        """Read the page. Raises WrongAnswer."""
        found = KIND.search(reply.body)
        if reply.status != 200 or found is None:
            raise WrongAnswer(f"page: {reply.status}")
        self.kinds[position] = found[1].decode()

    def saving(self, position: int) -> bytes:
        """The request that saves an answer to a place that was opened."""
        self.sequence += 1
        said = {"client_id": WINDOW, "sequence": self.sequence, "response": RESPONSES[self.kinds[position]], "is_flagged": False}
        return self.candidate.request("PUT", f"{self.address}/answers/{position}", json.dumps(said).encode())

    def submitting(self) -> bytes:
        """The request that submits."""
        return self.candidate.request("POST", f"{self.address}/submission", json.dumps({"client_id": WINDOW}).encode())


def _saved(reply: Reply) -> None:
    if reply.status != 200 or b'"verdict":"saved"' not in reply.body:
        raise WrongAnswer(f"save: {reply.status} {reply.body[:200]!r}")


def _submitted(reply: Reply) -> None:
    if reply.status != 200 or b'"state":"submitted"' not in reply.body:
        raise WrongAnswer(f"submission: {reply.status} {reply.body[:200]!r}")


def starting(candidate: Candidate) -> bytes:
    """The request that starts the exam."""
    return candidate.request("POST", f"/exams/{EXAM}/start")


def started(candidate: Candidate, reply: Reply) -> Sitting:
    """The attempt that the start leads to. Raises WrongAnswer."""
    parts = reply.header(b"location").split("/")
    if reply.status != 302 or len(parts) < 3:
        raise WrongAnswer(f"start: {reply.status} {reply.body[:200]!r}")
    return Sitting(candidate, parts[-2])


@dataclass(frozen=True, slots=True)
class Trial:
    """So many candidates at once: all start within some seconds, and then answer for some seconds."""

    port: int
    candidates: Sequence[Candidate]
    start_seconds: float
    answer_seconds: float


@dataclass(slots=True)
class Heard:
    """What came of a trial: milliseconds by what was asked, errors by what they say, and the sittings."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {"start": [], "page": [], "save": []})
    errors: Counter[str] = field(default_factory=Counter)
    sittings: list[Sitting] = field(default_factory=list)

    def p99(self, asked: str) -> float:
        """What 99 of 100 did not exceed; endless where nothing was answered."""
        return percentile(self.milliseconds[asked], 0.99) if self.milliseconds[asked] else float("inf")

    @property
    def error_count(self) -> int:
        """How many requests went wrong."""
        return self.errors.total()


class _Browser:
    """One candidate in a trial. Every wait counts from when the candidate wanted to ask, not from when it got through."""

    def __init__(self, trial: Trial, candidate: Candidate, heard: Heard) -> None:
        self._trial, self._candidate, self._heard = trial, candidate, heard
        self._conversation = Conversation(trial.port)

    async def _ask(self, asked: str, request: bytes, wanted_at: float) -> Reply:
        await asyncio.sleep(max(0.0, wanted_at - time.perf_counter()))
        reply = await self._conversation.ask(request)
        self._heard.milliseconds[asked].append(1000 * (time.perf_counter() - wanted_at))
        return reply

    async def sit(self, began_at: float, place: float) -> None:
        """`place` from 0 to 1: when in each round this candidate's turn is."""
        try:
            await self._conversation.open()
            await self._sit(began_at, place)
        except (WrongAnswer, OSError) as error:
            self._heard.errors[f"{type(error).__name__}: {error}"] += 1
        finally:
            self._conversation.close()

    async def _sit(self, began_at: float, place: float) -> None:
        sitting = started(self._candidate, await self._ask("start", starting(self._candidate), began_at + place * self._trial.start_seconds))
        self._heard.sittings.append(sitting)
        sitting.opened(1, await self._ask("page", sitting.opening(1), time.perf_counter()))
        position, wanted_at = 1, began_at + self._trial.start_seconds + place * REST_SECONDS
        while wanted_at < began_at + self._trial.start_seconds + self._trial.answer_seconds:
            _saved(await self._ask("save", sitting.saving(position), wanted_at))
            position = position % FORM_LENGTH + 1
            sitting.opened(position, await self._ask("page", sitting.opening(position), time.perf_counter()))
            wanted_at += REST_SECONDS


async def _try(trial: Trial) -> Heard:
    heard = Heard()
    places = [number / len(trial.candidates) for number in range(len(trial.candidates))]
    random.Random(7).shuffle(places)
    began_at = time.perf_counter() + 1.0 + len(trial.candidates) / 2000
    await asyncio.gather(*(_Browser(trial, candidate, heard).sit(began_at, place) for candidate, place in zip(trial.candidates, places, strict=True)))
    return heard


def run_trial(trial: Trial) -> Heard:
    """Carry a trial out; meant for a process of its own."""
    gc.disable()
    return asyncio.run(_try(trial))


@dataclass(frozen=True, slots=True)
class Flood:
    """Ask one thing over so many connections, each again as soon as it is answered."""

    port: int
    asked: str
    sittings: Sequence[Sitting]
    candidates: Sequence[Candidate]
    connections: int
    seconds: float


def _work(flood: Flood) -> Iterator[tuple[bytes, Callable[[Reply], object]]]:
    """What to ask, and what to make of the answer."""
    if flood.asked == "start":
        yield from ((starting(candidate), partial(started, candidate)) for candidate in flood.candidates)
    elif flood.asked == "submit":
        yield from ((sitting.submitting(), _submitted) for sitting in flood.sittings)
    elif flood.asked == "save":
        opened = [sitting for sitting in flood.sittings if sitting.kinds]
        yield from ((sitting.saving(random.choice(list(sitting.kinds))), _saved) for sitting in cycle(opened))
    elif flood.asked == "page":
        for sitting in cycle(flood.sittings):
            position = random.randint(1, FORM_LENGTH)
            yield sitting.opening(position), partial(sitting.opened, position)


@dataclass(frozen=True, slots=True)
class Flow:
    """How many a second were answered rightly, and how many wrongly in all."""

    a_second: float
    errors: Counter[str]


async def _flood(flood: Flood) -> Flow:
    work, errors, count = _work(flood), Counter[str](), 0
    began_at = time.perf_counter()
    ends = []

    async def ask_on() -> None:
        nonlocal count
        conversation = Conversation(flood.port)
        while time.perf_counter() < began_at + flood.seconds and (one := next(work, None)):
            request, understand = one
            try:
                understand(await conversation.ask(request))
                count += 1
            except (WrongAnswer, OSError) as error:
                errors[f"{type(error).__name__}: {error}"] += 1
        ends.append(time.perf_counter())
        conversation.close()

    askers: list[Awaitable[None]] = [ask_on() for _ in range(flood.connections)]
    await asyncio.gather(*askers)
    return Flow(count / (min(ends) - began_at), errors)


def run_flood(flood: Flood) -> Flow:
    """Carry a flood out; meant for a process of its own."""
    return asyncio.run(_flood(flood))
