"""What a person's answers, added up, say of them: nothing where there are too few."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.judgements.rules.agreement import cohens_kappa_interval, confusion
from training.judgements.rules.detection import Costs, Detection, Lean, detection
from training.judgements.rules.intervals import FEWEST_TO_JUDGE, Interval, wilson
from training.judgements.rules.scoring import Source
from training.judgements.rules.tallies import Dimension, Tally, labels_of_key

AREA_MINIMUM = 0.80
"""The share right that a gating exam asks of each area."""

FEWEST_FOR_KAPPA = 30
"""Under so many answers the interval of κ, which holds for many, says too little."""

Tallies = Mapping[tuple[Source, Dimension, str], Tally]
"""A person's rows, by source, dimension and key."""


class Verdict(StrEnum):
    """How somebody applies the rules of one area."""

    CONSISTENT = "consistent"
    """Surely at the area minimum or above."""
    OPEN = "open"
    """On or above it so far, and not surely."""
    NEEDS_PRACTICE = "needs_practice"
    """Below it so far."""
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's answers under one key."""

    key: str
    tally: Tally
    """Of practice."""
    exams: Tally
    """Answered and right in exams, where those are counted: in areas."""
    detection: Detection | None
    """Of practice alone; None where there are too few to judge."""

    @property
    def count(self) -> int:
        """First answers, exams among them."""
        return self.tally.count + self.exams.count

    @property
    def right(self) -> int:
        """Those of them that were right."""
        return self.tally.right + self.exams.right

    @property
    def accuracy(self) -> Interval | None:
        """The share right; None where there are too few to judge."""
        return wilson(self.right, self.count) if self.count >= FEWEST_TO_JUDGE else None

    @property
    def lean(self) -> Lean:
        """To which side the decisions lean beyond chance."""
        return self.detection.lean if self.detection else Lean.NEITHER

    @property
    def verdict(self) -> Verdict:
        """How consistently the rules are applied."""
        share = self.accuracy
        if share is None:
            return Verdict.TOO_FEW
        if share.low >= AREA_MINIMUM:
            return Verdict.CONSISTENT
        return Verdict.OPEN if share.point >= AREA_MINIMUM else Verdict.NEEDS_PRACTICE


@dataclass(frozen=True, slots=True)
class Confused:
    """That one label was given where the expert gave another."""

    expert: str
    answered: str
    """Empty where the answer named no label."""
    key: str
    count: int
    of_count: int
    """Answers to cases with this label of the expert's."""

    @property
    def share(self) -> Interval | None:
        """How often it happens; None where there are too few to judge."""
        return wilson(self.count, self.of_count) if self.of_count >= FEWEST_TO_JUDGE else None


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that is said of one person."""

    total: Standing
    divisions: Mapping[Dimension, tuple[Standing, ...]]
    """By key, in each dimension but the pairs of labels."""
    confused: tuple[Confused, ...]
    """The commonest first."""
    kappa: Interval | None
    """Agreement with the expert's primary label beyond chance."""

    def by(self, dimension: Dimension | str) -> tuple[Standing, ...]:
        """The divisions of one dimension."""
        return self.divisions.get(Dimension(dimension), ())

    def of(self, dimension: Dimension | str, key: str) -> Standing | None:
        """One division, if anything was answered there."""
        return next((standing for standing in self.by(dimension) if standing.key == key), None)


def profile_of(tallies: Tallies, costs: Costs) -> Profile:
    """What these rows say, against the criterion that these costs make optimal."""
    divisions: dict[Dimension, tuple[Standing, ...]] = {
        dimension: _standings(tallies, dimension, costs) for dimension in Dimension if dimension is not Dimension.LABELS
    }
    areas = divisions[Dimension.AREA]
    pairs = {labels_of_key(key): tally.count for (_source, dimension, key), tally in tallies.items() if dimension is Dimension.LABELS and tally.count}
    return Profile(
        total=_standing("", sum((area.tally for area in areas), Tally()), sum((area.exams for area in areas), Tally()), costs),
        divisions=divisions,
        confused=_confused(pairs),
        kappa=cohens_kappa_interval(confusion(pairs)) if sum(pairs.values()) >= FEWEST_FOR_KAPPA else None,
    )


def _standings(tallies: Tallies, dimension: Dimension, costs: Costs) -> tuple[Standing, ...]:
    keys = sorted({key for _source, known, key in tallies if known is dimension})
    return tuple(
        _standing(key, tallies.get((Source.PRACTICE, dimension, key), Tally()), tallies.get((Source.EXAM, dimension, key), Tally()), costs) for key in keys
    )


def _standing(key: str, tally: Tally, exams: Tally, costs: Costs) -> Standing:
    return Standing(key, tally, exams, detection(tally.decided, costs))


def _confused(pairs: Mapping[tuple[str, str], int]) -> tuple[Confused, ...]:
    of_expert: dict[str, int] = {}
    for (expert, _answered), count in pairs.items():
        of_expert[expert] = of_expert.get(expert, 0) + count
    found = [Confused(expert, answered, f"{expert}>{answered}", count, of_expert[expert]) for (expert, answered), count in pairs.items() if expert != answered]
    return tuple(sorted(found, key=lambda pair: (-pair.count, pair.key)))
