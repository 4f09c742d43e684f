from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.views.sittings import Candidate
from training.accounts.models import Person
from training.actors import SYSTEM
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.models import Item, ItemVersion, PreparedForm
from training.exams.queries import PublishedExam
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.reasons import StartRefusal

pytestmark = pytest.mark.usefixtures("app")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
OPENS, CLOSES = NOON, NOON + HOUR


@pytest.fixture
def exam() -> PublishedExam:
    ItemFactory.create_batch(8)
    return ExamFactory(window={"opens_at": OPENS.isoformat(), "closes_at": CLOSES.isoformat()})


def turn_of(person: Person, *, before: timedelta = 2 * HOUR) -> datetime:
    """This person's minute of an hour before the window opens."""
    return (OPENS - before).replace(minute=person.id % 60)


def prepare(person: Person, **when: timedelta) -> int:
    now = turn_of(person, **when)
    return sum(services.prepare_form(exam, person_id, allow_public=True, now=now) for exam, person_id in services.awaited_forms(now=now))


def start(person: Person, exam: PublishedExam, now: datetime = NOON) -> list[int]:
    """The item versions of the form, in order."""
    attempt = services.start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=now)
    return [place.version.id for place in queries.form_of(attempt)]


def prepared(person: Person) -> list[int]:
    form = db.session.scalars(select(PreparedForm).where(PreparedForm.person_id == person.id)).one()
    return [version_id for version_id, _ in form.record["places"]]


def uses(exam: PublishedExam) -> int:
    return sum(queries.counts_of(exam.id).by_slug.values())


def test_a_window_bounds_the_start_only(exam: PublishedExam) -> None:
    person = PersonFactory()
    for now, reason in ((OPENS - MINUTE, StartRefusal.WINDOW_NOT_OPEN), (CLOSES, StartRefusal.WINDOW_CLOSED)):
        with pytest.raises(Refusal) as refused:
            start(person, exam, now)
        assert refused.value.reason is reason
    start(person, exam, CLOSES - MINUTE)
    (attempt,) = queries.attempts_of(person.id)
    assert attempt.deadline_at == CLOSES - MINUTE + 15 * MINUTE
    assert start(person, exam, CLOSES + MINUTE)


def test_a_form_is_prepared_once_by_a_recorded_seed_and_sat_within_the_window(exam: PublishedExam) -> None:
    person = PersonFactory()
    assert prepare(person, before=30 * HOUR) == 0
    assert prepare(person) == 1
    assert prepare(person, before=HOUR) == 0
    assert uses(exam) == 4
    assert start(person, exam) == prepared(person)
    assert uses(exam) == 4
    (attempt,) = queries.attempts_of(person.id)
    form = db.session.scalars(select(PreparedForm)).one()
    assert (attempt.seed, attempt.pool_hash) == (form.seed, form.pool_hash)
    assert queries.redrawn_form(attempt) == prepared(person)


def test_whose_turn_it_is_not_waits_for_theirs(exam: PublishedExam) -> None:
    person = PersonFactory()
    assert services.awaited_forms(now=turn_of(person) + MINUTE) == []


def test_whoever_has_come_to_know_an_item_gets_another_form(exam: PublishedExam) -> None:
    person = PersonFactory()
    prepare(person)
    known = prepared(person)[0]
    item = db.session.scalars(select(Item).join(ItemVersion, ItemVersion.item_id == Item.id).where(ItemVersion.id == known)).one()
    services.note_acquaintance(person.id, item, Acquaintance.OPENED, now=NOON - MINUTE)
    form = start(person, exam)
    assert known not in form
    assert len(form) == 4
    assert (uses(exam), queries.counts_of(exam.id).forms_drawn) == (4, 1), "what was prepared in vain counts no more"
    assert used(exam) == set(form)


def used(exam: PublishedExam) -> set[int]:
    """The current versions of the items that count as used."""
    slugs = [slug for slug, count in queries.counts_of(exam.id).by_slug.items() if count]
    return set(db.session.scalars(select(Item.current_version_id).where(Item.slug.in_(slugs))))


def release(now: datetime) -> int:
    return sum(services.release_form(exam, person_id, now=now) for exam, person_id in services.dropped_forms(now=now))


@pytest.mark.parametrize("is_counted_first", [False, True])
def test_what_nobody_sat_counts_no_more_when_the_window_is_over(exam: PublishedExam, is_counted_first: bool) -> None:
    one, other, third = PersonFactory.create_batch(3)
    for person in (one, other, third):
        prepare(person)
    sat = start(one, exam)
    if is_counted_first:
        queries.count_waiting(exam.id)
    assert (uses(exam), queries.counts_of(exam.id).forms_drawn) == (12, 3)
    assert release(CLOSES - MINUTE) == 0, "they may still come"
    assert release(CLOSES) == 2
    assert (uses(exam), queries.counts_of(exam.id).forms_drawn, used(exam)) == (4, 1, set(sat))
    assert release(CLOSES + MINUTE) == 0
    queries.count_waiting(exam.id)
    assert (uses(exam), queries.counts_of(exam.id).forms_drawn, used(exam)) == (4, 1, set(sat))
    assert db.session.scalars(select(PreparedForm)).all(), "what was drawn is kept"


def test_another_version_of_the_exam_drops_what_was_prepared_for_the_one_before(exam: PublishedExam) -> None:
    person = PersonFactory()
    prepare(person)
    again = ExamFactory(
        id=exam.slug, certification=exam.document.certification, version="1.1.0", window={"opens_at": OPENS.isoformat(), "closes_at": CLOSES.isoformat()}
    )
    assert release(OPENS - HOUR) == 1
    assert (uses(again), queries.counts_of(again.id).forms_drawn) == (0, 0)
    assert prepare(person, before=HOUR) == 1
    assert (uses(again), queries.counts_of(again.id).forms_drawn) == (4, 1)
    assert start(person, again) == [version_id for version_id, _ in newest_form(person).record["places"]]
    assert release(CLOSES + MINUTE) == 0


def newest_form(person: Person) -> PreparedForm:
    return db.session.scalars(select(PreparedForm).where(PreparedForm.person_id == person.id).order_by(PreparedForm.id.desc())).first()  # type: ignore[return-value]


def test_a_second_attempt_takes_back_nothing_of_the_form_that_was_sat(exam: PublishedExam) -> None:
    person = PersonFactory()
    prepare(person)
    start(person, exam)
    attempt = queries.attempts_of(person.id)[0]
    services.submit_attempt(queries.attempt_to_finish(person.id, attempt.public_id), client_id="window", by=SYSTEM, now=NOON + MINUTE)
    ExamFactory(id=exam.slug, certification=exam.document.certification, version="1.1.0", retakes={"cooldown_hours": [0]})
    start(person, queries.exam_by_slug(exam.slug), NOON + 10 * MINUTE)
    assert (uses(exam), queries.counts_of(exam.id).forms_drawn) == (8, 2)
    assert release(CLOSES + MINUTE) == 0


def test_a_second_attempt_in_the_window_does_not_sit_the_same_form(exam: PublishedExam) -> None:
    person = PersonFactory()
    prepare(person)
    start(person, exam)
    found, candidacy = queries.drawable_for(person.id, exam, now=NOON), queries.candidacy_of(person.id, now=NOON)
    assert queries.prepared_form(found, candidacy, exam, with_public=True) is None


def test_nobody_is_prepared_for_who_may_not_sit(exam: PublishedExam) -> None:
    gone = PersonFactory(status="deactivated")
    assert prepare(gone) == 0
    holder = PersonFactory()
    attempt = services.start_attempt(holder.id, ExamFactory(), allow_public=True, by=SYSTEM, now=NOON - 20 * HOUR)
    assert attempt.state == "open"
    assert prepare(holder) == 1


def test_prepared_forms_spread_over_the_bank(exam: PublishedExam) -> None:
    people = PersonFactory.create_batch(6)
    assert sum(prepare(person) for person in people) == 6
    counts = queries.counts_of(exam.id).by_slug.values()
    assert sum(counts) == 24
    assert max(counts) - min(counts) <= 2


def test_the_page_says_the_window_in_the_persons_zone(exam: PublishedExam, candidate: Callable[..., Candidate]) -> None:
    person = PersonFactory(time_zone="Asia/Jakarta")
    with time_machine.travel(OPENS - HOUR, tick=False):
        page = " ".join(candidate(person).browser.get(f"/exams/{exam.slug}").get_data(as_text=True).split())
    assert "22 Nov 2026, 19:00 WIB" in page
    assert "22 Nov 2026, 20:00 WIB" in page
    assert "22 Nov 2026, 19:15 WIB" in page
    assert "Start the exam" not in page
    with time_machine.travel(CLOSES, tick=False):
        page = candidate(person).browser.get(f"/exams/{exam.slug}").get_data(as_text=True)
    assert "is over" in page
    assert "Start the exam" not in page
