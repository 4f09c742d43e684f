"""All that decides what certifications still ask of one person, read at once."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from training.accounts.models import Person
from training.accounts.queries import FACTS_NOW, state_told
from training.certification.models import CertificateEvent, CertificateUse, Certification, ExamPass, RetestFlag
from training.certification.queries.work import use_told
from training.certification.rules import EventKind, Evidence, LedgerEntry, LedgerEvent, Pass, Retest, RetestDeed, Use, latest_by_attempt
from training.courses.queries import STUDIES, studies_told
from training.db import Prepared, instant_of, json_row, json_rows, json_value, told, utc_text

_INSTANTS = (CertificateEvent.effective_at, CertificateEvent.recorded_at, CertificateEvent.valid_from, CertificateEvent.valid_until)
_HOW = (CertificateEvent.disuse_days, CertificateEvent.is_provisional)
_EVENT = (CertificateEvent.id, CertificateEvent.kind, CertificateEvent.public_id, *_HOW, *map(utc_text, _INSTANTS))
_ENTRIES = (
    select(json_rows(json_row(Certification.id, Certification.slug, CertificateEvent.exam_attempt, json_value(CertificateEvent.evidence), *_EVENT)))
    .join_from(CertificateEvent, Certification, Certification.id == CertificateEvent.certification_id)
    .where(CertificateEvent.person_id == Person.id)
)
_PASS = (
    utc_text(ExamPass.passed_at),
    ExamPass.id,
    ExamPass.certification_id,
    ExamPass.exam_slug,
    ExamPass.attempt,
    json_value(ExamPass.claim),
    json_value(ExamPass.form),
)
_PASSES = select(json_rows(json_row(*_PASS))).where(ExamPass.person_id == Person.id)
_RETEST = json_row(RetestFlag.id, RetestFlag.certification_id, RetestFlag.attempt, RetestFlag.deed, RetestFlag.replaced_by)
_RETESTS = select(json_rows(_RETEST)).where(RetestFlag.person_id == Person.id)
_USES = select(
    json_rows(json_row(CertificateUse.certification_id, CertificateUse.id, json_value(CertificateUse.stretches), utc_text(CertificateUse.recorded_at)))
)
EVIDENCE = (FACTS_NOW, told(_ENTRIES), told(_PASSES), told(_RETESTS), told(_USES), *STUDIES)
"""Columns of a statement about a person, with parameters `now` and `known_from`, the same instant; `evidence_told` reads them."""

_EVIDENCE = Prepared(select(*EVIDENCE).where(Person.id == bindparam("person_id")))


def evidence_of(person_id: int, *, now: datetime) -> Evidence:
    """All that decides what certifications ask of this person: one statement."""
    ((*columns,),) = _EVIDENCE.here(person_id=person_id, now=now, known_from=now)
    return evidence_told(*columns)


def evidence_told(facts: str, entries: str, passes: str, retests: str, uses: str, *studies: str) -> Evidence:
    """What the columns say."""
    latest_passes = sorted(json.loads(passes), key=lambda entry: (entry[0], entry[1]), reverse=True)
    latest_retests = sorted(json.loads(retests), key=lambda entry: entry[0], reverse=True)
    return Evidence(
        state=state_told(facts),
        studies=studies_told(*studies),
        entries=tuple(_entry(*entry) for entry in json.loads(entries)),
        passes=tuple(_pass(*entry) for entry in latest_passes),
        retests=tuple(latest_by_attempt(_retest(*entry) for entry in latest_retests)),
        uses=tuple(_use(*entry) for entry in json.loads(uses)),
    )


def _use(certification_id: int, number: int, stretches: list[list[str]], recorded_at: str) -> tuple[int, Use]:
    return certification_id, use_told(number, stretches, instant_of(recorded_at))


def _entry(certification_id: int, slug: str, exam_attempt: str | None, evidence: dict[str, Any], *event: Any) -> LedgerEntry:
    earned_by = {exam_attempt, *evidence.get("supporting", {}).values()}
    return LedgerEntry(certification_id, slug, _event(*event), frozenset(attempt for attempt in earned_by if attempt))


def _event(number: int, kind: str, public_id: str, disuse_days: int | None, is_provisional: bool | int, *instants: str | None) -> LedgerEvent:
    effective_at, recorded_at, valid_from, valid_until = (instant_of(instant) for instant in instants)
    assert effective_at is not None and recorded_at is not None, "no entry is without them"
    return LedgerEvent(number, EventKind(kind), effective_at, recorded_at, valid_from, valid_until, public_id, disuse_days, bool(is_provisional))


def _pass(passed_at: str, _id: int, certification_id: int, exam_slug: str, attempt: str, *evidence: dict[str, Any] | None) -> Pass:
    claim, form = evidence
    return Pass(certification_id, exam_slug, attempt, instant_of(passed_at), claim, form)


def _retest(_id: int, certification_id: int, attempt: str, deed: str, replaced_by: str | None) -> Retest:
    return Retest(certification_id, attempt, RetestDeed(deed), replaced_by)
