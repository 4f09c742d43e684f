"""When somebody's errors call for a talk: a cumulative sum that finds a change for the worse, and suspends nobody."""

from collections.abc import Iterable
from math import log, log1p

from training.quality.rules.suspension import STANDARD, Standard

TIMES_WORSE = 2
"""The change that is looked for: errors twice as often as is acceptable."""

COACHING_THRESHOLD = 1_000
"""Whoever errs as often as is acceptable is met by it once in 1,000 random audits or more, on average (Lorden 1971; Shin, Ramdas & Rinaldo 2023)."""


def log_cusum(are_errors: Iterable[bool], standard: Standard = STANDARD) -> float:
    """The logarithm of the likelihood-ratio cumulative sum (Page 1954) after these random audits, in the order of their decisions; 0 at its lowest.

    Each audit multiplies it by how much likelier what was found is at twice the acceptable error rate.
    """
    acceptable = standard.acceptable_error
    worse = min(TIMES_WORSE * acceptable, (1 + acceptable) / 2)
    error_step, right_step = log(worse / acceptable), log1p(-worse) - log1p(-acceptable)
    found = 0.0
    for is_error in are_errors:
        found = max(0.0, found + (error_step if is_error else right_step))
    return found


def calls_for_coaching(log_statistic: float) -> bool:
    """Whether the sum is so high that somebody should talk with them."""
    return log_statistic >= log(COACHING_THRESHOLD)
