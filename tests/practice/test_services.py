"""Serving, answering, skipping and checks, amid other people's practice."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory
from tests.practice.factories import THEN, CheckFactory, PracticeSessionFactory, ServingFactory
from training.actors import SYSTEM
from training.cases.models import Case
from training.cases.rules import Action, Severity
from training.courses.queries import passed_checks, practice_counts
from training.db import db
from training.errors import NotFound, Refusal
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.documents import CheckDocument
from training.practice.models import Serving
from training.practice.rules import PracticeRefusal, Preference, Purpose, PurposeKind, Wish

RIGHT = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3)
WRONG = CaseAnswer(actions=frozenset({Action.APPROVE}), labels=("OUT-00",), severity=Severity.S0)


@pytest.fixture(autouse=True)
def label(app: object) -> None:
    TaxonomyLabelFactory(code="PRO-03")


@pytest.fixture
def me(app: object) -> int:
    return int(PersonFactory().id)


def at(minutes: float) -> Any:
    return THEN + timedelta(minutes=minutes)


def test_the_next_case_waits_until_it_is_answered(me: int) -> None:
    CaseFactory.create_batch(2)
    first = services.next_case(me, now=at(0))
    assert services.next_case(me, now=at(1)).id == first.id
    services.answer_serving(first, RIGHT, now=at(2))
    second = services.next_case(me, now=at(3))
    assert second.case_id != first.case_id
    assert (second.session_id, second.position, second.is_repeat) == (first.session_id, 2, False)


def test_the_exam_pool_is_never_served(me: int) -> None:
    CaseFactory(pool="exam")
    practised = CaseFactory()
    for minute in range(4):
        serving = services.next_case(me, now=at(minute))
        assert serving.case_id == practised.id
        services.answer_serving(serving, RIGHT, now=at(minute))


def test_the_exam_pool_alone_leaves_nothing_to_practise(me: int) -> None:
    CaseFactory(pool="exam")
    with pytest.raises(Refusal) as refused:
        services.next_case(me, now=at(0))
    assert refused.value.reason is PracticeRefusal.NOTHING_TO_PRACTISE


def test_practice_by_area_stays_in_its_areas_and_beside_other_sessions(me: int) -> None:
    clause = CaseFactory(area="IPR", concept="IPR-01.a")
    CaseFactory(area="PRO")
    everything = services.next_case(me, now=at(0))
    of_area = services.next_case(me, now=at(1), purpose=Purpose(PurposeKind.AREA, ("IPR",)))
    assert of_area.case_id == clause.id
    assert of_area.session_id != everything.session_id


def test_only_the_persons_languages_are_served(app: object) -> None:
    CaseFactory(language="id")
    english = CaseFactory(language="en")
    person = PersonFactory(languages=["en"])
    assert services.next_case(person.id, now=at(0)).case_id == english.id


def test_an_answer_becomes_one_judgement_and_counts_for_courses(me: int) -> None:
    CaseFactory()
    serving = services.next_case(me, now=at(0))
    judgement = services.answer_serving(serving, RIGHT, now=at(1))
    db.session.commit()
    assert (judgement.is_strict, judgement.error, judgement.is_first_exposure, judgement.occasion) == (True, None, True, f"serving:{serving.id}")
    assert practice_counts(me) == {"PRO": 1}


def test_a_second_click_gets_the_first_answer_back(me: int) -> None:
    CaseFactory()
    serving = services.next_case(me, now=at(0))
    first = services.answer_serving(serving, WRONG, now=at(1))
    second = services.answer_serving(serving, RIGHT, now=at(2))
    assert second.id == first.id
    assert second.error == "false_negative"
    assert serving.answered_at == at(1)
    assert practice_counts(me) == {"PRO": 1}
    assert db.session.scalar(select(func.count()).select_from(Judgement)) == 1


def test_the_database_itself_refuses_a_second_judgement_on_an_occasion(app: object) -> None:
    given = JudgementFactory()
    case = db.session.get_one(Case, given.case_id)
    with pytest.raises(IntegrityError):
        JudgementFactory(case=case, person_id=given.person_id, occasion=given.occasion)
    db.session.rollback()


def test_a_session_has_one_case_that_waits(app: object) -> None:
    session = PracticeSessionFactory()
    ServingFactory(session=session)
    with pytest.raises(IntegrityError):
        ServingFactory(session=session, position=2)
    db.session.rollback()


def test_a_repeat_is_marked_and_not_counted(me: int) -> None:
    CaseFactory()
    services.answer_serving(services.next_case(me, now=at(0)), WRONG, now=at(1))
    again = services.next_case(me, now=at(2))
    judgement = services.answer_serving(again, RIGHT, now=at(3))
    assert again.is_repeat
    assert not judgement.is_first_exposure
    assert practice_counts(me) == {"PRO": 1}


def test_skipping_costs_nothing_and_brings_the_next_case(me: int) -> None:
    first_case, second_case = CaseFactory.create_batch(2)
    skipped = services.next_case(me, now=at(0))
    services.skip_serving(skipped, now=at(1))
    following = services.next_case(me, now=at(2))
    assert {skipped.case_id, following.case_id} == {first_case.id, second_case.id}
    services.answer_serving(following, RIGHT, now=at(3))
    assert db.session.scalar(select(func.count()).select_from(Judgement)) == 1
    later = services.next_case(me, now=at(4))
    assert (later.case_id, later.is_repeat) == (skipped.case_id, False)
    assert services.answer_serving(later, RIGHT, now=at(5)).is_first_exposure


def test_a_skipped_case_is_not_answered_from_an_old_tab(me: int) -> None:
    CaseFactory()
    serving = services.next_case(me, now=at(0))
    services.skip_serving(serving, now=at(1))
    with pytest.raises(Refusal) as refused:
        services.answer_serving(serving, RIGHT, now=at(2))
    assert refused.value.reason is PracticeRefusal.ALREADY_SKIPPED


def test_skipping_an_answered_case_changes_nothing(me: int) -> None:
    CaseFactory()
    serving = services.next_case(me, now=at(0))
    services.answer_serving(serving, RIGHT, now=at(1))
    services.skip_serving(serving, now=at(2))
    assert serving.skipped_at is None


def test_four_idle_hours_end_a_session_and_bring_its_case_again(me: int) -> None:
    CaseFactory()
    left = services.next_case(me, now=at(0))
    assert services.next_case(me, now=at(4 * 60)).id == left.id
    again = services.next_case(me, now=at(4 * 60 + 1))
    assert again.session_id != left.session_id
    assert again.case_id == left.case_id
    assert left.session.ended_at == at(4 * 60 + 1)


def test_the_warning_belongs_to_the_family_and_not_to_the_case(me: int) -> None:
    CaseFactory(slug="case-a", family="fam-grim", severity="S0", is_innocent=True, difficulty="clear")
    CaseFactory(slug="case-b", family="fam-grim", severity="S4", difficulty="borderline")
    innocent = services.next_case(me, now=at(0))
    assert innocent.is_severe


def test_a_mild_family_has_no_warning(me: int) -> None:
    CaseFactory(severity="S2")
    assert not services.next_case(me, now=at(0)).is_severe


def test_the_near_miss_is_served_beside_what_waits(me: int) -> None:
    CaseFactory(slug="case-a", contrast_slug="case-b", difficulty="clear")
    other = CaseFactory(slug="case-b", contrast_slug="case-a")
    serving = services.next_case(me, now=at(0))
    services.answer_serving(serving, RIGHT, now=at(1))
    near_miss = services.serve_near_miss(serving, now=at(2))
    assert near_miss.case_id == other.id
    assert services.serve_near_miss(serving, now=at(3)).id == near_miss.id


@pytest.mark.parametrize("contrast", [None, "case-of-exam", "case-unknown"])
def test_a_near_miss_that_the_practice_pool_lacks_is_refused(me: int, contrast: str | None) -> None:
    CaseFactory(slug="case-of-exam", pool="exam")
    CaseFactory(contrast_slug=contrast)
    serving = services.next_case(me, now=at(0))
    with pytest.raises(Refusal) as refused:
        services.serve_near_miss(serving, now=at(1))
    assert refused.value.reason is PracticeRefusal.NO_NEAR_MISS


def run_check(person_id: int, slug: str, *answers: CaseAnswer, start: float = 0) -> Serving:
    for number, answer in enumerate(answers):
        serving = services.start_check(person_id, slug, now=at(start + number))
        services.answer_serving(serving, answer, now=at(start + number + 0.5))
    return serving


def test_a_check_goes_through_its_cases_in_order_and_tells_courses_when_passed(me: int) -> None:
    cases = CaseFactory.create_batch(3)
    check = CheckFactory(version__case_ids=[case.id for case in cases], version__pass_count=2)
    last = run_check(me, check.slug, RIGHT, WRONG)
    assert passed_checks(me) == frozenset()
    last = run_check(me, check.slug, RIGHT, start=10)
    assert [answered.serving.case_id for answered in queries.answered_in(last.session)] == [case.id for case in cases]
    assert passed_checks(me) == {check.slug}
    assert last.session.ended_at is not None


def test_a_failed_check_tells_nobody_and_can_be_run_again(me: int) -> None:
    check = CheckFactory(version__case_ids=[CaseFactory().id], version__pass_count=1)
    first = run_check(me, check.slug, WRONG)
    assert passed_checks(me) == frozenset()
    second = run_check(me, check.slug, RIGHT, start=5)
    assert second.session_id != first.session_id
    assert passed_checks(me) == {check.slug}
    assert [run.id for run in queries.runs_of_check(me, check.slug)] == [second.session_id, first.session_id]


def test_the_last_answer_of_a_check_sent_twice_passes_it_once(me: int) -> None:
    check = CheckFactory(version__pass_count=1)
    serving = services.start_check(me, check.slug, now=at(0))
    services.answer_serving(serving, RIGHT, now=at(1))
    services.answer_serving(serving, RIGHT, now=at(2))
    assert passed_checks(me) == {check.slug}
    assert practice_counts(me) == {"PRO": 1}


def test_a_check_is_not_skipped_piece_by_piece(me: int) -> None:
    serving = services.start_check(me, CheckFactory().slug, now=at(0))
    with pytest.raises(Refusal) as refused:
        services.skip_serving(serving, now=at(1))
    assert refused.value.reason is PracticeRefusal.CHECKS_ARE_NOT_SKIPPED


def test_an_unknown_check_does_not_exist(me: int) -> None:
    with pytest.raises(NotFound):
        services.start_check(me, "check-unknown", now=at(0))


def test_another_persons_serving_does_not_exist(me: int) -> None:
    with pytest.raises(NotFound):
        queries.serving_of(me, ServingFactory().id)


def check_document(**changes: Any) -> CheckDocument:
    return CheckDocument.model_validate({"id": "check-one", "title": "One", "cases": ["case-a"], "pass_count": 1} | changes)


def test_a_check_is_published_once_and_again_when_it_differs(me: int) -> None:
    case = CaseFactory(slug="case-a")
    assert services.publish_check(check_document(), now=at(0), by=SYSTEM)
    assert not services.publish_check(check_document(), now=at(1), by=SYSTEM)
    assert services.publish_check(check_document(title="Another"), now=at(2), by=SYSTEM)
    _check, version = queries.known_check("check-one")
    assert (version.number, version.title, version.case_ids) == (2, "Another", [case.id])


def test_a_run_of_an_older_version_ends_when_the_check_changes(me: int) -> None:
    CaseFactory(slug="case-a")
    CaseFactory(slug="case-b")
    services.publish_check(check_document(), now=at(0), by=SYSTEM)
    old = services.start_check(me, "check-one", now=at(1))
    services.publish_check(check_document(cases=["case-b"]), now=at(2), by=SYSTEM)
    new = services.start_check(me, "check-one", now=at(3))
    assert new.session_id != old.session_id
    assert old.session.ended_at == at(3)


def test_a_check_names_cases_of_the_practice_pool(me: int) -> None:
    CaseFactory(slug="case-a", pool="exam")
    with pytest.raises(Refusal) as refused:
        services.publish_check(check_document(), now=at(0), by=SYSTEM)
    assert refused.value.reason is PracticeRefusal.CHECK_CASE_MISSING
    assert refused.value.detail == {"check": "check-one", "case": "case-a"}


def test_preferences_are_the_persons_own_over_what_is_usual(me: int) -> None:
    usual = {"blur", "breaks"}
    assert queries.preference_of(me, usual=usual) == Preference(is_muted=False)
    services.choose_preferences(me, {Wish.BLUR: False, Wish.GREYSCALE: True, Wish.BREAKS: False}, now=at(0))
    services.choose_preferences(me, {Wish.BREAKS: None}, now=at(1))
    assert queries.preference_of(me, usual=usual) == Preference(is_blurring=False, is_greyscale=True, is_muted=False, is_prompting_breaks=True)
    assert queries.preference_of(me, usual={"mute"}) == Preference(is_blurring=False, is_greyscale=True, is_prompting_breaks=False)
    assert queries.preference_of(PersonFactory().id, usual=usual) == Preference(is_muted=False)
