"""What a bank has for each quota of an exam that is being written: now, once more returns, and for somebody who sits it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.exams.rules.blueprint import Blueprint, Cell
from training.exams.rules.pool import BINDING_FORMS, PoolItem, Usage, able_items, forms_worth, is_over_exposed


@dataclass(frozen=True, slots=True)
class Shelf:
    """The bank as an author finds it: what may be drawn, what is held, on how many forms of the exam each item was, and what is not live yet."""

    live: Sequence[PoolItem]
    held: Sequence[PoolItem]
    usage: Usage
    not_live: Sequence[PoolItem] = ()
    """Drafts of the bank, and what is on trial: drawn for no place that counts."""


@dataclass(frozen=True, slots=True)
class CellSupply:
    """What the bank has for one quota. Look-alikes count once."""

    cell: Cell
    now: int
    """For somebody who has met none of them."""
    returning: int
    """Not among those: held until a person rules, or at rest because they were on more than a quarter of the forms."""
    again: int
    """Left of those of now to somebody who sat a form: what they met rests for twelve months."""
    exposure: float | None
    """The share of the exam's forms that its most used item was on; nothing before a form was drawn."""
    not_live: int = 0
    """In the bank as drafts or on trial, and so not among those of now: they would be once they are made live."""

    @property
    def is_short(self) -> bool:
        """Whether it cannot be filled."""
        return self.now < self.cell.minimum

    @property
    def is_short_again(self) -> bool:
        """Whether a second form has to ask what was met on the first."""
        return self.again < self.cell.minimum


def drawn_now(blueprint: Blueprint, shelf: Shelf) -> tuple[PoolItem, ...]:
    """The items that a form can be drawn from now: without those above the exposure cap, where the bank is large enough for it to bind."""
    if forms_worth(blueprint, able_items(blueprint, shelf.live)) < BINDING_FORMS:
        return tuple(shelf.live)
    counts, drawn = shelf.usage.form_counts, shelf.usage.forms_drawn
    return tuple(item for item in shelf.live if not is_over_exposed(counts.get(item.slug, 0), drawn))


def supply_of(blueprint: Blueprint, shelf: Shelf, forms: Sequence[Sequence[PoolItem]]) -> tuple[CellSupply, ...]:
    """What the bank has for each quota, in their order. `forms` are forms that were drawn from it; without any, nobody has met anything."""
    now = drawn_now(blueprint, shelf)
    return tuple(_supply(cell, now, shelf, forms) for cell in blueprint.cells)


def _supply(cell: Cell, now: Sequence[PoolItem], shelf: Shelf, forms: Sequence[Sequence[PoolItem]]) -> CellSupply:
    drawn, everything = _families(cell, now), _families(cell, (*shelf.live, *shelf.held))
    met = max((len(_families(cell, form)) for form in forms), default=0)
    used = max((shelf.usage.form_counts.get(item.slug, 0) for item in shelf.live if cell.admits(item.traits)), default=0)
    exposure = used / shelf.usage.forms_drawn if shelf.usage.forms_drawn else None
    not_live = _families(cell, shelf.not_live) - everything
    return CellSupply(cell, len(drawn), len(everything - drawn), max(len(drawn) - met, 0), exposure, len(not_live))


def _families(cell: Cell, items: Sequence[PoolItem]) -> set[str]:
    return {item.family for item in items if cell.admits(item.traits)}
