"""The figures of items and exams as they are kept between two computations, without what computes them."""

from dataclasses import dataclass, field

from training.exams.rules.analysis.drift import Drift
from training.exams.rules.analysis.fairness import Functioning
from training.exams.rules.analysis.flags import ItemFlag
from training.judgements.rules import Interval

REVIEW_ABOVE = 3.0
"""ln LR above which somebody looks at an item's key."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often one answer was given to one item: by all, by thirds of the candidates from the lowest up, and how often it was right."""

    code: int
    count: int
    by_third: tuple[int, int, int]
    right_count: int
    by_fifth: tuple[int, ...] = ()
    """The same by fifths; nothing in figures from before it was kept."""
    mean_rest: float | None = None
    """What those who gave it earned on the rest of their forms, in the mean."""


@dataclass(frozen=True, slots=True)
class AbilityGroup:
    """One third or fifth of the candidates of an item, by the rest of their form: who is in it, and what they earned.

    Equal rests share a group, so that one may be empty.
    """

    count: int
    rest: float | None
    """The mean share that they earned on the rest of their forms."""
    lowest: float | None
    highest: float | None
    right: Interval | None
    """What they earned on the item, in the mean, with its Wilson interval."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long the answers to an item took, in seconds, over those of which it is known."""

    count: int
    lower: float
    """The lower quartile."""
    median: float
    upper: float
    step: int
    """How many seconds a column is wide."""
    columns: tuple[int, ...]
    """How many answers took so long; the last column holds the longer ones too."""
    rapid_count: int
    """Faster than anybody reads it: see `rules.integrity.speed.rapid_limit`."""
    right_median: float | None
    """Of the answers that were wholly right."""
    wrong_median: float | None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """That another answer is the true key: how many answers were looked at, which answer it is, and ln LR."""

    looked_at: int
    code: int
    log_ratio: float

    @property
    def is_for_review(self) -> bool:
        """Whether it is strong enough for somebody to look."""
        return self.log_ratio > REVIEW_ABOVE


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """How one group fares against everybody else at equal ability."""

    trait: str
    """What tells the groups apart: `language` or `market`."""
    group: str
    focal_count: int
    reference_count: int
    functioning: Functioning


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What the first attempts say about one version of an item. What they are too few for is missing."""

    count: int
    facility: Interval
    guess: float
    """What somebody who guesses earns."""
    discrimination: Interval | None
    efficiency: float | None
    median_seconds: float | None
    slowness: float | None
    """The median time as a multiple of the form's own median."""
    chosen: tuple[Chosen, ...]
    """The answers given, the most frequent first."""
    suspicion: Suspicion | None
    """The strongest at the latest look that asks for a review, else at the latest look."""
    drift: Drift | None
    differences: tuple[GroupDifference, ...]
    flags: tuple[ItemFlag, ...]
    thirds: tuple[AbilityGroup, ...] = ()
    fifths: tuple[AbilityGroup, ...] = ()
    """From the lowest up; nothing in figures from before it was kept."""
    times: Times | None = None


@dataclass(frozen=True, slots=True)
class ExamItem:
    """What one version of an exam says of one item version."""

    version_id: int
    count: int
    """First attempts that held it, those left out of which a marker has not seen it."""
    is_counted: bool
    """Whether it counts on its forms, and is not on trial."""
    mean: float
    """What it earned, 0 to 1."""
    blank_count: int
    correlation: float | None
    """With the share earned on the rest of the form; nothing where all earned the same."""
    lower_seconds: float | None
    """The lower quartile of the time that it took."""
    median_seconds: float | None
    upper_seconds: float | None


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """How candidates did in one area, over their shares of right answers."""

    area: str
    attempt_count: int
    items_per_form: float
    share: Interval
    """The mean share with its 95 % limits."""
    deviation: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """How often the total mark alone decides rightly, and would decide alike again (Livingston & Lewis 1995). Shares of all candidates."""

    cut: float
    effective_length: int
    accuracy: float
    false_pass: float
    false_fail: float
    consistency: float
    kappa: float | None
    """Nothing where everybody passes or nobody does."""
    parameters: int


@dataclass(frozen=True, slots=True)
class Proof:
    """How sure so many right answers make us that the true share reaches the cut, under Jeffreys' prior."""

    right: int
    count: int
    chance: float


@dataclass(frozen=True, slots=True)
class ExamFigures:
    """What the first attempts say about one version of an exam. Scores are shares of the points."""

    attempt_count: int
    timed_out_count: int
    passing: Interval | None
    mean: float
    deviation: float
    histogram: tuple[int, ...]
    """Attempts by score, in twenty equal steps from 0 to 1."""
    is_fixed: bool
    """Whether everybody sat the same items."""
    reliability: float | None
    """Of the share of right answers: Cronbach's α for a fixed form, else that of drawn forms."""
    standard_error: float | None
    """Of measurement, of the share of right answers."""
    points_reliability: float | None
    """Of the share of the points, which the total mark looks at."""
    points_error: float | None
    decisions: Decisions | None
    proofs: tuple[Proof, ...]
    """For the numbers of right answers about the cut, on the length that most forms had."""
    fewest_criticals: int
    """How many critical items were on the form that had fewest."""
    areas: tuple[AreaFigures, ...]
    effective_weights: dict[int, float]
    """Of a fixed form, by item version: the share of the differences between totals that each item makes."""
    thousandths: dict[int, int] = field(default_factory=dict)
    """How many attempts reached each score, in whole thousandths of the points; nothing in figures from before it was kept."""
    reliability_limits: tuple[float, float] | None = None
    """The 95 % limits of both reliabilities; nothing in figures from before they were kept."""
    points_limits: tuple[float, float] | None = None
    waiting_count: int = 0
    """First attempts that are not among them yet, because something that was written waits for a marker."""

    @property
    def scores(self) -> dict[float, int]:
        """The same as shares."""
        return {reached / 1000: count for reached, count in self.thousandths.items()}


@dataclass(frozen=True, slots=True)
class AnalysedExam:
    """Everything that is kept of one version of an exam."""

    figures: ExamFigures
    items: tuple[ExamItem, ...]
