"""Angoff workshops: who is called, what they know from then on, what is shown when, and what counts."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory
from tests.exams.judging import SITE, called, judged, person
from tests.exams.services.test_concurrency import at_once
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import begin_writing, db
from training.errors import NotFound, Refusal
from training.exams import queries, services
from training.exams.models import CutWorkshop, ItemEstimate
from training.exams.queries import PublishedExam
from training.exams.queries import workshops as found_in
from training.exams.queries.cuts import estimates_of
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.workshops import QuestionChoice, WorkshopRefusal, WorkshopState
from training.outbox.models import OutboxMail

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def exam(app: object) -> PublishedExam:
    ItemFactory.create_batch(4)
    exam = ExamFactory()
    assert isinstance(exam, PublishedExam)
    return exam


@pytest.fixture
def judges(app: object) -> list[int]:
    return [PersonFactory(roles=[role]).id for role in ("trainer", "qa", "trainer")]


def slugs() -> list[str]:
    return [item.pool_item.slug for item in queries.bank_items(queries.Terms(with_public=True))]


def refusal_of(exam: PublishedExam, planned: services.PlannedWorkshop) -> WorkshopRefusal:
    with pytest.raises(Refusal) as refused:
        services.call_workshop(exam, planned, allow_public=True, site_url=SITE, by=person(planned_caller()), now=NOON)
    db.session.rollback()
    assert isinstance(refused.value.reason, WorkshopRefusal)
    return refused.value.reason


def planned_caller() -> int:
    return PersonFactory(roles=["trainer"]).id


def deeds() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.deed.like("workshop.%")).order_by(AuditEntry.id)))


@pytest.mark.parametrize("choice", [QuestionChoice.FORM, QuestionChoice.EVERY])
def test_questions_are_those_of_a_form_or_all_that_forms_hold(exam: PublishedExam, judges: list[int], choice: QuestionChoice) -> None:
    ItemFactory.create_batch(2)
    ItemFactory(area="FRD")
    ItemFactory(state="retired")
    made = services.call_workshop(exam, services.PlannedWorkshop(judges, choice), allow_public=True, site_url=SITE, by=person(judges[0]), now=NOON)
    db.session.commit()
    questions = found_in.questions_of(made.id)
    assert len(questions) == (4 if choice is QuestionChoice.FORM else 6)
    assert [question.position for question in questions] == list(range(1, len(questions) + 1))
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.subject.like("Judge the questions%"))).all()
    assert len(mails) == 3
    assert f"/exams/desk/workshops/{made.id}" in mails[0].body and "item-x" not in mails[0].body


def test_a_workshop_that_makes_no_sense_is_not_called(exam: PublishedExam, judges: list[int]) -> None:
    planned, named = services.PlannedWorkshop, QuestionChoice.NAMED
    assert refusal_of(exam, planned(judges[:1], QuestionChoice.FORM)) is WorkshopRefusal.TOO_FEW_JUDGES
    moderator = PersonFactory(roles=["moderator"], name="Zelda Quist")
    assert refusal_of(exam, planned([*judges, moderator.id], QuestionChoice.FORM)) is WorkshopRefusal.MAY_NOT_JUDGE
    assert refusal_of(exam, planned(judges, named, ["no-such-item"])) is WorkshopRefusal.QUESTION_UNKNOWN
    assert refusal_of(exam, planned(judges, named, [f"item-{number}" for number in range(201)])) is WorkshopRefusal.TOO_MANY_QUESTIONS
    many = [PersonFactory(roles=["qa"]).id for _ in range(51)]
    assert refusal_of(exam, planned(many, QuestionChoice.FORM)) is WorkshopRefusal.TOO_MANY_JUDGES
    assert db.session.scalars(select(CutWorkshop)).all() == []


def test_whoever_begins_knows_every_question_and_never_draws_one(exam: PublishedExam, judges: list[int]) -> None:
    made = called(exam, slugs(), judges)
    items = found_in.items_of_workshop(made.id)
    assert not any(queries.is_acquainted(judges[0], item.id, Acquaintance.OPENED) for item in items)
    for _ in range(2):
        services.begin_judging(made.id, by=person(judges[0]), now=NOON)
    db.session.commit()
    assert all(queries.is_acquainted(judges[0], item.id, Acquaintance.OPENED) for item in items)
    assert not any(queries.is_acquainted(judges[1], item.id, Acquaintance.OPENED) for item in items)
    with pytest.raises(Refusal, match="start_cannot_fill"):
        services.start_attempt(judges[0], exam, allow_public=True, by=SYSTEM, now=NOON)
    assert deeds() == ["workshop.called", "workshop.begun"]


def test_nobody_begins_while_they_sit_an_exam_or_without_being_called(exam: PublishedExam) -> None:
    attempt = AttemptFactory(exam=exam, person=PersonFactory(roles=["trainer"]))
    other, stranger = PersonFactory(roles=["trainer"]), PersonFactory(roles=["trainer"])
    made = called(exam, slugs(), [attempt.person_id, other.id])
    with pytest.raises(Refusal) as refused:
        services.begin_judging(made.id, by=person(attempt.person_id), now=NOON)
    assert refused.value.reason is WorkshopRefusal.SITTING
    with pytest.raises(NotFound):
        services.begin_judging(made.id, by=person(stranger.id), now=NOON)
    with pytest.raises(NotFound):
        services.judge_question(made.id, 1, 0.5, by=person(stranger.id), now=NOON)
    with pytest.raises(Refusal) as refused:
        services.judge_question(made.id, 1, 0.5, by=person(other.id), now=NOON)
    assert refused.value.reason is WorkshopRefusal.NOT_BEGUN


def test_an_estimate_counts_once_its_round_is_revealed(exam: PublishedExam, judges: list[int]) -> None:
    one, other, _ = judges
    made = judged(exam, slugs()[:1], {one: [0.6], other: [0.8]}, is_revealed=False)
    [question] = found_in.questions_of(made.id)
    assert estimates_of([question.version_id]) == {} == found_in.shown_estimates(made)
    services.reveal_workshop(made.id, site_url=SITE, by=person(one), now=NOON)
    services.reveal_workshop(made.id, site_url=SITE, by=person(one), now=NOON)
    services.judge_question(made.id, 1, 0.9, by=person(one), now=NOON)
    db.session.commit()
    first = {one: {question.version_id: 0.6}, other: {question.version_id: 0.8}}
    assert estimates_of([question.version_id]) == first == found_in.shown_estimates(made), "round two is seen by nobody before it is closed"
    services.close_workshop(made.id, by=person(one), now=NOON)
    services.close_workshop(made.id, by=person(one), now=NOON)
    db.session.commit()
    assert estimates_of([question.version_id])[one] == {question.version_id: 0.9}
    assert found_in.shown_estimates(made)[other] == {question.version_id: 0.8}, "what was not said anew stands"
    assert deeds() == ["workshop.called", "workshop.begun", "workshop.begun", "workshop.revealed", "workshop.closed"]
    with pytest.raises(Refusal) as refused:
        services.judge_question(made.id, 1, 0.5, by=person(one), now=NOON)
    assert refused.value.reason is WorkshopRefusal.OVER


def test_what_one_judge_said_alone_is_not_revealed_and_what_is_called_off_counts_nowhere(exam: PublishedExam, judges: list[int]) -> None:
    made = judged(exam, slugs()[:2], {judges[0]: [0.6], judges[1]: []}, is_revealed=False)
    with pytest.raises(Refusal) as refused:
        services.reveal_workshop(made.id, site_url=SITE, by=person(judges[0]), now=NOON)
    assert refused.value.reason is WorkshopRefusal.TOO_FEW_ESTIMATES
    services.close_workshop(made.id, by=person(judges[0]), now=NOON)
    db.session.commit()
    assert made.state is WorkshopState.CALLED_OFF
    assert estimates_of([question.version_id for question in found_in.questions_of(made.id)]) == {} == found_in.shown_estimates(made)
    for late in (
        lambda: services.reveal_workshop(made.id, site_url=SITE, by=SYSTEM, now=NOON),
        lambda: services.begin_judging(made.id, by=person(judges[2]), now=NOON),
    ):
        with pytest.raises((Refusal, NotFound)):
            late()


def test_a_second_click_calls_nobody_twice(exam: PublishedExam, judges: list[int]) -> None:
    planned = services.PlannedWorkshop(judges, QuestionChoice.FORM)
    call = partial(services.call_workshop, exam, planned, allow_public=True, site_url=SITE, by=person(judges[0]))
    first = call(now=NOON)
    assert call(now=NOON + timedelta(seconds=20)).id == first.id
    assert call(now=NOON + timedelta(minutes=2)).id != first.id, "who means it calls another"
    assert len(db.session.scalars(select(OutboxMail).where(OutboxMail.subject.like("Judge the questions%"))).all()) == 6


def test_whoever_has_seen_the_spread_does_not_begin(exam: PublishedExam, judges: list[int]) -> None:
    made = called(exam, slugs()[:1], judges)
    for judge, chance in ((judges[0], 0.6), (judges[1], 0.7)):
        services.begin_judging(made.id, by=person(judge), now=NOON)
        services.judge_question(made.id, 1, chance, by=person(judge), now=NOON)
    services.reveal_workshop(made.id, site_url=SITE, by=SYSTEM, now=NOON)
    with pytest.raises(Refusal) as refused:
        services.begin_judging(made.id, by=person(judges[2]), now=NOON)
    assert refused.value.reason is WorkshopRefusal.TOO_LATE_TO_JOIN


def test_more_judges_come_while_nothing_is_revealed(exam: PublishedExam, judges: list[int]) -> None:
    made = judged(exam, slugs()[:1], {judges[0]: [0.6], judges[1]: [0.7]}, is_revealed=False)
    assert services.call_more_judges(made.id, judges, site_url=SITE, by=person(judges[0]), now=NOON) == 1
    assert services.call_more_judges(made.id, judges, site_url=SITE, by=person(judges[0]), now=NOON) == 0
    assert [judge.person_id for judge in found_in.judges_of(made.id)] == sorted(judges)
    assert (found_in.waiting_workshops(judges[2]), found_in.waiting_workshops(judges[0])) == (1, 0)
    services.reveal_workshop(made.id, site_url=SITE, by=person(judges[0]), now=NOON)
    with pytest.raises(Refusal) as refused:
        services.call_more_judges(made.id, [PersonFactory(roles=["qa"]).id], site_url=SITE, by=person(judges[0]), now=NOON)
    assert refused.value.reason is WorkshopRefusal.TOO_LATE_TO_JOIN


def test_estimates_from_before_there_were_workshops_count_on(exam: PublishedExam, judges: list[int]) -> None:
    made = judged(exam, slugs()[:1], {judges[0]: [0.6], judges[1]: [0.7]}, is_revealed=False)
    [question] = found_in.questions_of(made.id)
    db.session.add(ItemEstimate(item_version_id=question.version_id, judge_id=judges[2], chance=0.4, recorded_at=NOON))
    db.session.commit()
    assert estimates_of([question.version_id]) == {judges[2]: {question.version_id: 0.4}}


def test_the_ledger_of_estimates_is_not_edited_and_knows_its_rounds(exam: PublishedExam, judges: list[int]) -> None:
    made = judged(exam, slugs()[:1], {judges[0]: [0.6], judges[1]: [0.7]})
    for statement in ("UPDATE item_estimates SET chance = 1", "DELETE FROM item_estimates", "DELETE FROM cut_workshop_questions"):
        with pytest.raises(DatabaseError, match="appended to"):
            db.session.execute(sql(statement))
        db.session.rollback()
    version_id = found_in.questions_of(made.id)[0].version_id
    for values in ({"workshop_id": made.id}, {"round_number": 1}, {"workshop_id": made.id, "round_number": 3}):
        db.session.add(ItemEstimate(item_version_id=version_id, judge_id=judges[0], chance=0.5, recorded_at=NOON, **values))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_a_judge_takes_away_that_they_judged_and_no_question(exam: PublishedExam, judges: list[int]) -> None:
    judged(exam, slugs()[:2], {judges[0]: [0.6, 0.7], judges[1]: []}, is_revealed=False)
    taken = queries.personal_grants(judges[0])["cuts_judged"]
    assert taken == [{"exam": exam.document.title, "called_at": NOON, "began_at": NOON, "questions_judged": 2}]
    assert queries.personal_grants(PersonFactory().id)["cuts_judged"] == []


def test_calls_and_last_words_at_once_leave_one_workshop_and_one_round(app: Flask, exam: PublishedExam, judges: list[int]) -> None:
    """Two clicks call one workshop; a word that comes as round one is revealed belongs to the round that was open when it was kept."""
    planned, later, asked = services.PlannedWorkshop(judges, QuestionChoice.FORM), NOON + timedelta(hours=2), slugs()[:1]
    db.session.rollback()

    def request(deed: Callable[[], object]) -> object:
        with app.app_context():
            begin_writing()
            found = deed()
            db.session.commit()
            return found

    def call() -> int:
        return services.call_workshop(exam, planned, allow_public=True, site_url=SITE, by=person(judges[0]), now=NOON).id

    assert len(set(at_once(lambda _: request(call), 3))) == 1
    made_id = judged(exam, asked, {judges[0]: [0.6], judges[1]: [0.7]}, is_revealed=False, now=NOON + timedelta(hours=1)).id
    db.session.rollback()
    deeds_at_once: tuple[Callable[[], object], ...] = (
        lambda: services.judge_question(made_id, 1, 0.9, by=person(judges[1]), now=later),
        lambda: services.reveal_workshop(made_id, site_url=SITE, by=person(judges[0]), now=later),
    )
    at_once(lambda number: request(deeds_at_once[number % 2]), 4)
    db.session.rollback()
    [seen] = found_in.shown_estimates(found_in.workshop(made_id))[judges[1]].values()
    rounds = db.session.scalars(select(ItemEstimate.round_number).where(ItemEstimate.chance == 0.9).order_by(ItemEstimate.id)).all()
    assert seen == (0.9 if 1 in rounds else 0.7)
    assert list(rounds) == sorted(rounds), "nothing is said in round one once it is revealed"
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "workshop.revealed")).all()) == 1
