from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory
from tests.exams.sittings import A, B, C, sat
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.models import Item, ItemFlagEvent, ScoreRun
from training.exams.queries import PublishedExam
from training.exams.queries.statistics import first_attempts
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.analysis.figures import ExamFigures
from training.exams.rules.analysis.flags import ItemFlag
from training.exams.rules.grading import Mark
from training.exams.rules.reasons import ItemRefusal
from training.exams.services.analysing import analyse
from training.exams.services.holding import hold_item, open_item, release_item
from training.exams.tasks import refresh_statistics
from training.jobs import job_named

pytestmark = pytest.mark.usefixtures("app")

LATER = NOON + timedelta(days=3)


@pytest.fixture
def exam() -> PublishedExam:
    """Ten single choices of four options, of which a is right."""
    ItemFactory.create_batch(10)
    found = ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))
    assert isinstance(found, PublishedExam)
    return found


def versions() -> list[int]:
    return [item.current_version_id or 0 for item in db.session.scalars(select(Item).order_by(Item.id))]


def refresh(now: object = LATER) -> None:
    refresh_statistics(now)  # type: ignore[arg-type]
    db.session.commit()
    db.session.expire_all()


def trainer() -> Actor:
    return Actor(ActorKind.PERSON, PersonFactory(roles=["trainer"]).id)


def sit_with_first_wrong(exam: PublishedExam, times: int, code: int = B) -> None:
    for _ in range(times):
        sat(exam, versions(), [code] + [A] * 8 + [C])


def test_figures_of_items_and_exams_follow_what_was_submitted(exam: PublishedExam) -> None:
    for number in range(12):
        sat(exam, versions(), [A if number < 9 else B, *[A] * 8, 0], is_passed=number < 9)
    refresh()
    figures = queries.item_figures(versions()[0])
    assert figures is not None
    assert (figures.count, figures.facility.point, figures.guess) == (12, pytest.approx(0.75), 0.25)
    assert [(answer.code, answer.count) for answer in figures.chosen] == [(A, 9), (B, 3)]
    assert figures.discrimination is None, "12 answers are too few"
    of_exam = queries.exam_figures(exam.version_id)
    assert of_exam is not None
    assert of_exam.passing is not None
    assert (of_exam.attempt_count, of_exam.passing.point) == (12, 0.75)
    assert of_exam.reliability is None, "12 attempts are too few"
    [area] = of_exam.areas
    assert (area.area, area.items_per_form, area.share.point) == ("PRO", 10, pytest.approx((9 * 0.9 + 3 * 0.8) / 12))


def test_first_attempts_only_failed_and_timed_out_ones_included_sequential_ones_left_out(exam: PublishedExam) -> None:
    person = PersonFactory()
    sat(exam, versions(), [A] * 10, person_id=person.id, is_passed=False)
    sat(exam, versions(), [A] * 10, person_id=person.id, ordinal=2)
    sat(exam, versions(), [A] * 10, state="expired")
    sat(exam, versions(), [A] * 10, mode="sequential")
    found = list(first_attempts())
    assert [(attempt.person_id == person.id, attempt.is_timed_out) for attempt in found] == [(True, False), (False, True)]


def figures_of(exam: PublishedExam) -> ExamFigures:
    found = queries.exam_figures(exam.version_id)
    assert found is not None
    return found


def small_exam(certification: str, **more: Any) -> PublishedExam:
    cells = ({"area": "PRO", "minimum": 10, "maximum": 10},)
    found = ExamFactory(item_count=10, cells=cells, certification=certification, **more)
    assert isinstance(found, PublishedExam)
    return found


def test_a_supporting_exam_has_figures_of_those_who_sat_another_exam_of_the_certification_before(exam: PublishedExam) -> None:
    supporting, person = small_exam(exam.document.certification, gating=False), PersonFactory().id
    sat(exam, versions(), [A] * 10, person_id=person)
    sat(supporting, versions(), [A] * 10, person_id=person, ordinal=2)
    sat(supporting, versions(), [B] * 10, person_id=person, ordinal=3)
    sat(exam, versions(), [B] * 10, person_id=person, ordinal=4)
    refresh()
    assert [(figures_of(each).attempt_count, figures_of(each).mean) for each in (exam, supporting)] == [(1, 1), (1, 1)]


def test_each_version_of_a_delta_is_sat_for_the_first_time_and_a_later_version_of_another_exam_is_not(exam: PublishedExam) -> None:
    delta, person, slug = {"areas": ["PRO"]}, PersonFactory().id, exam.document.certification
    change = [small_exam(slug, id="delta-rules", version=version, delta=delta) for version in ("1.0.0", "2.0.0")]
    later = small_exam(slug, id=exam.slug, version="2.0.0")
    for ordinal, each in enumerate((exam, change[0], change[0], change[1], later), start=1):
        sat(each, versions(), [A] * 10, person_id=person, ordinal=ordinal)
    refresh()
    assert [figures_of(each).attempt_count for each in (exam, *change)] == [1, 1, 1]
    assert queries.exam_figures(later.version_id) is None


def test_the_third_attempt_of_a_small_exam_is_in_its_figures_within_a_minute() -> None:
    exam = ExamFactory()
    for number in range(1, 4):
        attempt = AttemptFactory(exam=exam)
        submitted_at = NOON + timedelta(minutes=2 * number)
        services.submit_attempt(attempt, client_id="window", by=SYSTEM, now=submitted_at)
        db.session.commit()
        refresh(submitted_at + timedelta(seconds=job_named("training.exams.tasks.refresh_statistics").seconds))
        assert figures_of(exam).attempt_count == number
        assert sum(item.count for version in versions() if (item := queries.item_figures(version))) == 4 * number
    assert job_named("training.exams.tasks.refresh_statistics").seconds <= 30


def test_an_attempt_whose_replies_wait_for_markers_is_in_no_figure_of_its_exam_yet(exam: PublishedExam) -> None:
    sat(exam, versions(), [A] * 10)
    waiting = sat(exam, versions(), [A] * 9 + [0], is_passed=False)
    run = db.session.get_one(ScoreRun, waiting.current_score_run_id)
    pending = {column.key: getattr(run, column.key) for column in ScoreRun.__table__.columns if column.key != "id"}
    pending |= {"ordinal": 2, "previous_run_id": run.id, "marks": run.marks[:9] + bytes([Mark.PENDING]), "is_final": False}
    waiting.current_score_run = ScoreRun(**pending)
    db.session.commit()
    refresh()
    assert (figures_of(exam).attempt_count, figures_of(exam).waiting_count, figures_of(exam).mean) == (1, 1, 1)
    of_items = [queries.item_figures(version) for version in versions()]
    assert [item.count for item in of_items if item] == [2] * 9 + [1]


def test_an_exam_of_which_everything_waits_for_markers_says_so_much(exam: PublishedExam) -> None:
    attempt = sat(exam, versions(), [A] * 10, is_passed=False)
    run = db.session.get_one(ScoreRun, attempt.current_score_run_id)
    pending = {column.key: getattr(run, column.key) for column in ScoreRun.__table__.columns if column.key != "id"}
    attempt.current_score_run = ScoreRun(**pending | {"ordinal": 2, "previous_run_id": run.id, "is_final": False})
    db.session.commit()
    refresh()
    assert (figures_of(exam).attempt_count, figures_of(exam).waiting_count, figures_of(exam).passing) == (0, 1, None)


def test_pilot_items_have_figures_and_count_for_nobody(exam: PublishedExam) -> None:
    pilot = versions()[0]
    for _ in range(10):
        sat(exam, versions(), [B] + [A] * 9, pilots=[pilot])
    refresh()
    figures, of_exam = queries.item_figures(pilot), queries.exam_figures(exam.version_id)
    assert figures is not None
    assert of_exam is not None
    assert figures.facility.point == 0
    assert of_exam.mean == 1


def test_nothing_is_computed_where_nothing_was_graded(exam: PublishedExam) -> None:
    assert analyse(now=LATER) is None
    sat(exam, versions(), [A] * 10)
    assert analyse(now=LATER) is not None
    refresh()
    assert analyse(now=LATER + timedelta(minutes=1)) is None
    sat(exam, versions(), [A] * 10)
    assert analyse(now=LATER + timedelta(minutes=1)) is not None


def test_a_run_committed_late_is_not_forgotten(exam: PublishedExam) -> None:
    attempt = sat(exam, versions(), [A] * 10)
    assert attempt.finished_at is not None
    refresh(attempt.finished_at + timedelta(seconds=30))
    assert analyse(now=attempt.finished_at + timedelta(seconds=60)) is not None
    refresh(attempt.finished_at + timedelta(seconds=90))
    assert analyse(now=attempt.finished_at + timedelta(seconds=120)) is None


def test_a_key_in_doubt_stops_the_draws_and_changes_no_score(exam: PublishedExam) -> None:
    sit_with_first_wrong(exam, 5)
    before = list(db.session.scalars(select(ScoreRun.marks).order_by(ScoreRun.id)))
    refresh()
    doubted, *others = db.session.scalars(select(Item).order_by(Item.id))
    assert doubted.state == "held"
    assert {item.state for item in others[:8]} == {"live"}
    assert doubted.slug not in {item.pool_item.slug for item in queries.bank_items(queries.Terms(with_public=True))}
    figures = queries.item_figures(versions()[0])
    assert figures is not None
    assert figures.flags == (ItemFlag.WRONG_KEY,)
    [event] = db.session.scalars(select(ItemFlagEvent).where(ItemFlagEvent.item_id == doubted.id))
    assert (event.deed, event.by_id, event.answer_count) == ("raised", None, 5)
    assert "the key may be wrong" in event.reason
    assert list(db.session.scalars(select(ScoreRun.marks).order_by(ScoreRun.id))) == before
    assert "item.flagged" in set(db.session.scalars(select(AuditEntry.deed)))


def test_looking_again_holds_nothing_twice_and_a_released_item_stays_released(exam: PublishedExam) -> None:
    sit_with_first_wrong(exam, 5)
    refresh()
    item = db.session.scalars(select(Item).order_by(Item.id)).first()
    assert item is not None
    release_item(item, reason="The key is right; the clause was new then.", by=trainer(), now=LATER)
    db.session.commit()
    for minutes in range(1, 4):
        refresh(LATER + timedelta(minutes=minutes))
    assert item.state == "live"
    sit_with_first_wrong(exam, 3)
    refresh(LATER + timedelta(minutes=5))
    assert item.state == "live", "eight answers are no new look"
    sit_with_first_wrong(exam, 2)
    refresh(LATER + timedelta(minutes=6))
    assert item.state == "held", "ten answers are"


def test_whoever_wrote_an_item_does_not_release_it(exam: PublishedExam) -> None:
    item, by = ItemFactory(), trainer()
    assert by.id is not None
    services.note_acquaintance(by.id, item, Acquaintance.WROTE, now=NOON)
    hold_item(item, reason="I doubt it.", by=by, now=NOON)
    with pytest.raises(Refusal) as refused:
        release_item(item, reason="I do not doubt it any more.", by=by, now=NOON)
    assert refused.value.reason is ItemRefusal.OWN_ITEM
    release_item(item, reason="It is right.", by=trainer(), now=NOON)
    assert item.state == "live"


def test_only_what_is_drawn_is_held_and_only_what_is_held_is_released(exam: PublishedExam) -> None:
    draft, live, held = ItemFactory(state="draft"), ItemFactory(), ItemFactory(state="held")
    refused_deeds = (
        (hold_item, draft, ItemRefusal.NOT_DRAWN),
        (release_item, live, ItemRefusal.NOT_HELD),
        (release_item, held, ItemRefusal.HELD_BY_DOCUMENT),
    )
    for deed, item, reason in refused_deeds:
        with pytest.raises(Refusal) as refused:
            deed(item, reason="Because.", by=trainer(), now=NOON)
        assert refused.value.reason is reason
    hold_item(live, reason="A seller disputes it.", by=trainer(), now=NOON)
    with pytest.raises(Refusal) as refused:
        hold_item(live, reason="Again.", by=trainer(), now=NOON)
    assert refused.value.reason is ItemRefusal.HELD_ALREADY


def test_an_item_on_a_form_that_somebody_sits_is_not_opened_by_them(exam: PublishedExam) -> None:
    by = trainer()
    assert by.id is not None
    attempt = services.start_attempt(by.id, exam, allow_public=True, by=by, now=NOON)
    item = db.session.get_one(Item, queries.form_of(attempt)[0].version.item_id)
    with pytest.raises(Refusal) as refused:
        open_item(item, person_id=by.id, by=by, now=NOON)
    assert refused.value.reason is ItemRefusal.ON_OWN_FORM
    other = trainer()
    assert other.id is not None
    open_item(item, person_id=other.id, by=other, now=NOON)
    assert queries.is_acquainted(other.id, item.id, Acquaintance.OPENED)


def test_enough_attempts_show_reliability_and_decisions(exam: PublishedExam) -> None:
    for number in range(100):
        right = 4 + number % 7
        sat(exam, versions(), [A] * right + [B if number % 2 else C] * (10 - right), is_passed=right >= 8)
    refresh()
    figures = queries.exam_figures(exam.version_id)
    assert figures is not None
    assert figures.is_fixed
    assert figures.reliability is not None
    assert 0 < figures.reliability < 1
    assert figures.decisions is not None
    assert 0.5 < figures.decisions.accuracy <= 1
    assert sum(figures.histogram) == 100
    assert figures.effective_weights
    assert set(figures.effective_weights) <= set(versions())


def test_groups_that_fare_unlike_at_equal_ability_are_seen() -> None:
    ItemFactory.create_batch(4)
    exam = ExamFactory()
    ids = versions()
    for number in range(220):
        person = PersonFactory(languages=["id"] if number % 2 else ["en"])
        first = A if number % 10 not in (0, 1, 3, 5) else B
        sat(exam, ids, [first, A, A if number % 4 < 3 else C, C], person_id=person.id)
    refresh()
    figures = queries.item_figures(ids[0])
    assert figures is not None
    assert ItemFlag.DIFFERENTIAL in figures.flags
    assert {difference.group for difference in figures.differences if difference.trait == "language"} == {"en", "id"}


def test_scores_that_differ_in_nothing_are_kept_without_figures_that_do_not_exist(exam: PublishedExam) -> None:
    for number in range(100):
        sat(exam, versions(), [A] * (10 if number else 0) + [B] * (0 if number else 10))
    refresh()
    figures = queries.exam_figures(exam.version_id)
    assert figures is not None
    assert figures.attempt_count == 100
