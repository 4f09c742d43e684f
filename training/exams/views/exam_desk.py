"""One exam on the trainers' desk: how reliably it measures, how often it decides rightly, how much its items are used, and where judges put the cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from flask import render_template, request
from flask.typing import ResponseReturnValue

from training.errors import NotFound
from training.exams import queries
from training.exams.models import ExamVersion
from training.exams.queries import PublishedExam
from training.exams.queries.item_desk import (
    estimates_of,
    exam_versions_of,
    forms_drawn,
    forms_of_version,
    slugs_of_versions,
    uses_of_exam,
)
from training.exams.rules.analysis.cuts import FEWEST_JUDGES, AngoffCut, angoff, largest_miss_rate
from training.exams.rules.analysis.figures import ExamFigures
from training.exams.rules.pool import EXPOSURE_CAP, FORMS_BEFORE_EXPOSURE_BINDS, is_overused
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.web.access import opens_to
from training.web.spreadsheets import Cell, table_file

HEADING = ("Figure", "Value", "Low", "High")
EXPOSURE_STEPS = 10
SHOWN_ITEMS = 10


@dataclass(frozen=True, slots=True)
class FormCut:
    """Where the judges put the cut of one form that was sat."""

    public_id: str
    cut: AngoffCut


@dataclass(frozen=True, slots=True)
class JudgedCut:
    """Where the judges put the cut, over the forms whose every item they judged."""

    form_count: int
    judged_items: int
    forms: tuple[FormCut, ...]
    fewest_judges: int = FEWEST_JUDGES

    @property
    def mean_share(self) -> float | None:
        """The mean cut as a share of the items."""
        return fmean(form.cut.share for form in self.forms) if self.forms else None


@blueprint.get("/exams/desk/exams/<slug>")
@opens_to(*ANALYSIS_ROLES)
def exam_analysis(slug: str) -> str:
    """The figures of the exam's current version, or of the one that the address names."""
    exam, versions = _chosen(slug)
    figures, uses, drawn = queries.exam_figures(exam.version_id), uses_of_exam(exam.id), forms_drawn(exam.id)
    return render_template(
        "exams/desk/exam.html",
        exam=exam,
        versions=versions,
        figures=figures,
        titles=titles(),
        uses=uses[:SHOWN_ITEMS],
        exposure=_exposure([count for _, count in uses], drawn),
        over_count=sum(is_overused(count, drawn) for _, count in uses),
        forms_drawn=drawn,
        exposure_cap=EXPOSURE_CAP,
        fewest_forms=FORMS_BEFORE_EXPOSURE_BINDS,
        judged=_judged(exam),
        slugs=slugs_of_versions(list(figures.effective_weights)) if figures else {},
        miss_rate=largest_miss_rate(figures.fewest_criticals) if figures and figures.fewest_criticals else None,
    )


@blueprint.get("/exams/desk/exams/<slug>/table.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def exam_table(slug: str, file_format: str) -> ResponseReturnValue:
    """The same figures as a file."""
    exam, _versions = _chosen(slug)
    figures = queries.exam_figures(exam.version_id)
    return table_file(f"{slug}-{exam.document.version}", HEADING, _lines(figures) if figures else [], file_format)


def _chosen(slug: str) -> tuple[PublishedExam, Sequence[ExamVersion]]:
    current = queries.exam_by_slug(slug)
    versions = exam_versions_of(current.id)
    wanted = request.args.get("version", "")
    if not wanted:
        return current, versions
    found = next((version for version in versions if version.semver == wanted), None)
    if found is None:
        raise NotFound(wanted)
    return queries.exam_of_version(found.id), versions


def _exposure(counts: Sequence[int], drawn: int) -> list[int]:
    """Items by the share of forms they were on, in ten equal steps."""
    steps = [0] * EXPOSURE_STEPS
    for count in counts:
        steps[min(int(EXPOSURE_STEPS * count / drawn), EXPOSURE_STEPS - 1) if drawn else 0] += 1
    return steps


def _judged(exam: PublishedExam) -> JudgedCut:
    forms = forms_of_version(exam.version_id)
    estimates = estimates_of([item for form in forms for item in form.items])
    cuts = [(form, angoff(estimates, form.items)) for form in forms] if estimates else []
    judged = {item for by_judge in estimates.values() for item in by_judge}
    return JudgedCut(len(forms), len(judged), tuple(FormCut(form.attempt_public_id, cut) for form, cut in cuts if cut is not None))


def _lines(figures: ExamFigures) -> list[list[Cell]]:
    passing, decided = figures.passing, figures.decisions
    lines: list[list[Cell]] = [
        ["First attempts", figures.attempt_count, None, None],
        ["Timed out", figures.timed_out_count, None, None],
        ["Passed", *((passing.point, passing.low, passing.high) if passing else (None, None, None))],
        ["Mean share of the points", figures.mean, None, None],
        ["Standard deviation", figures.deviation, None, None],
        ["Cronbach's alpha" if figures.is_fixed else "Reliability of drawn forms", figures.reliability, None, None],
        ["Standard error of measurement", figures.standard_error, None, None],
        ["Reliability of the points", figures.points_reliability, None, None],
        ["Standard error of the points", figures.points_error, None, None],
    ]
    if decided is not None:
        names = ("accuracy", "false_pass", "false_fail", "consistency", "kappa", "effective_length")
        lines += [[f"Decisions: {name.replace('_', ' ')}", getattr(decided, name), None, None] for name in names]
    lines += [[f"Area {area.area}: mean share", area.share.point, area.share.low, area.share.high] for area in figures.areas]
    lines += [[f"Attempts with {5 * step} to {5 * step + 5} % of the points", count, None, None] for step, count in enumerate(figures.histogram)]
    return lines
