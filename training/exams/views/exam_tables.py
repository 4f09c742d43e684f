"""The tables of an exam's pages as files: the figures that the pages show, and none that are too few to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from training.errors import NotFound
from training.exams import queries
from training.exams.queries import PublishedExam
from training.exams.queries.item_desk import slugs_of_versions
from training.exams.queries.side_by_side import measured_versions
from training.exams.rules.analysis.comparisons import Compared, shares_of_attempts
from training.exams.rules.analysis.figures import ExamFigures
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.exams.views.exam_desk import chosen_exam, items_by_exposure
from training.exams.views.exam_items import MeasuredItem, measured_items
from training.exams.views.exam_versions import Comparison, compared_versions, figure_names, version_lines
from training.exams.views.item_tables import RIGHT, Rows, limits
from training.web.access import opens_to
from training.web.spreadsheets import Cell, table_file


@dataclass(frozen=True, slots=True)
class ExamTable:
    """One table of an exam's pages: its heading, and its rows for the version that the address names."""

    heading: Sequence[str]
    rows: Callable[[PublishedExam], Rows]


@blueprint.get("/exams/desk/exams/<slug>/tables/<name>.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def exam_figures_table(slug: str, name: str, file_format: str) -> ResponseReturnValue:
    """One of the tables. Raises NotFound where there is none of this name."""
    exam, _versions = chosen_exam(slug)
    if name not in TABLES:
        raise NotFound(name)
    table = TABLES[name]
    return table_file(f"{name}-{slug}-{exam.document.version}", table.heading, table.rows(exam), file_format)


def _figures(exam: PublishedExam, figure: Figure = Figure.PASSING) -> ExamFigures | None:
    """The figures of the exam, where there are attempts enough for this one."""
    found = queries.exam_figures(exam.version_id)
    return found if found and weight_of(figure, found.attempt_count) is not Weight.TOO_FEW else None


def _scores(exam: PublishedExam) -> Rows:
    figures = _figures(exam)
    return _steps(figures.histogram) if figures else []


def _steps(counts: Sequence[int]) -> Rows:
    """Shares from and to, and how many there are."""
    return [[number / len(counts), (number + 1) / len(counts), count] for number, count in enumerate(counts)]


def _reliability(exam: PublishedExam) -> Rows:
    figures = _figures(exam, Figure.RELIABILITY)
    if figures is None:
        return []
    right, points = (found or (None, None) for found in (figures.reliability_limits, figures.points_limits))
    return [
        ["Right answers", figures.reliability, *right, figures.standard_error],
        ["Points", figures.points_reliability, *points, figures.points_error],
    ]


def _proofs(exam: PublishedExam) -> Rows:
    figures = queries.exam_figures(exam.version_id)
    return [[proof.right, proof.count, proof.chance] for proof in (figures.proofs if figures else ())]


def _areas(exam: PublishedExam) -> Rows:
    figures = _figures(exam)
    return [[area.area, area.attempt_count, area.items_per_form, *limits(area.share), area.deviation] for area in (figures.areas if figures else ())]


def _weights(exam: PublishedExam) -> Rows:
    figures = queries.exam_figures(exam.version_id)
    weights = figures.effective_weights if figures else {}
    slugs = slugs_of_versions(list(weights))
    return [[slugs[version], weight] for version, weight in sorted(weights.items(), key=lambda pair: (-pair[1], slugs[pair[0]]))]


def _exposure(exam: PublishedExam) -> Rows:
    counts = queries.counts_of(exam.id)
    return _steps(items_by_exposure([count for _, count in counts.most_used_first()], counts.forms_drawn)) if counts.forms_drawn else []


def _uses(exam: PublishedExam) -> Rows:
    counts = queries.counts_of(exam.id)
    return [[slug, count, count / counts.forms_drawn if counts.forms_drawn else None] for slug, count in counts.most_used_first()]


def _items(exam: PublishedExam) -> Rows:
    return [_item(each) for each in measured_items(exam.version_id)]


def _item(each: MeasuredItem) -> list[Cell]:
    item = each.item
    measured = [*limits(each.facility), *limits(each.discrimination)]
    return [
        each.slug,
        "" if item.is_counted else "on trial",
        item.count,
        *measured,
        item.blank_count,
        item.lower_seconds,
        item.median_seconds,
        item.upper_seconds,
    ]


def _versions(exam: PublishedExam) -> Rows:
    rows: Rows = []
    for line in version_lines(measured_versions(exam.id)):
        figures = line.version.figures
        decided = figures.decisions.accuracy if figures.decisions else None
        measured = [*limits(line.passing), *limits(line.mean), figures.deviation if line.mean else None, line.cut, figures.points_reliability, decided]
        rows.append([line.version.semver, figures.attempt_count, *measured])
    return rows


def _compared(exam: PublishedExam) -> Comparison | None:
    return compared_versions(measured_versions(exam.id))


def _difference(exam: PublishedExam) -> Rows:
    compared, names = _compared(exam), figure_names()
    return [_two(names.get(each.name, each.name), each) for each in (compared.figures if compared else ())]


def _two(name: str, found: Compared) -> list[Cell]:
    return [name, *limits(found.first), *limits(found.second), *limits(found.difference)]


def _scores_of_both(exam: PublishedExam) -> Rows:
    compared = _compared(exam)
    if compared is None or not compared.figures:
        return []
    first, second = (list(shares_of_attempts(version.figures)) for version in (compared.first, compared.second))
    half = 0.5 / len(first)
    return [[round(middle - half, 3), round(middle + half, 3), share, other] for (middle, share), (_, other) in zip(first, second, strict=True)]


def _common(exam: PublishedExam) -> Rows:
    compared = _compared(exam)
    items = compared.items if compared else ()
    slugs = slugs_of_versions([item.version_id for item in items])
    return [_two(slugs.get(item.version_id, "–"), item.right) for item in items]


TWO = ("First", "First low", "First high", "Second", "Second low", "Second high", "Difference", "Difference low", "Difference high")
APART = ("Discrimination", "Discrimination low", "Discrimination high")
TABLES: Mapping[str, ExamTable] = {
    "scores": ExamTable(("Points from", "Points to", "Attempts"), _scores),
    "reliability": ExamTable(("Of", "Reliability", "Reliability low", "Reliability high", "Standard error"), _reliability),
    "proofs": ExamTable(("Right", "Of", "Chance of the cut or more"), _proofs),
    "areas": ExamTable(("Area", "Attempts", "Questions a form", *RIGHT, "Spread"), _areas),
    "weights": ExamTable(("Item", "Effective weight"), _weights),
    "exposure": ExamTable(("Forms from", "Forms to", "Items"), _exposure),
    "uses": ExamTable(("Item", "On forms", "Share"), _uses),
    "items": ExamTable(
        ("Item", "Trial", "Answers", *RIGHT, *APART, "Left blank", "Seconds, lower quartile", "Seconds, median", "Seconds, upper quartile"), _items
    ),
    "versions": ExamTable(
        (
            "Version",
            "First attempts",
            "Passed",
            "Passed low",
            "Passed high",
            "Mean",
            "Mean low",
            "Mean high",
            "Spread",
            "Needed",
            "Reliability",
            "Decides rightly",
        ),
        _versions,
    ),
    "difference": ExamTable(("Figure", *TWO), _difference),
    "scores-of-both": ExamTable(("Points from", "Points to", "First: share of attempts", "Second: share of attempts"), _scores_of_both),
    "common": ExamTable(("Item", *TWO), _common),
}
"""Every table of an exam's pages, by its name in the address. Those of two versions take them as `one` and `other`, as the page does."""
