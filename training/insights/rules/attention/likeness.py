"""Items that say nearly the same and are not known to: a form could hold both, or give one away by the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.cases.importing.duplicates import Lookalikes, normalised
from training.insights.rules.attention.findings import Concern, Finding

Pair = tuple[int, int, int]
"""Two places in a list of items, the earlier first, and how alike they are in percent."""


@dataclass(frozen=True, slots=True)
class SaidItem:
    """An item that may be drawn."""

    slug: str
    version_id: int
    family: str
    language: str


def alike(said: Sequence[tuple[str, str]]) -> list[Pair]:
    """Of texts with their languages, for each the most alike of those before it in its language, if any is nearly the same."""
    texts: dict[str, Lookalikes] = {}
    found = []
    for place, (language, text) in enumerate(said):
        likeness = texts.setdefault(language, Lookalikes()).add(place, normalised(text))
        if likeness is not None:
            found.append((likeness.position, place, likeness.percent))
    return found


def of_texts(items: Sequence[SaidItem], pairs: Sequence[Pair], *, told_apart: frozenset[frozenset[str]] = frozenset()) -> Iterator[Finding]:
    """The pairs that are of different families, and that no exam keeps off one form (`told_apart`: pairs of ids)."""
    for one, other, percent in pairs:
        first, second = sorted((items[one], items[other]), key=lambda item: item.slug)
        slugs = first.slug, second.slug
        if first.family != second.family and frozenset(slugs) not in told_apart:
            basis = (first.version_id, second.version_id)
            yield Finding(Concern.LOOKALIKES, " ".join(slugs), {"percent": percent}, percent, basis, names=slugs, leads_to=(second.slug,))
