"""Reality checks of a cut: what judges say of the whole exam, held against the scores that candidates reached.

Judges who look at items alone tend to ask for more than anybody reaches. Both methods let them say of the whole exam which cut they
mean and how many should reach it, and find the cut at which the two fit what was scored. Neither sets a cut here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from statistics import fmean, stdev

from training.exams.rules.analysis.cuts import FEWEST_JUDGES

FEWEST_FOR_A_SPREAD = 2
"""How far judges agree cannot be said of one."""


@dataclass(frozen=True, slots=True)
class CutJudgement:
    """What one judge says of the whole exam, in shares of 1: of the points for cuts, of the candidates for who passes or fails."""

    cut: float
    """What somebody who is just good enough should have to reach."""
    passing: float
    """How many candidates they expect to reach it."""
    lowest_cut: float
    highest_cut: float
    """Between which cuts lies what they could accept, however many failed."""
    lowest_failing: float
    highest_failing: float
    """Between which shares of failures lies what they could accept, whatever the cut."""


class Fit(StrEnum):
    """Whether there is a cut that the judges could accept."""

    FITS = "fits"
    TOO_STRICT = "too_strict"
    """Even the lowest acceptable cut lets fewer pass than they could accept."""
    TOO_LENIENT = "too_lenient"
    """Even the highest lets more."""


@dataclass(frozen=True, slots=True)
class Compromise:
    """Where a method puts the cut, and how many of those who sat reached it."""

    cut: float
    passing: float
    judge_count: int
    fit: Fit = Fit.FITS
    """Where no cut fits, this is the acceptable one that is nearest."""

    @property
    def may_decide(self) -> bool:
        """Whether enough judges stand behind it for anybody to act on it."""
        return self.judge_count >= FEWEST_JUDGES


def share_reaching(scores: Mapping[float, int], cut: float) -> float:
    """The share of candidates with this score or more. `scores` says how many had each."""
    return sum(count for score, count in scores.items() if score >= cut) / sum(scores.values())


def beuk(judged: Sequence[CutJudgement], scores: Mapping[float, int]) -> Compromise | None:
    """The compromise by Beuk (1984, J. Educational Measurement 21, 147–152); nothing without scores, or of fewer than two judges.

    The line v = v̄ + (s_v / s_k)(k − k̄) runs through the judges' mean cut k̄ and mean expected share v̄, as steep as they differ more about
    who passes than about the cut; the compromise is where it meets the share of candidates who reach k. Where all say the same cut, it is that.
    """
    if len(judged) < FEWEST_FOR_A_SPREAD or not scores:
        return None
    cuts, passing = [each.cut for each in judged], [each.passing for each in judged]
    middle, spread = fmean(cuts), stdev(cuts)
    cut = middle if not spread else _crossing(middle, fmean(passing), stdev(passing) / spread, scores)
    return Compromise(cut, share_reaching(scores, cut), len(judged))


def hofstee(judged: Sequence[CutJudgement], scores: Mapping[float, int]) -> Compromise | None:
    """The compromise by Hofstee (1983, in Anderson & Helmick, On Educational Testing, 109–127); nothing without scores or judges.

    The line from (lowest cut, highest share of failures) to (highest cut, lowest share), all means over the judges, meets the share of
    candidates who stay below k. Where even the lowest cut fails more than the judges accept, or even the highest fewer, there is none.
    """
    if not judged or not scores:
        return None
    lowest, highest = fmean(each.lowest_cut for each in judged), fmean(each.highest_cut for each in judged)
    most_pass, fewest_pass = 1 - fmean(each.lowest_failing for each in judged), 1 - fmean(each.highest_failing for each in judged)
    if share_reaching(scores, lowest) < fewest_pass:
        return Compromise(lowest, share_reaching(scores, lowest), len(judged), Fit.TOO_STRICT)
    if share_reaching(scores, highest) > most_pass:
        return Compromise(highest, share_reaching(scores, highest), len(judged), Fit.TOO_LENIENT)
    cut = lowest if highest == lowest else _crossing(lowest, fewest_pass, (most_pass - fewest_pass) / (highest - lowest), scores)
    cut = min(max(cut, lowest), highest)
    return Compromise(cut, share_reaching(scores, cut), len(judged))


def _crossing(at: float, passing: float, slope: float, scores: Mapping[float, int]) -> float:
    """The lowest cut at which the line through this point, which rises or is level, is not below the share of candidates who reach the cut."""
    total = sum(scores.values())
    left, reaching = 0.0, total
    for score in sorted(scores):
        meets = _where(at, passing, slope, reaching / total)
        if meets <= score:
            return max(meets, left)
        left, reaching = score, reaching - scores[score]
    return min(max(_where(at, passing, slope, 0.0), left), 1.0)


def _where(at: float, passing: float, slope: float, share: float) -> float:
    """At which cut the line reaches this share; rounded, so that a line through a score meets it."""
    if slope:
        return round(at + (share - passing) / slope, 9)
    return -inf if passing >= share else inf
