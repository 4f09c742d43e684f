"""What the gate reads: everything about some people and a queue in one statement, whatever the tables' sizes.

The statement is written once and runs on a connection of its own without a transaction around it, because programs ask
it on every task that a moderator pulls.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, Text, bindparam, cast, literal, null, or_, select, union_all

from training.accounts.models import Person, PersonFact
from training.accounts.rules import Fact, FactKind
from training.certification.models import CertificateEvent, Certification, Obligation
from training.certification.rules import EventKind, LedgerEvent
from training.courses.models import Acknowledgement as AcknowledgementRow
from training.courses.models import Module
from training.courses.rules.versions import Version
from training.db import UtcDateTime, reading
from training.queues.documents import QueueDocument
from training.queues.models import Queue, QueueOverride, QueueVersion
from training.queues.rules.decision import Code, Decision, Reason, answer
from training.queues.rules.evidence import Acknowledgement, Evidence, Override, RequirementsVersion
from training.queues.rules.evidence import Obligation as ObligationEntry

NO_TEXT = cast(null(), Text)
NO_INSTANT = cast(null(), UtcDateTime)


def _part(source: str, person: Any, key: Any, text: Any, number: Any, *instants: Any) -> Select[Any]:
    """One part of the union: its source, whom it is about, and up to five instants."""
    padded = (*instants, *([NO_INSTANT] * (5 - len(instants))))
    columns = (literal(source).label("source"), person.label("person"), key.label("key"), text.label("text"), number.label("number"))
    return select(*columns, *(instant.label(f"instant_{position}") for position, instant in enumerate(padded)))


def _about(subjects: Any) -> Any:
    return select(Person.id).where(or_(Person.public_id.in_(subjects), Person.email.in_(subjects)))


def _evidence_statement() -> Any:
    subjects: BindParameter[Any] = bindparam("subjects", expanding=True)
    queues: BindParameter[Any] = bindparam("queues", expanding=True)
    people = _about(subjects).scalar_subquery()
    fact = PersonFact
    return union_all(
        _part("person", Person.id, Person.public_id, Person.email, Person.id).where(or_(Person.public_id.in_(subjects), Person.email.in_(subjects))),
        _part("fact", fact.person_id, fact.kind, cast(fact.value, Text), fact.id, fact.effective_from, fact.recorded_at).where(fact.person_id.in_(people)),
        _part(
            "event",
            CertificateEvent.person_id,
            Certification.slug,
            CertificateEvent.kind,
            CertificateEvent.id,
            CertificateEvent.effective_at,
            CertificateEvent.recorded_at,
            CertificateEvent.valid_from,
            CertificateEvent.valid_until,
        )
        .join(Certification, Certification.id == CertificateEvent.certification_id)
        .where(CertificateEvent.person_id.in_(people)),
        _part(
            "acknowledgement",
            AcknowledgementRow.person_id,
            Module.slug,
            cast(AcknowledgementRow.major, Text) + "." + cast(AcknowledgementRow.minor, Text) + "." + cast(AcknowledgementRow.patch, Text),
            AcknowledgementRow.id,
            AcknowledgementRow.acknowledged_at,
            AcknowledgementRow.recorded_at,
        )
        .join(Module, Module.id == AcknowledgementRow.module_id)
        .where(AcknowledgementRow.person_id.in_(people)),
        _part(
            "obligation",
            Obligation.person_id,
            Obligation.module_slug,
            cast(Obligation.areas, Text),
            Obligation.id,
            Obligation.effective_from,
            Obligation.due_at,
            Obligation.recorded_at,
            Obligation.met_at,
            Obligation.met_recorded_at,
        ).where(Obligation.person_id.in_(people)),
        _part(
            "override",
            QueueOverride.person_id,
            Queue.slug,
            QueueOverride.effect,
            QueueOverride.id,
            QueueOverride.effective_from,
            QueueOverride.effective_until,
            QueueOverride.recorded_at,
            QueueOverride.revoked_at,
            QueueOverride.revoked_recorded_at,
        )
        .join(Queue, Queue.id == QueueOverride.queue_id)
        .where(QueueOverride.person_id.in_(people), Queue.slug.in_(queues)),
        _part("queue", literal(0), Queue.slug, cast(QueueVersion.document, Text), QueueVersion.number, QueueVersion.effective_from, QueueVersion.recorded_at)
        .join(Queue, Queue.id == QueueVersion.queue_id)
        .where(Queue.slug.in_(queues)),
    )


EVIDENCE = _evidence_statement()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one reading of the evidence found, ready to be asked about any of its people and queues."""

    evidence: Mapping[int, Evidence]
    people: Mapping[str, int]
    overrides: Mapping[tuple[int, str], tuple[Override, ...]]
    demands: Mapping[str, tuple[RequirementsVersion, ...]]

    def decide(self, subject: str, queue: str, *, at: datetime, known_at: datetime) -> Decision:
        """The gate's answer for a subject (public id or e-mail) and a queue; what is unknown denies."""
        person = self.people.get(_normal(subject))
        demands = self.demands.get(queue, ())
        unknown = [Reason(code) for code, missing in ((Code.UNKNOWN_SUBJECT, person is None), (Code.UNKNOWN_QUEUE, not demands)) if missing]
        if unknown or person is None:
            return Decision(at, tuple(unknown))
        known = self.evidence[person]
        whole = Evidence(known.facts, known.ledger, known.acknowledgements, known.obligations, self.overrides.get((person, queue), ()), demands)
        return answer(whole, at=at, known_at=known_at)


def _normal(subject: str) -> str:
    return subject.lower() if "@" in subject else subject


def gather(subjects: Iterable[str], queues: Iterable[str]) -> Gathered:
    """Read everything the gate knows of these subjects (public ids or e-mail addresses) and queues: one statement."""
    asked = [_normal(subject) for subject in subjects]
    with reading() as connection:
        rows = connection.execute(EVIDENCE, {"subjects": asked, "queues": list(queues)}).all()
    sorted_rows: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        sorted_rows[row.source].append(row)
    people = {name: row.person for row in sorted_rows["person"] for name in (row.key, row.text)}
    return Gathered(_evidence_by_person(sorted_rows), people, _overrides(sorted_rows["override"]), _demands(sorted_rows["queue"]))


def _by_person(rows: Iterable[Row[Any]]) -> Mapping[int, list[Row[Any]]]:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return found


def _evidence_by_person(rows: Mapping[str, Sequence[Row[Any]]]) -> Mapping[int, Evidence]:
    facts, events = _by_person(rows["fact"]), _by_person(rows["event"])
    acknowledgements, obligations = _by_person(rows["acknowledgement"]), _by_person(rows["obligation"])
    return {
        row.person: Evidence(
            facts=tuple(_fact(entry) for entry in facts.get(row.person, ())),
            ledger=_ledger(events.get(row.person, ())),
            acknowledgements=tuple(_acknowledgement(entry) for entry in acknowledgements.get(row.person, ())),
            obligations=tuple(_obligation(entry) for entry in obligations.get(row.person, ())),
        )
        for row in rows["person"]
    }


def _fact(row: Row[Any]) -> Fact:
    return Fact(FactKind(row.key), json.loads(row.text)["value"], row.instant_0, row.instant_1, row.number)


def _ledger(rows: Iterable[Row[Any]]) -> Mapping[str, tuple[LedgerEvent, ...]]:
    found: defaultdict[str, list[LedgerEvent]] = defaultdict(list)
    for row in rows:
        found[row.key].append(LedgerEvent(row.number, EventKind(row.text), row.instant_0, row.instant_1, row.instant_2, row.instant_3))
    return {slug: tuple(events) for slug, events in found.items()}


def _acknowledgement(row: Row[Any]) -> Acknowledgement:
    return Acknowledgement(row.key, Version.parse(row.text), row.instant_0, row.instant_1)


def _obligation(row: Row[Any]) -> ObligationEntry:
    areas = frozenset(json.loads(row.text))
    return ObligationEntry(row.key, areas, row.instant_0, row.instant_1, row.instant_2, row.instant_3, row.instant_4)


def _overrides(rows: Iterable[Row[Any]]) -> Mapping[tuple[int, str], tuple[Override, ...]]:
    found: defaultdict[tuple[int, str], list[Override]] = defaultdict(list)
    for row in rows:
        entry = Override(row.text == "allow", row.instant_0, row.instant_1, row.instant_2, row.instant_3, row.instant_4)
        found[row.person, row.key].append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def _demands(rows: Iterable[Row[Any]]) -> Mapping[str, tuple[RequirementsVersion, ...]]:
    found: defaultdict[str, list[RequirementsVersion]] = defaultdict(list)
    for row in rows:
        requirements = QueueDocument.model_validate_json(row.text).requirements
        found[row.key].append(RequirementsVersion(requirements, row.instant_0, row.instant_1, row.number))
    return {slug: tuple(versions) for slug, versions in found.items()}


def access_of(subject: str, queue: str, *, at: datetime, known_at: datetime | None = None) -> Decision:
    """Whether this subject (public id or e-mail) may work this queue at an instant, as known then unless `known_at` says otherwise."""
    return gather([subject], [queue]).decide(subject, queue, at=at, known_at=known_at or at)
