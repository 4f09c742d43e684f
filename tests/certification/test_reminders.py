"""Reminders of ends: each once, late or twice, and none that is no longer true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from training import clock
from training.accounts.models import Person
from training.accounts.rules import FactKind, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries, services
from training.certification.models import CertificateReminder
from training.certification.queries import PublishedCertification, personal_reminders
from training.certification.rules import EventKind, Worked
from training.certification.tasks import remind_of_ends
from training.db import db
from training.outbox.models import OutboxMail
from training.outbox.services import settle, take_due_letters

DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 5, 3, tzinfo=UTC)
END = BEGIN + 180 * DAY
LEAD = Actor(ActorKind.PERSON, None)


def mails() -> list[str]:
    return [mail.subject for mail in db.session.query(OutboxMail).order_by(OutboxMail.id)]


def remind(at: datetime) -> list[str]:
    """The subjects of the mails that the job queues now."""
    before = len(mails())
    remind_of_ends(at)
    db.session.commit()
    return mails()[before:]


@pytest.fixture
def held(app: Any) -> tuple[Person, PublishedCertification]:
    person, certification = PersonFactory(name="Sri Wahyuni", email="sri@example.org"), CertificationFactory(title="Claims")
    award(person.id, certification, now=BEGIN)
    return person, certification


def test_four_reminders_each_once_however_often_the_job_runs(held: tuple[Person, PublishedCertification]) -> None:
    sent = {day: remind(END - day * DAY) + remind(END - day * DAY + timedelta(minutes=1)) for day in (31, 30, 29, 14, 8, 7, 2, 1)}
    assert {day: subjects for day, subjects in sent.items() if subjects} == {
        30: ["Claims ends within 30 days"],
        14: ["Claims ends within 14 days"],
        7: ["Claims ends within 7 days"],
        1: ["Claims ends within a day"],
    }
    assert remind(END) == []


def test_a_late_job_sends_the_latest_reminder_alone(held: tuple[Person, PublishedCertification]) -> None:
    assert remind(END - 5 * DAY) == ["Claims ends within 7 days"]
    assert remind(END - 4 * DAY) == []


def test_the_mail_says_when_in_the_holders_zone_and_what_to_do(held: tuple[Person, PublishedCertification]) -> None:
    person, certification = held
    remind(END - 14 * DAY)
    (mail,) = db.session.query(OutboxMail)
    assert mail.recipient == "sri@example.org"
    assert "on 04 July 2026 at 10:00 (WIB)" in mail.body
    assert f"/certificates/{certification.slug}\n" in mail.body
    (reminder,) = personal_reminders(person.id)["reminders"]  # type: ignore[misc]
    assert (reminder["ends_at"], reminder["days_before"]) == (END, 14)


def test_a_renewal_takes_back_what_is_not_sent_and_the_new_end_has_its_own(held: tuple[Person, PublishedCertification]) -> None:
    person, certification = held
    assert len(remind(END - 14 * DAY)) == 1
    award(person.id, certification, now=END - 13 * DAY)
    assert mails() == []
    assert [remind(END - day * DAY) for day in (7, 1)] == [[], []]
    assert remind(END + 150 * DAY) == ["Claims ends within 30 days"]


def test_a_mail_that_was_sent_stays_where_it_is(held: tuple[Person, PublishedCertification]) -> None:
    person, certification = held
    remind(END - 14 * DAY)
    (letter,) = take_due_letters(now=clock.now() + 5_000 * DAY)
    settle(letter, fault=None, now=clock.now())
    award(person.id, certification, now=END - 13 * DAY)
    assert mails() == ["Claims ends within 14 days"]
    (reminder,) = db.session.query(CertificateReminder)
    assert reminder.mail_id is not None


def test_a_revoked_certificate_reminds_of_nothing(held: tuple[Person, PublishedCertification]) -> None:
    person, certification = held
    remind(END - 14 * DAY)
    services.enter(person.id, certification, EventKind.REVOKED, reason="Answers were copied.", by=LEAD, now=END - 10 * DAY)
    db.session.commit()
    assert mails() == []
    assert remind(END - 7 * DAY) == []


def test_who_left_is_not_written_to(held: tuple[Person, PublishedCertification]) -> None:
    record_facts(held[0], {FactKind.STATUS: Status.DEACTIVATED}, effective_from=END - 20 * DAY, by=SYSTEM, now=END - 20 * DAY)
    db.session.commit()
    assert remind(END - 14 * DAY) == []


def test_a_term_shorter_than_the_notice_is_not_told_of_as_it_begins(app: Any) -> None:
    award(PersonFactory().id, CertificationFactory(title="Short", validity_days=10), now=BEGIN)
    assert remind(BEGIN + timedelta(minutes=1)) == []
    assert remind(BEGIN + 3 * DAY) == ["Short ends within 7 days"]


def test_two_jobs_at_once_queue_one_mail(held: tuple[Person, PublishedCertification]) -> None:
    """What the second one finds due was settled meanwhile by the first."""
    person, certification = held
    settled = CertificateReminder(person_id=person.id, certification_id=certification.id, ends_at=END, days_before=7, settled_at=END - 7 * DAY)
    db.session.add(settled)
    db.session.commit()
    assert remind(END - 7 * DAY) == []


def worked(person: Person, certification: PublishedCertification, on: datetime) -> None:
    day = on.date()
    services.record_work([Worked(person.id, "a-queue", day, 40)], {("a-queue", day): [certification.slug]}, by=SYSTEM, now=on)
    db.session.commit()


def test_what_ends_by_disuse_is_told_of_once_half_of_it_is_over_and_work_takes_the_end_away(app: Any) -> None:
    person, certification = PersonFactory(), CertificationFactory(title="Claims", ends={"mode": "disuse", "days": 30})
    award(person.id, certification, now=BEGIN)
    assert remind(BEGIN + timedelta(minutes=1)) == []
    worked(person, certification, BEGIN + 10 * DAY)
    assert remind(BEGIN + 20 * DAY) == []
    assert remind(BEGIN + 27 * DAY) == ["Claims ends within 14 days"]
    assert remind(BEGIN + 28 * DAY) == []
    (mail,) = db.session.query(OutboxMail)
    assert "with the next day of work" in mail.body
    worked(person, certification, BEGIN + 29 * DAY)
    assert remind(BEGIN + 35 * DAY) == []
    assert remind(BEGIN + 54 * DAY) == ["Claims ends within 7 days"]


def test_however_many_hold_what_ends_by_disuse_each_has_a_turn(app: Any) -> None:
    certification = CertificationFactory(title="Claims", ends={"mode": "disuse", "days": 30})
    people = [PersonFactory() for _ in range(5)]
    for person in people:
        award(person.id, certification, now=BEGIN)
    told = [
        {due.person_id for due in queries.due_by_disuse(now=BEGIN + 20 * DAY + timedelta(minutes=minute), limit=2)}  # five people are three parts
        for minute in range(3)
    ]
    assert sorted(map(len, told)) == [1, 2, 2]
    assert set.union(*told) == {person.id for person in people}


def test_whose_certificate_ended_by_disuse_is_told_so_once_and_only_while_it_is_news(app: Any) -> None:
    person, certification = PersonFactory(name="Sri Wahyuni"), CertificationFactory(title="Claims", ends={"mode": "disuse", "days": 30})
    award(person.id, certification, now=BEGIN)
    assert remind(BEGIN + 30 * DAY) == ["Claims has ended"]
    assert remind(BEGIN + 31 * DAY) == []
    (mail,) = db.session.query(OutboxMail)
    assert "ended on 04 February 2026 at 10:00 (WIB)" in mail.body and f"/certificates/{certification.slug}\n" in mail.body
    late = PersonFactory()
    award(late.id, certification, now=BEGIN)
    assert remind(BEGIN + 37 * DAY) == [], "a week after its end it is no news"


def test_what_ends_otherwise_or_is_earned_anew_is_not_said_to_have_ended(app: Any) -> None:
    dated, disused = CertificationFactory(title="Dated", validity_days=30), CertificationFactory(title="Disused", ends={"mode": "disuse", "days": 30})
    person = PersonFactory()
    for certification in (dated, disused):
        award(person.id, certification, now=BEGIN)
    award(person.id, disused, now=BEGIN + 30 * DAY)
    assert remind(BEGIN + 30 * DAY + timedelta(minutes=1)) == []


def test_work_that_moves_an_end_takes_back_what_was_not_sent_about_it_and_nothing_else(app: Any) -> None:
    person, other = PersonFactory(), PersonFactory()
    disused, dated = CertificationFactory(title="Claims", ends={"mode": "disuse", "days": 30}), CertificationFactory(title="Goods", validity_days=42)
    for each in (person, other):
        award(each.id, disused, now=BEGIN)
    award(person.id, dated, now=BEGIN)
    assert remind(BEGIN + 29 * DAY) == ["Goods ends within 14 days", "Claims ends within a day", "Claims ends within a day"]
    worked(person, disused, BEGIN + 29 * DAY)
    left = [(mail.recipient, mail.subject) for mail in db.session.query(OutboxMail).order_by(OutboxMail.id)]
    assert left == [(person.email, "Goods ends within 14 days"), (other.email, "Claims ends within a day")]
    worked(person, disused, BEGIN + 29 * DAY)
    assert len(mails()) == 2, "the same report again moves nothing"


def test_work_reported_late_takes_back_that_a_certificate_had_ended(app: Any) -> None:
    person, certification = PersonFactory(), CertificationFactory(title="Claims", ends={"mode": "disuse", "days": 30})
    award(person.id, certification, now=BEGIN)
    assert remind(BEGIN + 31 * DAY) == ["Claims has ended"]
    day = (BEGIN + 20 * DAY).date()
    services.record_work([Worked(person.id, "a-queue", day, 40)], {("a-queue", day): [certification.slug]}, by=SYSTEM, now=BEGIN + 31 * DAY)
    db.session.commit()
    assert mails() == []
