"""The gate's statement, and how each entry that it finds is read.

It answers with JSON texts, what is known of each person, what each queue requires, what everybody is asked and what certifications ask, found by
index whatever the tables' sizes. Programs ask it on every task that a moderator pulls.
"""

from datetime import time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, exists, literal_column, null, or_, select, union_all

from training.accounts.models import Absence, Person, PersonFact, ShiftAssignment, ShiftVersion
from training.accounts.rules import Absence as KnownAbsence
from training.accounts.rules import Fact, FactKind, Hours, HoursVersion
from training.certification.models import CertificateEvent, CertificateUse, Certification, CertificationConditions, Obligation
from training.certification.queries import USES_KNOWN, use_told
from training.certification.rules import EventKind, LedgerEvent, Use
from training.courses.models import Acknowledgement, Module
from training.courses.rules.versions import Version
from training.db import Prepared, instant_of, json_row, json_rows, json_value, one_of, told, utc_text
from training.exams.models import Attempt
from training.practice.models import ConsentAsking, ConsentEvent
from training.practice.rules import Asking, Consent
from training.queues.documents import QueueDocument
from training.queues.models import Queue, QueueOverride, QueueVersion
from training.queues.rules import evidence as known
from training.queues.rules.evidence import RequirementsVersion

KINDS_ASKED = (FactKind.STATUS, FactKind.LANGUAGES, FactKind.MARKETS)
"""What of a person's facts the gate looks at."""


def _array(*columns: Any) -> Select[Any]:
    """Some columns of every row as one JSON array of arrays."""
    return select(json_rows(json_row(*columns)))


def _facts() -> Any:
    instants = utc_text(PersonFact.effective_from), utc_text(PersonFact.recorded_at)
    asked = PersonFact.kind.in_([literal_column(f"'{kind}'") for kind in KINDS_ASKED])
    return _array(PersonFact.kind, json_value(PersonFact.value), *instants, PersonFact.id).where(PersonFact.person_id == Person.id, asked).scalar_subquery()


def fact(kind: str, value: dict[str, Any], effective_from: str, recorded_at: str, number: int) -> Fact:
    """One thing that is true of a person."""
    return Fact(FactKind(kind), value["value"], instant_of(effective_from), instant_of(recorded_at), number)


def _events() -> Any:
    event = CertificateEvent
    instants = [utc_text(instant) for instant in (event.effective_at, event.recorded_at, event.valid_from, event.valid_until)]
    found = _array(Certification.slug, event.id, event.kind, event.disuse_days, event.is_provisional, *instants).join_from(
        event, Certification, Certification.id == event.certification_id
    )
    return found.where(event.person_id == Person.id).scalar_subquery()


def event(_certification: str, number: int, kind: str, disuse_days: int | None, is_provisional: bool | int, *instants: str | None) -> LedgerEvent:
    """One entry of the ledger of certificates."""
    effective_at, recorded_at, valid_from, valid_until = (instant_of(instant) for instant in instants)
    assert effective_at is not None and recorded_at is not None, "no entry is without them"
    return LedgerEvent(number, EventKind(kind), effective_at, recorded_at, valid_from, valid_until, None, disuse_days, bool(is_provisional))


def _uses() -> Any:
    use = CertificateUse
    found = _array(Certification.slug, use.id, json_value(use.stretches), utc_text(use.recorded_at))
    return found.join_from(use, Certification, Certification.id == use.certification_id).where(USES_KNOWN).scalar_subquery()


def use(_certification: str, number: int, stretches: list[list[str]], recorded_at: str) -> Use:
    """When the work for a certificate was done."""
    return use_told(number, stretches, instant_of(recorded_at))


def _acknowledgements() -> Any:
    entry = Acknowledgement
    columns = (Module.slug, entry.major, entry.minor, entry.patch, utc_text(entry.acknowledged_at), utc_text(entry.recorded_at))
    return _array(*columns).join_from(entry, Module, Module.id == entry.module_id).where(entry.person_id == Person.id).scalar_subquery()


def acknowledgement(module: str, major: int, minor: int, patch: int, *instants: str) -> known.Acknowledgement:
    """A module's version that was read."""
    acknowledged_at, recorded_at = instants
    return known.Acknowledgement(module, Version(major, minor, patch), instant_of(acknowledged_at), instant_of(recorded_at))


def _obligations() -> Any:
    entry = Obligation
    instants = [utc_text(instant) for instant in (entry.effective_from, entry.due_at, entry.recorded_at, entry.met_at, entry.met_recorded_at)]
    return _array(entry.module_slug, json_value(entry.areas), *instants).where(entry.person_id == Person.id).scalar_subquery()


def obligation(module: str, areas: list[str], *instants: str) -> known.Obligation:
    """A delta that is due."""
    return known.Obligation(module, frozenset(areas), *(instant_of(instant) for instant in instants))


def _overrides(of_queues: ColumnElement[bool]) -> Any:
    entry = QueueOverride
    instants = (entry.effective_from, entry.effective_until, entry.recorded_at, entry.revoked_at, entry.revoked_recorded_at)
    found = _array(Queue.slug, entry.effect, *(utc_text(instant) for instant in instants)).join_from(entry, Queue, Queue.id == entry.queue_id)
    return found.where(entry.person_id == Person.id, of_queues).scalar_subquery()


def override(_queue: str, effect: str, *instants: str) -> known.Override:
    """A dated exception."""
    return known.Override(effect == "allow", *(instant_of(instant) for instant in instants))


def _consents() -> Any:
    said = ConsentEvent
    columns = (said.sensitivity, said.is_given, utc_text(said.effective_from), utc_text(said.recorded_at), said.id)
    return _array(*columns).where(said.person_id == Person.id).scalar_subquery()


def consent(sensitivity: str, is_given: bool, effective_from: str, recorded_at: str, number: int) -> Consent:
    """That a person gave or withdrew their consent."""
    return Consent(sensitivity, bool(is_given), instant_of(effective_from), instant_of(recorded_at), number)


def _askings() -> Any:
    decided = ConsentAsking
    columns = (decided.sensitivity, decided.is_asked, utc_text(decided.effective_from), utc_text(decided.recorded_at), decided.id)
    # Every row, which are few; the condition lets even an empty statistic choose the index.
    return _array(*columns).where(decided.sensitivity > "").scalar_subquery()


def asking(sensitivity: str, is_asked: bool, effective_from: str, recorded_at: str, number: int) -> Asking:
    """That the organisation asks first, or does not."""
    return Asking(sensitivity, bool(is_asked), instant_of(effective_from), instant_of(recorded_at), number)


def _absences() -> Any:
    instants = (utc_text(instant) for instant in (Absence.effective_from, Absence.effective_until, Absence.recorded_at, Absence.ended_at))
    mattering = Absence.over_at > bindparam("asked_from", type_=Absence.over_at.type)
    return _array(*instants).where(Absence.person_id == Person.id, mattering).scalar_subquery()


def absence(*instants: str) -> KnownAbsence:
    """That the person is not available over a span; the statement knows nothing of why."""
    return KnownAbsence(*(instant_of(instant) for instant in instants))


def _shifts() -> Any:
    given, version = ShiftAssignment, ShiftVersion
    hours = (version.zone, json_value(version.days), version.begins, version.ends, version.is_binding)
    columns = (given.id, given.shift_id, utc_text(given.effective_from), utc_text(given.recorded_at))
    found = _array(*columns, version.number, utc_text(version.effective_from), utc_text(version.recorded_at), *hours)
    return found.join_from(given, version, version.shift_id == given.shift_id, isouter=True).where(given.person_id == Person.id).scalar_subquery()


def hours_version(number: int, effective_from: str, recorded_at: str, *clock: Any) -> HoursVersion:
    """A shift's hours from an instant on."""
    zone, days, begins, ends, is_binding = clock
    hours = Hours(zone, frozenset(days), time.fromisoformat(begins), time.fromisoformat(ends), bool(is_binding))
    return HoursVersion(hours, instant_of(effective_from), instant_of(recorded_at), number)


def _conditions() -> Any:
    entry = CertificationConditions
    columns = (Certification.slug, json_value(entry.prerequisites), entry.renewal_window_days, utc_text(entry.effective_from), utc_text(entry.recorded_at))
    found = _array(*columns, entry.id).join_from(entry, Certification, Certification.id == entry.certification_id)
    # Every row likewise: there is none of a certification that asks for nothing beside its ledger.
    return found.where(entry.certification_id > 0).scalar_subquery()


def conditions(certification: str, prerequisites: list[str], renewal_window_days: int, *more: Any) -> known.Conditions:
    """What a certification asks beside its ledger, from an instant on."""
    effective_from, recorded_at, number = more
    return known.Conditions(certification, tuple(prerequisites), renewal_window_days, instant_of(effective_from), instant_of(recorded_at), number)


def _demands() -> Select[Any]:
    version = QueueVersion
    return _array(cast(version.document, Text), utc_text(version.effective_from), utc_text(version.recorded_at), version.number).where(
        version.queue_id == Queue.id
    )


def demand(document: str, effective_from: str, recorded_at: str, number: int) -> RequirementsVersion:
    """What a queue required from an instant on."""
    requirements = QueueDocument.model_validate_json(document).requirements
    return RequirementsVersion(requirements, instant_of(effective_from), instant_of(recorded_at), number)


def _person(of_queues: ColumnElement[bool]) -> ColumnElement[str]:
    parts = (_facts(), _events(), _uses(), _acknowledgements(), _obligations(), _overrides(of_queues), _consents(), _absences(), _shifts())
    return cast(json_row(Person.id, exists().where(Attempt.person_id == Person.id), *parts), Text)


def _evidence_of_one(of_person: ColumnElement[bool]) -> Prepared:
    of_queue = Queue.slug == bindparam("queue")
    demands, person = told(_demands().where(of_queue).correlate(None)), select(_person(of_queue)).where(of_person).scalar_subquery()
    return Prepared(select(cast(_askings(), Text), cast(_conditions(), Text), demands, person))


EVIDENCE_BY_EMAIL = _evidence_of_one(Person.email == bindparam("subject"))
EVIDENCE_BY_PUBLIC_ID = _evidence_of_one(Person.public_id == bindparam("subject"))
"""For one question, which takes `subject`, `queue`, `known_from` and `asked_from`: one row, with nothing for a person or a queue that is unknown.

PostgreSQL keeps a plan for these, and would plan the one for several each time anew.
"""


class Part(StrEnum):
    """What a row of the statement for several is about."""

    COMMON = "common"
    QUEUE = "queue"
    PERSON = "person"


def _rows_about(part: Part, *columns: Any) -> Select[Any]:
    return select(literal_column(f"'{part}'"), *columns)


def _evidence_of_several() -> Prepared:
    of_people, of_queues = or_(one_of(Person.public_id, "public_ids"), one_of(Person.email, "emails")), one_of(Queue.slug, "queues")
    common = _rows_about(Part.COMMON, cast(_askings(), Text), cast(_conditions(), Text), null())
    queues = _rows_about(Part.QUEUE, Queue.slug, told(_demands()), null()).where(of_queues)
    people = _rows_about(Part.PERSON, Person.public_id, Person.email, _person(of_queues)).where(of_people)
    return Prepared(union_all(common, queues, people))


EVIDENCE_OF_SEVERAL = _evidence_of_several()
"""For a batch, which takes `public_ids`, `emails`, `queues`, `known_from` and `asked_from`.

One row of what is asked of everybody, and one for each queue and each person, so that what it says can be recognised where it was read before.
"""
