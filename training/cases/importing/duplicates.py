"""Cases that say the same, or nearly: exact after normalisation, else by similar letters.

Every pair of n texts is n²/2 comparisons, so texts are put into blocks first and compared only within them. A text's sketch is the smallest hash
of its four-letter shingles in each of 24 parts of the hash's range (one-permutation hashing; empty parts borrow from the next). Three parts make a
band, and texts that share a band are compared letter by letter. Where a share s of the shingles is common, a pair meets with a chance of
1 − (1 − s³)⁸: .997 at .8, .66 at .5.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from rapidfuzz import fuzz

from training.cases.rules import Surface, text_pieces

NEAR_PERCENT = 90
"""Least share of letters in common (2 × common / both lengths, in order) that makes two texts look-alikes."""
SHORTEST_NEAR = 20
"""Shorter texts, in letters, are duplicates only where they are equal."""
SHINGLE_LENGTH = 4
PART_COUNT, BAND_PARTS = 24, 3
LARGEST_BLOCK = 32
"""A block takes no more: a text that thousands share is found by the first of them."""

_BETWEEN_WORDS = re.compile(r"[\W_]+")

_SAID: Mapping[Surface, re.Pattern[str]] = {
    Surface.LISTING: re.compile(r"title|description"),
    Surface.SELLER: re.compile(r"shop_name|bio|listings\.\d+"),
    Surface.VIDEO: re.compile(r"caption|transcript\.\d+\.text|on_screen\.\d+"),
    Surface.LIVE: re.compile(r"title|(?:transcript|chat)\.\d+\.text"),
    Surface.REVIEW: re.compile(r"text"),
    Surface.COMMENT: re.compile(r"thread\.\d+\.text"),
    Surface.TICKET: re.compile(r"subject|messages\.\d+\.text"),
}
"""The texts of a surface that somebody wrote or said. Who, when, where and for how much makes no case another one."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another text that says the same: which, and how alike in percent; 100 where both are equal after normalisation."""

    position: int
    percent: int

    @property
    def is_exact(self) -> bool:
        """Whether the two say the same word for word."""
        return self.percent == 100


def said(surface: Surface, content: Mapping[str, Any]) -> str:
    """What duplicates are sought by: everything that was written or said, normalised."""
    return normalised("\n".join(piece.text for piece in text_pieces(surface, content) if _SAID[surface].fullmatch(piece.path)))


def normalised(text: str) -> str:
    """Without case, width, accents, signs and runs of blanks."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _BETWEEN_WORDS.sub(" ", "".join(character for character in plain if not unicodedata.combining(character))).strip()


def bands(text: str) -> tuple[int, ...]:
    """The blocks that this normalised text belongs to."""
    smallest: list[int | None] = [None] * PART_COUNT
    for at in range(max(1, len(text) - SHINGLE_LENGTH + 1)):
        hashed = crc32(text[at : at + SHINGLE_LENGTH].encode("utf-8", "surrogatepass"))
        part = hashed % PART_COUNT
        least = smallest[part]
        if least is None or hashed < least:
            smallest[part] = hashed
    full = _borrowed(smallest)
    return tuple(hash((first, *full[first : first + BAND_PARTS])) for first in range(0, PART_COUNT, BAND_PARTS))


def _borrowed(smallest: list[int | None]) -> list[int]:
    """Each empty part with what the next full one has, told apart by how far it was fetched."""
    full: list[int] = []
    for part in range(PART_COUNT):
        distance = next(step for step in range(PART_COUNT) if smallest[(part + step) % PART_COUNT] is not None)
        full.append((smallest[(part + distance) % PART_COUNT] or 0) + (distance << 32))
    return full


class Lookalikes:
    """The texts of one file, by what they say. It grows with the file: its size is bounded by the largest file that is read."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._exact: dict[str, int] = {}
        self._blocks: dict[int, list[int]] = {}

    def add(self, position: int, text: str) -> Likeness | None:
        """Remember a normalised text; the most alike of those before it, or none. A text without letters is like no other."""
        if not text:
            return None
        if (same := self._exact.setdefault(text, position)) != position:
            return Likeness(same, 100)
        if len(text) < SHORTEST_NEAR:
            return None
        blocks = bands(text)
        nearest = max(self._near(text, blocks), key=lambda found: (found.percent, -found.position), default=None)
        self._texts[position] = text
        for block in blocks:
            members = self._blocks.setdefault(block, [])
            if len(members) < LARGEST_BLOCK:
                members.append(position)
        return nearest

    def matches(self, text: str) -> Iterator[Likeness]:
        """The remembered texts that say the same as this one or nearly; of several equal ones the first."""
        if (same := self._exact.get(text)) is not None:
            yield Likeness(same, 100)
        if len(text) >= SHORTEST_NEAR:
            yield from (found for found in self._near(text, bands(text)) if found.position != same)

    def _near(self, text: str, blocks: tuple[int, ...]) -> Iterator[Likeness]:
        candidates = {position for block in blocks for position in self._blocks.get(block, ())}
        for position in sorted(candidates):
            percent = fuzz.ratio(text, self._texts[position], score_cutoff=NEAR_PERCENT)
            if percent:
                yield Likeness(position, min(99, int(percent)))
