"""What somebody who guesses earns."""

from collections.abc import Mapping
from math import prod

from training.exams.rules.blueprint import ItemKind


def guess_of_choice(kind: ItemKind, option_count: int) -> float:
    """The chance of a choice item by guessing: one of the options, or one of the sets of options that are neither empty nor all."""
    return 1 / option_count if kind is ItemKind.SINGLE else 1 / (2**option_count - 2)


def guess_of_fields(fields: Mapping[str, tuple[int, int]]) -> float:
    """The chance of a strict outcome by guessing: the product over its fields of (accepted values, possible values). MEASUREMENT.md, section 4."""
    return prod(accepted / possible for accepted, possible in fields.values())
