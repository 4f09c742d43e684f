"""One minimal valid row per model of this room, and answers as people give them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import factory

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory, case_values
from tests.practice.factories import ServingFactory
from training import clock
from training.actors import SYSTEM, Actor, ActorKind
from training.cases.importing.writing import yaml_text
from training.cases.models import Case
from training.cases.queries import case_by_slug
from training.content_store.services import add_case
from training.db import db
from training.disputes.models import Dispute, DisputeClaim
from training.disputes.services import give_review, make_claim
from training.judgements.documents import parse_answer
from training.practice.models import Serving
from training.practice.services import answer_serving

THEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = "https://train.example.org"
REMOVE: Mapping[str, Any] = {"actions": ["REMOVE"], "primary_label": "PRO-03", "severity": "S3"}
"""Right by the reference of the factory's case."""
DEMOTE: Mapping[str, Any] = {"actions": ["DEMOTE"], "primary_label": "PRO-03", "severity": "S2"}
APPROVE: Mapping[str, Any] = {"actions": ["APPROVE"], "primary_label": "OUT-00", "severity": "S0"}
REASON = "PRO-03.b allows this by name."


def actor(person_id: int) -> Actor:
    return Actor(ActorKind.PERSON, person_id)


def answered(case: Case | None = None, answer: Mapping[str, Any] = APPROVE, *, person_id: int | None = None) -> Serving:
    """A practice case that somebody has just answered."""
    TaxonomyLabelFactory(code="PRO-03")
    own = {"person_id": person_id} if person_id else {}
    serving: Serving = ServingFactory(case=case or CaseFactory(), served_at=clock.now(), **own)
    answer_serving(serving, parse_answer(answer, seconds=20), now=clock.now())
    db.session.commit()
    return serving


def claimed(case: Case | None = None, answer: Mapping[str, Any] = APPROVE) -> Dispute:
    """A dispute that somebody has just begun."""
    return dispute_of(make_claim_on(answered(case, answer)))


def make_claim_on(serving: Serving) -> DisputeClaim:
    claim = make_claim(serving, reason=REASON, by=actor(serving.person_id), now=clock.now())
    db.session.commit()
    return claim


def dispute_of(claim: DisputeClaim) -> Dispute:
    return db.session.get_one(Dispute, claim.dispute_id)


def reviewed(dispute: Dispute, *answers: Mapping[str, Any]) -> None:
    """Reviews by trainers who have nothing to do with it, one for each answer."""
    for answer in answers:
        by = actor(PersonFactory(roles=["trainer"]).id)
        give_review(dispute, parse_answer(answer), reason=REASON, site_url=SITE, by=by, now=clock.now())
        db.session.commit()


class DisputeFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A dispute about the reference of `case`, without its claims."""

    class Meta:
        model = Dispute
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"
        exclude = ("case",)

    case = factory.LazyFunction(CaseFactory)
    public_id = factory.Sequence(lambda number: f"dispute-{number:04}")
    reference_id = factory.LazyAttribute(lambda dispute: dispute.case.current_reference_id)
    area = factory.LazyAttribute(lambda dispute: dispute.case.area)
    opened_at = THEN


def documented(slug: str = "case-jamu", by: Actor = SYSTEM) -> Case:
    """A case that runs of a document, as all do: violating, its evidence quoted."""
    TaxonomyLabelFactory(code="PRO-03")
    values = case_values(id=slug)
    add_case(f"cases/{slug}.yaml", slug, yaml_text(values), by=by, now=THEN)
    db.session.commit()
    case = case_by_slug(slug)
    assert case is not None
    return case
