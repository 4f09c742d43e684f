"""The load: keep-alive connections over plain sockets, each asking again as soon as it is answered.

Plain sockets because the load shares the machine with the server: a client library would cost more than the answer.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from support.figures import percentile

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Question:
    """One request as bytes, and what its answer must hold."""

    request: bytes
    expected: bytes


def post(path: str, body: bytes, expected: bytes, **headers: str) -> Question:
    """A question that posts JSON."""
    lines = [f"POST {path} HTTP/1.1", "Host: bench", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return Question("\r\n".join([*lines, "", ""]).encode() + body, expected)


@dataclass(frozen=True, slots=True)
class Plan:
    """How hard to ask what, for how long."""

    port: int
    questions: Sequence[Question]
    connections: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    requests_a_second: float
    p99_ms: float


class WrongAnswer(Exception):
    """An answer that is not the one the question expects: a bench of wrong answers measures nothing."""


@dataclass(slots=True)
class Asker:
    """One connection: what it asked last, when, and what has come back."""

    socket: socket.socket
    question: Question
    asked_at: float = 0.0
    received: bytes = b""
    latencies: list[float] = field(default_factory=list)

    def ask(self, question: Question) -> None:
        """Send the next question."""
        self.question, self.received, self.asked_at = question, b"", time.perf_counter()
        self.socket.sendall(question.request)

    def listen(self) -> bool:
        """Take in what has come; whether the answer is whole."""
        self.received += self.socket.recv(65536)
        if not _is_whole(self.received):
            return False
        self.latencies.append(time.perf_counter() - self.asked_at)
        if not self.received.startswith(b"HTTP/1.1 200") or self.question.expected not in self.received:
            raise WrongAnswer(f"asked {self.question!r}, heard {self.received!r}")
        return True


def _is_whole(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length: ")
    return bool(rest) and len(body) >= int(rest.partition(b"\r\n")[0])


def drive(plan: Plan) -> Outcome:
    """Carry the plan out. Raises WrongAnswer."""
    askers = [Asker(socket.create_connection((HOST, plan.port)), plan.questions[0]) for _ in range(plan.connections)]
    try:
        started = time.perf_counter()
        _ask_until(started + plan.seconds, askers, plan.questions)
        elapsed = time.perf_counter() - started
    finally:
        for asker in askers:
            asker.socket.close()
    latencies = [latency for asker in askers for latency in asker.latencies]
    return Outcome(len(latencies) / elapsed, 1000 * percentile(latencies, 0.99))


def pace(plan: Plan, requests_a_second: float) -> Outcome:
    """Carry the plan out at this rate, whatever the server does. A question that finds every connection busy counts from when it was due.

    Raises WrongAnswer.
    """
    askers = [Asker(socket.create_connection((HOST, plan.port)), plan.questions[0]) for _ in range(plan.connections)]
    try:
        started = time.perf_counter()
        _ask_at(started, 1 / requests_a_second, started + plan.seconds, askers, plan.questions)
    finally:
        for asker in askers:
            asker.socket.close()
    latencies = [latency for asker in askers for latency in asker.latencies]
    return Outcome(len(latencies) / plan.seconds, 1000 * percentile(latencies, 0.99))


def _ask_at(due: float, interval: float, end: float, askers: Sequence[Asker], questions: Sequence[Question]) -> None:
    free, position = deque(askers), 0
    with selectors.DefaultSelector() as selector:
        for asker in askers:
            selector.register(asker.socket, selectors.EVENT_READ, asker)
        while due < end:
            had_to_wait = not free
            wait = max(0.0, due - time.perf_counter()) if free else None
            free.extend(key.data for key, _events in selector.select(timeout=wait) if key.data.listen())
            if free and time.perf_counter() >= due:
                asker = free.popleft()
                asker.ask(questions[position % len(questions)])
                asker.asked_at = due if had_to_wait else asker.asked_at
                due, position = due + interval, position + 1


def _ask_until(end: float, askers: Sequence[Asker], questions: Sequence[Question]) -> None:
    position = 0
    with selectors.DefaultSelector() as selector:
        for asker in askers:
            selector.register(asker.socket, selectors.EVENT_READ, asker)
            asker.ask(questions[position % len(questions)])
            position += 1
        while time.perf_counter() < end:
            for key, _events in selector.select(timeout=1):
                if key.data.listen():
                    key.data.ask(questions[position % len(questions)])
                    position += 1
