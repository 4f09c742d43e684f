"""The versions of an exam side by side, and what lies between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from training.errors import NotFound
from training.exams import queries
from training.exams.queries import PublishedExam
from training.exams.queries.item_desk import slugs_of_versions
from training.exams.queries.side_by_side import MeasuredVersion, measured_versions
from training.exams.queries.statistics import exam_items
from training.exams.rules.analysis.comparisons import Compared, ComparedItem, compared_exams, compared_items, mean_score, shares_of_attempts
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.judgements.rules import Interval
from training.web.access import opens_to
from training.web.charts import SHARES, Axis, Chart, Reference, Series, Value, curves, intervals, shares

SHOWN_ITEMS = 20
NAMES = {"passed": "Passed", "mean": "Mean score"}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the table of all: its figures, where they may be shown."""

    version: MeasuredVersion
    cut: float
    passing: Interval | None
    mean: Interval | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions: what lies between them, and the items that were in both."""

    first: MeasuredVersion
    second: MeasuredVersion
    figures: Sequence[Compared]
    items: Sequence[ComparedItem]

    @property
    def sure_count(self) -> int:
        """How many items of both surely differ."""
        return sum(item.right.is_sure for item in self.items)

    @property
    def means(self) -> tuple[float, float]:
        """The mean share right of the items of both, in either version."""
        count = len(self.items)
        return sum(item.first.mean for item in self.items) / count, sum(item.second.mean for item in self.items) / count


@blueprint.get("/exams/desk/exams/<slug>/versions")
@opens_to(*ANALYSIS_ROLES)
def exam_versions(slug: str) -> str:
    """Every version that was sat, and the two that the address names, else the newest two."""
    exam = queries.exam_by_slug(slug)
    versions = measured_versions(exam.id)
    lines, compared = version_lines(versions), compared_versions(versions)
    return render_template(
        "exams/desk/exam_versions.html",
        exam=exam,
        lines=lines,
        compared=compared,
        slugs=slugs_of_versions([item.version_id for item in compared.items[:SHOWN_ITEMS]]) if compared else {},
        shown_items=SHOWN_ITEMS,
        charts=_charts(lines, compared),
        names=figure_names(),
    )


def compared_versions(versions: Sequence[MeasuredVersion]) -> Comparison | None:
    """The two versions that the address names, else the newest two, the older one first; nothing where fewer were sat. Raises NotFound for one that was not."""
    by_name = {version.semver: version for version in versions}
    usual = [version.semver for version in reversed(versions[:2])]
    if len(usual) < 2:
        return None
    asked = [request.args.get(name) or default for name, default in zip(("one", "other"), usual, strict=True)]
    for name in asked:
        if name not in by_name:
            raise NotFound(name)
    first, second = (by_name[name] for name in asked)
    return Comparison(first, second, compared_exams(first.figures, second.figures), compared_items(exam_items(first.id), exam_items(second.id)))


def version_lines(versions: Sequence[MeasuredVersion]) -> list[VersionLine]:
    """Every version with its cut."""
    return [_line(version, queries.exam_of_version(version.id)) for version in versions]


def figure_names() -> dict[str, str]:
    """What the figures that are compared are called."""
    return NAMES | {area: f"{title}: share right" for area, title in titles().items()}


def _line(version: MeasuredVersion, exam: PublishedExam) -> VersionLine:
    is_shown = weight_of(Figure.PASSING, version.figures.attempt_count) is not Weight.TOO_FEW
    return VersionLine(version, exam.document.rule.weighted_percent / 100, version.figures.passing if is_shown else None, mean_score(version.figures))


def _charts(lines: Sequence[VersionLine], compared: Comparison | None) -> dict[str, Chart | None]:
    rows = [(line.version.semver, line.passing.low, line.passing.point, line.passing.high) for line in lines if line.passing]
    names, figures = figure_names(), compared.figures if compared else ()
    return {
        "passing": intervals(rows, SHARES) if len(rows) > 1 else None,
        "differences": difference_chart([(names.get(each.name, each.name), each.difference) for each in figures]),
        "scores": _scores(compared) if compared and figures else None,
    }


def _scores(compared: Comparison) -> Chart:
    both = [(version.semver, list(shares_of_attempts(version.figures))) for version in (compared.first, compared.second)]
    most = max(share for _, points in both for _, share in points)
    top = next(limit for limit in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if most <= limit)
    upwards = Axis(0.0, top, tuple((top * part / 4, f"{100 * top * part / 4:g} %") for part in range(5)), "of the first attempts")
    return curves([Series(name, tuple(Value(*point) for point in points)) for name, points in both], shares("of the points"), upwards)


def difference_chart(named: Sequence[tuple[str, Interval | None]]) -> Chart | None:
    """Differences of shares, a row each, over as much as the furthest limit asks; nothing where there are none."""
    rows = [(name, found) for name, found in named if found]
    if not rows:
        return None
    furthest = max(max(abs(found.low), abs(found.high)) for _, found in rows)
    reach = next(limit for limit in (0.1, 0.2, 0.5, 1.0, 2.0) if furthest <= limit)
    ticks = tuple((reach * part, f"{100 * reach * part:+g}".replace("-", "−").replace("+0", "0")) for part in (-1, -0.5, 0, 0.5, 1))
    axis = Axis(-reach, reach, ticks, "points of 100")
    return intervals([(name, found.low, found.point, found.high) for name, found in rows], axis, mark=Reference(0.0, "← lower · higher →", is_centred=True))
