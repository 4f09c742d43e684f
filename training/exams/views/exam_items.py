"""Every question of an exam as its first attempts measured it: which are hard, which are slow, which are left blank."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from training.exams.queries.item_desk import slugs_of_versions
from training.exams.queries.statistics import exam_items
from training.exams.rules.analysis.comparisons import LEAST_FOR_CORRELATION, item_facility
from training.exams.rules.analysis.figures import ExamItem
from training.exams.rules.analysis.intervals import correlation_interval
from training.exams.rules.analysis.minimums import SHOW_FROM, Figure
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.exams.views.exam_desk import chosen_exam
from training.judgements.rules import Interval
from training.web.access import opens_to
from training.web.charts import Axis, Chart, Series, Value, counts, curves, intervals, shares

ITEMS_A_PAGE = 50
SLOWEST = 10
CORRELATIONS = Axis(-0.5, 1.0, ((-0.5, "−0.5"), (0.0, "0"), (0.5, "+0.5"), (1.0, "+1")), "tells apart")
LEAST_TIMES = SHOW_FROM[Figure.TIMES]


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """One line: an item by its id, with what may be shown of it."""

    slug: str
    item: ExamItem
    facility: Interval | None
    discrimination: Interval | None


ORDERS: Mapping[str, tuple[str, Callable[[MeasuredItem], float]]] = {
    "hardest": ("Hardest first", lambda each: each.facility.point if each.facility else 2.0),
    "apart": ("Tells apart least first", lambda each: each.discrimination.point if each.discrimination else 2.0),
    "slowest": ("Slowest first", lambda each: -(each.item.median_seconds or 0.0)),
    "blank": ("Most left blank first", lambda each: -each.item.blank_count / each.item.count),
}


@blueprint.get("/exams/desk/exams/<slug>/items")
@opens_to(*ANALYSIS_ROLES)
def exam_item_list(slug: str) -> str:
    """The items of a version of the exam, in the order that the address names."""
    exam, versions = chosen_exam(slug)
    order = request.args.get("order", "")
    order = order if order in ORDERS else "hardest"
    found = measured_items(exam.version_id, order)
    start = _start(request.args)
    return render_template(
        "exams/desk/exam_items.html",
        exam=exam,
        versions=versions,
        items=found[start : start + ITEMS_A_PAGE],
        count=len(found),
        start=start,
        size=ITEMS_A_PAGE,
        order=order,
        orders={name: words for name, (words, _) in ORDERS.items()},
        charts={"map": _map(found), "times": _slowest(found)},
        slowest=SLOWEST,
    )


def measured_items(exam_version_id: int, order: str = "hardest") -> list[MeasuredItem]:
    """Every item of a version of an exam in one of the orders; what cannot be told stands last, equal ones by name."""
    items = exam_items(exam_version_id)
    slugs = slugs_of_versions([item.version_id for item in items])
    return sorted((_measured(slugs.get(item.version_id, "–"), item) for item in items), key=lambda each: (ORDERS[order][1](each), each.slug))


def _measured(slug: str, item: ExamItem) -> MeasuredItem:
    is_enough = item.correlation is not None and item.count >= LEAST_FOR_CORRELATION
    return MeasuredItem(
        slug, item, item_facility(item), correlation_interval(item.correlation, item.count) if is_enough and item.correlation is not None else None
    )


def _start(args: MultiDict[str, str]) -> int:
    asked = args.get("from", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _map(found: Sequence[MeasuredItem]) -> Chart | None:
    """Each item where its share right and how it tells apart meet."""
    points = tuple(Value(each.facility.point, each.discrimination.point) for each in found if each.facility and each.discrimination)
    return curves([Series("Items", points, is_joined=False)], shares("right"), CORRELATIONS) if points else None


def _slowest(found: Sequence[MeasuredItem]) -> Chart | None:
    """The items that take longest: the median, and the middle half of the answers."""
    timed = [each for each in found if each.item.median_seconds is not None and each.item.count >= LEAST_TIMES]
    slowest = sorted(timed, key=lambda each: (-(each.item.median_seconds or 0.0), each.slug))[:SLOWEST]
    rows = [(each.slug, each.item.lower_seconds or 0.0, each.item.median_seconds or 0.0, each.item.upper_seconds or 0.0) for each in slowest]
    return intervals(rows, counts(max(high for *_, high in rows), "seconds")) if rows else None
