"""The tables of an item's page as files: the figures that the page shows, and none that are too few to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from training.errors import NotFound
from training.exams.queries.item_desk import VersionEntry, exposure_of, item_for_desk, versions_of_item
from training.exams.rules.analysis.figures import AbilityGroup, GroupDifference, ItemFigures
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.exams.views.item_answers import GivenAnswer, given_answers
from training.exams.views.item_desk import may_read_answers
from training.exams.views.item_pictures import FEWEST_OF_A_GROUP, FIFTH_NAMES, shown_groups
from training.judgements.rules import Interval
from training.web.access import opens_to
from training.web.spreadsheets import Cell, table_file

ANSWERS_HEADING = ("Answer", "Key", "Given by", "Mean on the rest", "Lower third", "Middle third", "Upper third", *FIFTH_NAMES)

Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class ItemTable:
    """One table of an item's page: its heading, and its rows from the item's id and versions."""

    heading: Sequence[str]
    rows: Callable[[int, Sequence[VersionEntry]], Rows]


@blueprint.get("/exams/desk/items/<slug>/tables/<name>.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def item_table(slug: str, name: str, file_format: str) -> ResponseReturnValue:
    """One of the tables that nobody has to know the item for. Raises NotFound where there is none of this name."""
    item, _version = item_for_desk(slug)
    if name not in TABLES:
        raise NotFound(name)
    table = TABLES[name]
    return table_file(f"{name}-{slug}", table.heading, table.rows(item.id, versions_of_item(item.id)), file_format)


@blueprint.get("/exams/desk/items/<slug>/answers.<file_format>")
@opens_to("trainer")
def item_answers(slug: str, file_format: str) -> ResponseReturnValue:
    """What candidates answered, as a file; for those who have opened the item."""
    item, version = item_for_desk(slug)
    if not may_read_answers(item.id):
        return redirect(url_for("exams.item_analysis", slug=slug))
    figures = versions_of_item(item.id)[0].figures
    return table_file(f"answers-{slug}", ANSWERS_HEADING, [_answer(answer) for answer in given_answers(version, figures)], file_format)


def limits(found: Interval | None) -> list[Cell]:
    """A figure with its limits, or nothing."""
    return [found.point, found.low, found.high] if found else [None, None, None]


def facility_cells(figures: ItemFigures | None) -> list[Cell]:
    """The share right with its limits, where there are enough answers."""
    return limits(figures.facility if figures and weight_of(Figure.FACILITY, figures.count) is not Weight.TOO_FEW else None)


def _answer(answer: GivenAnswer) -> list[Cell]:
    chosen = answer.chosen
    return [answer.words, "key" if answer.is_key else "", chosen.count, chosen.mean_rest, *chosen.by_third, *chosen.by_fifth]


def _characteristic(_item_id: int, versions: Sequence[VersionEntry]) -> Rows:
    figures = versions[0].figures
    return [_group_of(name, group) for name, group in (shown_groups(figures) if figures else [])]


def _group_of(name: str, group: AbilityGroup) -> list[Cell]:
    return [name, group.count, group.lowest, group.rest, group.highest, *limits(group.right if group.count >= FEWEST_OF_A_GROUP else None)]


def _times(_item_id: int, versions: Sequence[VersionEntry]) -> Rows:
    times = versions[0].figures.times if versions[0].figures else None
    if times is None or weight_of(Figure.TIMES, times.count) is Weight.TOO_FEW:
        return []
    last = len(times.columns) - 1
    return [[times.step * number, times.step * (number + 1) if number < last else None, count] for number, count in enumerate(times.columns)]


def _groups(_item_id: int, versions: Sequence[VersionEntry]) -> Rows:
    return [_group(difference) for difference in (versions[0].figures.differences if versions[0].figures else ())]


def _group(found: GroupDifference) -> list[Cell]:
    odds = found.functioning
    return [found.trait, found.group, found.focal_count, found.reference_count, odds.odds_ratio, odds.low, odds.high, odds.difference.value]


def _versions(_item_id: int, versions: Sequence[VersionEntry]) -> Rows:
    return [
        [
            entry.version.number,
            entry.version.recorded_at.isoformat(timespec="seconds"),
            entry.figures.count if entry.figures else 0,
            *facility_cells(entry.figures),
            *limits(entry.figures.discrimination if entry.figures else None),
            entry.figures.median_seconds if entry.figures else None,
        ]
        for entry in versions
    ]


def _exposure(item_id: int, _versions: Sequence[VersionEntry]) -> Rows:
    return [[use.exam_title, use.form_count, use.forms_drawn, use.share] for use in exposure_of(item_id)]


RIGHT = ("Right", "Right low", "Right high")
TABLES: Mapping[str, ItemTable] = {
    "characteristic": ItemTable(("Candidates", "Answers", "Rest from", "Rest mean", "Rest to", *RIGHT), _characteristic),
    "times": ItemTable(("From seconds", "To seconds", "Answers"), _times),
    "groups": ItemTable(("By", "Group", "Its answers", "Others'", "Odds ratio", "Odds low", "Odds high", "Class"), _groups),
    "versions": ItemTable(("Version", "Since", "Answers", *RIGHT, "Discrimination", "Discrimination low", "Discrimination high", "Median seconds"), _versions),
    "exposure": ItemTable(("Exam", "On forms", "Of", "Share"), _exposure),
}
"""Every table of the page that tells no key, by its name in the address."""
