from typing import Any

import pytest

from training.cases.importing.mapping import EvidencePick, Pick
from training.cases.importing.records import Disagreement, Misfit
from training.cases.importing.telling import Known, Unknown, tell

VALUES = {"ok": "OUT-00", "bad": "PRO-01", "1": "S1"}


def pick(**values: Any) -> Pick:
    return Pick.model_validate(values)


@pytest.mark.parametrize(
    ("values", "cell", "expected"),
    [
        ({"value": None}, "anything", Known(None)),
        ({"value": "en"}, "anything", Known("en")),
        ({"column": "x"}, "  plain  ", Known("plain")),
        ({"column": "x"}, 4.0, Known(4.0)),
        ({"column": "x"}, True, Known(True)),
        ({"column": "x"}, "", Unknown.EMPTY),
        ({"column": "x"}, "   ", Unknown.EMPTY),
        ({"column": "x"}, None, Unknown.EMPTY),
        ({"column": "x"}, [], Unknown.EMPTY),
        ({"column": "x", "values": VALUES}, "ok", Known("OUT-00")),
        ({"column": "x", "values": VALUES}, " bad ", Known("PRO-01")),
        ({"column": "x", "values": VALUES}, 1.0, Known("S1")),
        ({"column": "x", "values": {"true": 1}}, True, Known(1)),
        ({"column": "x", "values": VALUES}, "", Unknown.EMPTY),
        ({"column": "x", "values": {"": None}}, "", Known(None)),
        ({"column": "x", "values": VALUES, "unknown": ["-1", "unsure"]}, -1, Unknown.UNSURE),
        ({"column": "x", "values": VALUES, "unknown": ["unsure"]}, "unsure", Unknown.UNSURE),
        ({"column": "x", "unknown": ["unsure"]}, "sure", Known("sure")),
        ({"column": "x", "values": VALUES, "split": ";"}, "ok; bad;", Known(["OUT-00", "PRO-01"])),
        ({"column": "x", "values": VALUES, "split": ";", "unknown": ["?"]}, "ok;?", Unknown.UNSURE),
        ({"column": "x", "values": VALUES}, ["ok", "bad"], Known(["OUT-00", "PRO-01"])),
        ({"column": "x", "values": VALUES}, [{"start": 0, "end": 2, "labels": ["bad"]}], Known(["PRO-01"])),
        ({"column": "x"}, Disagreement(("ok", "bad")), Unknown.DISAGREED),
    ],
)
def test_what_a_cell_tells(values: dict[str, Any], cell: Any, expected: object) -> None:
    assert tell(pick(**values), {"x": cell}) == expected


def test_what_the_source_has_no_column_for_is_unknown_and_not_empty() -> None:
    assert tell(None, {"x": "something"}) is Unknown.NOT_MAPPED


def test_a_word_that_the_mapping_does_not_know_is_a_fault_that_says_what_was_meant() -> None:
    assert tell(pick(column="x", values={"hateful": "HRM-01"}), {"x": "hatefull"}) == Misfit(
        "`hatefull` is not among the values of the mapping", "did you mean `hateful`?"
    )
    told = tell(pick(column="x", values=VALUES), {"x": "z" * 100})
    assert isinstance(told, Misfit) and len(told.problem) < 100 and told.remedy == "add it under `values`, or under `unknown`"


def test_a_cell_that_cannot_be_read_tells_why() -> None:
    formula = Misfit("holds a formula", "copy the column and paste it as values")
    assert tell(pick(column="x"), {"x": formula}) == formula


def test_the_flat_cells_of_an_object_are_one_cell_again() -> None:
    assert tell(pick(column="order"), {"order.Paid": "Rp 1", "order.Sent": "yes", "other": 1}) == Known({"Paid": "Rp 1", "Sent": "yes"})
    assert tell(pick(column="order"), {"ordering": "x"}) is Unknown.EMPTY
    assert isinstance(tell(pick(column="order", values=VALUES), {"order.Paid": "Rp 1"}), Misfit)


def test_each_makes_objects_anew_and_leaves_out_what_is_unknown() -> None:
    each = {"from": {"column": "role", "values": {"user": "Buyer", "agent": "Support"}}, "text": {"column": "body"}, "at": {"value": "09:00"}}
    turns = [{"role": "user", "body": "Hello"}, {"role": "agent", "body": ""}]
    assert tell(pick(column="turns", each=each), {"turns": turns}) == Known(
        [{"from": "Buyer", "text": "Hello", "at": "09:00"}, {"from": "Support", "at": "09:00"}]
    )
    assert tell(pick(column="turns", each=each), {"turns": []}) is Unknown.EMPTY
    assert isinstance(tell(pick(column="turns", each=each), {"turns": "Hello"}), Misfit)
    assert isinstance(tell(pick(column="turns", each=each), {"turns": [{"role": "bot"}]}), Misfit)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("metal balls", Known("metal balls")),
        ("-", Known([])),
        ("?", Unknown.UNSURE),
        ("", Unknown.EMPTY),
        ([{"start": 1, "end": 2}], Known([{"start": 1, "end": 2}])),
    ],
)
def test_marks_are_taken_as_they_are_and_words_may_say_none_or_unknown(cell: Any, expected: object) -> None:
    told = tell(EvidencePick.model_validate({"column": "x", "field": "text", "values": {"-": []}, "unknown": ["?"]}), {"x": cell})
    assert told == expected
