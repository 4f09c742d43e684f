"""A corrected version of an item or case inherits what is known of the one before; any other starts anew."""

from datetime import timedelta
from typing import Any

import pytest

from tests.accounts.factories import PersonFactory
from tests.cases.factories import TaxonomyLabelFactory, case_values
from tests.exams.factories import NOON, OPTIONS, ExamFactory, ItemFactory, case_item
from tests.exams.judging import judged
from tests.exams.sittings import A, B, C, sat
from training.actors import SYSTEM, Actor, ActorKind
from training.cases import queries as cases
from training.cases.documents import CaseDocument
from training.cases.models import Case
from training.cases.rules import CaseRefusal
from training.cases.services import store_case
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Item, ItemVersion
from training.exams.queries import PublishedExam
from training.exams.queries.cuts import estimates_of
from training.exams.rules.reasons import BankRefusal
from training.exams.rules.rulings import Ruling, RulingKind
from training.exams.services import follow_case, rule, try_out
from training.exams.tasks import refresh_statistics

pytestmark = pytest.mark.usefixtures("app")

LATER = NOON + timedelta(days=3)
MENDED = [option | ({"text": "Ask the seller, first"} if option["id"] == "b" else {}) for option in OPTIONS]


@pytest.fixture
def exam() -> PublishedExam:
    """Ten single choices of four options, of which a is right."""
    for number in range(10):
        ItemFactory(id=f"item-{number}")
    return ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))  # type: ignore[no-any-return]


def item(slug: str = "item-0") -> Item:
    found = queries.item_by_slug(slug)
    assert found is not None
    return found


def current(slug: str = "item-0") -> ItemVersion:
    version = item(slug).current_version
    assert version is not None
    return version


def versions() -> list[int]:
    return [current(f"item-{number}").id for number in range(10)]


def change(said: str | None, **values: Any) -> ItemVersion:
    """A new version of the first item, with what is said to have been corrected."""
    ItemFactory(id="item-0", editorial=said, **({"options": MENDED} | values))
    return current()


def refresh(now: Any = LATER) -> None:
    refresh_statistics(now)
    db.session.commit()
    db.session.expire_all()


def refused(said: str, **values: Any) -> Any:
    with pytest.raises(Refusal) as refusal:
        change(said, **values)
    db.session.rollback()
    return refusal.value.reason


def test_a_corrected_version_is_counted_with_the_one_before_without_a_new_submission(exam: PublishedExam) -> None:
    before = versions()
    for number in range(12):
        sat(exam, before, [A if number < 9 else B, *[A] * 8, C])
    refresh()
    after = change("A comma in option b")
    assert (after.number, after.continues_id) == (2, before[0])
    refresh(LATER + timedelta(seconds=30))
    for version in (before[0], after.id):
        figures = queries.item_figures(version)
        assert figures is not None
        assert (figures.count, figures.facility.point) == (12, 0.75)
    for _ in range(4):
        sat(exam, versions(), [B] + [A] * 9)
    refresh(LATER + timedelta(days=60))
    figures = queries.item_figures(after.id)
    assert figures is not None
    assert (figures.count, figures.facility.point, figures.chosen[0].code) == (16, 9 / 16, A)
    assert queries.answer_count(after.id) == 16


def test_any_other_version_starts_anew(exam: PublishedExam) -> None:
    for _ in range(12):
        sat(exam, versions(), [A] * 10)
    refresh()
    after = change(None)
    assert after.continues_id is None
    refresh(LATER + timedelta(days=1))
    assert queries.item_figures(after.id) is None


def test_a_chain_of_corrections_is_one(exam: PublishedExam) -> None:
    first = versions()
    sat(exam, first, [A] * 10)
    second = change("A comma in option b")
    sat(exam, versions(), [B] + [A] * 9)
    third = change("A name in the stem", stem="Toko Maju offers something. What do you do?")
    assert third.continues_id == second.id
    sat(exam, versions(), [A] * 10)
    refresh(LATER + timedelta(days=60))
    counts = [figures.count if (figures := queries.item_figures(version)) else 0 for version in (first[0], second.id, third.id)]
    assert counts == [3, 3, 3]


def test_sitting_a_corrected_item_is_sitting_the_same_form(exam: PublishedExam) -> None:
    for _ in range(30):
        sat(exam, versions(), [A, A, B, *[A] * 7])
    change("A comma in option b")
    for _ in range(30):
        sat(exam, versions(), [B, *[A] * 9])
    refresh(LATER + timedelta(days=60))
    figures = queries.exam_figures(exam.version_id)
    assert figures is not None
    assert (figures.attempt_count, figures.is_fixed) == (60, True)


def test_judges_estimates_go_on_counting_until_they_say_another(exam: PublishedExam) -> None:
    one, other = PersonFactory(roles=("trainer",)), PersonFactory(roles=("trainer",))
    before = current()
    judged(exam, [item().slug], {one.id: [0.6], other.id: [0.8]})
    after = change("A comma in option b")
    assert estimates_of([after.id]) == {one.id: {after.id: 0.6}, other.id: {after.id: 0.8}}
    judged(exam, [item().slug], {one.id: [0.7], other.id: [0.8]})
    assert estimates_of([before.id, after.id]) == {one.id: {before.id: 0.6, after.id: 0.7}, other.id: {before.id: 0.8, after.id: 0.8}}


def test_what_is_more_than_a_correction_is_refused(exam: PublishedExam) -> None:
    other_key = [option | {"correct": option["id"] == "b"} for option in OPTIONS]
    assert refused("A typing error", options=other_key) is BankRefusal.NO_CORRECTION
    assert refused("A typing error", severity="S4") is BankRefusal.NO_CORRECTION
    change("A comma in option b")
    assert refused("A comma in option b", stem="Something else altogether?") is BankRefusal.CORRECTION_SAID_BEFORE
    assert change("A comma in option b").number == 2, "the same again is the same again"


def test_a_correction_that_nothing_goes_before_is_a_first_version() -> None:
    made = ItemFactory(id="item-new", editorial="A comma")
    assert made.current_version.continues_id is None


def test_what_follows_a_wrong_key_starts_anew(exam: PublishedExam) -> None:
    trainer = Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
    ruling = Ruling(RulingKind.NEW_KEY, {"correct": ["b"]})
    seen = try_out(current(), ruling, by=trainer, now=NOON).digest
    rule(current(), ruling, reason="Clause PRO-03.a was amended.", seen=seen, by=trainer, now=NOON)
    db.session.commit()
    assert refused("A comma in option b") is BankRefusal.KEY_WAS_RULED


def store(said: str | None = None, **reference: Any) -> None:
    """The case as its author wrote it, with other words of the reference, and what is said to have been corrected."""
    values = case_values(pool="exam", editorial=said)
    values["reference"] = values["reference"] | reference
    store_case(CaseDocument.model_validate(values), media={}, now=NOON, by=SYSTEM)
    follow_case("case-listing", by=SYSTEM, now=NOON)
    db.session.commit()


@pytest.fixture
def case_of_item(app: object) -> Case:
    TaxonomyLabelFactory()
    store()
    case = cases.case_by_slug("case-listing")
    assert case is not None
    case_item(case, id="item-told")
    return case


BETTER = "Better words for why it goes, by the clause that decides."


def test_an_item_follows_the_correction_of_its_case(case_of_item: Case) -> None:
    before = current("item-told")
    store("The rationale says which clause", rationale=BETTER)
    after = current("item-told")
    assert (after.number, after.continues_id) == (before.number + 1, before.id)
    store(rationale=BETTER, severity="S2")
    assert current("item-told").continues_id is None


def test_a_case_that_is_decided_otherwise_is_not_corrected(case_of_item: Case) -> None:
    store("A word", rationale=BETTER)
    store("A word", rationale=BETTER)
    for said, changes, reason in (
        ("Another word", {"rationale": BETTER, "severity": "S2"}, CaseRefusal.NO_CORRECTION),
        ("A word", {"rationale": f"{BETTER} Indeed."}, CaseRefusal.CORRECTION_SAID_BEFORE),
    ):
        with pytest.raises(Refusal) as refusal:
            store(said, **changes)
        db.session.rollback()
        assert refusal.value.reason is reason


def test_a_reference_that_was_ruled_on_is_not_continued(case_of_item: Case) -> None:
    trainer = Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
    ruling = Ruling(RulingKind.DROP)
    seen = try_out(current("item-told"), ruling, by=trainer, now=NOON).digest
    rule(current("item-told"), ruling, reason="The case shows too little.", seen=seen, by=trainer, now=NOON)
    db.session.commit()
    store("The rationale says which clause", rationale=BETTER)
    assert current("item-told").continues_id is None
