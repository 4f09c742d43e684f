"""The measures on a real panel: 3,728 cases, five of ten trained annotators each. Their texts are never read, let alone shown."""

import csv
from functools import cache

import pytest

from tests.corpora import CORPORA
from training.judgements.rules import Costs, Decided, GivenLabel, Lean, dawid_skene, detection, krippendorffs_alpha, pairwise_agreement

pytestmark = pytest.mark.corpora
ANNOTATORS = [f"label_{number}" for number in range(1, 11)]
HATEFUL = "hateful"


@cache
def rows() -> list[dict[str, str]]:
    with (CORPORA / "hatecheck" / "test_suite_annotations.csv").open(encoding="utf-8", newline="") as file:
        return [{name: row[name] for name in ("case_id", "label_gold", *ANNOTATORS)} for row in csv.DictReader(file)]


def panels() -> list[list[str]]:
    return [[row[annotator] for annotator in ANNOTATORS if row[annotator]] for row in rows()]


def decided_by(annotator: int) -> Decided:
    pairs = [(row["label_gold"] == HATEFUL, row[f"label_{annotator}"] == HATEFUL) for row in rows() if row[f"label_{annotator}"]]
    return Decided(pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True)), pairs.count((False, False)))


def test_the_panel_agrees_as_is_known() -> None:
    assert len(rows()) == 3728
    assert krippendorffs_alpha(panels()) == pytest.approx(0.93902, abs=5e-6)
    assert pairwise_agreement(panels()) == pytest.approx(0.97393, abs=5e-6)


@pytest.mark.parametrize(("annotator", "accuracy", "d_prime", "c", "lean"), [(2, 0.9581, 3.992, 0.426, Lean.UNDER), (7, 0.9657, 4.129, -0.822, Lean.OVER)])
def test_two_annotators_err_to_different_sides(annotator: int, accuracy: float, d_prime: float, c: float, lean: Lean) -> None:
    decided = decided_by(annotator)
    found = detection(decided, Costs(prevalence=0.5, miss=1))
    assert found is not None
    right = decided.hits + decided.correct_rejections
    assert right / (decided.violation_count + decided.innocent_count) == pytest.approx(accuracy, abs=5e-5)
    assert (found.sensitivity.point, found.criterion.point) == (pytest.approx(d_prime, abs=5e-4), pytest.approx(c, abs=5e-4))
    assert found.lean is lean


def test_the_annotators_together_find_the_experts_label_of_every_case() -> None:
    found = dawid_skene(GivenLabel(row["case_id"], annotator, row[annotator]) for row in rows() for annotator in ANNOTATORS if row[annotator])
    assert found is not None
    assert [row["case_id"] for row in rows() if max(found.posteriors[row["case_id"]].items(), key=lambda each: each[1])[0] != row["label_gold"]] == []
