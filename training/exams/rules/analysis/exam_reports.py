"""All figures of one version of an exam: from the sheet of its first attempts to what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isfinite, sqrt

import numpy as np

from training.exams.rules.analysis.certainty import chance_above
from training.exams.rules.analysis.classification import classify
from training.exams.rules.analysis.figures import AreaFigures, Decisions, ExamFigures, Proof
from training.exams.rules.analysis.item_reports import ItemFacts
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.rules.analysis.reliability import cronbach_alpha, drawn_reliability, effective_weights, fixed_form, reliability_limits, standard_error
from training.exams.rules.analysis.sheet import Flags, Floats, Sheet, Whole
from training.judgements.rules import WILSON_Z, Interval, wilson

HISTOGRAM_STEPS = 20
ROUNDING = 1e-9
"""Six of ten is not below 60 %, whatever its last binary digit says."""


@dataclass(frozen=True, slots=True)
class Sittings:
    """What is known of the attempts of a sheet beside their answers: one entry an attempt."""

    is_passed: Flags
    is_timed_out: Flags


@dataclass(frozen=True, slots=True)
class _Scores:
    """Shares of each attempt over the places that count; attempts without such a place have none."""

    right: Floats
    points: Floats


def exam_report(sheet: Sheet, sittings: Sittings, facts: Mapping[int, ItemFacts], cut: float) -> ExamFigures:
    """The figures of the attempts on this sheet; `cut` is the share of the points that the total mark needs."""
    known = [facts[version] for version in sheet.version_ids.tolist()]
    weight = np.array([fact.weight for fact in known], dtype=np.float64)[sheet.item]
    attempts = len(sittings.is_passed)
    scores = _scores(sheet, weight, attempts)
    points = scores.points[np.isfinite(scores.points)]
    is_shown = weight_of(Figure.RELIABILITY, attempts) is not Weight.TOO_FEW
    form = fixed_form(sheet) if is_shown else None
    reliability, points_reliability = _reliabilities(sheet, weight, form) if is_shown else (_Reliability(), _Reliability())
    return ExamFigures(
        attempt_count=attempts,
        timed_out_count=int(sittings.is_timed_out.sum()),
        passing=wilson(int(sittings.is_passed.sum()), attempts),
        mean=float(points.mean()) if len(points) else 0.0,
        deviation=_deviation(points),
        histogram=tuple(np.histogram(np.minimum(points + ROUNDING, 1), HISTOGRAM_STEPS, (0, 1))[0].tolist()),
        is_fixed=form is not None,
        reliability=reliability.value,
        standard_error=_error(scores.right, reliability.value),
        points_reliability=points_reliability.value,
        points_error=_error(scores.points, points_reliability.value),
        decisions=_decisions(points, points_reliability.value, cut),
        proofs=_proofs(sheet, cut),
        fewest_criticals=_fewest_criticals(sheet, [fact.is_critical for fact in known], attempts),
        areas=_areas(sheet, [fact.area for fact in known], attempts),
        effective_weights=_weights(sheet, form),
        thousandths=_thousandths(points),
        reliability_limits=reliability.limits,
        points_limits=points_reliability.limits,
    )


def _scores(sheet: Sheet, weight: Floats, attempts: int) -> _Scores:
    counted = sheet.is_counted.astype(np.float64)
    sums = [np.bincount(sheet.attempt, values * counted, attempts) for values in (sheet.credit, np.ones(len(weight)), weight * sheet.credit, weight)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return _Scores(sums[0] / sums[1], sums[2] / sums[3])


def _thousandths(points: Floats) -> dict[int, int]:
    reached, counts = np.unique(np.floor((points + ROUNDING) * 1000).astype(np.int64), return_counts=True)
    return dict(zip(reached.tolist(), counts.tolist(), strict=True))


def _deviation(values: Floats) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class _Reliability:
    value: float | None = None
    limits: tuple[float, float] | None = None


def _reliabilities(sheet: Sheet, weight: Floats, form: tuple[Whole, Floats] | None) -> tuple[_Reliability, _Reliability]:
    """Of the share of right answers and of the share of the points."""
    counted = sheet.is_counted
    if form is None:
        credit, attempt = sheet.credit[counted], sheet.attempt[counted]
        lengths = np.bincount(attempt)
        candidates, freedom = int((lengths > 1).sum()), int((lengths[lengths > 1] - 1).sum())
        of_right, of_points = drawn_reliability(credit, attempt), drawn_reliability(credit, attempt, weight[counted])
    else:
        items, marks = form
        weight_of_item = np.zeros(sheet.item_count)
        weight_of_item[sheet.item] = weight
        candidates, freedom = len(marks), (len(marks) - 1) * (len(items) - 1)
        of_right, of_points = cronbach_alpha(marks), cronbach_alpha(marks * weight_of_item[items])
    right, points = (_Reliability(_known(value), reliability_limits(value, candidates, freedom)) for value in (of_right, of_points))
    return right, points


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _error(scores: Floats, reliability: float | None) -> float | None:
    return standard_error(_deviation(scores[np.isfinite(scores)]), reliability) if reliability is not None else None


def _decisions(points: Floats, reliability: float | None, cut: float) -> Decisions | None:
    if reliability is None or weight_of(Figure.CLASSIFICATION, len(points)) is Weight.TOO_FEW:
        return None
    found = classify(points, reliability, cut)
    if found is None or not isfinite(found.accuracy + found.consistency):
        return None
    return Decisions(
        cut=cut,
        effective_length=found.effective_length,
        accuracy=found.accuracy,
        false_pass=found.false_pass,
        false_fail=found.false_fail,
        consistency=found.consistency,
        kappa=_known(found.kappa),
        parameters=found.parameters,
    )


def _proofs(sheet: Sheet, cut: float) -> tuple[Proof, ...]:
    """From three right answers below the cut up to all of them, at most eight."""
    counts = np.bincount(sheet.attempt[sheet.is_counted])
    if not counts.any():
        return ()
    count = int(np.bincount(counts[counts > 0]).argmax())
    needed = ceil(cut * count - 1e-9)
    return tuple(Proof(right, count, chance_above(right, count, cut)) for right in range(max(needed - 3, 0), min(needed + 4, count) + 1))


def _fewest_criticals(sheet: Sheet, is_critical: list[bool], attempts: int) -> int:
    critical = np.array(is_critical, dtype=np.float64)[sheet.item] * sheet.is_counted
    counts = np.bincount(sheet.attempt, critical, attempts)
    return int(counts.min()) if len(counts) else 0


def _areas(sheet: Sheet, area_of_item: list[str], attempts: int) -> tuple[AreaFigures, ...]:
    """Per area the mean of the candidates' shares, ± 1.96 standard errors over the candidates: their answers are not independent of each other."""
    names = sorted(set(area_of_item))
    if not names:
        return ()
    place = np.array([names.index(area) for area in area_of_item], dtype=np.int64)[sheet.item]
    counted = sheet.is_counted
    cell = (sheet.attempt * len(names) + place)[counted]
    size = attempts * len(names)
    right, count = (np.bincount(cell, values, size).astype(np.float64).reshape(-1, len(names)) for values in (sheet.credit[counted], np.ones(len(cell))))
    return tuple(_area(name, right[:, column], count[:, column]) for column, name in enumerate(names) if count[:, column].any())


def _area(name: str, right: Floats, count: Floats) -> AreaFigures:
    sat = count > 0
    shares = right[sat] / count[sat]
    mean, deviation = float(shares.mean()), _deviation(shares)
    reach = WILSON_Z * deviation / sqrt(len(shares))
    return AreaFigures(name, int(sat.sum()), float(count[sat].mean()), Interval(max(mean - reach, 0.0), mean, min(mean + reach, 1.0)), deviation)


def _weights(sheet: Sheet, form: tuple[Whole, Floats] | None) -> dict[int, float]:
    if form is None:
        return {}
    items, marks = form
    found = zip(sheet.version_ids[items].tolist(), effective_weights(marks).tolist(), strict=True)
    return {version: weight for version, weight in found if isfinite(weight)}
