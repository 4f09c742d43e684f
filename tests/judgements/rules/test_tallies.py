"""What of one judgement is counted, and under which keys."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cases.rules import Action
from training.judgements.rules import (
    Countable,
    Decided,
    Dimension,
    ErrorKind,
    Source,
    Tally,
    TallyChange,
    decision_key,
    labels_key,
    labels_of_key,
    tally_changes,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEYS = {Dimension.AREA: "PRO", Dimension.SURFACE: "listing", Dimension.LABELS: "PRO-03>PRO-03"}


def judged(**changes: object) -> Countable:
    values: dict[str, object] = {
        "person_id": 1,
        "source": Source.PRACTICE,
        "keys": KEYS,
        "reference_acts": True,
        "answer_acts": True,
        "is_right": True,
        "error": None,
        "is_critical_miss": False,
        "is_first": True,
        "seconds": 30.0,
        "given_at": NOON,
    }
    return Countable(**(values | changes))


def counted(**changes: object) -> Tally:
    return tally_changes([judged(**changes)])[1, Source.PRACTICE, Dimension.AREA, "PRO"].tally


TIMED = {"timed_count": 1, "seconds_sum": 30.0}
FALSE_POSITIVE = {"reference_acts": False, "is_right": False, "error": ErrorKind.FALSE_POSITIVE}
FALSE_NEGATIVE = {"answer_acts": False, "is_right": False, "error": ErrorKind.FALSE_NEGATIVE}
WRONG_SELECTION = {"is_right": False, "error": ErrorKind.WRONG_SELECTION}


@pytest.mark.parametrize(
    ("changes", "tally"),
    [
        ({}, Tally(count=1, right=1, hits=1, **TIMED)),
        ({"reference_acts": False, "answer_acts": False}, Tally(count=1, right=1, correct_rejections=1, **TIMED)),
        (FALSE_POSITIVE, Tally(count=1, false_alarms=1, **TIMED)),
        (FALSE_NEGATIVE, Tally(count=1, misses=1, **TIMED)),
        (FALSE_NEGATIVE | {"is_critical_miss": True}, Tally(count=1, misses=1, critical_misses=1, **TIMED)),
        (WRONG_SELECTION, Tally(count=1, hits=1, wrong_selections=1, **TIMED)),
        (WRONG_SELECTION | {"reference_acts": False, "answer_acts": False}, Tally(count=1, correct_rejections=1, wrong_selections=1, **TIMED)),
        (WRONG_SELECTION | {"answer_acts": None}, Tally(count=1, wrong_selections=1, **TIMED)),
        (WRONG_SELECTION | {"reference_acts": None, "answer_acts": None}, Tally(count=1, wrong_selections=1, **TIMED)),
        ({"answer_acts": False}, Tally(count=1, right=1, hits=1, **TIMED)),
        ({"reference_acts": None, "answer_acts": None}, Tally(count=1, right=1, **TIMED)),
        ({"seconds": None}, Tally(count=1, right=1, hits=1)),
        (FALSE_NEGATIVE | {"is_first": False}, Tally(repeat_count=1)),
    ],
)
def test_what_one_judgement_counts(changes: dict[str, object], tally: Tally) -> None:
    assert counted(**changes) == tally


def test_it_counts_once_under_each_of_its_keys() -> None:
    assert tally_changes([judged()]).keys() == {(1, Source.PRACTICE, dimension, key) for dimension, key in KEYS.items()}


def test_of_an_exam_only_area_totals_are_counted() -> None:
    found = tally_changes([judged(source=Source.EXAM, **FALSE_POSITIVE), judged(source=Source.EXAM), judged(source=Source.EXAM, is_first=False)])
    assert found == {(1, Source.EXAM, Dimension.AREA, "PRO"): TallyChange(Tally(count=2, right=1, repeat_count=1), NOON)}


def test_what_is_replaced_is_taken_away_where_it_was_counted() -> None:
    found = tally_changes([judged(keys={Dimension.AREA: "IPR"}, given_at=NOON + timedelta(days=1))], replaced=[judged(keys={Dimension.AREA: "PRO"})])
    one = Tally(count=1, right=1, hits=1, **TIMED)
    assert found == {
        (1, Source.PRACTICE, Dimension.AREA, "IPR"): TallyChange(one, NOON + timedelta(days=1)),
        (1, Source.PRACTICE, Dimension.AREA, "PRO"): TallyChange(-one, NOON),
    }


def test_keys_say_decisions_in_the_order_of_the_vocabulary_and_both_labels() -> None:
    assert decision_key([Action.STRIKE, Action.REMOVE]) == "REMOVE+STRIKE"
    assert decision_key([]) == ""
    assert (labels_key(["PRO-03", "PRO-04"], []), labels_of_key("PRO-03>")) == ("PRO-03>", ("PRO-03", ""))


def test_every_possible_decision_fits_the_column() -> None:
    assert len(decision_key(Action)) <= 300


def test_the_table_of_enforcement_is_part_of_a_tally() -> None:
    assert Tally(hits=1, misses=2, false_alarms=3, correct_rejections=4).decided == Decided(1, 2, 3, 4)


@given(st.lists(st.builds(judged, person_id=st.integers(1, 3), is_right=st.booleans(), is_first=st.booleans(), seconds=st.integers(0, 99))))
def test_taking_away_what_was_added_leaves_nothing(judgements: list[Countable]) -> None:
    assert {change.tally for change in tally_changes(judgements, replaced=judgements).values()} <= {Tally()}
