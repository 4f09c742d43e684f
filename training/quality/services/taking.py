"""Take audits down: what can be taken is, the rest is listed."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from training.accounts.queries import people_by_subjects
from training.actors import Actor, ActorKind
from training.audit.services import record
from training.cases.queries import OUTCOME_TITLES, area_of_labels
from training.certification.queries import hold_people
from training.courses.queries import known_clauses
from training.db import db
from training.errors import Refusal
from training.practice.rules import Miss
from training.practice.services import call_for_practice, take_calls_back
from training.quality import queries
from training.quality.documents import AuditRow
from training.quality.models import QualityAudit
from training.quality.rules import Audited, AuditFault, AuditOutcome, QualityRefusal, code_to_practise, error_of, is_ahead_of_the_clock, outcome_of
from training.quality.services.judging import judge

Required = Callable[[Iterable[tuple[str, datetime]]], Mapping[tuple[str, datetime], tuple[str, ...]]]
"""The certifications that each queue mentioned at each instant; nothing for a queue that is not known. Queues lie above this room, so it is handed down."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One audit as it was sent, with its place in the batch."""

    place: int
    row: AuditRow


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many rows were taken how, and why the others were not, each with its place."""

    outcomes: Counter[AuditOutcome]
    faults: tuple[tuple[int, AuditFault], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows are held against."""

    people: Mapping[str, int]
    required: Mapping[tuple[str, datetime], tuple[str, ...]]
    labels: frozenset[str]
    clauses: frozenset[str]
    before: Mapping[str, QualityAudit]
    """What the sender said before, by its ids."""
    now: datetime

    def fault(self, row: AuditRow) -> AuditFault | None:
        """What is wrong with a row by itself."""
        wrong = {
            AuditFault.UNKNOWN_PERSON: row.subject not in self.people,
            AuditFault.UNKNOWN_QUEUE: (row.queue, row.at) not in self.required,
            AuditFault.UNKNOWN_LABEL: not self.labels.issuperset((*row.expected_labels, *row.given_labels)),
            AuditFault.UNKNOWN_CLAUSE: row.clause is not None and row.clause not in self.clauses,
            AuditFault.IN_THE_FUTURE: is_ahead_of_the_clock(row.at, now=self.now),
        }
        return next((fault for fault, is_wrong in wrong.items() if is_wrong), None)

    def is_taken_by_another(self, audited: Audited) -> bool:
        """Whether the sender gave this id to another decision before."""
        before = self.before.get(audited.audit_id)
        return before is not None and (before.person_id, before.queue_slug, before.decided_at, before.sampling) != audited.decision


def take_audits(sent: Sequence[Sent], *, required: Required, by: Actor, now: datetime, is_rehearsal: bool = False) -> Taken:
    """Take down the rows that can be taken; the same again changes nothing, and another verdict under the same id corrects the one before.

    A rehearsal says what would become of them. Raises Refusal where the same audits are being sent twice at this moment.
    """
    known = _known(sent, origin_of(by), required, now=now)
    found, faults = _sorted_out(sent, known)
    outcomes = {audited: outcome_of(audited, before.payload_hash if (before := known.before.get(audited.audit_id)) else None) for audited in found}
    counts = Counter(outcomes.values())
    if not is_rehearsal:
        said = [audited for audited, outcome in outcomes.items() if outcome is not AuditOutcome.UNCHANGED]
        _write(said, known, by=by)
        _say(counts, by=by, now=now)
        _follow(said, {audited for audited, outcome in outcomes.items() if outcome is AuditOutcome.CORRECTED}, by=by, now=now)
    return Taken(counts, tuple(faults))


def _sorted_out(sent: Sequence[Sent], known: _Known) -> tuple[list[Audited], list[tuple[int, AuditFault]]]:
    """The audits that can be taken, each id once, and what is wrong with each other row."""
    taken, faults = dict[str, Audited](), list[tuple[int, AuditFault]]()
    for each in sent:
        fault = known.fault(each.row)
        if fault is None:
            audited = each.row.audited(known.people[each.row.subject])
            if known.is_taken_by_another(audited):
                fault = AuditFault.ID_TAKEN
            elif taken.setdefault(audited.audit_id, audited) != audited:
                fault = AuditFault.SAID_TWICE
        if fault is not None:
            faults.append((each.place, fault))
    return list(taken.values()), faults


def origin_of(by: Actor) -> str:
    """Whose ids an actor's audits carry: each program has its own, people share theirs, whoever uploads the sheet."""
    return f"client:{by.id}" if by.kind is ActorKind.CLIENT else "people"


def _known(sent: Sequence[Sent], origin: str, required: Required, *, now: datetime) -> _Known:
    people = people_by_subjects(each.row.subject for each in sent)
    hold_people(sorted(set(people.values())))
    return _Known(
        people=people,
        required=required({(each.row.queue, each.row.at) for each in sent}),
        labels=frozenset({*area_of_labels(), *OUTCOME_TITLES}),
        clauses=frozenset(known_clauses(each.row.clause for each in sent if each.row.clause)),
        before=queries.audits_by_ids(origin, {each.row.id for each in sent}),
        now=now,
    )


def _write(found: Sequence[Audited], known: _Known, *, by: Actor) -> None:
    if not found:
        return
    try:
        with db.session.begin_nested():
            db.session.execute(insert(QualityAudit), [_audit(audited, known, by=by) for audited in found])
    except IntegrityError as error:
        raise Refusal(QualityRefusal.SENT_AT_ONCE) from error


def _audit(audited: Audited, known: _Known, *, by: Actor) -> dict[str, Any]:
    before, error = known.before.get(audited.audit_id), error_of(audited.verdict)
    return {
        "origin": origin_of(by),
        "audit_id": audited.audit_id,
        "payload_hash": audited.payload_hash,
        "corrects_id": before.id if before else None,
        "person_id": audited.person_id,
        "queue_slug": audited.queue,
        "certifications": sorted(known.required[audited.queue, audited.decided_at]),
        "decided_at": audited.decided_at,
        "sampling": audited.sampling.value,
        "policy_version": audited.policy_version,
        "language": audited.language,
        "expected_decisions": [sorted(actions) for actions in audited.verdict.expected],
        "given_decision": sorted(audited.verdict.given),
        "expected_labels": list(audited.verdict.expected_labels),
        "given_labels": list(audited.verdict.given_labels),
        "clause": audited.clause,
        "is_technical": audited.verdict.is_technical,
        "error": error.value if error else None,
        "note": audited.note,
        "recorded_at": known.now,
        "client_id": by.id if by.kind is ActorKind.CLIENT else None,
        "recorded_by_id": by.id if by.kind is ActorKind.PERSON else None,
    }


def _say(counts: Counter[AuditOutcome], *, by: Actor, now: datetime) -> None:
    if counts[AuditOutcome.NEW] or counts[AuditOutcome.CORRECTED]:
        detail = {outcome.value: counts[outcome] for outcome in AuditOutcome}
        record("quality.audited", by=by, subject=("quality", f"{now:%Y-%m-%d}"), now=now, detail=detail)


def _follow(said: Sequence[Audited], corrected: Collection[Audited], *, by: Actor, now: datetime) -> None:
    """Let come next in practice what was missed, and no more what was not after all; propose what the audits now call for."""
    people, origin = {audited.person_id for audited in said}, origin_of(by)
    if people:
        if corrected:
            take_calls_back({_occasion(audited, origin): code_to_practise(audited) for audited in corrected}, by=by, now=now)
        misses = [(audited, code) for audited in said if (code := code_to_practise(audited)) is not None]
        call_for_practice([Miss(audited.person_id, code, _occasion(audited, origin)) for audited, code in misses], now=now)
        judge(people, now=now)


def _occasion(audited: Audited, origin: str) -> str:
    """What an audit is called in its person's practice."""
    return f"audit:{hashlib.sha256(f'{origin} {audited.audit_id}'.encode()).hexdigest()[:40]}"
