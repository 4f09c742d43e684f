"""One sealer at a time, and salts that two transactions want at once."""

import threading

from sqlalchemy import func, select

from tests.audit.factories import AT, entry
from training.audit import services
from training.audit.models import AuditEntry, AuditSeal
from training.audit.tasks import seal_audit
from training.db import begin_writing, db


def in_threads(app, deed, count):
    failures = []

    def run():
        with app.app_context():
            try:
                deed()
                db.session.commit()
            except Exception as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_sealers_that_run_together_make_one_chain(app):
    for number in range(30):
        entry(number=number)
    db.session.rollback()
    assert in_threads(app, lambda: seal_audit(AT), 4) == []
    seal_audit(AT)
    db.session.commit()
    assert services.verify().chain.faults == ()
    assert db.session.scalar(select(func.count()).select_from(AuditSeal)) == 30


def test_deeds_that_run_together_share_one_salt(app):
    def deed():
        begin_writing()
        services.pseudonym("192.0.2.1", now=AT)
        entry(who=services.pseudonym("192.0.2.1", now=AT))

    assert in_threads(app, deed, 6) == []
    hidden = {found.detail["who"] for found in db.session.scalars(select(AuditEntry))}
    assert len(hidden) == 1
