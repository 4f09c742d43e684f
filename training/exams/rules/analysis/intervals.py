"""Intervals of figures and of what lies between two of them. Without numpy: pages ask for them."""

from math import atanh, isfinite, sqrt, tanh

from training.judgements.rules import WILSON_Z, Interval


def correlation_interval(correlation: float, count: int) -> Interval | None:
    """A correlation with its 95 % limits by Fisher's transformation (Fisher 1921): tanh(atanh r ± 1.96 / √(N − 3)); nothing below four answers."""
    if count < 4 or not isfinite(correlation):
        return None
    if abs(correlation) >= 1:
        return Interval(correlation, correlation, correlation)
    reach = WILSON_Z / sqrt(count - 3)
    centre = atanh(correlation)
    return Interval(tanh(centre - reach), correlation, tanh(centre + reach))


def difference(first: Interval, second: Interval) -> Interval:
    """How much higher the second of two independent figures is, with 95 % limits out of the limits of both.

    d ± √(the distance of each to its own limit, squared and added): for shares with Wilson limits this is method 10 of Newcombe (1998), for correlations with
    Fisher's that of Zou (2007).
    """
    apart = second.point - first.point
    below = sqrt((second.point - second.low) ** 2 + (first.high - first.point) ** 2)
    above = sqrt((second.high - second.point) ** 2 + (first.point - first.low) ** 2)
    return Interval(apart - below, apart, apart + above)


def mean_interval(mean: float, deviation: float, count: int) -> Interval | None:
    """A mean of so many independent values with its 95 % limits by Student's t; nothing of fewer than two."""
    if count < 2:
        return None
    reach = _student(count - 1) * deviation / sqrt(count)
    return Interval(mean - reach, mean, mean + reach)


def mean_difference(first: tuple[float, float, int], second: tuple[float, float, int]) -> Interval | None:
    """How much higher the second of two means is (each with its standard deviation and count), with 95 % limits (Welch 1947); nothing below two values each."""
    (mean, deviation, count), (other, other_deviation, other_count) = first, second
    if min(count, other_count) < 2:
        return None
    one, two = deviation**2 / count, other_deviation**2 / other_count
    if not one + two:
        return Interval(other - mean, other - mean, other - mean)
    freedom = (one + two) ** 2 / (one**2 / (count - 1) + two**2 / (other_count - 1))
    reach = _student(freedom) * sqrt(one + two)
    return Interval(other - mean - reach, other - mean, other - mean + reach)


def _student(freedom: float) -> float:
    """What Student's t exceeds in one of forty cases (Abramowitz & Stegun 1964, 26.7.5)."""
    z, n = WILSON_Z, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )
