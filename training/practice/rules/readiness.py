"""Whether a person is ready in an area: Beta–Bernoulli with recency over first answers. Practice advises, it never certifies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp, lgamma, log, log1p

RECENCY_A_DAY = 0.98
"""What an answer still weighs a day later."""

READY_ACCURACY = 0.80
READY_CERTAINTY = 0.90
READY_ANSWER_COUNT = 15
READY_DAY_COUNT = 3
NEAR_ENOUGH = 1e-11
"""So little certainty passes in much less than a second."""


@dataclass(frozen=True, slots=True)
class Mastery:
    """What a person's first answers in an area say, as it stood after the last of them."""

    right_weight: float = 1.0
    """The Beta distribution's a, from a uniform prior."""
    wrong_weight: float = 1.0
    """Its b."""
    answer_count: int = 0
    day_count: int = 0
    """Days, in UTC, on which there were any."""
    answered_at: datetime | None = None


def mastered(mastery: Mastery, *, is_right: bool, at: datetime) -> Mastery:
    """The mastery after one more first answer: a ← 1 + γ^Δt (a − 1) + u, and b alike with 1 − u."""
    faded = _faded(mastery, at=at)
    return Mastery(
        right_weight=faded.right_weight + is_right,
        wrong_weight=faded.wrong_weight + (not is_right),
        answer_count=mastery.answer_count + 1,
        day_count=mastery.day_count + (_day(mastery.answered_at) != _day(at)),
        answered_at=at,
    )


def _faded(mastery: Mastery, *, at: datetime) -> Mastery:
    """The same at a later instant."""
    if mastery.answered_at is None:
        return mastery
    kept = RECENCY_A_DAY ** max((at - mastery.answered_at) / timedelta(days=1), 0.0)
    return Mastery(1 + kept * (mastery.right_weight - 1), 1 + kept * (mastery.wrong_weight - 1), mastery.answer_count, mastery.day_count, mastery.answered_at)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How near a person is to being ready in an area."""

    certainty: float
    """The probability that their accuracy is .80 or better."""
    answer_count: int
    day_count: int

    @property
    def is_ready(self) -> bool:
        """Whether everything is there: certainty, answers and days."""
        return self.certainty >= READY_CERTAINTY and self.has_enough

    @property
    def has_enough(self) -> bool:
        """Whether there are answers and days enough to judge."""
        return self.answer_count >= READY_ANSWER_COUNT and self.day_count >= READY_DAY_COUNT


def readiness_of(mastery: Mastery, *, at: datetime) -> Readiness:
    """How ready the person is at an instant."""
    faded = _faded(mastery, at=at)
    certainty = 1 - beta_cdf(READY_ACCURACY, faded.right_weight, faded.wrong_weight)
    return Readiness(certainty, mastery.answer_count, mastery.day_count)


def ready_until(mastery: Mastery) -> datetime | None:
    """The first whole second at which the person is not ready any more if they answer nothing further; nothing where their last answer left them unready.

    Weights fade towards the uniform prior, so whoever is ready stays so until an instant and not beyond. It is found by false position with Illinois' halving
    (Dowell and Jarratt 1971) and then made exact to the second by `readiness_of` itself.
    """
    began = mastery.answered_at
    if began is None or not readiness_of(mastery, at=began).is_ready:
        return None
    begin = began if not began.microsecond else began.replace(microsecond=0) + timedelta(seconds=1)
    seconds = _seconds_above(lambda passed: readiness_of(mastery, at=begin + timedelta(seconds=passed)).certainty - READY_CERTAINTY)
    while readiness_of(mastery, at=begin + timedelta(seconds=seconds)).is_ready:
        seconds += 1
    while seconds and not readiness_of(mastery, at=begin + timedelta(seconds=seconds - 1)).is_ready:
        seconds -= 1
    return begin + timedelta(seconds=seconds)


def _seconds_above(excess: Callable[[float], float]) -> int:
    """About how many seconds a function that falls through nothing stays above it."""
    low, high, kept = 0.0, 86_400.0, 0
    above, below = excess(low), excess(high)
    while below > 0:
        low, above, high = high, below, 2 * high
        below = excess(high)
    middle = low
    while high - low > 1:
        middle = low + (high - low) * above / (above - below)
        value = excess(middle)
        if abs(value) < NEAR_ENOUGH:
            break
        if value > 0:
            low, above, below, kept = middle, value, below / 2 if kept > 0 else below, 1
        else:
            high, below, above, kept = middle, value, above / 2 if kept < 0 else above, -1
    return int(middle)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) and Lentz's way of summing it.

    Written out, because scipy is not loaded for a page.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - front * _fraction(1 - x, b, a) / b
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    numerator, denominator = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = change = denominator
    for step in range(1, 1000):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            denominator = 1 / _away_from_zero(1 + term * denominator)
            numerator = _away_from_zero(1 + term / numerator)
            change = numerator * denominator
            value *= change
        if abs(change - 1) < 1e-15:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300
