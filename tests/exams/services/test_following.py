"""What rulings change, figures and tallies follow: they are what working all of it out from the current runs would give."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, right_response
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.db import db
from training.exams import queries
from training.exams.models import AnswerSheet, Attempt, AttemptSignal, ExamStatistic, ItemStatistic, ItemVersion
from training.exams.queries import PublishedExam
from training.exams.queries.statistics import EXAM_FIGURES, ITEM_FIGURES, newest_run
from training.exams.rules.answer_codes import unpacked
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.saving import Saving
from training.exams.rules.timing import AttemptState
from training.exams.services import carry_on, rule, rule_on_late_answers, save_answer, submit_attempt, tally_finished, try_out
from training.exams.services.analysing import analysis_of_all
from training.exams.tasks import refresh_statistics

pytestmark = pytest.mark.usefixtures("app")

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATER = NOON + timedelta(days=1)
SITE = "https://train.example.org"


@pytest.fixture
def exam() -> PublishedExam:
    return ExamFactory()  # type: ignore[no-any-return]


@pytest.fixture
def trainer() -> Actor:
    person: Person = PersonFactory(roles=("trainer",))
    return Actor(ActorKind.PERSON, person.id)


def choose(attempt: Attempt, position: int, option: str, *, now: datetime, number: int | None = None) -> None:
    place = queries.place_of(attempt.id, position)
    assert place is not None
    sent = Saving(position, "window", number or round(now.timestamp() * 1000), {"options": [place.option_order.index(option) + 1]})
    save_answer(attempt, sent, by=SYSTEM, now=now)
    db.session.commit()


def sit(exam: PublishedExam, options: str) -> Attempt:
    """Somebody answers the items in the order of the bank by these options, 40 seconds each, and submits."""
    attempt: Attempt = AttemptFactory(exam=exam)
    by_item = sorted(queries.form_of(attempt), key=lambda place: place.version.id)
    for number, (place, option) in enumerate(zip(by_item, options, strict=True), start=1):
        if option != "-":
            choose(attempt, place.position, option, now=NOON + number * 40 * SECOND)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + 10 * MINUTE)
    db.session.commit()
    return attempt


def refresh(now: datetime) -> None:
    refresh_statistics(now)
    db.session.commit()
    db.session.expire_all()


def assert_figures_are_those_of_the_current_runs() -> None:
    newest = newest_run()
    assert newest is not None
    expected = analysis_of_all(newest[0])
    items = {row.item_version_id: ITEM_FIGURES.validate_python(row.figures) for row in db.session.scalars(select(ItemStatistic))}
    exams = {row.exam_version_id: EXAM_FIGURES.validate_python(row.figures) for row in db.session.scalars(select(ExamStatistic))}
    assert items == {version: ITEM_FIGURES.validate_python(ITEM_FIGURES.dump_python(found, mode="json")) for version, found in expected.items.items()}
    assert exams == {version: EXAM_FIGURES.validate_python(EXAM_FIGURES.dump_python(found.figures, mode="json")) for version, found in expected.exams.items()}


def facility(version_id: int) -> float:
    figures = queries.item_figures(version_id)
    assert figures is not None
    return figures.facility.point


def count_late(attempt: Attempt, trainer: Actor, *, now: datetime) -> None:
    held = queries.attempt_to_finish(attempt.person_id, attempt.public_id)
    counted = [late.event.id for late in queries.late_answers_of(held.id)]
    rule_on_late_answers(held, counted, reason="The line was down.", site_url=SITE, by=trainer, now=now)
    db.session.commit()


def test_a_late_answer_that_counts_is_in_the_figures_within_a_minute(exam: PublishedExam, trainer: Actor) -> None:
    for options in ("aaab", "aabb", "abab"):
        sit(exam, options)
    attempt = sit(exam, "aa--")
    first, *_, last = sorted(queries.form_of(attempt), key=lambda place: place.version.id)
    refresh(NOON + 11 * MINUTE)
    assert (facility(first.version.id), facility(last.version.id)) == (1.0, 0.0)
    choose(attempt, last.position, "a", now=LATER - SECOND, number=round((NOON + 9 * MINUTE).timestamp() * 1000))
    refresh(LATER)
    assert facility(last.version.id) == 0.0, "what nobody has ruled on counts for nothing"
    count_late(attempt, trainer, now=LATER)
    refresh(LATER + 30 * SECOND)
    assert facility(last.version.id) == 0.25
    assert_figures_are_those_of_the_current_runs()


@pytest.mark.parametrize(
    ("kind", "expected"), [(RulingKind.NEW_KEY, 0.5), (RulingKind.EITHER_KEY, 0.75), (RulingKind.FULL_CREDIT, 1.0), (RulingKind.DROP, 0.25)]
)
def test_a_regrade_is_in_the_figures_within_a_minute_of_its_end(exam: PublishedExam, trainer: Actor, kind: RulingKind, expected: float) -> None:
    attempts = [sit(exam, options) for options in ("aaab", "baaa", "bbaa", "caaa")]
    [version_id, *_] = sorted(place.version.id for place in queries.form_of(attempts[0]))
    refresh(NOON + 11 * MINUTE)
    assert facility(version_id) == 0.25
    version = db.session.get_one(ItemVersion, version_id)
    ruling = Ruling(kind, {"correct": ["b"]} if kind in {RulingKind.NEW_KEY, RulingKind.EITHER_KEY} else None)
    digest = try_out(version, ruling, by=trainer, now=LATER).digest
    rule(version, ruling, reason="Clause PRO-03.a was amended.", seen=digest, by=trainer, now=LATER)
    db.session.commit()
    while carry_on(site_url=SITE, now=LATER + BEGINS_AFTER):
        db.session.commit()
    refresh(LATER + BEGINS_AFTER + 30 * SECOND)
    assert facility(version_id) == expected
    assert_figures_are_those_of_the_current_runs()


def test_nobody_knows_how_long_an_answer_took_that_arrived_after_the_end(exam: PublishedExam, trainer: Actor) -> None:
    attempt = sit(exam, "aa--")
    *_, third, last = sorted(queries.form_of(attempt), key=lambda place: place.version.id)
    for place in (third, last):
        choose(attempt, place.position, "a", now=LATER)
    count_late(attempt, trainer, now=LATER)
    sheet = db.session.get_one(AnswerSheet, attempt.id)
    seconds = dict(enumerate(unpacked(sheet.seconds), start=1))
    assert (seconds[third.position], seconds[last.position]) == (0, 0)
    assert sorted(seconds.values()) == [0, 0, 40, 40]


def test_answers_that_count_late_are_counted_among_the_signals_too(exam: PublishedExam, trainer: Actor) -> None:
    """Kept without a connection and given two a second: what was ruled in shows how fast it was."""
    attempt: Attempt = AttemptFactory(exam=exam)
    given = NOON + 5 * MINUTE
    save_answer(attempt, Saving(1, "window", round(given.timestamp() * 1000), right_response(attempt, 1)), by=SYSTEM, now=given)
    for position in (2, 3, 4):
        save_answer(attempt, Saving(position, "window", round(given.timestamp() * 1000) + 500 * position, {"options": [1]}), by=SYSTEM, now=LATER)
    assert queries.attempt_of(attempt.person_id, attempt.public_id).state == AttemptState.OPEN
    held = queries.attempt_to_finish(attempt.person_id, attempt.public_id)
    submit_attempt(held, client_id="window", by=SYSTEM, now=LATER)
    db.session.commit()
    tally_finished(LATER)
    tally = queries.tally_of(attempt.id)
    assert tally is not None
    assert (tally.rapid_count, tally.timed_count, tally.is_waiting) == (0, 0, False)
    count_late(attempt, trainer, now=LATER + MINUTE)
    db.session.expire_all()
    tally = queries.tally_of(attempt.id)
    assert tally is not None
    assert (tally.rapid_count, tally.timed_count, tally.is_waiting) == (3, 3, True)
    assert tally_finished(LATER + 2 * MINUTE) == 0, "once is enough"
    noted = db.session.scalars(select(AttemptSignal.figures).where(AttemptSignal.attempt_id == attempt.id, AttemptSignal.kind == "rapid_answers")).all()
    assert noted == [{"places": [2, 3, 4], "timed": 3}]


def test_a_ruling_before_the_first_count_waits_for_it(exam: PublishedExam, trainer: Actor) -> None:
    attempt = sit(exam, "aa--")
    *_, last = sorted(queries.form_of(attempt), key=lambda place: place.version.id)
    choose(attempt, last.position, "a", now=LATER)
    count_late(attempt, trainer, now=LATER)
    assert queries.tally_of(attempt.id) is None
    assert tally_finished(LATER) == 1
    tally = queries.tally_of(attempt.id)
    assert tally is not None and tally.timed_count == 1, "of the last one its window's number tells that it took more than an hour"
