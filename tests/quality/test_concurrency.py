"""Several at once: one audit under an id, one proposal, one decision."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.certification.test_concurrency import AT_ONCE, at_once
from tests.quality.factories import DECIDED, audit, row_of
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM, Actor, ActorKind
from training.certification.models import CertificateEvent
from training.certification.queries import PublishedCertification, certification_by_slug
from training.db import db
from training.errors import Refusal
from training.quality import queries, services
from training.quality.documents import AuditRow
from training.quality.models import QualityAudit, SuspensionProposal
from training.quality.rules import QualityRefusal
from training.quality.services import Sent, take_audits

NOW = DECIDED + timedelta(days=9)


@pytest.fixture
def held(app: Flask) -> PublishedCertification:
    return CertificationFactory(id="claims-reviewer")


@pytest.fixture
def person(held: PublishedCertification) -> Person:
    found = PersonFactory()
    award(found.id, held, now=DECIDED - timedelta(days=1))
    return found


def test_a_batch_that_is_sent_several_times_at_once_is_taken_once(app: Flask, person: Person, held: PublishedCertification) -> None:
    sent = [Sent(place, AuditRow.model_validate(row_of(person, place, is_right=False))) for place in range(20)]
    slug = held.slug
    assert at_once(app, lambda: take_audits(sent, required=lambda pairs: dict.fromkeys(pairs, (slug,)), by=SYSTEM, now=NOW)) == []
    assert db.session.query(QualityAudit).count() == 20
    assert db.session.query(SuspensionProposal).count() == 1


def test_of_several_clicks_one_decides(app: Flask, person: Person, held: PublishedCertification) -> None:
    audit(person, held, [False] * 20, now=NOW)
    number, by = queries.open_proposals()[0].id, Actor(ActorKind.PERSON, PersonFactory(roles=[Role.LEAD]).id)

    def confirm() -> None:
        found = queries.proposal(number)
        services.confirm_proposal(found, certification_by_slug("claims-reviewer"), reason="We looked at them together.", by=by, now=NOW)

    failures = at_once(app, confirm)
    assert [failure.reason for failure in failures if isinstance(failure, Refusal)] == [QualityRefusal.DECIDED_ALREADY] * (AT_ONCE - 1)
    assert len(failures) == AT_ONCE - 1
    assert db.session.query(CertificateEvent).filter_by(kind="suspended").count() == 1
