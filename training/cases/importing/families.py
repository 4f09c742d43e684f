"""Look-alikes share a family, so that a person meets one of them as new, and none of them where one is examined."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LONGEST_FAMILY = 60


@dataclass(frozen=True, slots=True)
class Kin:
    """A draft, and what it is like: another draft, cases with their families, or nothing."""

    id: int
    slug: str
    original_id: int | None
    case_families: tuple[str, ...] = ()
    """Families of the case it is like and of the case that runs of it."""
    is_examined: bool = False
    """Whether one of those is a case of the exam pool."""


@dataclass(frozen=True, slots=True)
class Family:
    """What look-alikes share."""

    slug: str
    is_examined: bool


def families_of(drafts: Iterable[Kin]) -> Mapping[int, Family]:
    """The family of every draft: that of a case among its look-alikes, else one named for the first of them."""
    kin = {draft.id: draft for draft in drafts}
    first = {draft_id: draft_id for draft_id in kin}
    for draft in kin.values():
        if draft.original_id in kin:
            a, b = sorted((_root(first, draft.id), _root(first, draft.original_id)))
            first[b] = a
    members: dict[int, list[Kin]] = {}
    for draft_id in sorted(kin):
        members.setdefault(_root(first, draft_id), []).append(kin[draft_id])
    families = {root: _family(alike) for root, alike in members.items()}
    return {draft.id: families[root] for root, alike in members.items() for draft in alike}


def _root(first: dict[int, int], draft_id: int) -> int:
    while first[draft_id] != draft_id:
        first[draft_id] = first[first[draft_id]]
        draft_id = first[draft_id]
    return draft_id


def _family(alike: list[Kin]) -> Family:
    named = [family for draft in alike for family in draft.case_families]
    return Family(named[0] if named else f"fam-{alike[0].slug}"[:LONGEST_FAMILY], any(draft.is_examined for draft in alike))
