"""Translations of modules: which version of its original one follows, and which of its parts tells what in the other language.

A translation holds no rules of its own: what counts is the original, and its clauses keep their codes in every language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Self

from rapidfuzz.distance import Indel

from training.courses.rules.changes import Change, ChangeKind, Edit, PassageText, changes_between, word_edits
from training.courses.rules.versions import Version, is_still_read


@dataclass(frozen=True, slots=True)
class Original:
    """The module that a translation tells in another language, and the version of it that it follows."""

    slug: str
    version: Version

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `prohibited-goods@1.2.0` writes. Raises ValueError where it writes no such thing."""
        slug, _, number = text.partition("@")
        return cls(slug, Version.parse(number))

    def __str__(self) -> str:
        return f"{self.slug}@{self.version}"


def is_behind(followed: Version, current: Version) -> bool:
    """Whether a translation of one version says less than its original does by now: more than corrections lie between."""
    return not is_still_read(followed, current)


@dataclass(frozen=True, slots=True)
class ParagraphStep:
    """A paragraph as it was beside what it is: one of them is nothing where it went or came, and the edits say which words."""

    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        """Whether it says something else."""
        return self.before != self.after

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The way from the old words to the new ones."""
        return word_edits(self.before or "", self.after or "")


@dataclass(frozen=True, slots=True)
class ToFollow:
    """A part of the original that changed, paragraph by paragraph, and the part of the translation that tells it."""

    kind: ChangeKind
    anchor: str
    title: str
    is_clause: bool
    steps: tuple[ParagraphStep, ...]
    told: PassageText | None
    """Nothing where the translation has no such part yet, or its sections cannot be told apart."""


def to_follow(old: Sequence[PassageText], new: Sequence[PassageText], translation: Sequence[PassageText]) -> tuple[ToFollow, ...]:
    """What a translation of the old text lacks of the new one, in the new order.

    `old` and `new` are the parts of the original, `translation` those of its translation. Clauses are known by their code; sections, whose titles are in
    another language, by their place among the sections.
    """
    told, now = told_in(old, translation), {passage.anchor: passage for passage in new}
    return tuple(_followed(change, _before(change, old, now), now.get(change.anchor), told) for change in changes_between(old, new))


def _before(change: Change, old: Sequence[PassageText], now: Mapping[str, PassageText]) -> PassageText | None:
    """What stood there: under the same anchor, or word for word under a title that is gone."""
    if change.kind is ChangeKind.ADDED:
        return None
    known = next((passage for passage in old if passage.anchor == change.anchor), None)
    return known or next((passage for passage in old if passage.anchor not in now and passage.text == now[change.anchor].text), None)


def _followed(change: Change, old: PassageText | None, new: PassageText | None, told: Mapping[str, PassageText]) -> ToFollow:
    is_renamed = old is not None and new is not None and old.title != new.title
    before, after = (f"{passage.title}\n{passage.text}" if passage and is_renamed else passage.text if passage else "" for passage in (old, new))
    steps = tuple(paragraph_steps(before, after))
    return ToFollow(change.kind, change.anchor, change.title, change.is_clause, steps, told.get(old.anchor) if old else None)


def told_in(original: Sequence[PassageText], translation: Sequence[PassageText]) -> dict[str, PassageText]:
    """The part of a translation that tells each part of its original, by the original's anchor."""
    clauses = {passage.anchor: passage for passage in translation if passage.is_clause}
    found = {passage.anchor: clauses[passage.anchor] for passage in original if passage.is_clause and passage.anchor in clauses}
    sections, its_sections = ([passage for passage in passages if not passage.is_clause] for passages in (original, translation))
    if [passage.title == "" for passage in sections] != [passage.title == "" for passage in its_sections]:
        return found
    return found | {passage.anchor: its for passage, its in zip(sections, its_sections, strict=True)}


def paragraph_steps(old: str, new: str) -> Iterator[ParagraphStep]:
    """Every paragraph of both texts, each line one: those that stayed, and of each run that changed the old ones beside the new ones."""
    before, after = old.splitlines(), new.splitlines()
    gone: list[str] = []
    came: list[str] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            yield from _pairs(gone, came)
            gone, came = [], []
            yield from (ParagraphStep(line, line) for line in before[step.src_start : step.src_end])
            continue
        gone += before[step.src_start : step.src_end]
        came += after[step.dest_start : step.dest_end]
    yield from _pairs(gone, came)


def _pairs(gone: Sequence[str], came: Sequence[str]) -> Iterator[ParagraphStep]:
    return (ParagraphStep(old, new) for old, new in zip_longest(gone, came))
