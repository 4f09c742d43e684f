"""Which case comes next, when a break is due, and when a check is passed: decided from plain values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from training.cases.rules import Difficulty

CLEAR_FIRST = {Difficulty.CLEAR: 0, Difficulty.TYPICAL: 1, Difficulty.BORDERLINE: 2}

RECENT_FAMILY_COUNT = 3
"""Look-alikes of this many last cases are put off, where there is anything else of the concept."""

SESSION_IDLE = timedelta(hours=4)
"""After so long without an answer the next case opens a new session."""

PAUSE = timedelta(minutes=10)
"""So long without a case is a break."""

BREAK_AFTER = timedelta(minutes=25)
BREAK_AFTER_SEVERE_COUNT = 8


DISTRESSING_AREAS = frozenset({"HRM", "SXM"})
"""Areas whose words, not only their pictures, may distress."""


class Veil(StrEnum):
    """What of a case is blurred until its reader shows it. Anything but nothing comes with a warning."""

    NOTHING = "nothing"
    PICTURES = "pictures"
    EVERYTHING = "everything"


class PracticeRefusal(StrEnum):
    """Why practising does not go on."""

    NOTHING_TO_PRACTISE = "nothing_to_practise"
    ALREADY_SKIPPED = "already_skipped"
    NO_NEAR_MISS = "no_near_miss"
    CHECK_CASE_MISSING = "check_case_missing"
    CHECKS_ARE_NOT_SKIPPED = "checks_are_not_skipped"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that could come next. Its concept is its deciding clause."""

    case_id: int
    concept: str
    area: str
    family: str
    difficulty: Difficulty


@dataclass(frozen=True, slots=True)
class Practised:
    """How often a concept was practised, and when last."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What one person has practised so far."""

    answered_at: Mapping[int, datetime] = field(default_factory=dict)
    """When each case was answered last, by case id."""
    skipped: Collection[int] = frozenset()
    """Cases that were put before the person and left unanswered."""
    concepts: Mapping[str, Practised] = field(default_factory=dict)
    recent_families: Sequence[str] = ()
    """The families of the last cases."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The case that comes next, and whether the person has answered it before."""

    case_id: int
    is_repeat: bool


def choose(candidates: Collection[Candidate], history: History) -> Choice | None:
    """The next case; always the same for the same candidates and history.

    Cases never shown come before cases that were skipped, and these before repeats. Among them each concept is
    surveyed once, then the least practised comes first; concepts alike in that are taken from the least practised
    area, then the one left alone longest. Within a concept clear cases come first, look-alikes of the last few cases
    last, and a repeat is the one answered longest ago.
    """
    fresh = [case for case in candidates if case.case_id not in history.answered_at]
    unseen = [case for case in fresh if case.case_id not in history.skipped]
    pool = unseen or fresh or list(candidates)
    if not pool:
        return None
    areas = _area_counts(candidates, history)
    chosen = min(pool, key=lambda case: (_concept_order(case, history, areas), _case_order(case, history)))
    return Choice(chosen.case_id, is_repeat=chosen.case_id in history.answered_at)


def _area_counts(candidates: Collection[Candidate], history: History) -> dict[str, int]:
    area_of = {case.concept: case.area for case in candidates}
    counts: dict[str, int] = dict.fromkeys(area_of.values(), 0)
    for concept, area in area_of.items():
        counts[area] += _count(concept, history)
    return counts


def _count(concept: str, history: History) -> int:
    practised = history.concepts.get(concept)
    return practised.count if practised else 0


def _concept_order(case: Candidate, history: History, areas: Mapping[str, int]) -> tuple[int, int, float, str]:
    practised = history.concepts.get(case.concept)
    last = practised.last_at.timestamp() if practised else 0.0
    return (_count(case.concept, history), areas[case.area], last, case.concept)


def _case_order(case: Candidate, history: History) -> tuple[float, bool, int, int]:
    answered = history.answered_at.get(case.case_id)
    is_recent = case.family in list(history.recent_families)[:RECENT_FAMILY_COUNT]
    return (answered.timestamp() if answered else 0.0, is_recent, CLEAR_FIRST[case.difficulty], case.case_id)


def veil_over(area: str, *, is_severe: bool, is_blurring: bool) -> Veil:
    """How a case is first shown: `is_severe` says that its family is, `is_blurring` that its reader wants it blurred."""
    if not (is_severe and is_blurring):
        return Veil.NOTHING
    return Veil.EVERYTHING if area in DISTRESSING_AREAS else Veil.PICTURES


@dataclass(frozen=True, slots=True)
class Looked:
    """That a person had a case before them at an instant."""

    at: datetime
    is_severe: bool


def is_break_due(looked: Sequence[Looked], *, now: datetime) -> bool:
    """Whether the person has worked without a pause for 25 minutes, or on 8 severe cases. `looked` is newest first."""
    stretch: list[Looked] = []
    later = now
    for look in looked:
        if later - look.at > PAUSE:
            break
        stretch.append(look)
        later = look.at
    severe_count = sum(look.is_severe for look in stretch)
    return bool(stretch) and (now - stretch[-1].at >= BREAK_AFTER or severe_count >= BREAK_AFTER_SEVERE_COUNT)


def scope_name(areas: Collection[str] = (), *, check: str | None = None, near_miss: str | None = None) -> str:
    """The name of what a session practises: a person has at most one open session of each."""
    if check is not None:
        return f"check:{check}"
    if near_miss is not None:
        return f"near-miss:{near_miss}"
    return f"areas:{'+'.join(sorted(set(areas)))}" if areas else "all"


def areas_of_scope(scope: str) -> tuple[str, ...]:
    """The areas that such a session is limited to."""
    kind, _, names = scope.partition(":")
    return tuple(names.split("+")) if kind == "areas" else ()
