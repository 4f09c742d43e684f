"""What needs a look, decided from figures."""

from typing import Any

import pytest

from training.exams.rules.analysis.figures import Chosen, ItemFigures, Suspicion
from training.exams.rules.analysis.flags import ItemFlag
from training.exams.rules.blueprint import Cell, Condition, ItemKind
from training.exams.rules.pool import BankWorth, QuotaStock
from training.insights.rules.attention import (
    AnsweredItem,
    Concern,
    DisputedKey,
    Finding,
    HeldKey,
    LabelledCase,
    PublishedRule,
    SaidItem,
    SpareCell,
    UsedItem,
    alike,
    in_order,
    is_aside,
    of_answers,
    of_cell,
    of_disputes,
    of_holds,
    of_labels,
    of_texts,
    of_translations,
    of_uses,
)
from training.judgements.rules import wilson

RIGHT, FIRST, SECOND, THIRD = 1, 2, 4, 8
"""The codes of a single choice's four options."""


def figures(right: int, count: int, wrong: tuple[int, ...] = (), **values: Any) -> ItemFigures:
    """Of a choice of four: so many right answers, and so many of each wrong one."""
    facility = wilson(right, count)
    assert facility is not None
    chosen = [Chosen(RIGHT, right, (0, 0, right), right)] if right else []
    chosen += [Chosen(code, taken, (taken, 0, 0), 0) for code, taken in zip((FIRST, SECOND, THIRD), wrong, strict=False) if taken]
    told: dict[str, Any] = dict.fromkeys(("discrimination", "efficiency", "median_seconds", "slowness", "suspicion", "drift"))
    return ItemFigures(**{**told, "count": count, "facility": facility, "guess": 0.25, "chosen": tuple(chosen), "differences": (), "flags": (), **values})


def item(found: ItemFigures, slug: str = "item-a", *, language: str = "en", family: str = "fam-a", kind: ItemKind = ItemKind.SINGLE) -> AnsweredItem:
    return AnsweredItem(slug, 1, kind, family, language, found)


def concerns(found: ItemFigures, **values: Any) -> list[Concern]:
    return [finding.concern for finding in of_answers(item(found, **values))]


def test_a_key_in_doubt_is_told_of_with_how_likely_it_is_and_not_with_the_answer() -> None:
    (finding,) = of_answers(item(figures(20, 40, (20,), suspicion=Suspicion(40, FIRST, 5.25), flags=(ItemFlag.WRONG_KEY,))))
    assert (finding.concern, finding.figures) == (Concern.WRONG_KEY, {"ratio": 5.25, "count": 40})


@pytest.mark.parametrize(("right", "count", "is_told"), [(50, 50, True), (49, 49, False), (0, 60, True), (99, 100, True), (98, 100, False), (1, 100, True)])
def test_what_nobody_or_everybody_gets_right_is_told_of_from_fifty_answers_on(right: int, count: int, is_told: bool) -> None:
    assert (Concern.NO_SPREAD in concerns(figures(right, count))) is is_told


def test_what_nobody_gets_right_comes_before_what_everybody_does() -> None:
    found = [*of_answers(item(figures(60, 60), "item-a")), *of_answers(item(figures(0, 60), "item-b"))]
    assert [finding.subject for finding in in_order(found)] == ["item-b", "item-a"]


@pytest.mark.parametrize(
    ("wrong", "dead"),
    [
        ((90, 0, 0), [2]),  # Of 90 who err none takes two of the three: surely fewer than one in twenty.
        ((20, 0, 0), []),  # Of 20 who err that is not sure.
        ((30, 30, 30), []),
        ((200, 2, 200), [1]),
    ],
)
def test_answers_that_surely_nobody_takes_are_counted(wrong: tuple[int, int, int], dead: list[int]) -> None:
    found = of_answers(item(figures(300, 300 + sum(wrong), wrong)))
    assert [finding.figures["dead"] for finding in found if finding.concern is Concern.DEAD_DISTRACTORS] == dead


def test_other_kinds_have_no_answers_that_could_be_dead() -> None:
    assert Concern.DEAD_DISTRACTORS not in concerns(figures(300, 390, (90, 0, 0)), kind=ItemKind.SHORT)


def test_a_line_stays_the_same_while_answers_come_in_and_changes_when_they_double() -> None:
    (few,), (more,), (twice,) = (list(of_answers(item(figures(count, count)))) for count in (60, 90, 110))
    assert few.state == more.state != twice.state


def test_what_was_put_aside_comes_back_when_it_changes() -> None:
    (before,), (after,) = (list(of_answers(item(figures(count, count)))) for count in (60, 110))
    kept = {("no_spread", "item-a"): before.state}
    assert is_aside(before, kept) and not is_aside(after, kept)


def translated(*shares: tuple[str, int]) -> list[Finding]:
    return list(of_translations(item(figures(right, 200), f"item-{language}", language=language) for language, right in shares))


def test_translations_whose_facility_differs_beyond_chance_are_told_of_once() -> None:
    (finding,) = translated(("id", 120), ("en", 190))
    assert (finding.names, finding.figures["share"], finding.figures["other"]) == (("item-en", "item-id"), 0.95, 0.6)


def test_small_differences_and_look_alikes_of_one_language_are_left_alone() -> None:
    assert translated(("id", 180), ("en", 186)) == []
    assert translated(("en", 120), ("en", 190)) == []


def test_an_item_on_more_than_a_quarter_of_the_forms_is_overexposed() -> None:
    worths = {"exam-a": BankWorth(4.0, "")}
    assert list(of_uses([UsedItem("item-a", "exam-a", "Exam A", 5, 20), UsedItem("item-a", "exam-a", "Exam A", 9, 10)], worths)) == []
    (finding,) = of_uses([UsedItem("item-a", "exam-a", "Exam A", 6, 20)], worths)
    assert (finding.figures["share"], finding.names) == (0.3, ("item-a",))


def test_a_bank_too_small_to_spread_its_items_is_one_finding_and_not_one_an_item() -> None:
    used = [UsedItem(f"item-{number}", "exam-a", "Exam A", 6 + number, 20) for number in range(3)]
    (finding,) = of_uses(used, {"exam-a": BankWorth(3.9, "")})
    assert (finding.figures["items"], finding.figures["share"], finding.names, finding.leads_to) == (3, 0.4, (), ("exam-a",))


@pytest.mark.parametrize(("held", "minimum", "is_told"), [(7, 4, True), (8, 4, False), (0, 2, True), (0, 0, False)])
def test_a_quota_that_fills_fewer_than_two_forms_is_about_to_run_dry(held: int, minimum: int, is_told: bool) -> None:
    stock = QuotaStock(Cell(((Condition.AREA, "PRO"),), minimum, 9), held)
    assert (of_cell(SpareCell("exam-a", "Exam A", stock)) is not None) is is_told


STEM = "A shop sells a herbal drink that is said to cure fever within a day. What do you do?"


def said(*families: str) -> list[SaidItem]:
    return [SaidItem(f"item-{place}", place, family, "en") for place, family in enumerate(families)]


def test_look_alikes_of_other_families_are_told_of() -> None:
    pairs = alike([("en", STEM), ("en", STEM.replace("fever", "fevers")), ("id", STEM), ("en", "Something else altogether, of a wholly other kind.")])
    assert [(one, other) for one, other, _percent in pairs] == [(0, 1)]
    (finding,) = of_texts(said("fam-a", "fam-b"), pairs)
    assert finding.names == ("item-0", "item-1")


def test_look_alikes_that_are_known_as_such_are_not() -> None:
    pairs = [(0, 1, 95)]
    assert list(of_texts(said("fam-a", "fam-a"), pairs)) == []
    assert list(of_texts(said("fam-a", "fam-b"), pairs, told_apart=frozenset({frozenset({"item-0", "item-1"})}))) == []


def test_a_held_key_leads_to_the_latest_change_that_touches_it() -> None:
    rules = [PublishedRule("claims", "3.0.0", frozenset({"CLM-01.a"})), PublishedRule("claims", "2.0.0", frozenset({"CLM-01.a", "CLM-02.b"}))]
    touched, forgotten = of_holds([HeldKey("item-a", True, ("CLM-01.a", "CLM-02.b"), 7), HeldKey("case-b", False, ("PRO-01.a",), 8)], rules)
    assert (touched.leads_to, touched.figures["clauses"]) == (("claims", "3.0.0"), "CLM-01.a")
    assert (forgotten.leads_to, forgotten.figures["rule"]) == (("case-b",), None)


def dispute(claims: int, public_id: str = "one", slug: str = "case-a", *, is_upheld: bool = True) -> DisputedKey:
    return DisputedKey(slug, False, public_id, claims, is_upheld)


@pytest.mark.parametrize(("disputes", "is_told"), [([2], False), ([3], True), ([1, 1], True), ([1], False)])
def test_three_people_or_two_disputes_are_often(disputes: list[int], is_told: bool) -> None:
    assert bool(list(of_disputes([dispute(claims) for claims in disputes], open_about=()))) is is_told


def test_what_is_being_disputed_is_left_to_its_blind_reviewers() -> None:
    often = [dispute(2, "one", is_upheld=False), dispute(2, "two")]
    (finding,) = of_disputes(often, open_about={(True, "case-a")})
    assert (finding.leads_to, finding.figures["claims"], finding.figures["upheld"]) == (("two",), 4, 1)
    assert list(of_disputes(often, open_about={(False, "case-a")})) == []


def test_grave_cases_need_five_labels_and_others_three() -> None:
    cases = [LabelledCase(slug, "PRO", severity, 1, count) for slug, severity, count in (("a", "S4", 4), ("b", "S2", 3), ("c", None, 2), ("d", "S2", 0))]
    found = {finding.subject: finding.figures for finding in of_labels(cases)}
    assert found == {"a": {"labels": 4, "needed": 5}, "c": {"labels": 2, "needed": 3}, "area PRO": {"without": 1, "cases": 4, "area": "PRO"}}
