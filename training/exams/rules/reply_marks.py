"""Marking written replies: who marks again, when marking is over, what the marks come to, and how well markers agree."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import sqrt
from statistics import fmean, median

from training.exams.rules.blueprint import Criterion
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked

HIGHEST_RATING = 2
"""Of each criterion: 0 not met, 1 in part, 2 met."""
MOST_POINTS = HIGHEST_RATING * len(Criterion)
TOLERANCE = 2
"""Points by which two marks may differ before a third decides."""
SAMPLE_SHARE = 0.1
"""Of the replies, which a second marker marks blind whatever the first one gave."""
LEASE = timedelta(minutes=30)
"""How long a reply is kept for the marker who took it."""
FEWEST_PAIRS = 30
"""Pairs of ratings below which agreement is too uncertain to show."""
CRITERION_WORDS: Mapping[Criterion, str] = {
    Criterion.ACKNOWLEDGES: "Acknowledges the writer",
    Criterion.POLICY_FACT: "The policy fact is right",
    Criterion.NEXT_STEP: "Says the next step",
    Criterion.TONE: "Tone",
    Criterion.NO_PERSONAL_DATA: "No personal data of others",
}
"""What each criterion is called."""


class MarkingRefusal(StrEnum):
    """Why a mark is not taken."""

    MARKED_ALREADY = "marking_marked_already"
    TEXT_CHANGED = "marking_text_changed"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two blind markers of the same replies agree, rating by rating."""

    reply_count: int
    pair_count: int
    exact_count: int
    adjacent_count: int
    """Ratings that differ by one step at most, the exact ones included."""
    kappa: float | None
    """Quadratically weighted; nothing where there are too few pairs, or where everybody gave one rating."""


def text_hash(text: str) -> str:
    """What a reply is known by: marks belong to a text, not to a place."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def points_of(ratings: Mapping[Criterion, int]) -> int:
    """What ratings come to, of MOST_POINTS. Raises ValueError unless every criterion has one of the ratings there are."""
    if set(ratings) != set(Criterion) or any(not 0 <= rating <= HIGHEST_RATING for rating in ratings.values()):
        raise ValueError("every criterion is rated 0, 1 or 2")
    return sum(ratings.values())


def is_sampled(seed: int, position: int, *, share: float = SAMPLE_SHARE) -> bool:
    """Whether a reply is marked twice in any case. The attempt's secret seed decides, so nobody can tell before."""
    digest = hashlib.sha256(f"{seed}:{position}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def marks_needed(points: Sequence[int], *, is_double: bool) -> int:
    """How many marks a reply needs, given those it has: one; two where a second is asked for; three where two differ beyond the tolerance."""
    if len(points) >= 2 and abs(points[0] - points[1]) > TOLERANCE:
        return 3
    return 2 if is_double or len(points) > 1 else 1


def credit_of(points: Sequence[int]) -> float:
    """The share of its points that a reply earns: of two marks the mean, of three the median. Raises ValueError without marks."""
    return (median(points) if len(points) > 2 else fmean(points)) / MOST_POINTS


def marked_reply(points: Sequence[int]) -> Marked:
    """What the marks of a reply come to, as the mark of its place."""
    credit = round(credit_of(points), 6)
    if credit in (0.0, 1.0):
        return Marked(Mark.RIGHT if credit else Mark.WRONG)
    return Marked(Mark.PARTIAL, credit)


def is_near_cut(share: float, cut_percent: int, judgement_count: int) -> bool:
    """Whether a share lies within one standard error of the cut: that of so many judgements, at the cut. A reply is as many as it has criteria."""
    if not judgement_count:
        return False
    cut = cut_percent / 100
    return abs(share - cut) <= sqrt(cut * (1 - cut) / judgement_count)


def agreement(pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> Agreement:
    """How first and second markers agree; each pair holds the ratings of one reply by both."""
    rated = [(first[name], second[name]) for first, second in pairs for name in first]
    apart = Counter(abs(first - second) for first, second in rated)
    kappa = weighted_kappa(rated) if len(rated) >= FEWEST_PAIRS else None
    return Agreement(len(pairs), len(rated), apart[0], apart[0] + apart[1], kappa)


def weighted_kappa(rated: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's κ with quadratic weights (Cohen 1968): 1 − Σ w·observed / Σ w·expected, w the squared difference. Nothing where chance leaves none."""
    first, second = Counter(one for one, _ in rated), Counter(two for _, two in rated)
    observed = sum((one - two) ** 2 for one, two in rated)
    expected = sum((one - two) ** 2 * first[one] * second[two] for one in first for two in second) / len(rated) if rated else 0
    return 1 - observed / expected if expected else None
