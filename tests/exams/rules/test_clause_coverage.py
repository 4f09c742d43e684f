"""Which clauses an exam leaves untested."""

from tests.exams.banks import cell
from training.exams.rules.blueprint import Blueprint
from training.exams.rules.clause_coverage import areas_asked, clause_coverage

CLAUSES = ("PRO-01.b", "PRO-01.a", "CLM-02.a", "PRO-01.a")
NOBODY_S = frozenset[str]()


def test_the_clauses_of_the_areas_asked_that_no_item_tests_are_named_in_order() -> None:
    found = clause_coverage(CLAUSES, {"PRO"}, {"PRO-01.b"})
    assert (found.clause_count, found.untested, found.tested_count) == (2, ("PRO-01.a",), 1)


def test_an_exam_is_about_its_delta_else_the_areas_of_its_quotas_else_what_it_may_draw() -> None:
    named = Blueprint(2, (cell(1, 2, area="PRO"), cell(0, 0, area="CLM"), cell(0, 2, kind="case")))
    assert areas_asked(named, frozenset({"IPR"}), {"FRD"}) == {"IPR"}
    assert areas_asked(named, NOBODY_S, {"FRD"}) == {"PRO"}, "a quota of nothing asks about nothing"
    assert areas_asked(Blueprint(2, (cell(0, 2, kind="case"),)), NOBODY_S, {"FRD"}) == {"FRD"}
