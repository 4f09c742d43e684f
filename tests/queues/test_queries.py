"""The gate's evidence, read amid noise."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.courses.factories import ModuleFactory
from tests.practice.factories import ConsentAskingFactory, ConsentEventFactory
from tests.queues.factories import QueueDocumentFactory, QueueFactory
from tests.statements import asked, counted, scans_in
from training.accounts import services as accounts
from training.accounts.queries import client_by_token_hash
from training.accounts.rules import FactKind
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services as certification_services
from training.certification.rules import EventKind
from training.courses import services as courses
from training.db import db
from training.errors import NotFound
from training.queues import queries, services
from training.queues.rules.decision import Access
from training.queues.services import Grant

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("app")


def codes(subject: str, queue: str, at: datetime = NOW) -> list[str]:
    return [reason.code.value for reason in queries.access_of(subject, queue, at=at).reasons]


def test_everything_a_queue_demands_is_read_and_found_met() -> None:
    module = ModuleFactory()
    certification = CertificationFactory(validity_days=365)
    person = PersonFactory(languages=["id"], markets=["ID"])
    PersonFactory(languages=["en"])
    requires = {"all_of": [certification.slug], "languages": ["id"], "markets": ["ID"], "modules": {module.slug: "1.0.0"}}
    queue = QueueFactory(requires=requires)
    QueueFactory(requires={"all_of": ["another"]})
    assert codes(person.public_id, queue.slug) == ["NO_CERTIFICATION", "POLICY_UNREAD"]
    award(person.id, certification)
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=NOW)
    db.session.commit()
    decision = queries.access_of(person.public_id, queue.slug, at=NOW)
    assert (decision.access, decision.reasons) == (Access.ALLOW, ())
    assert decision.valid_until == datetime(2026, 1, 1, tzinfo=UTC) + 365 * DAY


def test_a_person_is_found_by_address_in_any_case_and_by_public_id() -> None:
    person, queue = PersonFactory(email="sri@example.org"), QueueFactory()
    assert codes("SRI@Example.org", queue.slug) == codes(person.public_id, queue.slug) == ["QUEUE_UNGATED"]


@pytest.mark.parametrize(("subject", "queue", "code"), [("nobody@example.org", True, "UNKNOWN_SUBJECT"), (None, False, "UNKNOWN_QUEUE")])
def test_what_is_unknown_denies(subject: str | None, queue: bool, code: str) -> None:
    person, known = PersonFactory(), QueueFactory()
    assert codes(subject or person.public_id, known.slug if queue else "no-such-queue") == [code]


def test_the_past_is_answered_as_it_was_known_then() -> None:
    certification = CertificationFactory()
    person, queue = PersonFactory(languages=["id"]), QueueFactory(requires={"all_of": [certification.slug], "languages": ["id"]})
    award(person.id, certification)
    before = queries.access_of(person.public_id, queue.slug, at=NOW)
    accounts.record_facts(person, {FactKind.LANGUAGES: ["en"]}, effective_from=NOW - 5 * DAY, by=SYSTEM, now=NOW + DAY)
    certification_services.enter(person.id, certification, EventKind.REVOKED, reason="Shared an exam.", by=SYSTEM, now=NOW + DAY)
    db.session.commit()
    assert queries.access_of(person.public_id, queue.slug, at=NOW) == before
    assert codes(person.public_id, queue.slug, NOW + DAY) == ["CERTIFICATE_REVOKED", "LANGUAGE_MISMATCH"]
    hindsight = queries.access_of(person.public_id, queue.slug, at=NOW, known_at=NOW + 2 * DAY)
    assert [reason.code.value for reason in hindsight.reasons] == ["LANGUAGE_MISMATCH"]


def test_an_override_counts_for_its_queue_and_its_person_alone() -> None:
    lead, person, other = PersonFactory(), PersonFactory(), PersonFactory()
    closed, also_closed = QueueFactory(requires={"languages": ["id"]}), QueueFactory(requires={"languages": ["id"]})
    grant = Grant(True, "Promotion day, supervised.", NOW, NOW + DAY)
    override = services.grant_override(person.id, closed, grant, by=Actor(ActorKind.PERSON, lead.id), now=NOW)
    db.session.commit()
    assert codes(person.public_id, closed.slug) == ["LANGUAGE_MISMATCH", "OVERRIDE_ACTIVE"]
    assert codes(person.public_id, also_closed.slug) == codes(other.public_id, closed.slug) == ["LANGUAGE_MISMATCH"]
    services.revoke_override(override.id, by=Actor(ActorKind.PERSON, lead.id), now=NOW + DAY / 2)
    db.session.commit()
    assert codes(person.public_id, closed.slug, NOW + DAY / 2) == ["LANGUAGE_MISMATCH"]


def test_a_batch_and_a_single_question_cost_one_statement_each() -> None:
    people = [PersonFactory().public_id for _ in range(5)]
    slugs = [QueueFactory().slug for _ in range(4)]
    with counted() as statements:
        queries.access_of(people[0], slugs[0], at=NOW)
        assert len(statements) == 1
        gathered = queries.gather(people, slugs)
        assert len(statements) == 2
    assert all(gathered.decide(person, slug, at=NOW, known_at=NOW).access is Access.ALLOW for person in people for slug in slugs)


def test_the_current_version_of_a_queue_is_shown() -> None:
    queue = QueueFactory()
    changed = QueueDocumentFactory(id=queue.slug, title="Another title")
    assert services.publish_queue(changed, by=SYSTEM, now=NOW)
    assert not services.publish_queue(changed, by=SYSTEM, now=NOW)
    assert queries.queue_by_slug(queue.slug, now=NOW).document.title == "Another title"
    assert queries.queue_by_slug(queue.slug, now=NOW - DAY).document.title == queue.document.title
    with pytest.raises(NotFound):
        queries.queue_by_slug("no-such-queue", now=NOW)


def test_a_question_finds_everything_by_index_whatever_the_tables_sizes() -> None:
    subject, queue = PersonFactory().public_id, QueueFactory().slug
    with asked() as statements:
        client_by_token_hash("a hash", now=NOW)
        queries.access_of(subject, queue, at=NOW)
    assert len(statements) == 2
    assert [scans_in(*statement) for statement in statements] == [[], []]


def test_what_a_person_consented_to_is_read_with_everything_else_and_answers_about_the_past() -> None:
    person, other = PersonFactory(), PersonFactory()
    hard, plain = QueueFactory(areas=("HRM",)), QueueFactory()
    also_plain = QueueFactory(areas=("HRM",), sensitivities=("hate",))
    ConsentEventFactory(person_id=person.id, sensitivity="violence", effective_from=NOW)
    ConsentEventFactory(person_id=person.id, sensitivity="violence", is_given=True, effective_from=NOW + 2 * DAY)
    assert codes(person.public_id, hard.slug, NOW - DAY) == ["QUEUE_UNGATED"]
    assert codes(person.public_id, hard.slug) == codes(person.email, hard.slug, NOW + DAY) == ["UNAVAILABLE", "QUEUE_UNGATED"]
    assert codes(person.public_id, hard.slug, NOW + 2 * DAY) == ["QUEUE_UNGATED"]
    for subject, queue in ((person, plain), (person, also_plain), (other, hard)):
        assert codes(subject.public_id, queue.slug) == ["QUEUE_UNGATED"]


def test_what_the_organisation_asks_closes_for_whoever_never_agreed() -> None:
    person, agreed, hard = PersonFactory(), PersonFactory(), QueueFactory(areas=("SXM",))
    ConsentAskingFactory(sensitivity="sexual", effective_from=NOW)
    ConsentEventFactory(person_id=agreed.id, sensitivity="sexual", is_given=True, effective_from=NOW)
    gathered = queries.gather([person.public_id, agreed.public_id], [hard.slug])
    answers = [gathered.decide(each.public_id, hard.slug, at=NOW, known_at=NOW).access for each in (person, agreed)]
    assert answers == [Access.DENY, Access.ALLOW]
    assert codes(person.public_id, hard.slug, NOW - DAY) == ["QUEUE_UNGATED"]
