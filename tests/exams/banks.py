"""Banks and blueprints as plain values, for rules."""

from training.cases.rules import Difficulty
from training.exams.rules.blueprint import Blueprint, Cell, Condition, DecisionClass, ItemKind, Traits
from training.exams.rules.pool import PoolItem

AREAS = ("PRO", "IPR", "CLM", "FRD")


def cell(minimum: int, maximum: int, **conditions: str) -> Cell:
    return Cell(tuple((Condition(name), value) for name, value in conditions.items()), minimum, maximum)


def pool_item(number: int, *, family: str | None = None, tier: int = 0, area: str = "PRO", decision_class: str = "violating", kind: str = "single") -> PoolItem:
    traits = Traits(area, "S2", DecisionClass(decision_class), Difficulty.TYPICAL, "en", ItemKind(kind))
    return PoolItem(number, f"item-{number}", family or f"family-{number}", traits, tier)


def bank(count: int) -> tuple[PoolItem, ...]:
    """Items over four areas, two in five innocent, every second a case."""
    return tuple(
        pool_item(
            number,
            area=AREAS[number % 4],
            decision_class="innocent" if number % 5 < 2 else "violating",
            kind="case" if (number // 4) % 2 else "single",
        )
        for number in range(count)
    )


BLUEPRINT = Blueprint(
    40,
    (
        *(cell(8, 12, area=area) for area in AREAS),
        cell(14, 18, decision_class="innocent"),
        cell(18, 22, kind="case"),
        cell(3, 8, area="PRO", decision_class="innocent"),
    ),
)
