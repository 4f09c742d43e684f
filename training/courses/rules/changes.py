"""What changed between two versions of a module: passage by passage, and within a passage word by word.

The comparison is by Indel distance over tokens (rapidfuzz), whose edit script needs no guesses: applying it to the old
tokens gives the new ones. difflib took 16 s where this takes 0.03 s for 6,000 words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
LARGEST_COMPARISON = 400_000_000
"""Pairs of tokens, 20,000 by 20,000, that are compared in .04 s and 64 MB; 100,000 by 100,000 took 3 s and 1.2 GB."""


class EditKind(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that stayed, went or came."""

    kind: EditKind
    text: str


class ChangeKind(StrEnum):
    """What happened to a passage."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as plain text: its anchor, which is stable over versions, its title, and whether it is a clause."""

    anchor: str
    title: str
    text: str
    is_clause: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one passage, word by word; `title` is the newest one."""

    kind: ChangeKind
    anchor: str
    title: str
    is_clause: bool
    edits: tuple[Edit, ...]


def tokens_of(text: str) -> list[str]:
    """Words, runs of blanks and single signs; joined they are the text again."""
    return _TOKEN.findall(text)


def word_edits(old: str, new: str) -> tuple[Edit, ...]:
    """The shortest way from one text to the other, word by word; line by line where the texts are far longer than any policy.

    Neighbouring changes are one removal and one addition, and so are changes with a single word between them: people
    read a phrase that was replaced more easily than its confetti.
    """
    before, after = _comparable(old, new)
    steps = list(Indel.opcodes(before, after))
    edits: list[Edit] = []
    removed = added = ""
    for position, step in enumerate(steps):
        gone, come = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        is_between = 0 < position < len(steps) - 1 and sum(not token.isspace() for token in gone) <= 1
        if step.tag != "equal" or is_between:
            removed, added = removed + "".join(gone), added + "".join(come)
            continue
        edits += [*_swap(removed, added), Edit(EditKind.SAME, "".join(gone))]
        removed = added = ""
    return (*edits, *_swap(removed, added))


def _comparable(old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts in the finest parts that can be compared without exhausting the machine: words, else lines, else all of it."""
    finest = (tokens_of, _LINE.findall)
    divided = ((divide(old), divide(new)) for divide in finest)
    return next((both for both in divided if len(both[0]) * len(both[1]) <= LARGEST_COMPARISON), ([old], [new]))


def _swap(removed: str, added: str) -> Iterator[Edit]:
    if removed:
        yield Edit(EditKind.REMOVED, removed)
    if added:
        yield Edit(EditKind.ADDED, added)


def old_text(edits: Sequence[Edit]) -> str:
    """The text that the edits begin with."""
    return "".join(edit.text for edit in edits if edit.kind is not EditKind.ADDED)


def new_text(edits: Sequence[Edit]) -> str:
    """The text that the edits end with."""
    return "".join(edit.text for edit in edits if edit.kind is not EditKind.REMOVED)


def changes_between(old: Sequence[PassageText], new: Sequence[PassageText]) -> tuple[Change, ...]:
    """The passages that differ, in the new order; those that are gone follow at the end.

    A section that only got another title is one change, although its anchor, which comes from the title, is another.
    """
    before = {passage.anchor: passage for passage in old}
    after = {passage.anchor for passage in new}
    gone = [passage for passage in old if passage.anchor not in after]
    changes: list[Change] = []
    for passage in new:
        known = before.get(passage.anchor) or _same_under_another_title(passage, gone)
        if known in gone:
            gone.remove(known)
        if known != passage:
            changes.append(_change(known, passage))
    return (*changes, *(_removal(passage) for passage in gone))


def _same_under_another_title(passage: PassageText, gone: Sequence[PassageText]) -> PassageText | None:
    """A section that is gone and said the very same."""
    same = (other for other in gone if (other.text, other.is_clause) == (passage.text, False) and passage.text)
    return next(same, None)


def _change(old: PassageText | None, new: PassageText) -> Change:
    if old is None:
        return Change(ChangeKind.ADDED, new.anchor, new.title, new.is_clause, (Edit(EditKind.ADDED, new.text),))
    return Change(ChangeKind.CHANGED, new.anchor, new.title, new.is_clause, word_edits(_whole(old, new), _whole(new, old)))


def _whole(passage: PassageText, other: PassageText) -> str:
    """The text, with its title before it where the two titles differ."""
    return passage.text if passage.title == other.title else f"{passage.title}\n{passage.text}"


def _removal(passage: PassageText) -> Change:
    return Change(ChangeKind.REMOVED, passage.anchor, passage.title, passage.is_clause, (Edit(EditKind.REMOVED, passage.text),))
