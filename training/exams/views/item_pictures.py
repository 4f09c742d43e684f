"""What is drawn of an item; each picture stands beside a table of the same figures, and there is none where there are too few answers."""

from collections.abc import Sequence

from training.exams.queries.item_desk import VersionEntry
from training.exams.rules.analysis.figures import AbilityGroup, ItemFigures, Times
from training.exams.rules.analysis.minimums import SHOW_FROM, Figure, Weight, weight_of
from training.exams.views.item_answers import GivenAnswer
from training.web.charts import SHARES, Axis, Chart, Reference, Series, Value, columns, curves, intervals, shares, shares_between
from training.web.formatting import duration_text, percent_text

THIRD_NAMES = ("Lowest third", "Middle third", "Highest third")
FIFTH_NAMES = ("Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth")
FEWEST_OF_A_GROUP = SHOW_FROM[Figure.FACILITY]
FEWEST_GROUPS = 3
"""Of fewer points nobody sees a curve."""
FIFTHS_FROM = FEWEST_OF_A_GROUP * len(FIFTH_NAMES)
"""From so many answers on candidates stand in fifths, below in thirds."""
REST = "right on the rest of the form"


def characteristic(figures: ItemFigures) -> Chart | None:
    """The share right by groups of the candidates, with the share that guessing earns."""
    groups = _drawn([group for _, group in shown_groups(figures)])
    if not groups:
        return None
    points = tuple(Value(group.rest, group.right.point, (group.right.low, group.right.high)) for _, group in groups if group.right and group.rest is not None)
    guess = Reference(figures.guess, f"by guessing {percent_text(figures.guess)}") if figures.guess else None
    return curves([Series("Right", points)], _rests(groups), shares("right"), level=guess)


def characteristics(named: Sequence[tuple[str, ItemFigures]]) -> Chart | None:
    """The same of several items or versions, over each other; nothing where fewer than two can be drawn."""
    drawn = [(name, groups) for name, figures in named if (groups := _drawn([group for _, group in shown_groups(figures)]))]
    if len(drawn) < 2:
        return None
    series = [
        Series(name, tuple(Value(group.rest, group.right.point) for _, group in groups if group.right and group.rest is not None)) for name, groups in drawn
    ]
    return curves(series, _rests([group for _, groups in drawn for group in groups]), shares("right"))


def distractor_plot(given: Sequence[GivenAnswer], figures: ItemFigures) -> Chart | None:
    """The share of each fifth of the candidates that gave each of these answers."""
    groups = _drawn(figures.fifths) if weight_of(Figure.DISTRACTORS, figures.count) is not Weight.TOO_FEW else []
    if not groups or not given:
        return None
    return curves([_trace(answer, groups) for answer in given], _rests(groups), shares("gave the answer"))


def shown_groups(figures: ItemFigures) -> list[tuple[str, AbilityGroup]]:
    """The groups of candidates by name, the weakest first; none where the answers are too few."""
    if weight_of(Figure.CHARACTERISTIC, figures.count) is Weight.TOO_FEW:
        return []
    if figures.count < FIFTHS_FROM:
        return list(zip(THIRD_NAMES, figures.thirds, strict=False))
    return list(zip(FIFTH_NAMES, figures.fifths, strict=False))


def _drawn(groups: Sequence[AbilityGroup]) -> list[tuple[int, AbilityGroup]]:
    """The groups with enough candidates to be drawn, each with its number from 0; none where they are too few for a curve."""
    enough = [(number, group) for number, group in enumerate(groups) if group.count >= FEWEST_OF_A_GROUP]
    return enough if len(enough) >= FEWEST_GROUPS else []


def time_columns(times: Times | None) -> Chart | None:
    """How many answers took how long; the line is the median."""
    if times is None or weight_of(Figure.TIMES, times.count) is Weight.TOO_FEW:
        return None
    last = len(times.columns) - 1
    named = tuple((float(times.step * number), f"{times.step * number:,}{'+' if number == last else ''}") for number in (0, 3, 6, 9, last))
    across = Axis(0.0, float(times.step * len(times.columns)), named, "seconds")
    return columns(times.columns, across, "answers", mark=Reference(times.median, f"median {duration_text(times.median)}"))


def facilities(named: Sequence[tuple[str, ItemFigures]]) -> Chart | None:
    """The shares right of several versions or items, a row each; nothing where fewer than two can be shown."""
    rows = [(name, figures.facility) for name, figures in named if weight_of(Figure.FACILITY, figures.count) is not Weight.TOO_FEW]
    return intervals([(name, share.low, share.point, share.high) for name, share in rows], SHARES) if len(rows) > 1 else None


def facilities_of_versions(entries: Sequence[VersionEntry]) -> Chart | None:
    """The same of an item's versions, those left out that are counted together with the one after them."""
    together = {entry.version.continues_id for entry in entries}
    return facilities([(f"v{entry.version.number}", entry.figures) for entry in entries if entry.figures and entry.version.id not in together])


def _rests(groups: Sequence[tuple[int, AbilityGroup]]) -> Axis:
    rests = [group.rest for _, group in groups if group.rest is not None]
    return shares_between(min(rests), max(rests), REST)


def _trace(answer: GivenAnswer, groups: Sequence[tuple[int, AbilityGroup]]) -> Series:
    points = tuple(Value(group.rest or 0.0, answer.chosen.by_fifth[number] / group.count) for number, group in groups)
    return Series(f"{answer.name} ✓" if answer.is_key else answer.name, points, is_strong=answer.is_key)
