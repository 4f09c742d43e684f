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
    """The shortest way from one text to the other, word by word; neighbouring changes are one removal and one addition."""
    before, after = tokens_of(old), tokens_of(new)
    edits: list[Edit] = []
    removed = added = ""
    for step in Indel.opcodes(before, after):
        gone, come = "".join(before[step.src_start : step.src_end]), "".join(after[step.dest_start : step.dest_end])
        if step.tag != "equal" or (gone.isspace() and (removed or added)):
            removed, added = removed + gone, added + come
            continue
        edits += [*_swap(removed, added), Edit(EditKind.SAME, gone)]
        removed = added = ""
    return (*edits, *_swap(removed, added))


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
    """The passages that differ, in the new order; those that are gone follow at the end."""
    before = {passage.anchor: passage for passage in old}
    after = {passage.anchor for passage in new}
    changed = [_change(before.get(passage.anchor), passage) for passage in new if before.get(passage.anchor) != passage]
    gone = [_removal(passage) for passage in old if passage.anchor not in after]
    return (*changed, *gone)


def _change(old: PassageText | None, new: PassageText) -> Change:
    if old is None:
        return Change(ChangeKind.ADDED, new.anchor, new.title, new.is_clause, (Edit(EditKind.ADDED, new.text),))
    return Change(ChangeKind.CHANGED, new.anchor, new.title, new.is_clause, word_edits(_whole(old, new), _whole(new, old)))


def _whole(passage: PassageText, other: PassageText) -> str:
    """The text, with its title before it where the two titles differ."""
    return passage.text if passage.title == other.title else f"{passage.title}\n{passage.text}"


def _removal(passage: PassageText) -> Change:
    return Change(ChangeKind.REMOVED, passage.anchor, passage.title, passage.is_clause, (Edit(EditKind.REMOVED, passage.text),))
