"""The power meter for authors: how well an exam tells people apart, as published and for an exam that is not written yet."""

from collections.abc import Mapping, Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from training.exams import queries, services
from training.exams.documents import ExamDocument
from training.exams.forms import SketchForm, sketched
from training.exams.rules.blueprint import PassRule
from training.exams.rules.power import Chance, power
from training.exams.rules.sequential.blocks import FEWEST_ELIGIBLE
from training.exams.rules.sequential.curve import OperatingPoint, operating_curve
from training.exams.rules.sketch import Sketch, sketch_of
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES, DeskSection, add_desk_section
from training.web.access import opens_to
from training.web.charts import Axis, Chart, Series, Value, curves, shares

add_desk_section(DeskSection("Power meter", "exams.power_sketch", "How likely people of each accuracy pass, for an exam as it is or as you think of it."))

USUAL = sketched(Sketch((13, 13, 12, 12), 15, 10, 5, 20), PassRule(90, 80, 5, 80, 0), tries=3)
"""What the page begins with: a gating exam as it is by default."""


@blueprint.get("/exams/desk/power")
@opens_to(*ANALYSIS_ROLES)
def power_sketch() -> ResponseReturnValue:
    """Any exam, from a few numbers."""
    form = SketchForm(request.args) if request.args else SketchForm(formdata=None, data=USUAL)
    if request.args and not form.validate():
        return render_template("exams/desk/power_sketch.html", form=form, exams=queries.exams(), chances=None, chart=None), 400
    chances = power([form.sketch.form()], form.rule, form.tries.data or 1)
    return render_template("exams/desk/power_sketch.html", form=form, exams=queries.exams(), chances=chances, chart=_chart(chances, form.tries.data or 1))


@blueprint.get("/exams/desk/exams/<slug>/power")
@opens_to(*ANALYSIS_ROLES)
def exam_power(slug: str) -> str:
    """One exam as it was published."""
    exam = queries.exam_by_slug(slug)
    document = exam.document
    form = services.typical_form(document)
    curve = operating_curve(document.sequential.plan) if document.sequential else ()
    return render_template(
        "exams/desk/power.html",
        exam=exam,
        document=document,
        chart=_chart(exam.power, document.retakes.attempts),
        values=sketched(sketch_of(form), document.rule, document.retakes.attempts) if form else USUAL,
        worth=services.worth_of(document),
        pilots=services.pilots_of_bank(document),
        eligible=services.eligible_items(document),
        fewest_eligible=FEWEST_ELIGIBLE,
        curve=curve,
        curve_chart=_curve_chart(document, curve),
    )


def _chart(chances: Sequence[Chance], tries: int) -> Chart:
    one = [(chance.accuracy, (chance.low + chance.high) / 2) for chance in chances]
    every = [(chance.accuracy, (chance.low_in_all + chance.high_in_all) / 2) for chance in chances]
    return _rising({"One try": one, f"{tries} tries": every}, [chance.accuracy for chance in chances])


def _curve_chart(document: ExamDocument, curve: Sequence[OperatingPoint]) -> Chart | None:
    if document.sequential is None:
        return None
    one, every = [(point.accuracy, point.passing) for point in curve], [(point.accuracy, point.passing_in_all) for point in curve]
    return _rising({"One try": one, "All three tries": every}, (0.7, 0.75, 0.8, 0.85, 0.9, 0.95))


def _rising(named: Mapping[str, Sequence[tuple[float, float]]], ticks: Sequence[float]) -> Chart:
    """Chances of passing by true accuracy."""
    accuracies = [accuracy for points in named.values() for accuracy, _ in points]
    across = Axis(min(accuracies), max(accuracies), tuple((tick, f"{tick * 100:.0f}") for tick in ticks), "right of 100 questions, in truth")
    return curves([Series(name, tuple(Value(*point) for point in points)) for name, points in named.items()], across, shares("chance of passing"))
