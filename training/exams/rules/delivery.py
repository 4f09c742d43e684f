"""How the items of an attempt are given out."""

from enum import StrEnum


class AttemptMode(StrEnum):
    """Which rule decides how many items an attempt has."""

    FIXED = "fixed"
    """A whole form at once, to be gone through in any order."""
    SEQUENTIAL = "sequential"
    """One item after another, each answer final, until the rule decides (MEASUREMENT.md, section 5)."""
