"""Which case of a concept comes next: clear ones first, then as they come, borderline ones a quarter at most."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from training.cases.rules import Difficulty
from training.practice.rules.standing import ConceptStanding

CLEAR_FIRST = {Difficulty.CLEAR: 0, Difficulty.TYPICAL: 1, Difficulty.BORDERLINE: 2}

RECENT_FAMILY_COUNT = 3
"""Look-alikes of this many last cases are put off, where there is anything else of the concept."""

RECENT_COUNT = 14
"""How many of the last cases the choice looks at."""

BORDERLINE_IN = 4
"""One case in so many may be borderline."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case of the concept that could come next."""

    case_id: int
    family: str
    difficulty: Difficulty
    is_kept_for_pair: bool = False
    """Whether its near-miss of the opposite decision is borderline: the two are to stand side by side."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A case that was put before the person lately."""

    case_id: int
    concept: str
    family: str
    session_id: int
    has_near_miss: bool
    is_borderline: bool
    is_answered: bool
    is_severe: bool = False
    """Whether it came behind a warning."""


def pick(candidates: Collection[Candidate], standing: ConceptStanding | None, recent: Sequence[Recent]) -> Candidate | None:
    """The case to put before the person; nothing where only borderline cases are left and there is no room for one.

    Until the concept was answered right, and after a failure, clear cases come first; then cases come in the order
    of their numbers, which is the natural mix. The near-miss of a borderline case waits for it. `recent` is newest first.
    """
    allowed = _allowed(candidates, standing, recent)
    families = {each.family for each in recent[:RECENT_FAMILY_COUNT]}
    is_new = standing is None or standing.is_failed or not standing.right_count

    def place(case: Candidate) -> tuple[bool, bool, int, int]:
        return case.family in families, case.is_kept_for_pair, CLEAR_FIRST[case.difficulty] if is_new else 0, case.case_id

    return min(allowed, key=place, default=None)


def pick_again(candidates: Sequence[Candidate], standing: ConceptStanding | None, recent: Sequence[Recent]) -> Candidate | None:
    """The same among cases that the person answered before, which come in their order: the one answered longest ago first."""
    allowed = _allowed(candidates, standing, recent)
    families = {each.family for each in recent[:RECENT_FAMILY_COUNT]}
    return next((case for case in allowed if case.family not in families), next(iter(allowed), None))


def pick_like(skipped: Candidate, candidates: Collection[Candidate], standing: ConceptStanding | None, recent: Sequence[Recent]) -> Candidate | None:
    """The equal of a case that was skipped, of its concept: as difficult, where there is one and a borderline one has room. No look-alike of it."""
    others = [case for case in candidates if case.family != skipped.family]
    alike = [case for case in others if case.difficulty is skipped.difficulty]
    if skipped.difficulty is Difficulty.BORDERLINE and not has_room_for(1, recent):
        alike = []
    return pick(alike, standing, recent) or pick(others, standing, recent)


def _allowed(candidates: Collection[Candidate], standing: ConceptStanding | None, recent: Sequence[Recent]) -> Collection[Candidate]:
    """The candidates, without the borderline ones where there is no room for them.

    A quarter of the concept's own cases at most, unless nothing else of it is left; a quarter of the last cases in any case.
    """
    others = [case for case in candidates if case.difficulty is not Difficulty.BORDERLINE]
    if not has_room_for(2, recent):
        return others
    if standing is not None and BORDERLINE_IN * (standing.borderline_count + 1) <= standing.review_count + 1:
        return candidates
    return others or candidates


def has_room_for(count: int, recent: Sequence[Recent]) -> bool:
    """Whether so many borderline cases more leave three of four cases to others. A near-miss may be borderline too: a pair needs room for two."""
    return BORDERLINE_IN * (sum(each.is_borderline for each in recent) + count) <= len(recent) + count


def may_call_for_near_miss(recent: Sequence[Recent], *, session_id: int) -> bool:
    """Whether the last case was answered in this session and has a near-miss of the opposite decision."""
    return bool(recent) and recent[0].session_id == session_id and recent[0].has_near_miss and recent[0].is_answered


def calls_for_near_miss(recent: Sequence[Recent], near_miss: Difficulty) -> bool:
    """Whether the near-miss of the last case, of this difficulty, is to stand beside it: where one of the two is borderline."""
    return recent[0].is_borderline or (near_miss is Difficulty.BORDERLINE and has_room_for(1, recent))
