"""Shares as whole numbers: what is signed has no fractions."""

from dataclasses import dataclass
from math import ceil, floor

from training.judgements.rules import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right out of how many, and the 95 % Wilson interval of the share in ten-thousandths, rounded outward."""

    right: int
    count: int
    low: int
    high: int


def share_of(right: int, count: int) -> Share | None:
    """The share with its interval; nothing where nothing was answered."""
    interval = wilson(right, count)
    if interval is None:
        return None
    return Share(right, count, floor(interval.low * 10_000), min(10_000, ceil(interval.high * 10_000)))
