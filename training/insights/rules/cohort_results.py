"""How the people of a cohort fared in an exam: each by their last attempt, and all of them by score."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

STEPS = 20
"""Of the shares of the points that the picture tells apart: 5 % each."""
TRIES_TO_LOOK_AT = 2
"""After so many attempts that were not passed, and none that was, somebody is better helped than sent to try again."""


class Fate(StrEnum):
    """What came of an attempt that is over."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    BEING_MARKED = "being_marked"


@dataclass(frozen=True, slots=True)
class Sat:
    """An attempt that is over."""

    attempt: str
    """Its public id."""
    person_id: int
    person: str
    """Their public id."""
    name: str
    exam: str
    title: str
    number: int
    """The person's how-manieth for its certification."""
    share: float
    """Of the points, 0 to 1."""
    fate: Fate


@dataclass(frozen=True, slots=True)
class ExamResults:
    """One exam in one cohort."""

    exam: str
    title: str
    person_count: int
    counts: dict[Fate, int]
    """People by what came of their last attempt."""
    passed_first_count: int
    histogram: tuple[int, ...]
    """People by the share of the points in their last attempt that is marked, in `STEPS` steps from 0 to 1."""
    stuck: tuple[Sat, ...]
    """The last attempts of those who passed none of several, by name."""


def results_by_exam(attempts: Iterable[Sat]) -> list[ExamResults]:
    """The results of every exam that somebody sat, by title; `attempts` are in the order in which they were begun."""
    by_exam: defaultdict[str, list[Sat]] = defaultdict(list)
    for sat in attempts:
        by_exam[sat.exam].append(sat)
    return sorted((_results(found) for found in by_exam.values()), key=lambda each: (each.title, each.exam))


def _results(attempts: Sequence[Sat]) -> ExamResults:
    of_person: defaultdict[int, list[Sat]] = defaultdict(list)
    for sat in attempts:
        of_person[sat.person_id].append(sat)
    last = [tries[-1] for tries in of_person.values()]
    shares = [sat.share for sat in last if sat.fate is not Fate.BEING_MARKED]
    steps = Counter(min(int(share * STEPS + 1e-9), STEPS - 1) for share in shares)
    return ExamResults(
        exam=attempts[-1].exam,
        title=attempts[-1].title,
        person_count=len(last),
        counts={fate: sum(sat.fate is fate for sat in last) for fate in Fate},
        passed_first_count=sum(tries[0].fate is Fate.PASSED for tries in of_person.values()),
        histogram=tuple(steps[step] for step in range(STEPS)),
        stuck=tuple(sorted((tries[-1] for tries in of_person.values() if _is_stuck(tries)), key=lambda sat: (sat.name, sat.person_id))),
    )


def _is_stuck(tries: Sequence[Sat]) -> bool:
    return len(tries) >= TRIES_TO_LOOK_AT and all(sat.fate is Fate.NOT_PASSED for sat in tries)
