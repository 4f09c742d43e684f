"""Written replies: marked blind, some of them twice, nobody's by themselves; then graded, considered and told."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries as certification
from training.db import db
from training.errors import NotFound, Refusal
from training.exams import queries
from training.exams.models import Attempt, ItemVersion, MarkingTask, ReplyMark
from training.exams.queries.marking import marker_agreement, unmarkable_count, waiting_count
from training.exams.rules.blueprint import Criterion
from training.exams.rules.grading import Mark
from training.exams.rules.reasons import StartRefusal
from training.exams.rules.reply_marks import LEASE, MarkingRefusal
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.runs import RunReason
from training.exams.rules.saving import Saving
from training.exams.services import carry_on, give_back, give_mark, rule, save_answer, skip_reply, start_attempt, submit_attempt, take_reply, try_out
from training.outbox.models import OutboxMail

pytestmark = pytest.mark.usefixtures("app")

LATER = NOON + timedelta(hours=1)
SITE = "https://train.example.org"
REPLY = {"ticket": "Why was my shop closed?", "rubric": {criterion.value: "What a marker looks for." for criterion in Criterion}}


@pytest.fixture(autouse=True)
def nothing_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test asks for is marked twice."""
    monkeypatch.setattr("training.exams.services.replies.is_sampled", lambda _seed, _position: False)


def rate(points: int) -> dict[Criterion, int]:
    """Ratings that come to so many points."""
    left, ratings = points, dict[Criterion, int]()
    for criterion in Criterion:
        ratings[criterion] = min(left, 2)
        left -= ratings[criterion]
    return ratings


class Desk:
    """An exam of two replies, 75 % of whose points pass, and trainers who mark."""

    def __init__(self, *, replies: int = 2) -> None:
        for number in range(replies):
            ItemFactory(id=f"item-reply-{number}", kind="reply", options=(), reply=REPLY, decision_class="knowledge")
        CertificationFactory(id="cert-writing", needs={"supporting_exams": ["writing"]})
        cells = ({"kind": "reply", "minimum": replies, "maximum": replies},)
        rule = {"weighted_percent": 75, "area_percent": 0}
        self.exam = ExamFactory(id="writing", certification="cert-writing", gating=False, item_count=replies, cells=cells, pass_rule=rule)
        self.anna, self.budi, self.citra = (PersonFactory(roles=["trainer"]) for _ in range(3))

    def sit(self, *texts: str, person: Person | None = None) -> Attempt:
        attempt: Attempt = AttemptFactory(exam=self.exam, person=person or PersonFactory())
        for position, text in enumerate(texts, start=1):
            save_answer(attempt, Saving(position, "window", position, {"text": text} if text else {}), by=SYSTEM, now=NOON)
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
        db.session.commit()
        return attempt

    def mark(self, marker: Person, points: int, now: datetime = LATER) -> bool:
        task = take_reply(marker.id, now=now)
        assert task is not None
        done = give_mark(task.id, rate(points), note="", by=Actor(ActorKind.PERSON, marker.id), site_url=SITE, now=now)
        db.session.commit()
        return done


def run_of(attempt: Attempt) -> object:
    assert attempt.current_score_run is not None
    return (attempt.current_score_run.is_final, attempt.current_score_run.is_passed)


def test_a_reply_waits_for_a_marker_and_the_exam_is_not_passed_before() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "Dear buyer")
    assert run_of(attempt) == (False, False)
    assert waiting_count(desk.anna.id, now=LATER) == 2
    readiness = queries.readiness_of(attempt.person_id, desk.exam, now=LATER)
    assert readiness.refusal is StartRefusal.BEING_MARKED
    with pytest.raises(Refusal):
        start_attempt(attempt.person_id, desk.exam, allow_public=True, by=SYSTEM, now=NOON + timedelta(days=5))


def test_the_last_mark_grades_considers_and_tells() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "Dear buyer")
    assert not desk.mark(desk.anna, 10)
    assert mails() == []
    assert not certification.ledger_of(attempt.person_id)
    assert desk.mark(desk.budi, 10)
    [latest, first] = queries.runs_of(attempt)
    assert (latest.reason, latest.run.is_final, latest.run.is_passed) == (RunReason.MARKED, True, True)
    assert [change.after.mark for change in latest.changes if change.after] == [Mark.RIGHT, Mark.RIGHT]
    assert not first.run.is_final
    assert [entry.kind for entry in certification.ledger_of(attempt.person_id)] == ["awarded"], "the certification is considered when marking is done"
    [mail] = mails()
    assert "you passed" in mail.body


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_reply_left_blank_waits_for_nobody() -> None:
    desk = Desk()
    attempt = desk.sit("", "")
    assert run_of(attempt) == (True, False)
    assert waiting_count(desk.anna.id, now=LATER) == 0


def test_partial_credit_is_kept_with_the_run() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "")
    assert desk.mark(desk.anna, 2)
    assert attempt.current_score_run is not None
    assert (attempt.current_score_run.credits, attempt.current_score_run.marks[0]) == ({"1": 0.2}, Mark.PARTIAL)


def test_a_result_near_the_cut_is_marked_again_by_somebody_else() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "Dear buyer")
    desk.mark(desk.anna, 8)
    assert not desk.mark(desk.anna, 8), "80 % is within one standard error of 75 %"
    assert waiting_count(desk.anna.id, now=LATER) == 0, "nobody marks a reply twice"
    assert waiting_count(desk.budi.id, now=LATER) == 2
    assert not desk.mark(desk.budi, 7)
    assert desk.mark(desk.budi, 8)
    assert attempt.current_score_run is not None
    assert attempt.current_score_run.credits == {"1": 0.75, "2": 0.8}
    assert run_of(attempt) == (True, True)


def test_a_sampled_reply_is_marked_twice_whatever_the_first_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.exams.services.replies.is_sampled", lambda _seed, position: position == 1)
    desk = Desk()
    desk.sit("Dear seller", "Dear buyer")
    desk.mark(desk.anna, 0)
    assert not desk.mark(desk.anna, 0)
    assert desk.mark(desk.budi, 1)
    found = marker_agreement()
    assert (found.reply_count, found.pair_count, found.exact_count, found.adjacent_count) == (1, 5, 4, 5)


def test_two_marks_too_far_apart_call_for_a_third_and_the_median_counts() -> None:
    desk = Desk(replies=1)
    attempt = desk.sit("Dear seller")
    assert not desk.mark(desk.anna, 8)
    assert not desk.mark(desk.budi, 2)
    assert desk.mark(desk.citra, 7)
    assert attempt.current_score_run is not None
    assert attempt.current_score_run.credits == {"1": 0.7}
    assert sorted(mark.points for mark in db.session.scalars(select(ReplyMark))) == [2, 7, 8], "all marks are kept"


def test_marks_that_nobody_is_left_to_give_are_counted() -> None:
    desk = Desk(replies=1)
    desk.sit("Dear seller", person=desk.citra)
    assert unmarkable_count([]) == unmarkable_count([desk.citra.id]) == 1
    assert unmarkable_count([desk.anna.id, desk.citra.id]) == 0
    desk.mark(desk.anna, 8)
    assert unmarkable_count([desk.anna.id, desk.citra.id]) == 1, "the second mark is another person's"
    assert unmarkable_count([desk.anna.id, desk.budi.id, desk.citra.id]) == 0
    desk.mark(desk.budi, 8)
    assert unmarkable_count([desk.anna.id, desk.budi.id, desk.citra.id]) == 0


def test_nobody_marks_themselves() -> None:
    desk = Desk()
    desk.sit("My own reply", "", person=desk.anna)
    assert take_reply(desk.anna.id, now=LATER) is None
    assert take_reply(desk.budi.id, now=LATER) is not None


def test_two_markers_do_not_get_the_same_reply_until_the_lease_is_over() -> None:
    desk = Desk()
    desk.sit("Dear seller", "Dear buyer")
    mine, theirs = take_reply(desk.anna.id, now=LATER), take_reply(desk.budi.id, now=LATER)
    assert mine is not None
    assert theirs is not None
    assert mine.id != theirs.id
    assert take_reply(desk.citra.id, now=LATER) is None
    assert take_reply(desk.anna.id, now=LATER) is mine, "asking again gives the same"
    again = take_reply(desk.citra.id, now=LATER + LEASE)
    assert again is not None
    assert again.id == min(mine.id, theirs.id)


def test_a_mark_after_the_lease_counts_while_nobody_else_took_the_reply_and_a_second_click_changes_nothing() -> None:
    desk = Desk()
    desk.sit("Dear seller", "Dear buyer")
    by = Actor(ActorKind.PERSON, desk.anna.id)
    kept, lost = take_reply(desk.anna.id, now=LATER), take_reply(desk.budi.id, now=LATER)
    assert kept is not None and lost is not None
    give_mark(kept.id, rate(5), note="", by=by, site_url=SITE, now=LATER + 2 * LEASE)
    with pytest.raises(Refusal) as twice:
        give_mark(kept.id, rate(9), note="", by=by, site_url=SITE, now=LATER + 2 * LEASE)
    assert twice.value.reason is MarkingRefusal.MARKED_ALREADY
    assert take_reply(desk.citra.id, now=LATER + LEASE) is lost
    with pytest.raises(NotFound):
        give_mark(lost.id, rate(5), note="", by=Actor(ActorKind.PERSON, desk.budi.id), site_url=SITE, now=LATER + LEASE)
    assert [mark.points for mark in db.session.scalars(select(ReplyMark))] == [5]


def test_what_is_skipped_comes_back_after_the_others() -> None:
    desk = Desk()
    desk.sit("Dear seller", "Dear buyer")
    first = take_reply(desk.anna.id, now=LATER)
    assert first is not None
    second = skip_reply(first.id, desk.anna.id, now=LATER)
    assert second is not None and second is not first and first.claimed_by_id is None
    assert skip_reply(second.id, desk.anna.id, now=LATER) is first, "the queue begins again"
    assert take_reply(desk.budi.id, now=LATER) is second
    assert skip_reply(first.id, desk.anna.id, now=LATER) is None, "no other waits"
    assert first.claimed_by_id is None


def test_what_somebody_else_took_does_not_exist() -> None:
    desk = Desk()
    desk.sit("Dear seller", "")
    task = take_reply(desk.anna.id, now=LATER)
    assert task is not None
    with pytest.raises(NotFound):
        give_mark(task.id, rate(5), note="", by=Actor(ActorKind.PERSON, desk.budi.id), site_url=SITE, now=LATER)
    give_back(task.id, desk.anna.id)
    assert take_reply(desk.budi.id, now=LATER) is task


def test_who_has_marked_never_draws_the_question() -> None:
    desk = Desk()
    desk.sit("Dear seller", "Dear buyer")
    desk.mark(desk.anna, 5)
    with pytest.raises(Refusal) as refused:
        start_attempt(desk.anna.id, desk.exam, allow_public=True, by=SYSTEM, now=LATER)
    assert refused.value.reason is StartRefusal.CANNOT_FILL


def test_marks_are_never_edited() -> None:
    desk = Desk()
    desk.sit("Dear seller", "")
    desk.mark(desk.anna, 5)
    db.session.scalars(select(ReplyMark)).one().points = 9
    with pytest.raises(DBAPIError):
        db.session.flush()
    db.session.rollback()


def test_a_ruling_that_drops_a_marked_reply_keeps_its_mark() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "Dear buyer")
    desk.mark(desk.anna, 1)
    assert desk.mark(desk.anna, 10)
    version = db.session.get_one(ItemVersion, queries.form_of(attempt)[0].version.id)
    by = Actor(ActorKind.PERSON, desk.citra.id)
    drop = Ruling(RulingKind.DROP)
    before = attempt.current_score_run
    assert before is not None
    assert before.is_final
    rule(version, drop, reason="The ticket was ambiguous.", seen=try_out(version, drop, by=by, now=LATER).digest, by=by, now=LATER)
    while carry_on(site_url=SITE, now=LATER + BEGINS_AFTER):
        db.session.commit()
    db.session.expire_all()
    after = attempt.current_score_run
    assert after is not None
    assert after.id != before.id
    assert after.marks[0] == before.marks[0] | 0x80
    assert after.credits == before.credits


def test_there_is_one_task_for_each_reply_however_often_it_is_graded() -> None:
    desk = Desk()
    desk.sit("Dear seller", "Dear buyer")
    assert len(db.session.scalars(select(MarkingTask)).all()) == 2
