"""What is said of somebody, from what their answers add up to."""

import pytest

from training.judgements.rules import Confused, Costs, Decided, Dimension, Lean, Source, Standing, Tally, Verdict, profile_of, sensitivity

EVEN = Costs(prevalence=0.5, miss=1)


def practised(count: int, right: int, **more: int) -> Tally:
    return Tally(count=count, right=right, **more)


def area(tally: Tally, exams: Tally | None = None) -> Standing:
    rows = {(Source.PRACTICE, Dimension.AREA, "PRO"): tally} | ({(Source.EXAM, Dimension.AREA, "PRO"): exams} if exams else {})
    (standing,) = profile_of(rows, EVEN).by("area")
    return standing


@pytest.mark.parametrize(
    ("count", "right", "verdict"),
    [
        (0, 0, Verdict.TOO_FEW),
        (9, 9, Verdict.TOO_FEW),
        (10, 10, Verdict.OPEN),
        (16, 16, Verdict.CONSISTENT),
        (100, 88, Verdict.CONSISTENT),
        (100, 87, Verdict.OPEN),
        (10, 8, Verdict.OPEN),
        (10, 7, Verdict.NEEDS_PRACTICE),
        (1000, 799, Verdict.NEEDS_PRACTICE),
    ],
)
def test_an_area_is_applied_consistently_where_it_surely_reaches_the_minimum(count: int, right: int, verdict: Verdict) -> None:
    assert area(practised(count, right)).verdict is verdict


def test_exam_answers_count_in_their_areas() -> None:
    standing = area(practised(6, 6, hits=6), practised(5, 3))
    assert (standing.count, standing.right) == (11, 9)
    assert standing.accuracy is not None and standing.accuracy.point == pytest.approx(9 / 11)
    assert standing.detection is None


def test_the_total_is_of_all_areas() -> None:
    rows = {
        (Source.PRACTICE, Dimension.AREA, "PRO"): practised(20, 15, hits=10, misses=4, false_alarms=1, correct_rejections=5),
        (Source.PRACTICE, Dimension.AREA, "IPR"): practised(10, 9, hits=4, correct_rejections=5, wrong_selections=1),
        (Source.EXAM, Dimension.AREA, "IPR"): practised(2, 2),
        (Source.PRACTICE, Dimension.SURFACE, "listing"): practised(30, 24),
    }
    total = profile_of(rows, EVEN).total
    assert (total.count, total.right, total.tally.wrong_selections) == (32, 26, 1)
    assert total.detection is not None
    assert total.detection.sensitivity.point == sensitivity(Decided(14, 4, 1, 10))


def test_a_lean_is_said_by_area() -> None:
    rows = {
        (Source.PRACTICE, Dimension.AREA, "IPR"): practised(100, 70, hits=25, misses=25, correct_rejections=49, false_alarms=1),
        (Source.PRACTICE, Dimension.AREA, "CLM"): practised(100, 70, hits=49, misses=1, correct_rejections=25, false_alarms=25),
        (Source.PRACTICE, Dimension.AREA, "PRO"): practised(12, 10, hits=6, misses=1, correct_rejections=4, false_alarms=1),
    }
    found = profile_of(rows, EVEN)
    assert {standing.key: standing.lean for standing in found.by(Dimension.AREA)} == {"IPR": Lean.UNDER, "CLM": Lean.OVER, "PRO": Lean.NEITHER}


def test_who_answered_nothing_has_a_profile_that_says_nothing() -> None:
    found = profile_of({}, EVEN)
    assert (found.total.count, found.total.accuracy, found.by("area"), found.confused, found.kappa) == (0, None, (), (), None)
    assert found.of("area", "PRO") is None


def test_confusions_are_told_the_commonest_first_and_shares_where_there_are_enough() -> None:
    counts = {"PRO-03>PRO-03": 12, "PRO-03>OUT-00": 3, "PRO-03>PRO-04": 5, "OUT-00>PRO-03": 3, "IPR-01>": 1}
    found = profile_of({(Source.PRACTICE, Dimension.LABELS, key): practised(count, count) for key, count in counts.items()}, EVEN)
    assert found.confused == (
        Confused("PRO-03", "PRO-04", "PRO-03>PRO-04", 5, 20),
        Confused("OUT-00", "PRO-03", "OUT-00>PRO-03", 3, 3),
        Confused("PRO-03", "OUT-00", "PRO-03>OUT-00", 3, 20),
        Confused("IPR-01", "", "IPR-01>", 1, 1),
    )
    assert [pair.share is not None for pair in found.confused] == [True, False, True, False]
    assert found.kappa is None, "24 answers are too few"


def test_agreement_beyond_chance_is_said_of_thirty_answers_and_more() -> None:
    counts = {"PRO-03>PRO-03": 12, "PRO-03>OUT-00": 3, "OUT-00>OUT-00": 15}
    kappa = profile_of({(Source.PRACTICE, Dimension.LABELS, key): practised(count, count) for key, count in counts.items()}, EVEN).kappa
    assert kappa is not None
    assert (kappa.low < kappa.point < kappa.high, kappa.point) == (True, pytest.approx(0.8))
