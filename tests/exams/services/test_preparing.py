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
