"""The typing test: words a minute at five characters a word, and the share of characters that are right."""

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

CHARACTERS_A_WORD = 5
SLACK_SECONDS = 15
"""How much longer than claimed a test may have lasted by the server's clock: saves come a few seconds apart, and lines are slow."""
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
