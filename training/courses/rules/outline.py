"""The contents list of a module: its sections, and in each the sections and clauses below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WORDS_A_MINUTE = 180
"""A careful reader's pace in a second language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list below a section."""

    anchor: str
    title: str
    is_clause: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the second level; reading progress counts these."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def contents_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
    """The sections in order. What stands before the first section has no line of its own."""
    sections: list[tuple[Mapping[str, Any], list[Entry]]] = []
    for entry in entries:
        if entry["kind"] == "section" and entry["level"] == 2:
            sections.append((entry, []))
        elif sections:
            sections[-1][1].append(Entry(entry["anchor"], entry["title"], entry["kind"] == "clause"))
    return tuple(Section(head["anchor"], head["title"], tuple(below)) for head, below in sections)


def reading_minutes(word_count: int) -> int:
    """How long a text takes to read, one minute at least."""
    return max(1, round(word_count / WORDS_A_MINUTE))
