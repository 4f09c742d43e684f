"""A module's step from one version to the next: its clauses with their marks, and what that asks of people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.courses.rules.changes import Edit, word_edits
from training.courses.rules.clause_changes import ClauseChange, ClauseFate, ClauseMark
from training.courses.rules.versions import Step, Version, step_between

DUE_DAYS = {Step.MINOR: 14, Step.MAJOR: 30}
"""How long people have to learn a change, where its author says nothing."""


@dataclass(frozen=True, slots=True)
class MarkedClause:
    """One clause that is other than it was: what it said, what it says, and how much the change weighs."""

    code: str
    fate: ClauseFate
    mark: ClauseMark
    before: str
    after: str
    old_code: str
    """The code it had; empty where it was added."""
    old_labels: tuple[str, ...] = ()
    new_labels: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The way from the old words to the new ones."""
        return word_edits(self.before, self.after)

    @property
    def codes(self) -> frozenset[str]:
        """Every code by which something may cite it."""
        return frozenset(code for code in (self.code, self.old_code) if code)


def marked(change: ClauseChange, mark: ClauseMark) -> MarkedClause:
    """A clause's change with what its author says of it."""
    old, new = change.before, change.after
    return MarkedClause(
        code=change.code,
        fate=change.fate,
        mark=mark,
        before=old.text if old else "",
        after=new.text if new else "",
        old_code=old.code if old else "",
        old_labels=old.labels if old else (),
        new_labels=new.labels if new else (),
    )


@dataclass(frozen=True, slots=True)
class DeltaExam:
    """An exam about a change, for the holders of one certification, and the version of it that asks."""

    certification: str
    exam: str
    version: Version


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One module's step from the version that is published to the one that is to be."""

    module: str
    title: str
    area: str
    language: str
    old: Version
    new: Version
    clauses: tuple[MarkedClause, ...]
    due_days: int | None = None
    exams: tuple[DeltaExam, ...] = ()

    @property
    def step(self) -> Step:
        """How far the two versions are apart."""
        return step_between(self.old, self.new)

    @property
    def asks_something(self) -> bool:
        """Whether anybody has to do anything: a patch asks nothing of anybody."""
        return self.step is not Step.PATCH

    @property
    def touched(self) -> frozenset[str]:
        """The codes of the clauses that people read anew."""
        return self._codes(ClauseMark.CLARIFIED, ClauseMark.CHANGED)

    @property
    def changed(self) -> frozenset[str]:
        """The codes of the clauses whose rule is another: whatever cites them is looked at again."""
        return self._codes(ClauseMark.CHANGED)

    def _codes(self, *marks: ClauseMark) -> frozenset[str]:
        if not self.asks_something:
            return frozenset()
        return frozenset(code for clause in self.clauses if clause.mark in marks for code in clause.codes)

    def due_at(self, published_at: datetime) -> datetime:
        """By when it is learned, where it is published then."""
        return published_at + timedelta(days=self.due_days or DUE_DAYS.get(self.step, 0))


def due_of(due_at: datetime, ends: datetime | None, *, now: datetime) -> datetime:
    """By when one person learns a change: never later than their own certificate ends, where it ends after now."""
    return min(due_at, ends) if ends is not None and ends > now else due_at
