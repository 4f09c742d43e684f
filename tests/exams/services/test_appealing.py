"""An appeal against the marks of a reply: somebody else marks it once more, blind; all marks are kept, and the rule for marks decides."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON
from tests.exams.services.test_replies import LATER, SITE, Desk, mails, nothing_sampled
from training.actors import Actor, ActorKind
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.models import Attempt, ItemVersion, MarkingTask, ReplyAppeal, ReplyMark
from training.exams.queries.appeals import marked_replies
from training.exams.queries.marking import marker_agreement, unmarkable_count, waiting_count
from training.exams.rules.appeals import TIME_TO_APPEAL, AppealGround, AppealRefusal, AppealState, appeal_refusal, appeal_state
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.runs import RunReason

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.usefixtures(nothing_sampled.__name__)]

REASON = "The marker overlooked the second paragraph."
NEXT_DAY = LATER + timedelta(days=1)


def appeal(attempt: Attempt, position: int = 1, now: datetime = NEXT_DAY) -> ReplyAppeal:
    made = services.appeal(attempt, position, reason=REASON, by=Actor(ActorKind.PERSON, attempt.person_id), now=now)
    db.session.commit()
    return made


def credits_of(attempt: Attempt) -> dict[str, float]:
    db.session.expire_all()
    assert attempt.current_score_run is not None
    return attempt.current_score_run.credits


def states_of(attempt: Attempt) -> list[AppealState | None]:
    db.session.expire_all()
    return [reply.state for reply in marked_replies(attempt)]


@pytest.fixture
def desk() -> Desk:
    return Desk(replies=1)


@pytest.mark.parametrize(
    ("marked_at", "has_marks", "days", "refusal"),
    [
        (None, True, 1, AppealRefusal.NOT_MARKED),
        (NOON, False, 1, AppealRefusal.NO_MARKS),
        (NOON, True, 15, AppealRefusal.TOO_LATE),
        (NOON, True, 14, None),
    ],
)
def test_when_an_appeal_is_taken(marked_at: datetime | None, has_marks: bool, days: int, refusal: AppealRefusal | None) -> None:
    assert appeal_refusal(AppealGround(marked_at, has_marks), now=NOON + timedelta(days=days)) is refusal


def test_what_comes_of_an_appeal() -> None:
    assert [appeal_state(0.5, after) for after in (None, 0.5, 0.6, 0.4)] == [
        AppealState.WAITS,
        AppealState.UNCHANGED,
        AppealState.RAISED,
        AppealState.LOWERED,
    ]


def test_where_two_marks_differ_a_third_decides_and_the_certification_is_considered_again(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    assert desk.mark(desk.anna, 1)
    assert not certification.ledger_of(attempt.person_id)
    appeal(attempt)
    assert credits_of(attempt) == {"1": 0.1}, "the result stands until the mark is given"
    assert not desk.mark(desk.budi, 10, NEXT_DAY), "they differ by more than the tolerance"
    assert desk.mark(desk.citra, 10, NEXT_DAY)
    assert credits_of(attempt) == {}, "it earns all of its points"
    [latest, *_earlier] = queries.runs_of(attempt)
    assert (latest.reason, latest.run.is_passed) == (RunReason.APPEALED, True)
    assert [entry.kind for entry in certification.ledger_of(attempt.person_id)] == ["awarded"]
    assert states_of(attempt) == [AppealState.RAISED]
    assert "you pass now" in mails()[-1].body
    assert sorted(mark.points for mark in db.session.scalars(select(ReplyMark))) == [1, 10, 10], "all marks are kept"


def test_of_two_marks_that_agree_the_mean_counts(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 2)
    appeal(attempt)
    assert desk.mark(desk.budi, 3, NEXT_DAY)
    assert credits_of(attempt) == {"1": 0.25}
    assert "did not pass before, and that stands" in mails()[-1].body


def test_after_two_marks_the_third_makes_the_median_count(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 7)
    desk.mark(desk.budi, 7)
    assert credits_of(attempt) == {"1": 0.7}
    appeal(attempt)
    assert desk.mark(desk.citra, 10, NEXT_DAY)
    assert credits_of(attempt) == {"1": 0.7}
    assert states_of(attempt) == [AppealState.UNCHANGED]


def test_after_three_marks_a_fourth_is_given(desk: Desk) -> None:
    attempt, dian = desk.sit("Dear seller"), PersonFactory(roles=["trainer"])
    for marker, points in ((desk.anna, 8), (desk.budi, 2), (desk.citra, 6)):
        desk.mark(marker, points)
    assert credits_of(attempt) == {"1": 0.6}
    appeal(attempt)
    assert desk.mark(dian, 8, NEXT_DAY)
    assert credits_of(attempt) == {"1": 0.7}


def test_nobody_who_marked_it_marks_it_again_and_the_desk_says_when_nobody_is_left(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 1)
    appeal(attempt)
    assert [waiting_count(marker.id, now=NEXT_DAY) for marker in (desk.anna, desk.budi)] == [0, 1]
    assert unmarkable_count([desk.anna.id]) == 1
    assert waiting_count(attempt.person_id, now=NEXT_DAY) == 0


def test_a_lost_pass_takes_no_certificate_and_asks_for_a_re_test(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    assert desk.mark(desk.anna, 10)
    appeal(attempt)
    desk.mark(desk.budi, 0, NEXT_DAY)
    assert desk.mark(desk.citra, 1, NEXT_DAY)
    assert states_of(attempt) == [AppealState.LOWERED]
    held = certification.certificates_of(attempt.person_id, at=NEXT_DAY)
    assert [each.standing.is_in_force for each in held] == [True]
    assert "your certificate stays in force" in mails()[-1].body


def test_a_second_click_finds_the_first_appeal_and_there_is_one_a_reply(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 1)
    assert appeal(attempt).id == appeal(attempt).id
    desk.mark(desk.budi, 1, NEXT_DAY)
    assert appeal(attempt).closed_at == NEXT_DAY
    assert len(db.session.scalars(select(MarkingTask)).all()) == 2


def refused(attempt: Attempt, position: int = 1, now: datetime = NEXT_DAY) -> AppealRefusal:
    with pytest.raises(Refusal) as refusal:
        appeal(attempt, position, now)
    db.session.rollback()
    assert isinstance(refusal.value.reason, AppealRefusal)
    return refusal.value.reason


def test_what_waits_for_marks_what_was_left_blank_and_what_is_not_there_is_not_appealed_about() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "")
    assert refused(attempt) is AppealRefusal.NOT_MARKED
    desk.mark(desk.anna, 1)
    assert refused(attempt, 2) is AppealRefusal.NO_MARKS
    assert refused(attempt, 0) is AppealRefusal.NO_MARKS
    assert refused(attempt, now=LATER + TIME_TO_APPEAL + timedelta(seconds=1)) is AppealRefusal.TOO_LATE
    assert appeal(attempt, now=LATER + TIME_TO_APPEAL)


def test_two_appeals_of_one_attempt_are_decided_each_by_itself() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "Dear buyer")
    desk.mark(desk.anna, 1)
    assert desk.mark(desk.anna, 3)
    appeal(attempt, 1)
    appeal(attempt, 2)
    assert desk.mark(desk.budi, 2, NEXT_DAY)
    assert states_of(attempt) == [AppealState.RAISED, AppealState.WAITS]
    assert credits_of(attempt) == {"1": 0.15, "2": 0.3}
    assert desk.mark(desk.budi, 3, NEXT_DAY)
    assert states_of(attempt) == [AppealState.RAISED, AppealState.UNCHANGED]
    assert credits_of(attempt) == {"1": 0.15, "2": 0.3}


def test_a_result_that_comes_near_the_cut_by_an_appeal_has_its_other_replies_marked_again_first() -> None:
    desk = Desk()
    attempt = desk.sit("Dear seller", "Dear buyer")
    desk.mark(desk.anna, 4)
    assert desk.mark(desk.anna, 8)
    appeal(attempt, 1)
    assert not desk.mark(desk.budi, 8, NEXT_DAY), "4 and 8 are too far apart"
    assert not desk.mark(desk.citra, 7, NEXT_DAY), "75 % is at the cut, and the other reply has one mark"
    assert credits_of(attempt) == {"1": 0.4, "2": 0.8}
    assert states_of(attempt) == [AppealState.WAITS, None]
    assert desk.mark(desk.budi, 8, NEXT_DAY)
    assert credits_of(attempt) == {"1": 0.7, "2": 0.8}


def test_a_ruling_while_an_appeal_waits_grades_by_the_marks_that_count(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 2)
    appeal(attempt)
    version = db.session.get_one(ItemVersion, queries.form_of(attempt)[0].version.id)
    by, credit = Actor(ActorKind.PERSON, desk.citra.id), Ruling(RulingKind.FULL_CREDIT)
    digest = services.try_out(version, credit, by=by, now=NEXT_DAY).digest
    services.rule(version, credit, reason="The ticket was ambiguous.", seen=digest, by=by, now=NEXT_DAY)
    while services.carry_on(site_url=SITE, now=NEXT_DAY + BEGINS_AFTER):
        db.session.commit()
    db.session.expire_all()
    assert attempt.current_score_run is not None
    assert (attempt.current_score_run.is_final, attempt.current_score_run.is_passed) == (True, True)


def test_marks_upon_appeals_say_nothing_of_how_markers_agree(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 1)
    appeal(attempt)
    desk.mark(desk.budi, 2, NEXT_DAY)
    assert marker_agreement().reply_count == 0


def test_who_appealed_takes_it_along(desk: Desk) -> None:
    attempt = desk.sit("Dear seller")
    desk.mark(desk.anna, 1)
    appeal(attempt)
    (kept,) = queries.personal_grants(attempt.person_id)["appeals"]  # type: ignore[misc]
    assert (kept["question"], kept["reason"], kept["share_before"], kept["share_after"]) == (1, REASON, 0.1, None)
    assert queries.personal_grants(desk.anna.id)["appeals"] == []
