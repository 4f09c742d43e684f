"""Does an exam tell who will work well? Its scores beside the quality that audits found, corrected for who was never let in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import atanh, sqrt, tanh
from statistics import StatisticsError, correlation, fmean, stdev, variance

from training.judgements.rules import FEWEST_TO_JUDGE, WILSON_Z, Interval

FEWEST_AUDITED = 30
"""Below so many people a correlation says nothing."""
CLOSEST_TO_ONE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Pair:
    """One person: the share of the points of their first attempt, and how many random audits of their work found it right."""

    score: float
    audit_count: int
    right_count: int

    @property
    def is_judged(self) -> bool:
        """Whether there are enough audits to speak of their quality."""
        return self.audit_count >= FEWEST_TO_JUDGE

    @property
    def quality(self) -> float:
        """The share of their audits that was right."""
        return self.right_count / self.audit_count


class PredictionWord(StrEnum):
    """What can be said."""

    TOO_FEW = "too_few"
    ALL_ALIKE = "all_alike"
    """Everybody scored alike, or works alike: nothing can go with anything."""
    NOT_SHOWN = "not_shown"
    """The interval includes none at all."""
    SHOWN = "shown"
    REVERSED = "reversed"
    """Who scored higher works worse."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """How exam scores and audited quality go together."""

    tried_count: int
    """Everybody who sat the exam."""
    audited_count: int
    """Those of them with enough audits."""
    tried_deviation: float | None
    """The standard deviation of the scores of all who tried."""
    audited_deviation: float | None
    observed: Interval | None
    """Pearson's correlation among the audited, with its 95 % interval."""
    corrected: Interval | None
    """The same for everybody who tried."""
    quality_reliability: float | None
    """How much of the differences in audited quality is more than the chance of which decisions were picked: 0 to 1."""

    @property
    def word(self) -> PredictionWord:
        """What it comes to."""
        if self.audited_count < FEWEST_AUDITED:
            return PredictionWord.TOO_FEW
        if self.observed is None:
            return PredictionWord.ALL_ALIKE
        if self.observed.low > 0:
            return PredictionWord.SHOWN
        return PredictionWord.REVERSED if self.observed.high < 0 else PredictionWord.NOT_SHOWN


def prediction(tried: Sequence[float], pairs: Sequence[Pair]) -> Prediction:
    """How the scores of first attempts go with audited quality. `tried` are the scores of all who sat the exam, the audited included."""
    judged = [pair for pair in pairs if pair.is_judged]
    scores = [pair.score for pair in judged]
    of_tried, of_audited = _deviation(tried), _deviation(scores)
    observed = correlation_interval(scores, [pair.quality for pair in judged]) if len(judged) >= FEWEST_AUDITED else None
    corrected = observed and of_tried and of_audited and corrected_interval(observed, of_tried / of_audited)
    return Prediction(len(tried), len(judged), of_tried, of_audited, observed, corrected or None, quality_reliability(judged))


def _deviation(values: Sequence[float]) -> float | None:
    return stdev(values) if len(values) > 1 else None


def correlation_interval(one: Sequence[float], other: Sequence[float]) -> Interval | None:
    """Pearson's correlation with its 95 % interval by Fisher's z (Fisher 1921); nothing of under four pairs, or where one side does not vary."""
    if len(one) < 4:
        return None
    try:
        found = correlation(one, other)
    except StatisticsError:
        return None
    centre, spread = atanh(max(-CLOSEST_TO_ONE, min(CLOSEST_TO_ONE, found))), WILSON_Z / sqrt(len(one) - 3)
    return Interval(low=tanh(centre - spread), point=found, high=tanh(centre + spread))


def corrected_for_range(found: float, ratio: float) -> float:
    """The correlation among all who tried, where only some of them were let in by their score (Thorndike 1949, case 2).

    R = r·u / √(1 + r²(u² − 1)), where u is the deviation of all divided by that of those who were let in.
    """
    return found * ratio / sqrt(1 + found * found * (ratio * ratio - 1))


def corrected_interval(found: Interval, ratio: float) -> Interval:
    """The same of an interval: it never turns round, so its limits are those of the correlation corrected."""
    low, point, high = (corrected_for_range(value, ratio) for value in (found.low, found.point, found.high))
    return Interval(low=low, point=point, high=high)


def quality_reliability(judged: Sequence[Pair]) -> float | None:
    """1 − the mean variance of sampling p(1−p)/(n−1) ÷ the variance of what was found, 0 at its lowest; nothing where nobody differs."""
    if len(judged) < 2:
        return None
    spread = variance([pair.quality for pair in judged])
    if spread == 0:
        return None
    sampling = fmean(pair.quality * (1 - pair.quality) / (pair.audit_count - 1) for pair in judged)
    return max(0.0, 1 - sampling / spread)
