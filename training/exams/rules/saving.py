"""What becomes of one saved answer. Every one is kept as an event, as long as the attempt has room; the verdict says whether it is also the current answer.

While a trainer has paused the attempt no answer becomes the current one, and none is lost: what would have been saved is kept as
`paused`, and the deed that lets the attempt go on makes the newest of each place the current answer, by `taken_up`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from training.exams.rules.timing import AttemptState, accepts_answers

HIGHEST_SEQUENCE = 2**53 - 1
FARTHEST_AHEAD = timedelta(days=1)
"""Browsers number answers by their clock, in milliseconds. A number farther ahead would make every later answer look old."""
MOST_KEPT = 20_000
"""How much an attempt keeps, counted: a browser saves once a second at most, so that nobody's typing reaches it within five hours and a half."""
MOST_KEPT_BYTES = 50_000_000
"""How much it keeps of what answers say. The longest reply, saved at every second of three hours, comes to 43 million bytes."""


@dataclass(frozen=True, slots=True)
class Saving:
    """One answer on its way: to which position, from which window of which browser, the how-manieth from there."""

    position: int
    client_id: str
    sequence: int
    response: dict[str, Any]
    is_flagged: bool = False


def is_ahead(saving: Saving, now: datetime) -> bool:
    """Whether its number comes from a clock in the future."""
    return saving.sequence > (now + FARTHEST_AHEAD).timestamp() * 1000


def has_room(kept_count: int, kept_bytes: int, byte_count: int) -> bool:
    """Whether an attempt that keeps so much may keep one thing more, of so many bytes."""
    return kept_count < MOST_KEPT and kept_bytes + byte_count <= MOST_KEPT_BYTES


class SaveVerdict(StrEnum):
    """What was done with it."""

    SAVED = "saved"
    STALE = "stale"
    """Kept; a later answer from the same window is already the current one."""
    LATE = "late"
    """Arrived after the deadline and its grace: kept as evidence, not counted."""
    CLOSED = "closed"
    """Arrived after the attempt was submitted: kept as evidence, not counted."""
    OTHER_WRITER = "other_writer"
    """Another window is writing: kept as evidence, not counted."""
    PAUSED = "paused"
    """Arrived while a trainer had paused the attempt: kept, and taken up when it goes on."""
    FINAL = "final"
    """The candidate has confirmed an answer to this place: kept as evidence, not counted."""
    UNREADABLE = "unreadable"
    """Not an answer to this item: kept as evidence, not counted."""
    FULL = "full"
    """The attempt keeps as much as any may: this is not kept, and what is stays."""
    REUSED_SEQUENCE = "reused_sequence"
    """This window already used the number for another answer: to be sent again under a new one."""

    @property
    def is_in_force(self) -> bool:
        """Whether the candidate may rely on what the server holds now."""
        return self in {SaveVerdict.SAVED, SaveVerdict.STALE}


TOLD_TO_THE_AUDIT = frozenset({SaveVerdict.LATE, SaveVerdict.CLOSED, SaveVerdict.OTHER_WRITER, SaveVerdict.FINAL, SaveVerdict.FULL})
"""What does not count although the candidate may have meant it to; that an attempt is full, once."""


@dataclass(frozen=True, slots=True)
class Situation:
    """How the attempt stands when an answer arrives."""

    state: AttemptState
    deadline_at: datetime
    writer_id: str | None
    paused_at: datetime | None = None
    """Since when a trainer has paused the attempt; its deadline stands still meanwhile."""
    writer_floor: int = 0
    """What the writing window sent under this number or a lower one it sent before it took over."""
    current_client_id: str | None = None
    current_sequence: int | None = None
    is_final: bool = False
    """Whether the candidate has confirmed the answer to this place: in sequential mode it stands from then on."""
    is_readable: bool = True
    is_full: bool = False
    """Whether the attempt keeps as much as any may, so that this answer finds no room."""


def verdict_of(saving: Saving, situation: Situation, now: datetime) -> SaveVerdict:
    """Decide about an answer that was not received before."""
    if situation.is_full:
        return SaveVerdict.FULL
    if situation.state is AttemptState.SUBMITTED:
        return SaveVerdict.CLOSED
    if situation.state is AttemptState.EXPIRED or (situation.paused_at is None and not accepts_answers(situation.deadline_at, now)):
        return SaveVerdict.LATE
    if situation.writer_id not in (None, saving.client_id):
        return SaveVerdict.OTHER_WRITER
    if situation.is_final:
        return SaveVerdict.FINAL
    if not situation.is_readable:
        return SaveVerdict.UNREADABLE
    if not _is_newest(saving, situation):
        return SaveVerdict.STALE
    return SaveVerdict.SAVED if situation.paused_at is None else SaveVerdict.PAUSED


def _is_newest(saving: Saving, situation: Situation) -> bool:
    floor = situation.writer_floor
    if situation.current_client_id == saving.client_id and situation.current_sequence is not None:
        floor = max(floor, situation.current_sequence)
    return saving.sequence > floor


def taken_up(kept: Iterable[Saving]) -> dict[int, Saving]:
    """Of the answers that were kept during a pause, in the order of their arrival, those that count when the attempt goes on, by position.

    The last window that wrote to a place has the say there, by its highest number.
    """
    newest: dict[int, Saving] = {}
    for saving in kept:
        rival = newest.get(saving.position)
        if rival is None or rival.client_id != saving.client_id or rival.sequence < saving.sequence:
            newest[saving.position] = saving
    return newest
