"""An exam hall in memory: what the services promise, written from their promises and not from their code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.exams.machine.plain_bank import PlainPlace, PlainScore, score

LIMIT = timedelta(minutes=15)
GRACE = timedelta(seconds=10)
COOLDOWNS = (timedelta(hours=24), timedelta(hours=72), timedelta(days=7))
PERIOD, TRIES = timedelta(days=30), 3


@dataclass(frozen=True)
class Sent:
    """One answer as a window sent it."""

    position: int
    window: str
    number: int
    word: str
    is_flagged: bool


@dataclass
class PlainAttempt:
    """One sitting."""

    public_id: str
    places: tuple[PlainPlace, ...]
    started_at: datetime
    deadline_at: datetime
    state: str = "open"
    finished_at: datetime | None = None
    writer: str | None = None
    floor: int = 0
    events: list[tuple[Sent, str]] = field(default_factory=list)
    current: dict[int, Sent] = field(default_factory=dict)
    score: PlainScore | None = None

    def takes_answers(self, now: datetime) -> bool:
        return self.state == "open" and now <= self.deadline_at + GRACE

    def save(self, sent: Sent, now: datetime) -> str:
        """Keep what was sent; say what became of it."""
        for known, verdict in self.events:
            if (known.window, known.number) == (sent.window, sent.number):
                return verdict if known == sent else "reused_sequence"
        verdict = self._verdict(sent, now)
        self.events.append((sent, verdict))
        if verdict == "saved":
            self.writer = sent.window
            self.current[sent.position] = sent
        return verdict

    def _verdict(self, sent: Sent, now: datetime) -> str:
        if self.state == "submitted":
            return "closed"
        if not self.takes_answers(now):
            return "late"
        if self.writer not in (None, sent.window):
            return "other_writer"
        if not 1 <= sent.position <= len(self.places) or not self.places[sent.position - 1].can_be_read(sent.word):
            return "unreadable"
        return "saved" if self._is_newest(sent) else "stale"

    def _is_newest(self, sent: Sent) -> bool:
        if self.writer is not None and sent.number <= self.floor:
            return False
        now_there = self.current.get(sent.position)
        return now_there is None or now_there.window != sent.window or now_there.number < sent.number

    def claim(self, window: str, number: int, *, takes_over: bool) -> bool:
        """Let a window write."""
        if self.writer not in (None, window) and not takes_over:
            return False
        if self.writer not in (None, window):
            self.floor = max(number, *(sent.number for sent, _ in self.events if sent.window == window), 0)
        self.writer = window
        return True

    def end(self, state: str, at: datetime) -> None:
        """End it, and work out the score."""
        self.state, self.finished_at = state, min(at, self.deadline_at)
        words = [self.current[position].word if position in self.current else "blank" for position in range(1, len(self.places) + 1)]
        self.score = score(self.places, words)

    def reopen(self) -> None:
        """A refusal rolled the end back; whoever looks next ends it at the same instant."""
        self.state, self.finished_at, self.score = "open", None, None

    def expire_if_due(self, now: datetime) -> bool:
        if self.state == "open" and not self.takes_answers(now):
            self.end("expired", now)
        return self.state == "expired"


@dataclass
class PlainPerson:
    """Somebody and all their attempts."""

    id: int
    allowance: timedelta
    attempts: list[PlainAttempt] = field(default_factory=list)

    @property
    def open_attempt(self) -> PlainAttempt | None:
        return next((attempt for attempt in self.attempts if attempt.state == "open"), None)

    def may_not_start(self, now: datetime) -> str | None:
        """Why a new attempt is refused; nothing where it is not."""
        if any(attempt.score and attempt.score.is_passed for attempt in self.attempts):
            return "start_held_already"
        return "start_retake_waits" if self._waits(now) else None

    def _waits(self, now: datetime) -> bool:
        if not self.attempts:
            return False
        finished_at = self.attempts[-1].finished_at
        assert finished_at is not None, "nobody starts beside a running attempt"
        recent = [attempt for attempt in self.attempts if attempt.started_at > now - PERIOD]
        return now < finished_at + COOLDOWNS[min(len(self.attempts), 3) - 1] or len(recent) >= TRIES
