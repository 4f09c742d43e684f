"""The next case as a person meets it: by what they remember, what they have seen, and what they practise for."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory
from tests.practice.factories import THEN
from tests.statements import asked, counted, scans_in
from training.cases.models import Case
from training.cases.rules import Action, Severity
from training.db import db
from training.errors import Refusal
from training.judgements.rules import CaseAnswer
from training.practice import services
from training.practice.models import Serving
from training.practice.rules import DAILY, Purpose, PurposeKind

RIGHT = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3, seconds=20)
HARD = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S1, seconds=20)
WRONG = CaseAnswer(actions=frozenset({Action.APPROVE}), labels=("OUT-00",), severity=Severity.S0, seconds=20)
CONFUSED = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("SEL-02",), severity=Severity.S3, seconds=20)


@pytest.fixture
def me(app: Flask) -> int:
    TaxonomyLabelFactory(code="PRO-03")
    return int(PersonFactory(languages=["en"]).id)


class Practice:
    """Somebody practises, a minute a case."""

    def __init__(self, person_id: int) -> None:
        self.person_id, self.now = person_id, THEN

    def next(self, purpose: Purpose = DAILY) -> Serving:
        self.now += timedelta(minutes=1)
        return services.next_case(self.person_id, now=self.now, purpose=purpose)

    def answer(self, answer: CaseAnswer = RIGHT, purpose: Purpose = DAILY) -> Case:
        serving = self.next(purpose)
        services.answer_serving(serving, answer, now=self.now)
        db.session.commit()
        case = db.session.get(Case, serving.case_id)
        assert case is not None
        return case

    def answers(self, count: int, answer: CaseAnswer = RIGHT, purpose: Purpose = DAILY) -> list[str]:
        return [self.answer(answer, purpose).concept for _ in range(count)]

    def sleep(self, days: float = 1) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def practice(me: int) -> Practice:
    return Practice(me)


def concepts(count: int, *, cases: int = 4, label: str = "PRO", **columns: Any) -> list[str]:
    """So many concepts with so many cases each."""
    names = [f"{label}-{number:02}.a" for number in range(10, 10 + count)]
    for name in names:
        CaseFactory.create_batch(cases, concept=name, area=label, **columns)
    return names


def test_every_concept_is_surveyed_once_with_areas_in_turns(practice: Practice) -> None:
    names = concepts(3) + concepts(3, label="CLM")
    served = practice.answers(6)
    assert sorted(served) == sorted(names)
    assert {name[:3] for name in served[:2]} == {"PRO", "CLM"}


def test_what_was_failed_comes_again_the_same_day_eight_cases_later(practice: Practice) -> None:
    concepts(12)
    failed = practice.answer(WRONG).concept
    served = practice.answers(12)
    assert served[11] == failed
    assert failed not in served[:11]


def test_what_was_right_waits_for_another_day(practice: Practice) -> None:
    concepts(12)
    practice.answers(12)
    practice.sleep()
    practice.answers(6)
    practice.sleep(0.1)
    assert len(set(practice.answers(6))) == 6


def test_concepts_that_are_confused_stand_side_by_side(practice: Practice) -> None:
    concepts(9)
    CaseFactory.create_batch(2, concept="SEL-02.a", area="SEL")
    practice.answers(9)
    practice.sleep()
    confused = practice.answer(CONFUSED)
    assert confused.area == "PRO"
    assert practice.answer().concept == "SEL-02.a"


def test_a_borderline_case_and_its_near_miss_stand_side_by_side(practice: Practice) -> None:
    concepts(10)
    CaseFactory(slug="case-violating", concept="PRO-50.a", difficulty="borderline", contrast_slug="case-allowed", family="fam-pair")
    CaseFactory(slug="case-allowed", concept="PRO-50.a", difficulty="typical", contrast_slug="case-violating", family="fam-pair")
    CaseFactory.create_batch(2, concept="PRO-50.a", difficulty="clear")
    slugs = []
    for _day in range(8):
        slugs += [practice.answer().slug for _ in range(9)]
        practice.sleep()
    assert abs(slugs.index("case-allowed") - slugs.index("case-violating")) == 1


@pytest.mark.parametrize("columns", [{"language": "id"}, {"pool": "exam", "family": "fam-of-exam"}])
def test_a_near_miss_that_is_not_theirs_to_see_is_not_served(practice: Practice, columns: dict[str, str]) -> None:
    concepts(8)
    CaseFactory(slug="case-allowed", concept="PRO-50.a", contrast_slug="case-violating", **columns)
    practice.answers(8)
    CaseFactory(slug="case-violating", concept="PRO-50.a", difficulty="borderline", contrast_slug="case-allowed")
    assert practice.answer().slug == "case-violating"
    assert practice.answer().slug != "case-allowed"


def test_borderline_cases_are_a_quarter_at_most(practice: Practice) -> None:
    for name in concepts(10, cases=3):
        CaseFactory.create_batch(6, concept=name, area="PRO", difficulty="borderline")
    difficulties = []
    for _day in range(4):
        difficulties += [practice.answer().difficulty for _ in range(10)]
        practice.sleep()
    shares = [difficulties[: count + 1].count("borderline") / (count + 1) for count in range(len(difficulties))]
    assert max(shares) <= 0.25
    assert shares[-1] > 0.1


def test_clear_cases_come_first(practice: Practice) -> None:
    for difficulty in ("borderline", "typical", "clear"):
        CaseFactory(concept="PRO-10.a", difficulty=difficulty)
    assert practice.answer(WRONG).difficulty == "clear"


def test_unseen_cases_come_before_repeats_which_are_marked(practice: Practice) -> None:
    concepts(1, cases=3)
    seen = [practice.answer().id for _ in range(3)]
    assert len(set(seen)) == 3
    again = practice.next()
    assert again.is_repeat
    assert again.case_id == seen[0]


def test_a_concept_without_unseen_cases_waits_for_those_that_have_some(practice: Practice) -> None:
    concepts(1, cases=1, label="CLM")
    concepts(2, cases=8)
    served = []
    for _day in range(5):
        served += practice.answers(3)
        practice.sleep()
    assert served.count("CLM-10.a") < 3


def test_a_case_answered_in_an_audit_is_no_unseen_case(practice: Practice, me: int) -> None:
    case = CaseFactory(concept="PRO-10.a")
    other = CaseFactory(concept="PRO-10.a")
    JudgementFactory(person_id=me, case=case, source="audit")
    assert practice.answer().id == other.id
    assert practice.next().is_repeat


def test_look_alikes_of_an_exam_case_are_never_practised(practice: Practice) -> None:
    CaseFactory(concept="PRO-10.a", family="fam-of-exam", pool="exam")
    CaseFactory(concept="PRO-10.a", family="fam-of-exam")
    with pytest.raises(Refusal):
        practice.next()
    other = CaseFactory(concept="PRO-10.a")
    assert practice.next().case_id == other.id


@pytest.mark.parametrize(("zone", "concept"), [("Asia/Jayapura", "PRO-11.a"), ("Europe/London", "PRO-10.a")])
def test_the_day_is_the_persons_own(app: Flask, zone: str, concept: str) -> None:
    """At nine in UTC it is six in the evening in Jayapura: seven hours later it is another day there, and the harder concept comes first."""
    concepts(10)
    practice = Practice(PersonFactory(languages=["en"], time_zone=zone).id)
    practice.answer()
    practice.answer(HARD)
    practice.answers(8)
    practice.sleep(7 / 24)
    assert practice.answer().concept == concept


def test_a_drill_serves_one_surface_alone(practice: Practice) -> None:
    concepts(2, surface="listing")
    concepts(2, label="CLM", surface="review")
    drill = Purpose(PurposeKind.DRILL, ("review",))
    assert {practice.answer(purpose=drill).surface for _ in range(6)} == {"review"}


@pytest.mark.parametrize("kind", [PurposeKind.AREA, PurposeKind.REMEDIAL, PurposeKind.DELTA])
def test_areas_and_clauses_limit_what_is_practised(practice: Practice, kind: PurposeKind) -> None:
    concepts(3)
    concepts(2, label="CLM")
    concepts(2, label="IPR")
    served = practice.answers(8, purpose=Purpose(kind, ("PRO-11.a", "IPR")))
    assert set(served) == {"PRO-11.a", "IPR-10.a", "IPR-11.a"}


def test_purposes_have_sessions_of_their_own_and_share_what_is_remembered(practice: Practice) -> None:
    concepts(2)
    first = practice.answer(purpose=Purpose(PurposeKind.DELTA, ("PRO-10.a",)))
    daily = practice.answer()
    assert (first.concept, daily.concept) == ("PRO-10.a", "PRO-11.a")


def test_a_case_added_later_is_found(practice: Practice) -> None:
    concepts(1)
    practice.answer()
    CaseFactory(concept="IPR-01.a", area="IPR")
    assert practice.answer().concept == "IPR-01.a"


def test_choosing_takes_as_many_statements_whatever_there_is(practice: Practice) -> None:
    counts = []
    for size in (9, 30):
        concepts(size, cases=2)
        practice.answers(12)
        practice.sleep()
        practice.answer()
        with counted() as statements:
            practice.next()
        counts.append(len(statements))
        practice.answer()
    assert counts[0] == counts[1]
    assert counts[1] <= 15


def test_choosing_reads_no_table_from_end_to_end(practice: Practice) -> None:
    concepts(9, cases=3)
    practice.answers(10)
    practice.sleep()
    with asked() as statements:
        practice.next()
    scanned = {table for statement, parameters in statements if statement.startswith("SELECT") for table in scans_in(statement, parameters)}
    assert {table for table in scanned if not table.startswith("anon")} == set()


def test_when_all_is_seen_the_statements_are_still_bounded(practice: Practice) -> None:
    concepts(9, cases=1)
    practice.answers(9)
    practice.sleep()
    with counted() as statements:
        assert practice.next().is_repeat
    assert len(statements) <= 20
