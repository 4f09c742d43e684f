"""Nesting: whoever is newly certified works in shadow until somebody says that they decide well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.judgements.rules.intervals import wilson


@dataclass(frozen=True, slots=True)
class NestingRule:
    """How long somebody works in shadow, and how well they must decide."""

    days: int
    decisions: int
    quality_percent: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How many of somebody's decisions were looked at since the award, chosen at random, and how many of them were right."""

    looked_at: int = 0
    right: int = 0


QualityTold = Callable[[Mapping[tuple[int, str], datetime]], Mapping[tuple[int, str], Quality]]
"""What was found of people's live decisions for a certification, by its slug, since an instant."""


class QualityState(StrEnum):
    """What is known of how well somebody decides."""

    UNKNOWN = "unknown"
    """Nobody has looked at enough decisions for the bound to be reached whatever was found."""
    REACHED = "reached"
    NOT_REACHED = "not_reached"


def quality_state(quality: Quality, required_percent: int) -> QualityState:
    """Whether the lower end of the share's 95 % interval (Wilson 1927) is as high as asked; unknown where so few cannot show it."""
    found, best = wilson(quality.right, quality.looked_at), wilson(quality.looked_at, quality.looked_at)
    if found is None or best is None or best.low * 100 < required_percent:
        return QualityState.UNKNOWN
    return QualityState.REACHED if found.low * 100 >= required_percent else QualityState.NOT_REACHED


@dataclass(frozen=True, slots=True)
class Shadow:
    """What is known of somebody's time in shadow."""

    since: datetime
    decisions: int = 0
    """How many were reported since."""
    quality: Quality = Quality()
    is_signed_off: bool = False
    """Whether a buddy vouched for them since the award or the last extension."""
    extended_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is with their time in shadow."""

    shadow: Shadow
    ends_at: datetime
    """When the days are over, extensions included."""
    quality: QualityState
    is_long_enough: bool
    """Whether the days are over or enough decisions were reported; once extended, the days alone count."""

    @property
    def may_be_promoted(self) -> bool:
        """Whether the shadow may end: it was long enough, and quality is shown, or not known yet and a buddy vouches."""
        is_vouched_for = self.quality is QualityState.REACHED or (self.quality is QualityState.UNKNOWN and self.shadow.is_signed_off)
        return self.is_long_enough and is_vouched_for


def progress_of(rule: NestingRule, shadow: Shadow, *, now: datetime) -> Progress:
    """How far this time in shadow has come."""
    ends_at = shadow.extended_until or shadow.since + timedelta(days=rule.days)
    is_long_enough = now >= ends_at or (shadow.extended_until is None and shadow.decisions >= rule.decisions)
    return Progress(shadow, ends_at, quality_state(shadow.quality, rule.quality_percent), is_long_enough)
