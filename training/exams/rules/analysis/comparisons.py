"""Figures side by side: two versions of an exam, two versions of items, each with what lies between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.exams.rules.analysis.figures import AreaFigures, ExamFigures, ExamItem, ItemFigures
from training.exams.rules.analysis.intervals import difference, mean_difference, mean_interval
from training.exams.rules.analysis.minimums import SHOW_FROM, Figure
from training.judgements.rules import Interval, wilson

LEAST_ANSWERS = SHOW_FROM[Figure.FACILITY]
LEAST_FOR_CORRELATION = SHOW_FROM[Figure.DISCRIMINATION]


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two: nothing where there are too few answers to show it, and no difference where one of both is missing."""

    name: str
    first: Interval | None
    second: Interval | None
    difference: Interval | None
    """How much higher the second is."""

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the difference leaves 0 out."""
        return self.difference is not None and not self.difference.low <= 0 <= self.difference.high


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """The share right of one item version in two versions of an exam."""

    version_id: int
    first: ExamItem
    second: ExamItem
    right: Compared


def compared_exams(first: ExamFigures, second: ExamFigures) -> list[Compared]:
    """Who passed, the mean score, and the mean share right of each area that both have. Other people sat either."""
    if min(first.attempt_count, second.attempt_count) < LEAST_ANSWERS:
        return []
    found = [_independent("passed", first.passing, second.passing), _means("mean", _scores(first), _scores(second))]
    areas: Mapping[str, AreaFigures] = {area.area: area for area in first.areas}
    found += [_means(area.area, _area(areas[area.area]), _area(area)) for area in second.areas if area.area in areas]
    return found


def compared_items(first: Sequence[ExamItem], second: Sequence[ExamItem]) -> list[ComparedItem]:
    """The item versions that are in both and were answered often enough, those first whose shares right lie furthest apart."""
    before = {item.version_id: item for item in first if item.count >= LEAST_ANSWERS}
    both = [(before[item.version_id], item) for item in second if item.version_id in before and item.count >= LEAST_ANSWERS]
    found = [ComparedItem(one.version_id, one, other, _independent("right", item_facility(one), item_facility(other))) for one, other in both]
    return sorted(found, key=lambda each: (-_size(each.right), each.version_id))


def compared_figures(first: ItemFigures, second: ItemFigures) -> tuple[Compared, Compared]:
    """The shares right of two item versions, and how they tell apart."""
    shares = [figures.facility if figures.count >= LEAST_ANSWERS else None for figures in (first, second)]
    correlations = [figures.discrimination if figures.count >= LEAST_FOR_CORRELATION else None for figures in (first, second)]
    return _independent("right", *shares), _independent("apart", *correlations)


def item_facility(item: ExamItem) -> Interval | None:
    """The share right with its Wilson interval, where there are enough answers."""
    return wilson(min(item.mean, 1.0) * item.count, item.count) if item.count >= LEAST_ANSWERS else None


def mean_score(figures: ExamFigures) -> Interval | None:
    """The mean score with its limits over the candidates, where there are enough of them."""
    return mean_interval(*_scores(figures)) if figures.attempt_count >= LEAST_ANSWERS else None


def shares_of_attempts(figures: ExamFigures) -> Iterator[tuple[float, float]]:
    """For the middle of each step of scores the share of the attempts that reached it."""
    count = sum(figures.histogram)
    for number, attempts in enumerate(figures.histogram):
        yield (number + 0.5) / len(figures.histogram), attempts / count if count else 0.0


def _scores(figures: ExamFigures) -> tuple[float, float, int]:
    return figures.mean, figures.deviation, figures.attempt_count


def _area(area: AreaFigures) -> tuple[float, float, int]:
    return area.share.point, area.deviation, area.attempt_count


def _means(name: str, first: tuple[float, float, int], second: tuple[float, float, int]) -> Compared:
    return Compared(name, mean_interval(*first), mean_interval(*second), mean_difference(first, second))


def _independent(name: str, first: Interval | None, second: Interval | None) -> Compared:
    return Compared(name, first, second, difference(first, second) if first and second else None)


def _size(compared: Compared) -> float:
    return abs(compared.difference.point) if compared.difference else 0.0
