"""Which clauses of an exam's areas its items test."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from training.exams.rules.blueprint import Blueprint, Condition


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """How many clauses the areas of an exam have, and which of them no item tests that a form can hold."""

    clause_count: int
    untested: tuple[str, ...]

    @property
    def tested_count(self) -> int:
        """How many some item tests."""
        return self.clause_count - len(self.untested)


def areas_asked(blueprint: Blueprint, delta: frozenset[str], drawable: Collection[str]) -> frozenset[str]:
    """The areas that an exam is about: those of its delta, else those that its quotas name, else those of all that it may draw."""
    named = {value for cell in blueprint.cells for condition, value in cell.conditions if condition is Condition.AREA and cell.maximum}
    return delta or frozenset(named) or frozenset(drawable)


def clause_coverage(clauses: Iterable[str], areas: Collection[str], tested: Collection[str]) -> ClauseCoverage:
    """The coverage of the clauses of these areas. A clause's code begins with its area's: PRO-03.b."""
    asked = sorted({clause for clause in clauses if clause.partition("-")[0] in areas})
    return ClauseCoverage(len(asked), tuple(clause for clause in asked if clause not in tested))
