"""Several at once: one first key, one mail for each end, one open calendar, and counts of looks that nobody outruns."""

import threading
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from training import clock
from training.actors import SYSTEM
from training.certification import services
from training.certification.models import CalendarFeed, VerificationLooks
from training.certification.rules import CalendarKind
from training.certification.tasks import remind_of_ends
from training.db import begin_writing, db
from training.keys.models import SigningKey
from training.keys.services import signer
from training.outbox.models import OutboxMail

AT_ONCE = 4


def at_once(app: Flask, deed: Callable[[], object]) -> list[Exception]:
    """What failed where several threads do this deed together, each in a transaction of its own."""
    failures: list[Exception] = []
    barrier = threading.Barrier(AT_ONCE)

    def run() -> None:
        with app.app_context():
            try:
                barrier.wait()
                begin_writing()
                deed()
                db.session.commit()
            except Exception as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return failures


def test_the_first_key_is_one_however_many_sign_first(app: Flask) -> None:
    numbers: list[str] = []
    assert at_once(app, lambda: numbers.append(signer(["a secret"], now=clock.now()).number)) == []
    assert len(set(numbers)) == db.session.query(SigningKey).count() == 1


def test_jobs_that_run_together_queue_one_mail(app: Flask) -> None:
    award(PersonFactory().id, CertificationFactory(validity_days=40), now=(now := clock.now()) - timedelta(days=35))
    assert at_once(app, lambda: remind_of_ends(now)) == []
    assert db.session.query(OutboxMail).count() == 1


def test_a_button_pressed_often_leaves_one_calendar_open(app: Flask) -> None:
    person_id = PersonFactory().id
    assert at_once(app, lambda: services.open_calendar(person_id, CalendarKind.OWN, by=SYSTEM, now=clock.now())) == []
    assert [db.session.query(CalendarFeed).count(), db.session.query(CalendarFeed).filter(CalendarFeed.revoked_at.is_(None)).count()] == [AT_ONCE, 1]


def test_every_look_counts(app: Flask) -> None:
    now = clock.now()
    assert at_once(app, lambda: services.count_look("address 203.0.113.9", is_known=True, now=now)) == []
    assert db.session.query(VerificationLooks).one().cost == AT_ONCE
