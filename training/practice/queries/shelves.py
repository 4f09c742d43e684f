"""Which concepts the practice pool offers. Nobody's request reads the pool for it: each process remembers its shelves."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from training.cases.models import Case, CaseHold, CaseReference, CaseVersion
from training.cases.queries import IS_DRAWN, IS_OF_SEVERE_FAMILY
from training.db import Remembered, db
from training.practice.rules import NOTHING_SPARED, Limits, Offer, Sparing


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many cases of a kind the practice pool holds."""

    concept: str
    area: str
    surface: str
    language: str
    is_severe: bool
    """Whether its cases come behind a warning."""
    count: int


Stamp = tuple[int | None, int | None, int | None]

_STAMP = select(*(select(func.max(table.id)).scalar_subquery() for table in (CaseVersion, CaseReference, CaseHold)))
_SHELVES: Remembered[Stamp, tuple[Shelf, ...]] = Remembered(2)
_OFFERS: Remembered[tuple[Stamp, Limits, frozenset[str], Sparing], Mapping[str, Offer]] = Remembered(500)


def shelves() -> tuple[Shelf, ...]:
    """What the pool holds. It is counted anew when there is another version or reference of any case, or one is held or let go."""
    return _shelves(_stamp())


def _stamp() -> Stamp:
    version_id, reference_id, hold_id = db.session.execute(_STAMP).one()
    return version_id, reference_id, hold_id


def _shelves(stamp: Stamp) -> tuple[Shelf, ...]:
    known = _SHELVES.get(stamp)
    if known is not None:
        return known
    kept = select(Case.concept, Case.area, Case.surface, Case.language, IS_OF_SEVERE_FAMILY.label("is_severe")).where(IS_DRAWN).subquery()
    rows = db.session.execute(select(*kept.c, func.count()).group_by(*kept.c).order_by(*kept.c))
    return _SHELVES.put(stamp, tuple(Shelf(*tuple(row)) for row in rows))


def offers(limits: Limits, *, languages: Collection[str], sparing: Sparing = NOTHING_SPARED) -> Mapping[str, Offer]:
    """The concepts within these limits that have cases in these languages (in any, where none are named) and of what is not spared."""
    stamp, spoken = _stamp(), frozenset(languages)
    known = _OFFERS.get((stamp, limits, spoken, sparing))
    if known is not None:
        return known
    counts: Counter[str] = Counter()
    areas: dict[str, str] = {}
    for shelf in _shelves(stamp):
        if (shelf.is_severe and sparing.is_without_severe) or not sparing.allows(shelf.concept):
            continue
        if (not spoken or shelf.language in spoken) and limits.hold(concept=shelf.concept, area=shelf.area, surface=shelf.surface):
            counts[shelf.concept] += shelf.count
            areas.setdefault(shelf.concept, shelf.area)
    return _OFFERS.put((stamp, limits, spoken, sparing), {concept: Offer(concept, areas[concept], count) for concept, count in counts.items()})


def case_counts(*, languages: Collection[str]) -> dict[str, int]:
    """How many cases each area's practice pool holds in these languages."""
    return dict(_counted("area", languages))


def surface_counts(*, languages: Collection[str]) -> dict[str, int]:
    """How many each surface's does."""
    return dict(_counted("surface", languages))


def _counted(kind: str, languages: Collection[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for shelf in shelves():
        if not languages or shelf.language in languages:
            counts[getattr(shelf, kind)] += shelf.count
    return counts
