"""The typing test: words a minute at five characters a word, and the share of characters that are right."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rapidfuzz.distance import Levenshtein

CHARACTERS_A_WORD = 5
SLACK_SECONDS = 15
"""How much longer than claimed a test may have lasted by the server's clock: saves come a few seconds apart, and lines are slow."""
CLOCK_NUMBERS = 10**12
"""Numbers from here on are milliseconds of a clock; lower ones are counted, as by a browser without a script."""
KEYBOARD_MARKS = {ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"', ord("–"): "-", ord("…"): "..."}
"""Typographic marks as a keyboard has them."""


@dataclass(frozen=True, slots=True)
class TypingKey:
    """What is to be typed, for how long, and how well."""

    passage: str
    seconds: int
    words_a_minute: int
    accuracy: float


@dataclass(frozen=True, slots=True)
class Typed:
    """How fast and how right somebody typed."""

    words_a_minute: float
    accuracy: float
    """In [0, 1]."""

    def reaches(self, key: TypingKey) -> bool:
        """Whether it is fast enough and right enough."""
        return self.words_a_minute >= key.words_a_minute and self.accuracy >= key.accuracy


@dataclass(frozen=True, slots=True)
class Typing:
    """What one window sent of a typing test: under which number, after how many seconds of the test, and when it arrived."""

    client_id: str
    number: int
    seconds: float
    received_at: datetime

    def began_at(self, *, by_number: bool) -> datetime:
        """When its run began: by the clock that the window numbers its answers by, or by the server's."""
        at = datetime.fromtimestamp(self.number / 1000, UTC) if by_number else self.received_at
        return at - timedelta(seconds=self.seconds)


def is_of_run(first: Typing, later: Typing, rested: timedelta = timedelta()) -> bool:
    """Whether what arrives is of the run that was begun first: each place has one, and its time goes on whatever becomes of the page.

    A window that numbers its answers by its clock is believed where a broken connection made them late; another is taken by the server's clock.
    Neither pauses nor breaks are time of the test.
    """
    by_number = first.client_id == later.client_id and min(first.number, later.number) >= CLOCK_NUMBERS
    return later.began_at(by_number=by_number) - first.began_at(by_number=by_number) <= rested + timedelta(seconds=SLACK_SECONDS)


def level(text: str) -> str:
    """The text as it is compared: composed characters, typographic marks as the keyboard has them, single blanks."""
    composed = unicodedata.normalize("NFC", text).translate(KEYBOARD_MARKS)
    return " ".join(composed.split())


def measure(text: str, seconds: float, key: TypingKey) -> Typed:
    """How well this was typed in the seconds that the browser says it took.

    Who did not come to the end of the passage used the whole time, whatever the browser says: stopping after a fast word is no test.
    """
    typed, passage = level(text), level(key.passage)
    took = float(key.seconds) if len(typed) < len(passage) else min(max(seconds, 1.0), float(key.seconds))
    return Typed(len(typed) / CHARACTERS_A_WORD / (took / 60), accuracy_of(typed, passage))


def is_confirmed(claimed_seconds: float, seen_seconds: float) -> bool:
    """Whether the server's clock bears out the seconds that the browser claims: from the start of the test to its last save not much more went by.

    A connection that broke meanwhile makes it look longer too, so that this is a reason to look, never a verdict.
    """
    return seen_seconds <= claimed_seconds + SLACK_SECONDS


def accuracy_of(typed: str, passage: str) -> float:
    """One less the edits that make the typed text the beginning of the passage that it is nearest to, a character of the longer of the two.

    Edits are the Levenshtein distance: a character too many, too few or another. What was not reached in time is no error.
    """
    if not typed:
        return 0.0
    edits, reached = _nearest_beginning(typed, passage)
    return max(0.0, 1 - edits / max(len(typed), reached))


def _nearest_beginning(typed: str, passage: str) -> tuple[int, int]:
    """The fewest edits to any beginning of the passage, and its length. A beginning that differs in length by more than that cannot be nearer."""
    start = min(len(typed), len(passage))
    fewest, reached = Levenshtein.distance(typed, passage[:start]), start
    offset = 1
    while offset <= min(fewest, max(start, len(passage) - start)):
        for length in (start - offset, start + offset):
            if 0 <= length <= len(passage):
                edits = Levenshtein.distance(typed, passage[:length], score_cutoff=fewest)
                if edits < fewest:
                    fewest, reached = edits, length
        offset += 1
    return fewest, reached
