"""An exam hall in memory: what the services promise, written from their promises and not from their code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.exams.machine.plain_bank import PlainPlace, PlainScore, score

LIMIT = timedelta(minutes=15)
GRACE = timedelta(seconds=10)
COOLDOWNS = (timedelta(hours=24), timedelta(hours=72), timedelta(days=7))
PERIOD, TRIES = timedelta(days=30), 3
NO_TIME = timedelta()


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
    breaks_left: timedelta = NO_TIME
    state: str = "open"
    finished_at: datetime | None = None
    paused_at: datetime | None = None
    break_since: datetime | None = None
    writer: str | None = None
    floor: int = 0
    events: list[tuple[Sent, str]] = field(default_factory=list)
    current: dict[int, Sent] = field(default_factory=dict)
    scores: list[PlainScore] = field(default_factory=list)
    rest_before_end: tuple[timedelta, datetime | None] = (NO_TIME, None)
    ruled: int = 0
    """How many of the events a trainer has looked through for late answers."""

    def runs(self, now: datetime) -> bool:
        """Whether it is open and not over; a pause keeps it so."""
        return self.state == "open" and (self.paused_at is not None or now <= self.deadline_at + GRACE)

    @property
    def is_passed(self) -> bool:
        return bool(self.scores) and self.scores[-1].is_passed

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
        if not self.runs(now):
            return "late"
        if self.writer not in (None, sent.window):
            return "other_writer"
        if not 1 <= sent.position <= len(self.places) or not self.places[sent.position - 1].can_be_read(sent.word):
            return "unreadable"
        if not self._is_newest(sent):
            return "stale"
        return "paused" if self.paused_at else "saved"

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
            self.floor = max([number, *(sent.number for sent, _ in self.events if sent.window == window)])
        self.writer = window
        return True

    def extend(self, minutes: int, now: datetime) -> str | None:
        """Move the deadline; why it cannot be where it cannot."""
        if not self.runs(now):
            return "supervision_not_running"
        self.deadline_at += timedelta(minutes=minutes)
        return None

    def pause(self, now: datetime) -> str | None:
        """Let the time stand still."""
        if not self.runs(now):
            return "supervision_not_running"
        if self.paused_at is not None:
            return "supervision_paused_already"
        if now > self.deadline_at:
            return "supervision_not_running"
        self.end_break(now)
        self.paused_at = now
        return None

    def resume(self, now: datetime) -> str | None:
        """Let it go on; what arrived meanwhile counts, of each place what its last window sent last."""
        if not self.runs(now):
            return "supervision_not_running"
        if self.paused_at is None:
            return "supervision_not_paused"
        self.deadline_at += now - self.paused_at
        self.paused_at = None
        kept: dict[int, Sent] = {}
        for sent, verdict in self.events:
            there = kept.get(sent.position)
            if verdict == "saved":
                kept.pop(sent.position, None)
            elif verdict == "paused" and (there is None or there.window != sent.window or there.number < sent.number):
                kept[sent.position] = sent
        for position, sent in kept.items():
            if self.current.get(position) != sent:
                self.current[position] = sent
                self.writer = self.writer or sent.window
        return None

    def take_break(self, now: datetime) -> str | None:
        """Cover the questions, as long as breaks are left."""
        if not self.runs(now) or now > self.deadline_at:
            return "sitting_over" if self.paused_at is None or now > self.deadline_at else "sitting_paused"
        if self.paused_at is not None:
            return "sitting_paused"
        since, left = self.break_since, self.breaks_left
        if since is not None and now < since + left:
            return None
        taken = min(now, since + left, self.deadline_at) - since if since is not None else NO_TIME
        if left <= taken:
            return "sitting_no_break_left"
        self.breaks_left, self.break_since = left - taken, now
        return None

    def end_break(self, now: datetime) -> None:
        """End the break, at the instant nothing was left where that has passed."""
        if self.break_since is not None:
            self.breaks_left -= min(now, self.break_since + self.breaks_left, self.deadline_at) - self.break_since
            self.break_since = None

    def waiting(self) -> list[Sent]:
        """What arrived after the end and nobody has ruled on."""
        return [sent for sent, verdict in self.events[self.ruled :] if verdict in ("late", "closed")]

    def can_count(self, sent: Sent) -> bool:
        """Whether it could be an answer at all."""
        return 1 <= sent.position <= len(self.places) and self.places[sent.position - 1].can_be_read(sent.word)

    def rule_on_late(self, rulings: Mapping[str, str], *, counts: bool) -> str | None:
        """Let what waits count, or not; of each place what its last window answered last, and never what that window took back in time."""
        late = sorted((sent for sent in self.waiting() if counts and self.can_count(sent)), key=lambda sent: sent.number)
        if not self.waiting() or self.state == "open":
            return "supervision_nothing_waits"
        if late and self.is_passed:
            return "supervision_passed_already"
        self.ruled = len(self.events)
        newest: dict[int, Sent] = {}
        for sent in late:
            there = newest.get(sent.position)
            if there is None or there.window != sent.window or there.number < sent.number:
                newest[sent.position] = sent
        for position, sent in newest.items():
            standing = self.current.get(position)
            if standing is None or standing.window != sent.window or standing.number < sent.number:
                self.current[position] = sent
        if late:
            self.scores.append(self.graded(rulings))
        return None

    def graded(self, rulings: Mapping[str, str]) -> PlainScore:
        """The score under these rulings."""
        words = [self.current[position].word if position in self.current else "blank" for position in range(1, len(self.places) + 1)]
        return score(self.places, words, rulings)

    def end(self, state: str, at: datetime, rulings: Mapping[str, str]) -> None:
        """End it, and work out the score."""
        self.rest_before_end = (self.breaks_left, self.break_since)
        self.end_break(at)
        self.state, self.finished_at = state, min(at, self.deadline_at)
        self.scores.append(self.graded(rulings))

    def reopen(self) -> None:
        """A refusal rolled the end back; whoever looks next ends it at the same instant."""
        self.state, self.finished_at, self.scores = "open", None, []
        self.breaks_left, self.break_since = self.rest_before_end

    def expire_if_due(self, now: datetime, rulings: Mapping[str, str]) -> bool:
        if self.state == "open" and not self.runs(now):
            self.end("expired", now, rulings)
        return self.state == "expired"


@dataclass
class PlainPerson:
    """Somebody and all their attempts."""

    id: int
    allowance: timedelta
    breaks: timedelta = NO_TIME
    attempts: list[PlainAttempt] = field(default_factory=list)
    is_concerned: bool = False
    """Whether a ruling turned a result of theirs: what follows for their certificate is not modelled."""

    @property
    def open_attempt(self) -> PlainAttempt | None:
        return next((attempt for attempt in self.attempts if attempt.state == "open"), None)

    def may_not_start(self, now: datetime) -> str | None:
        """Why a new attempt is refused; nothing where it is not."""
        if any(attempt.is_passed for attempt in self.attempts):
            return "start_held_already"
        return "start_retake_waits" if self._waits(now) else None

    def _waits(self, now: datetime) -> bool:
        if not self.attempts:
            return False
        finished_at = self.attempts[-1].finished_at
        assert finished_at is not None, "nobody starts beside a running attempt"
        recent = [attempt for attempt in self.attempts if attempt.started_at > now - PERIOD]
        return now < finished_at + COOLDOWNS[min(len(self.attempts), 3) - 1] or len(recent) >= TRIES
