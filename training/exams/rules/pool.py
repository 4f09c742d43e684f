"""The items a form may be drawn from: who may meet which, in which order they are used, and when the caps bind."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor

from training.exams.rules.blueprint import Blueprint, Cell, Traits, words_of

BINDING_FORMS = 4
"""From this many forms' worth of items on, the caps bind; below, they only order the draw."""
EXPOSURE_CAP = 0.25
SHARING_CAP = 0.20
FORMS_BEFORE_EXPOSURE_BINDS = 20
"""A share of fewer forms says nothing about an item."""
RECOUNTED_PART = 20
RECENT_TIER = 2
SEEN_TIER = 4
FAMILY_REST_DAYS = 365
"""For so long after meeting one of a family, a person is drawn no other of it, where the bank allows."""


@dataclass(frozen=True, slots=True)
class PoolItem:
    """One item that may be on a form."""

    version_id: int
    slug: str
    family: str
    traits: Traits
    tier: int = 0
    """Lower tiers are drawn first: 0 new to the person and little used, 2 a look-alike of one met within twelve months, 4 met before.

    The odd ones are those that were used more than others.
    """

    @property
    def is_recent(self) -> bool:
        """Whether the person met it or a look-alike of it too lately, or it itself at any time."""
        return self.tier >= RECENT_TIER

    @property
    def is_seen(self) -> bool:
        """Whether the person met it on an earlier form."""
        return self.tier >= SEEN_TIER


@dataclass(frozen=True)
class Pool:
    """What a form is drawn from, and how many of its items the person may have met before. Without slots, so that it keeps its hash."""

    items: tuple[PoolItem, ...]
    sharing_limit: int | None = None
    pilots: tuple[PoolItem, ...] = ()
    """Items on trial, which are shown beside the form and do not count."""

    def record(self) -> dict[str, object]:
        """The pool as it is kept, so that the form can be drawn again: ids with their tiers, in order."""
        kept: dict[str, object] = {"items": _recorded(self.items), "sharing_limit": self.sharing_limit}
        return kept | {"pilots": _recorded(self.pilots)} if self.pilots else kept

    def rested(self) -> "Pool":
        """The same without what the person met, or met a look-alike of, within twelve months."""
        return replace(self, items=tuple(item for item in self.items if not item.is_recent))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the record."""
        return hashlib.sha256(json.dumps(self.record(), sort_keys=True).encode()).hexdigest()


def _recorded(items: Sequence[PoolItem]) -> list[list[int]]:
    return sorted([item.version_id, item.tier] for item in items)


def tier_of(*, form_count: int, mean_form_count: float, is_seen: bool, is_recent: bool = False) -> int:
    """What the person met before comes last, look-alikes of what they met lately before it; what was used more than others comes after what was used less."""
    return (SEEN_TIER if is_seen else RECENT_TIER if is_recent else 0) + (form_count > mean_form_count)


def able_items(blueprint: Blueprint, items: Sequence[PoolItem]) -> list[PoolItem]:
    """Those that any form could hold: a quota of nothing keeps an item out, and a quota of everything that it is not in."""
    admitted = blueprint.admission()
    able: dict[Traits, bool] = {}
    for item in items:
        if item.traits not in able:
            counts = zip(blueprint.cells, admitted(item.traits), strict=True)
            able[item.traits] = all(cell.maximum if is_counted else cell.minimum < blueprint.item_count for cell, is_counted in counts)
    return [item for item in items if able[item.traits]]


def is_over_exposed(form_count: int, forms_drawn: int) -> bool:
    """Whether one more form would put the item on more than a quarter of all forms."""
    return forms_drawn >= FORMS_BEFORE_EXPOSURE_BINDS and form_count + 1 > EXPOSURE_CAP * (forms_drawn + 1)


def is_overused(form_count: int, forms_drawn: int) -> bool:
    """Whether the item was on more than a quarter of all forms, where there are enough of them to say so."""
    return forms_drawn >= FORMS_BEFORE_EXPOSURE_BINDS and form_count > EXPOSURE_CAP * forms_drawn


def sharing_limit(item_count: int) -> int:
    """How many items of a form may have been on the person's earlier forms, where the bank allows."""
    return floor(item_count * SHARING_CAP)


@dataclass(frozen=True, slots=True)
class BankWorth:
    """How many forms without a common item a bank could fill, and the quota that runs out first (empty: the form as a whole)."""

    forms: float
    scarcest: str

    @property
    def is_binding(self) -> bool:
        """Whether the exposure and sharing caps bind, or only warn."""
        return self.forms >= BINDING_FORMS


@dataclass(frozen=True, slots=True)
class QuotaStock:
    """What a bank holds for one quota; look-alikes count once."""

    cell: Cell
    family_count: int

    @property
    def forms(self) -> float | None:
        """For how many forms without a common item that is enough; nothing where the quota needs none."""
        return self.family_count / self.cell.minimum if self.cell.minimum else None


def quota_stock(blueprint: Blueprint, items: Sequence[PoolItem]) -> tuple[QuotaStock, ...]:
    """What a bank holds for each quota, in their order."""
    admitted = blueprint.admission()
    families: list[set[str]] = [set() for _ in blueprint.cells]
    for item in items:
        for place, counts in enumerate(admitted(item.traits)):
            if counts:
                families[place].add(item.family)
    return tuple(QuotaStock(cell, len(inside)) for cell, inside in zip(blueprint.cells, families, strict=True))


def bank_worth(blueprint: Blueprint, items: Sequence[PoolItem]) -> BankWorth:
    """What a bank is worth by its scarcest quota; look-alikes count once."""
    quotas = [(stock.forms, words_of(stock.cell.conditions)) for stock in quota_stock(blueprint, items) if stock.forms is not None]
    return BankWorth(*min([(len({item.family for item in items}) / blueprint.item_count, ""), *quotas], key=lambda worth: worth[0]))


def forms_worth(blueprint: Blueprint, items: Sequence[PoolItem]) -> float:
    """How many forms without a common item the bank could fill."""
    return bank_worth(blueprint, items).forms


def are_recent_enough(forms_then: int, forms_now: int) -> bool:
    """Whether uses that were counted after so many forms still serve: while no more than a twentieth part was drawn since.

    So an item can exceed the cap by a few forms in a hundred for as long, and whoever starts when everybody starts need not count.
    """
    return FORMS_BEFORE_EXPOSURE_BINDS <= forms_then <= forms_now <= forms_then + forms_then // RECOUNTED_PART


@dataclass(frozen=True, slots=True)
class Usage:
    """How much each item was used in an exam, by item slug, and what the person met on earlier forms."""

    forms_drawn: int
    form_counts: dict[str, int]
    seen: frozenset[str]
    recent_families: frozenset[str] = frozenset()
    """The families of what they met within twelve months."""


def open_pool(items: Sequence[PoolItem], usage: Usage) -> Pool:
    """All the items, least used and least known first, without a cap. They are items that may fill the blueprint: others would lower the mean use."""
    mean = sum(usage.form_counts.get(item.slug, 0) for item in items) / len(items) if items else 0.0
    return Pool(tuple(_in_tier(item, usage, mean) for item in items))


def capped_pool(blueprint: Blueprint, items: Sequence[PoolItem], usage: Usage) -> Pool:
    """The items within the exposure cap, and the sharing cap on top."""
    whole = open_pool(items, usage)
    kept = tuple(item for item in whole.items if not is_over_exposed(usage.form_counts.get(item.slug, 0), usage.forms_drawn))
    return Pool(kept, sharing_limit(blueprint.item_count))


def _in_tier(item: PoolItem, usage: Usage, mean: float) -> PoolItem:
    form_count, is_recent = usage.form_counts.get(item.slug, 0), item.family in usage.recent_families
    return replace(item, tier=tier_of(form_count=form_count, mean_form_count=mean, is_seen=item.slug in usage.seen, is_recent=is_recent))
