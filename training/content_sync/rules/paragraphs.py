"""What differs between two Markdown texts, paragraph by paragraph, and within a paragraph word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from training.content_sync.rules.fields import Changer
from training.courses.rules.changes import Edit, word_edits

_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
MOST_PAIRS = 25_000_000
"""Paragraphs of one text times those of the other, 5,000 by 5,000, that are compared one by one."""


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """Paragraphs that differ: the heading above them, from the desk's words to the folder's, and who changed them."""

    heading: str
    edits: tuple[Edit, ...]
    changer: Changer


def paragraphs_of(text: str) -> list[str]:
    """A text divided where a line is blank."""
    return [paragraph for paragraph in _GAP.split(text.strip("\n")) if paragraph.strip()]


def paragraph_changes(desk: str, folder: str, base: str | None) -> tuple[ParagraphChange, ...]:
    """The runs of paragraphs that differ, in their order."""
    theirs, ours = paragraphs_of(desk), paragraphs_of(folder)
    agreed = None if base is None else _Agreed(theirs, ours, paragraphs_of(base))
    found = []
    for (start, end), (from_, to) in _runs(theirs, ours):
        gone, come = theirs[start:end], ours[from_:to]
        edits = word_edits("\n\n".join(gone), "\n\n".join(come))
        found.append(
            ParagraphChange(_heading(ours, from_) if come else _heading(theirs, start), edits, agreed.changer(gone, come) if agreed else Changer.UNKNOWN)
        )
    return tuple(found)


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where both differ: neighbouring steps of the edit script as one."""
    if len(before) * len(after) > MOST_PAIRS:
        yield (0, len(before)), (0, len(after))
        return
    open_at: tuple[int, int] | None = None
    end = (0, 0)
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            if open_at is not None:
                yield (open_at[0], end[0]), (open_at[1], end[1])
            open_at = None
            continue
        open_at, end = open_at or (step.src_start, step.dest_start), (step.src_end, step.dest_end)
    if open_at is not None:
        yield (open_at[0], end[0]), (open_at[1], end[1])


def _heading(paragraphs: Sequence[str], place: int) -> str:
    """The last heading or the last clause that opens at or above this paragraph."""
    lines = (line for paragraph in reversed(paragraphs[: place + 1]) for line in reversed(paragraph.split("\n")))
    return next((line.lstrip("#/ ").removeprefix("clause |").strip() for line in lines if line.startswith(("#", "/// clause"))), "")


class _Agreed:
    """Tells who changed a run of paragraphs, by how often each stands on either side and stood in what both agreed on."""

    def __init__(self, desk: Sequence[str], folder: Sequence[str], base: Sequence[str]) -> None:
        self._only = Changer.FOLDER if list(desk) == list(base) else Changer.DESK if list(folder) == list(base) else None
        self._desk, self._folder, self._base = Counter(desk), Counter(folder), Counter(base)

    def changer(self, gone: Sequence[str], come: Sequence[str]) -> Changer:
        """Whoever has words here that were not agreed on, or took away what was; both where that is both of them, or where paragraphs only moved."""
        if self._only is not None:
            return self._only
        is_desks = any(self._desk[text] > self._base[text] for text in gone) or any(self._desk[text] < self._base[text] for text in come)
        is_folders = any(self._folder[text] > self._base[text] for text in come) or any(self._folder[text] < self._base[text] for text in gone)
        if is_desks is is_folders:
            return Changer.BOTH
        return Changer.DESK if is_desks else Changer.FOLDER
