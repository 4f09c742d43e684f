"""An exam that is being written, held against the bank of today."""

from typing import Any

import pytest

from tests.accounts.factories import PersonFactory
from tests.courses.factories import ModuleFactory, body, clause
from tests.exams.factories import LONG_AGO, AttemptFactory, ExamFactory, ItemFactory, case_item
from training.actors import Actor, ActorKind
from training.exams.documents import outline_of
from training.exams.rules.supply import CellSupply
from training.exams.services import Prospect, hold_item, prospect_of

pytestmark = pytest.mark.usefixtures("app")
QUOTA = {"area": "PRO", "minimum": 2, "maximum": 2}
EXAM: dict[str, Any] = {"item_count": 2, "time_limit_minutes": 10, "cells": [QUOTA], "pass_rule": {"weighted_percent": 50}}


def prospect(slug: str = "exam-new", *, is_thorough: bool = True, allow_public: bool = True, **values: Any) -> Prospect:
    return prospect_of(outline_of(slug, EXAM | values), allow_public=allow_public, is_thorough=is_thorough)


def supplied(found: Prospect) -> CellSupply:
    (supply,) = found.supplies
    assert supply is not None
    return supply


def test_a_bank_that_is_enough_shows_what_is_there_how_well_the_exam_tells_and_how_long_it_takes() -> None:
    ItemFactory.create_batch(3)
    case_item()
    found, supply = prospect(), supplied(prospect())
    assert (supply.now, supply.again, supply.returning, supply.is_short, supply.exposure) == (4, 2, 0, False, None)
    assert found.can_be_filled and not found.lacks and not found.is_tangled
    chance = next(chance for chance in found.chances if chance.accuracy == 0.85)
    assert 0.85 < chance.low < chance.low_in_all < 1
    assert found.time is not None and found.time.known_share == 0 and 90 <= found.time.seconds <= 45 + 120


def test_a_quota_that_cannot_be_filled_is_marked_and_nothing_more_is_claimed() -> None:
    ItemFactory()
    found = prospect(is_thorough=False)
    assert supplied(found).is_short
    assert found.lacks == ("the form has 2 items, the bank holds 1 that may be on one form", "the cell area PRO asks for 2, the bank holds 1")
    assert (found.chances, found.time, found.can_be_filled, found.is_tangled) == ((), None, False, False)


def test_which_quota_stands_in_the_way_of_the_others_is_found_when_there_is_time() -> None:
    ItemFactory.create_batch(4)
    cells = [QUOTA, {"severity": "S2", "minimum": 0, "maximum": 1}]
    ItemFactory(area="IPR", severity="S1")
    quick, thorough = prospect(cells=cells, is_thorough=False), prospect(cells=cells)
    assert quick.is_tangled and not quick.lacks
    assert thorough.lacks and not thorough.is_tangled


def test_what_is_held_returns_and_what_is_public_is_for_others() -> None:
    held, *_ = ItemFactory.create_batch(4)
    ItemFactory(public=True)
    trainer = PersonFactory()
    hold_item(held, reason="Its key is in doubt.", by=Actor(ActorKind.PERSON, trainer.id), now=LONG_AGO)
    supply = supplied(prospect(allow_public=False))
    assert (supply.now, supply.returning) == (3, 1)
    assert supplied(prospect(allow_public=False, gating=False)).now == 4, "an exam that does not gate may ask what anybody may have read"


def test_drafts_of_the_bank_and_items_on_trial_are_told_apart_from_what_is_drawn() -> None:
    ItemFactory()
    for state in ("draft", "pilot", "retired"):
        ItemFactory(state=state)
    supply = supplied(prospect())
    assert (supply.now, supply.returning, supply.not_live) == (1, 0, 2)


def test_a_row_that_cannot_be_read_keeps_its_place() -> None:
    ItemFactory.create_batch(2)
    broken, whole = prospect(cells=[QUOTA | {"minimum": 3}, QUOTA]).supplies
    assert broken is None and whole is not None and whole.now == 2


def test_how_much_an_exam_that_runs_used_its_items_is_told() -> None:
    exam = ExamFactory(item_count=2, cells=[QUOTA], certification="cert-one")
    AttemptFactory(exam=exam)
    assert supplied(prospect(exam.slug)).exposure == 1


def test_the_clauses_of_its_areas_that_no_item_tests_are_named() -> None:
    ModuleFactory(body=body(clause("PRO-03.a"), clause("PRO-03.b")))
    ItemFactory.create_batch(2, clauses=("PRO-03.a",))
    assert prospect().coverage.untested == ("PRO-03.b",)
    assert prospect(cells=[]).coverage.clause_count == 2, "without quotas it is about what it may draw"
