"""All figures at once: from a sheet of first attempts to what is kept of every item version and every version of an exam."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from training.exams.rules.analysis.classification import classify
from training.exams.rules.analysis.drift import Drift, drift, look_up_to
from training.exams.rules.analysis.figures import AreaFigures, Chosen, Decisions, ExamFigures, GroupDifference, ItemFigures, Suspicion
from training.exams.rules.analysis.flags import Observed, flags_of
from training.exams.rules.analysis.items import (
    answers_given,
    correlation_interval,
    discrimination,
    efficiency,
    median_seconds,
    moments,
    rest_order,
    slowness,
    thirds,
)
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.rules.analysis.reliability import cronbach_alpha, drawn_reliability, effective_weights, fixed_form, standard_error
from training.exams.rules.analysis.sheet import Floats, Sheet, Whole, rest_proportions
from training.exams.rules.analysis.wrong_keys import suspicions
from training.judgements.rules import WILSON_Z, Interval, wilson

MOST_ANSWERS = 12
"""How many different answers to an item are kept; the rarest are left out."""
HISTOGRAM_STEPS = 20


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What has to be known of an item version beside its answers."""

    guess: float
    answer_count: int | None
    """Among how many answers a candidate chooses; nothing where that is open, as for cases."""
    area: str
    weight: int
    ruled_up_to: int = 0
    """A person looked at its key when there were so many answers, and released it: only later looks count."""


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def items_of(sheet: Sheet, facts: Mapping[int, ItemFacts], differences: Mapping[int, Sequence[GroupDifference]]) -> dict[int, ItemFigures]:
    """The figures of every item version that was answered."""
    rests = rest_proportions(sheet)
    order = rest_order(sheet, rests)
    found = moments(sheet, rests)
    given = answers_given(sheet, thirds(sheet, rests, order))
    possible = np.array([_answer_count(facts[version].answer_count, given[index]) for index, version in enumerate(sheet.version_ids.tolist())])
    suspected = suspicions(sheet, rests, possible)
    drifts = _drifts(sheet)
    columns = zip(
        sheet.version_ids.tolist(),
        found.count.astype(int).tolist(),
        found.mean.tolist(),
        discrimination(found).tolist(),
        efficiency(sheet, rests, order, found).tolist(),
        median_seconds(sheet).tolist(),
        slowness(sheet).tolist(),
        strict=True,
    )
    return {
        version: _figures(
            facts[version],
            count,
            mean * count,
            (index_, share, seconds, slow),
            given[place],
            suspected.get(place, []),
            drifts.get(place),
            tuple(differences.get(version, ())),
        )
        for place, (version, count, mean, index_, share, seconds, slow) in enumerate(columns)
    }
