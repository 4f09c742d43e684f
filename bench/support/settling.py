"""Puts an organisation into a database: what is published by the project's own services, people in bulk."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from support.databases import Database, Filling, Row, application
from support.organisation import AREAS, CERTIFICATIONS, MODULES, OLDEST_DAYS, VALIDITY, Organisation, certification_documents, module_documents
from training.accounts.services import create_client
from training.actors import SYSTEM
from training.certification import queries as certification_queries
from training.certification.models import Certification
from training.certification.services import publish_certification
from training.courses import queries as course_queries
from training.courses.models import Module
from training.courses.services import publish_module
from training.db import db
from training.queues.models import AccessCause
from training.queues.queries import stored_queue
from training.queues.services import publish_queue

TOKEN = "a-token-of-the-bench"
JOINED = timedelta(days=300)
READ = timedelta(days=250)


@dataclass(frozen=True, slots=True)
class Published:
    """The ids of certifications and modules with those of their versions, and the ids of queues; all by number."""

    certifications: Sequence[tuple[int, int]]
    modules: Sequence[tuple[int, int]]
    queues: Sequence[int]


def settle(organisation: Organisation, database: Database) -> None:
    """Put the organisation into this database, and a program that may ask about it.

    What triggers noted of the rows, all of it long past, is taken away, and the database is given time to write down what it was told.
    """
    with application(database.url).app_context():
        published = _publish(organisation)
        create_client(name="The bench", scopes=["access:read"], by=SYSTEM, now=organisation.now, token=TOKEN)
        db.session.commit()
        db.engine.dispose()
    database.fill(_fillings(organisation, published))
    with application(database.url).app_context():
        db.session.execute(delete(AccessCause))
        db.session.commit()
        db.engine.dispose()
    database.rest()


def _publish(organisation: Organisation) -> Published:
    then = organisation.now - JOINED
    for certification in certification_documents():
        publish_certification(certification, by=SYSTEM, now=then)
    for module in module_documents():
        publish_module(module, by=SYSTEM, now=then)
    for queue in organisation.queues:
        publish_queue(queue.document, by=SYSTEM, now=then)
    certifications = [certification_queries.stored_certification(f"certification-{number}") for number in range(CERTIFICATIONS)]
    modules = [course_queries.module_by_slug(f"module-{number}") for number in range(MODULES)]
    queues = [stored_queue(queue.slug) for queue in organisation.queues]
    return Published(_with_version(certifications), _with_version(modules), [queue.id for queue in queues if queue])


def _with_version(rows: Sequence[Certification | Module | None]) -> list[tuple[int, int]]:
    return [(row.id, row.current_version_id) for row in rows if row and row.current_version_id]


def _fillings(organisation: Organisation, published: Published) -> Iterator[Filling]:
    yield Filling("people", ("id", "public_id", "email", "name", "sort_name", "is_demo", "created_at"), _people(organisation))
    yield Filling("person_facts", ("person_id", "kind", "value", "effective_from", "recorded_at"), _facts(organisation))
    acknowledged = ("person_id", "module_id", "module_version_id", "major", "minor", "patch", "acknowledged_at", "recorded_at")
    yield Filling("acknowledgements", acknowledged, _acknowledgements(organisation, published))
    awarded = ("person_id", "certification_id", "certification_version_id", "public_id", "kind", "valid_from", "valid_until", "effective_at")
    yield Filling("certificate_events", (*awarded, "recorded_at", "reason", "evidence"), _events(organisation, published))
    due = ("person_id", "module_slug", "module_version", "areas", "kind", "effective_from", "due_at", "recorded_at", "met_at", "met_recorded_at")
    yield Filling("obligations", due, _met_obligations(organisation))
    granted = ("person_id", "queue_id", "effect", "reason", "effective_from", "effective_until", "recorded_at", "granted_by_id")
    yield Filling("queue_overrides", granted, _past_overrides(organisation, published))


def as_text(instant: datetime) -> str:
    """An instant as both databases read it, in UTC."""
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"


def _people(organisation: Organisation) -> Iterator[Row]:
    then = as_text(organisation.now - JOINED)
    return ((person.number, person.public_id, person.email, "A person", "a person", "0", then) for person in organisation.people)


def _facts(organisation: Organisation) -> Iterator[Row]:
    then = as_text(organisation.now - JOINED)
    same = [("status", "active"), ("roles", ["moderator"]), ("name", "A person"), ("markets", ["ID"])]
    written = [(kind, json.dumps({"value": value})) for kind, value in same]
    for person in organisation.people:
        for kind, value in (*written, ("languages", json.dumps({"value": person.languages}))):
            yield person.number, kind, value, then, then


def _acknowledgements(organisation: Organisation, published: Published) -> Iterator[Row]:
    then = as_text(organisation.now - READ)
    return ((person.number, *module, 1, 0, 0, then, then) for person in organisation.people for module in published.modules)


def _events(organisation: Organisation, published: Published) -> Iterator[Row]:
    begins = [organisation.now - timedelta(days=days) for days in range(OLDEST_DAYS)]
    terms = [(as_text(begin), as_text(begin + VALIDITY)) for begin in begins]
    for person in organisation.people:
        begin, end = terms[person.age_days]
        for held in person.certifications(organisation.certificates_each):
            yield person.number, *published.certifications[held], f"{person.public_id}{held}", "awarded", begin, end, begin, begin, "Earned.", "{}"


def _met_obligations(organisation: Organisation) -> Iterator[Row]:
    """Every fourth person once had to learn what changed, and did."""
    since, met, due = (as_text(organisation.now - timedelta(days=days)) for days in (240, 230, 210))
    for person in organisation.people[::4]:
        yield person.number, f"module-{person.number % MODULES}", "1.0.0", json.dumps(AREAS), "reading", since, due, since, met, met


def _past_overrides(organisation: Organisation, published: Published) -> Iterator[Row]:
    """Every twentieth was once let into a queue for a day."""
    since, until = (as_text(organisation.now - timedelta(days=days)) for days in (100, 99))
    for person in organisation.people[::20]:
        queue_id = published.queues[person.number % len(published.queues)]
        yield person.number, queue_id, "allow", "A day of promotions.", since, until, since, person.number + 1
