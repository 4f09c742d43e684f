"""One exam on the trainers' desk: how reliably it measures, how often it decides rightly, how much its items are used, and where judges put the cut."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from training.errors import NotFound
from training.exams import queries
from training.exams.forms import WholeExamForm
from training.exams.models import ExamVersion
from training.exams.queries import PublishedExam
from training.exams.queries.item_desk import (
    exam_versions_of,
    slugs_of_versions,
)
from training.exams.queries.statistics import sequential_count
from training.exams.rules.analysis.cuts import largest_miss_rate
from training.exams.rules.analysis.figures import ExamFigures
from training.exams.rules.pool import EXPOSURE_CAP, FORMS_BEFORE_EXPOSURE_BINDS, is_overused
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.cuts import cut_by_exam, cut_by_items
from training.exams.views.desk import ANALYSIS_ROLES
from training.web.access import opens_to
from training.web.charts import Chart, Reference, columns, shares
from training.web.formatting import percent_text
from training.web.spreadsheets import Cell, table_file

HEADING = ("Figure", "Value", "Low", "High")
EXPOSURE_STEPS = 10
SHOWN_ITEMS = 10


@blueprint.get("/exams/desk/exams/<slug>")
@opens_to(*ANALYSIS_ROLES)
def exam_analysis(slug: str) -> str:
    """The figures of the exam's current version, or of the one that the address names."""
    return exam_page(slug, WholeExamForm(formdata=None))


def exam_page(slug: str, judging: WholeExamForm) -> str:
    """The page, with what somebody is about to say of the whole exam."""
    exam, versions = chosen_exam(slug)
    figures, counts = queries.exam_figures(exam.version_id), queries.counts_of(exam.id)
    uses, drawn = counts.most_used_first(), counts.forms_drawn
    return render_template(
        "exams/desk/exam.html",
        exam=exam,
        versions=versions,
        figures=figures,
        sequential_count=sequential_count(exam.version_id),
        titles=titles(),
        uses=uses[:SHOWN_ITEMS],
        charts=_charts(exam, figures, items_by_exposure([count for _, count in uses], drawn)),
        over_count=sum(is_overused(count, drawn) for _, count in uses),
        forms_drawn=drawn,
        exposure_cap=EXPOSURE_CAP,
        fewest_forms=FORMS_BEFORE_EXPOSURE_BINDS,
        judged=cut_by_items(exam),
        whole=cut_by_exam(exam, figures),
        judging=judging,
        slugs=slugs_of_versions(list(figures.effective_weights)) if figures else {},
        miss_rate=largest_miss_rate(figures.fewest_criticals) if figures and figures.fewest_criticals else None,
    )


@blueprint.get("/exams/desk/exams/<slug>/table.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def exam_table(slug: str, file_format: str) -> ResponseReturnValue:
    """The same figures as a file."""
    exam, _versions = chosen_exam(slug)
    figures = queries.exam_figures(exam.version_id)
    return table_file(f"{slug}-{exam.document.version}", HEADING, _lines(figures) if figures else [], file_format)


def chosen_exam(slug: str) -> tuple[PublishedExam, Sequence[ExamVersion]]:
    """The exam in the version that the address names, else its current one, and all its versions. Raises NotFound."""
    current = queries.exam_by_slug(slug)
    versions = exam_versions_of(current.id)
    wanted = request.args.get("version", "")
    if not wanted:
        return current, versions
    found = next((version for version in versions if version.semver == wanted), None)
    if found is None:
        raise NotFound(wanted)
    return queries.exam_of_version(found.id), versions


def _charts(exam: PublishedExam, figures: ExamFigures | None, exposure: Sequence[int]) -> dict[str, Chart | None]:
    cut = exam.document.rule.weighted_percent / 100
    needed, cap = Reference(cut, f"needed {percent_text(cut)}"), Reference(EXPOSURE_CAP, f"cap {percent_text(EXPOSURE_CAP)}")
    return {
        "scores": columns(figures.histogram, shares("of the points"), "first attempts", mark=needed) if figures else None,
        "exposure": columns(exposure, shares("of the forms"), "items", mark=cap),
    }


def items_by_exposure(counts: Sequence[int], drawn: int) -> list[int]:
    """Items by the share of forms they were on, in ten equal steps."""
    steps = [0] * EXPOSURE_STEPS
    for count in counts:
        steps[min(int(EXPOSURE_STEPS * count / drawn), EXPOSURE_STEPS - 1) if drawn else 0] += 1
    return steps


def _lines(figures: ExamFigures) -> list[list[Cell]]:
    passing, decided = figures.passing, figures.decisions
    lines: list[list[Cell]] = [
        ["First attempts", figures.attempt_count, None, None],
        ["Timed out", figures.timed_out_count, None, None],
        ["Passed", *((passing.point, passing.low, passing.high) if passing else (None, None, None))],
        ["Mean share of the points", figures.mean, None, None],
        ["Standard deviation", figures.deviation, None, None],
        ["Cronbach's alpha" if figures.is_fixed else "Reliability of drawn forms", figures.reliability, *(figures.reliability_limits or (None, None))],
        ["Standard error of measurement", figures.standard_error, None, None],
        ["Reliability of the points", figures.points_reliability, *(figures.points_limits or (None, None))],
        ["Standard error of the points", figures.points_error, None, None],
    ]
    if decided is not None:
        names = ("accuracy", "false_pass", "false_fail", "consistency", "kappa", "effective_length")
        lines += [[f"Decisions: {name.replace('_', ' ')}", getattr(decided, name), None, None] for name in names]
    lines += [[f"Area {area.area}: mean share", area.share.point, area.share.low, area.share.high] for area in figures.areas]
    lines += [[f"Attempts with {5 * step} to {5 * step + 5} % of the points", count, None, None] for step, count in enumerate(figures.histogram)]
    return lines
