"""What an exam that is not written to its end says so far: each part for itself, as far as it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from training.exams.documents.exams import CellDocument, DeltaDocument, ItemCount, Minutes, PassRuleDocument, RetakesDocument
from training.exams.rules.blueprint import Blueprint, Cell, PassRule
from training.exams.rules.kinds_asked import EARNED_BY_DEGREES, kinds_asked

P = TypeVar("P", bound=BaseModel)
_ITEM_COUNT: TypeAdapter[int] = TypeAdapter(ItemCount)
_MINUTES: TypeAdapter[int] = TypeAdapter(Minutes)


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of an exam that say what its forms are made of and what passes."""

    slug: str
    gating: bool
    areas: frozenset[str]
    """Those of a delta; of another exam none."""
    item_count: int
    """0 where that cannot be read."""
    time_limit_minutes: int
    """0 where that cannot be read."""
    rows: tuple[Cell | None, ...]
    """Its quotas in their order; nothing where one cannot be read."""
    enemies: tuple[frozenset[str], ...]
    rule: PassRule | None
    tries: int

    @property
    def blueprint(self) -> Blueprint:
        """What its forms are made of, as far as can be read."""
        return Blueprint(self.item_count, tuple(cell for cell in self.rows if cell is not None), self.enemies)

    @property
    def has_chances(self) -> bool:
        """Whether a share of right answers says how likely somebody passes: not where replies or typing may be asked."""
        return self.gating or not kinds_asked(self.blueprint) & EARNED_BY_DEGREES

    @property
    def is_drawn(self) -> bool:
        """Whether a form can be tried at all: its length is known and some quota, and none that cannot be read."""
        return self.item_count > 0 and bool(self.rows) and None not in self.rows


def outline_of(slug: str, value: Mapping[str, Any]) -> Outline:
    """What the value of an exam's document says; what is wrong or missing is left out, and told by the document's own checks."""
    rule, delta = _part(PassRuleDocument, value.get("pass_rule")), _part(DeltaDocument, value.get("delta"))
    retakes = _part(RetakesDocument, value.get("retakes")) or RetakesDocument()
    rows = [_part(CellDocument, row) for row in _list(value, "cells")]
    return Outline(
        slug=slug,
        gating=value.get("gating") is not False,
        areas=frozenset(delta.areas) if delta else frozenset(),
        item_count=_number(_ITEM_COUNT, value.get("item_count")),
        time_limit_minutes=_number(_MINUTES, value.get("time_limit_minutes")),
        rows=tuple(row.cell if row else None for row in rows),
        enemies=tuple(frozenset(map(str, group)) for group in _list(value, "enemies") if isinstance(group, list)),
        rule=PassRule(**rule.model_dump()) if rule else None,
        tries=retakes.attempts,
    )


def _part(part: type[P], value: Any) -> P | None:
    try:
        return part.model_validate(value)
    except ValidationError:
        return None


def _number(allowed: TypeAdapter[int], value: Any) -> int:
    try:
        return allowed.validate_python(value)
    except ValidationError:
        return 0


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []
