"""Suspended → sits the exam anew → works again, through every room that has a say in it."""

from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.services.test_starting import sit, start
from tests.quality.factories import row_of
from tests.queues.factories import QueueFactory
from training.accounts.rules import Role
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams.rules.reasons import StartRefusal
from training.quality import queries, services
from training.quality.documents import AuditRow
from training.quality.services import Sent, take_audits
from training.queues.queries import access_of, certifications_asked_for

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.usefixtures("app")
def test_a_suspended_moderator_passes_the_exam_anew_and_works_again() -> None:
    ItemFactory.create_batch(40)
    exam = ExamFactory(id="claims-exam", certification="claims-reviewer")
    QueueFactory(id="claims", requires={"all_of": ["claims-reviewer"]})
    person, lead = PersonFactory(), PersonFactory(roles=[Role.LEAD])
    held = certification.certification_by_slug("claims-reviewer")

    def gate(**later: float) -> tuple[str, list[str]]:
        found = access_of(person.public_id, "claims", at=NOON + timedelta(**later))
        return found.access.value, [reason.code.value for reason in found.reasons]

    sit(person, exam, passes=True)
    db.session.commit()
    assert gate(hours=1) == ("allow", [])
    with pytest.raises(Refusal) as refused:
        start(person, exam, NOON + DAY)
    assert refused.value.reason is StartRefusal.HELD_ALREADY

    rows = [row_of(person, number, is_right=number % 2 == 0, at=(NOON + number * HOUR).isoformat()) for number in range(1, 31)]
    sent = [Sent(place, AuditRow.model_validate(row)) for place, row in enumerate(rows)]
    assert take_audits(sent, required=certifications_asked_for, by=SYSTEM, now=NOON + 2 * DAY).faults == ()
    (proposal,) = queries.open_proposals()
    assert gate(days=2) == ("allow", []), "a proposal suspends nobody"
    services.confirm_proposal(proposal, held, reason="We looked at the audits together.", by=Actor(ActorKind.PERSON, lead.id), now=NOON + 2 * DAY)
    db.session.commit()
    assert gate(days=2, hours=1) == ("deny", ["CERTIFICATE_SUSPENDED"])

    sit(person, exam, NOON + 3 * DAY, passes=False)
    db.session.commit()
    assert gate(days=3, hours=1) == ("deny", ["CERTIFICATE_SUSPENDED", "COOLDOWN"])
    sit(person, exam, NOON + 5 * DAY, passes=True)
    db.session.commit()
    assert gate(days=5, hours=1) == ("allow", [])
    assert [entry.kind for entry in certification.ledger_of(person.id)] == ["awarded", "suspended", "awarded"]
    assert gate(days=4) == ("deny", ["CERTIFICATE_SUSPENDED", "COOLDOWN"]), "the past stays as it was"
    (found,) = queries.live_quality([person.id], now=NOON + 6 * DAY)
    assert found.counted.audit_count == 0
