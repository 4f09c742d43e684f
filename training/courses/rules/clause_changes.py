"""What became of each clause between what is published and what is to be, and whether the author said how much each change weighs.

A clause is known by its code, wherever it stands: order and module say nothing about what it asks of people.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.courses.rules.changes import Edit, word_edits
from training.courses.rules.versions import Step


class ClauseMark(StrEnum):
    """How much a change weighs, as its author says."""

    EDITORIAL = "editorial"
    """Better words for the same: nobody reads anything, every key stands."""
    CLARIFIED = "clarified"
    """The same rule, which some may have read otherwise: people read it, every key stands."""
    CHANGED = "changed"
    """Another rule: people read it, and whatever cites it is looked at again."""


class ClauseFate(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    """It says word for word what stood under another code."""


class MarkProblem(StrEnum):
    """What is wrong with how the changes of a version are marked."""

    UNMARKED = "unmarked"
    NOT_CHANGED = "not_changed"
    TOO_MUCH_FOR_PATCH = "too_much_for_patch"


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """A clause as one version has it: its code, what it says as plain text, and the labels that it decides."""

    code: str
    text: str
    labels: tuple[str, ...] = ()

    @property
    def folded(self) -> str:
        """What it says, however it is broken into lines."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What happened to one clause: nothing stands before one that was added, nor after one that was removed."""

    fate: ClauseFate
    before: ClauseWords | None
    after: ClauseWords | None

    @property
    def code(self) -> str:
        """The code it has now; the one it had where it is gone."""
        found = self.after or self.before
        return found.code if found else ""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The way from the old words to the new ones."""
        return word_edits(self.before.text if self.before else "", self.after.text if self.after else "")

    @property
    def has_other_labels(self) -> bool:
        """Whether it decides other labels than before."""
        return self.before is not None and self.after is not None and self.before.labels != self.after.labels


@dataclass(frozen=True, slots=True)
class MisMarked:
    """A clause whose change is not marked as it must be."""

    code: str
    problem: MarkProblem


def clause_changes(
    old: Iterable[ClauseWords], new: Iterable[ClauseWords], *, known: Mapping[str, ClauseWords], kept: Mapping[str, ClauseWords]
) -> tuple[ClauseChange, ...]:
    """What happened to the clauses of one module, in their new order; those that are gone follow.

    `known` are the clauses that all modules have now, `kept` those that all modules are to have, by code: a clause that moved to another module is
    told where it stood, and only where it says something else there. Linear in the number of clauses; words are compared when `edits` are asked for.
    """
    before, after = list(old), list(new)
    gone = {words.code: words for words in before if words.code not in kept}
    stayed = [words for words in before if words.code in kept]
    came = [words for words in after if words.code not in known]
    renamed = dict(_renamed(gone, came))
    changed = {words.code: ClauseChange(ClauseFate.CHANGED, words, kept[words.code]) for words in stayed if _differs(words, kept[words.code])}
    added = {words.code: renamed.get(words.code) or ClauseChange(ClauseFate.ADDED, None, words) for words in came}
    found = {**changed, **added}
    order = dict.fromkeys([*(words.code for words in after), *changed])
    taken = {change.before.code for change in renamed.values() if change.before}
    return (
        *(found[code] for code in order if code in found),
        *(ClauseChange(ClauseFate.REMOVED, words, None) for code, words in gone.items() if code not in taken),
    )


def _differs(old: ClauseWords, new: ClauseWords) -> bool:
    return (old.folded, old.labels) != (new.folded, new.labels)


def _renamed(gone: Mapping[str, ClauseWords], came: Iterable[ClauseWords]) -> Iterator[tuple[str, ClauseChange]]:
    """Clauses that came, by code, with the one that said the very same and is gone; each of those only once."""
    waiting: dict[str, list[ClauseWords]] = {}
    for words in gone.values():
        if words.folded:
            waiting.setdefault(words.folded, []).append(words)
    for words in came:
        if same := waiting.get(words.folded):
            yield words.code, ClauseChange(ClauseFate.RENAMED, same.pop(0), words)


def mark_of(change: ClauseChange, marks: Mapping[str, ClauseMark], step: Step) -> ClauseMark:
    """How much a change weighs. A patch corrects words, so what it does not mark is editorial, and so is another code for the same words."""
    is_light = step is Step.PATCH or (change.fate is ClauseFate.RENAMED and not change.has_other_labels)
    return marks.get(change.code, ClauseMark.EDITORIAL if is_light else ClauseMark.CHANGED)


def mis_marked(changes: Iterable[ClauseChange], marks: Mapping[str, ClauseMark], step: Step) -> tuple[MisMarked, ...]:
    """Everything that is wrong with the marks of a version that is to follow another by this step, in the order of the changes."""
    found = {change.code: change for change in changes}
    problems = [MisMarked(code, problem) for code, change in found.items() if (problem := _problem(change, marks.get(code), step))]
    return (*problems, *(MisMarked(code, MarkProblem.NOT_CHANGED) for code in marks if code not in found))


def _problem(change: ClauseChange, mark: ClauseMark | None, step: Step) -> MarkProblem | None:
    is_same_rule = change.fate is ClauseFate.RENAMED and not change.has_other_labels
    if step is Step.PATCH:
        is_more = mark not in {None, ClauseMark.EDITORIAL} or (mark is None and change.fate in {ClauseFate.ADDED, ClauseFate.REMOVED})
        return MarkProblem.TOO_MUCH_FOR_PATCH if is_more else None
    return MarkProblem.UNMARKED if mark is None and not is_same_rule else None
