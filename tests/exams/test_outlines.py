"""What an exam that is not written to its end says so far."""

from training.exams.documents import outline_of
from training.exams.rules.blueprint import Cell, Condition, PassRule

WHOLE = {
    "gating": False,
    "item_count": 4,
    "time_limit_minutes": 10,
    "cells": [{"area": "PRO", "minimum": 1, "maximum": 2}],
    "enemies": [["item-a", "item-b"]],
    "pass_rule": {"weighted_percent": 80},
    "retakes": {"attempts": 2},
    "delta": {"areas": ["PRO"]},
}


def test_what_is_whole_is_read_whole() -> None:
    found = outline_of("exam-one", WHOLE)
    assert found.rows == (Cell(((Condition.AREA, "PRO"),), 1, 2),) and found.is_drawn
    assert (found.gating, found.item_count, found.time_limit_minutes, found.tries) == (False, 4, 10, 2)
    assert (found.areas, found.enemies) == ({"PRO"}, (frozenset({"item-a", "item-b"}),))
    assert found.rule == PassRule(80, 80, 5, 80, 0)


def test_a_quota_that_cannot_be_read_keeps_its_row_and_lets_nothing_be_drawn() -> None:
    found = outline_of("exam-one", WHOLE | {"cells": [{"area": "PRO", "minimum": 3, "maximum": 2}, *WHOLE["cells"]]})
    assert found.rows[0] is None and found.rows[1] is not None and not found.is_drawn
    assert len(found.blueprint.cells) == 1


def test_nothing_that_is_wrong_keeps_the_rest_from_being_read() -> None:
    wrong = {"gating": "perhaps", "item_count": 0, "time_limit_minutes": "long", "cells": "none", "enemies": 3, "pass_rule": {"weighted_percent": 101}}
    found = outline_of("exam-one", wrong | {"retakes": {"attempts": 0}, "delta": {"areas": []}})
    assert (found.gating, found.item_count, found.time_limit_minutes, found.rows, found.enemies, found.rule) == (True, 0, 0, (), (), None)
    assert (found.tries, found.areas, found.is_drawn) == (3, frozenset(), False)


def test_replies_and_typing_leave_the_chances_unsaid_where_they_may_be_asked() -> None:
    assert outline_of("exam-one", WHOLE | {"gating": True}).has_chances
    assert not outline_of("exam-one", WHOLE | {"cells": [{"kind": "reply", "minimum": 4, "maximum": 4}]}).has_chances
