"""Answers faster than a question can be read, and exams faster than their text can be.

How long somebody took for an answer is the time since the answer before it, by the numbers that the window gives its
answers: they rise with the browser's clock, so that answers kept through a lost connection keep the times at which they were
given. Somebody who read everything first and answered afterwards looks rapid and is not; that is one reason why a person looks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from training.exams.rules.typing_test import CLOCK_NUMBERS

LEAST_SECONDS = 2.0
SHARE_OF_MEDIAN = 0.10
ANSWERS_FOR_A_MEDIAN = 10
"""Below, only the fixed limit is used."""
READING_WORDS_A_SECOND = 10.0
"""600 words a minute: adults read 238 on average, and nobody in 190 studies above 400 (Brysbaert 2019, J. Memory and Language 109)."""
LONGEST_GAP_SECONDS = 3_600.0

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
CHARACTERS_A_WORD = 2


@dataclass(frozen=True, slots=True)
class Given:
    """One saved answer: to which place, from which window, under which number, and when it arrived (seconds since the start)."""

    position: int
    client_id: str
    sequence: int
    received_seconds: float


def answer_seconds(given: Iterable[Given]) -> dict[int, float]:
    """How long the first answer to each place took, by position; nothing for the first answer of a window, and for what no clock can tell."""
    found: dict[int, float] = {}
    before: dict[str, Given] = {}
    for answer in sorted(given, key=lambda each: (each.client_id, each.sequence)):
        last = before.get(answer.client_id)
        if last is not None and answer.position not in found:
            found[answer.position] = _gap(last, answer)
        before[answer.client_id] = answer
        found.setdefault(answer.position, -1.0)
    return {position: seconds for position, seconds in found.items() if 0 <= seconds <= LONGEST_GAP_SECONDS}


def _gap(last: Given, answer: Given) -> float:
    if last.sequence >= CLOCK_NUMBERS:
        return (answer.sequence - last.sequence) / 1000
    return answer.received_seconds - last.received_seconds


def rapid_limit(seconds_of_others: Sequence[float]) -> float:
    """Below how many seconds an answer to an item is rapid: 2 s, or a tenth of what others took where that is more."""
    if len(seconds_of_others) < ANSWERS_FOR_A_MEDIAN:
        return LEAST_SECONDS
    return max(LEAST_SECONDS, SHARE_OF_MEDIAN * median(seconds_of_others))


def rapid_places(seconds: Mapping[int, float], limits: Mapping[int, float]) -> tuple[int, ...]:
    """The places answered faster than their limit, in order."""
    return tuple(sorted(position for position, taken in seconds.items() if taken < limits.get(position, LEAST_SECONDS)))


def word_count(text: str) -> int:
    """Words of a text; of scripts that put no spaces between them two characters make one."""
    pieces = _WORD.findall(text)
    unspaced = sum(bool(_UNSPACED.fullmatch(piece)) for piece in pieces)
    return len(pieces) - unspaced + unspaced // CHARACTERS_A_WORD


def least_reading_seconds(words: int) -> float:
    """How long nobody can read so many words faster."""
    return words / READING_WORDS_A_SECOND
