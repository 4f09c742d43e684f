"""What people's qualifications rest on: entries of the ledger, exams, training, accuracy, exceptions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.exams.rules.grading import Mark, unpack_marks
from training.exams.rules.runs import unpack_items
from training.insights import queries
from training.insights.documents import (
    AccuracyFact,
    AnswerSource,
    AssignmentFact,
    ExamFact,
    ExceptionFact,
    LedgerFact,
    PracticeFact,
    ReadingFact,
    TrainingFact,
)
from training.insights.queries import Assigned, KnownItem, LedgerRow, Practised, Read, SatExam
from training.insights.rules import Moment, citing, share_of
from training.insights.rules.audiences import Audiences, Belonging
from training.insights.services.assignments import key_of_assignment
from training.insights.services.citing import Citations, citations_of_people
from training.queues.models import QueueOverride

Counts = Mapping[int, Mapping[str, tuple[int, int]]]
"""How many answers were right, of how many, by person and language."""


@dataclass(frozen=True, slots=True)
class PortionEvidence:
    """What is known of the people of a portion, by id."""

    exams: Mapping[str, SatExam]
    items: Mapping[int, KnownItem]
    accuracy: Mapping[AnswerSource, Counts]
    practised: Mapping[int, Practised]
    readings: Mapping[int, tuple[Read, ...]]
    assignments: Sequence[Assigned]
    exceptions: Mapping[int, tuple[tuple[QueueOverride, str], ...]]
    names: Mapping[int, str]
    """Public ids of whoever made entries and exceptions."""
    citations: Citations


def gather_evidence(audiences: Audiences, rows: Sequence[LedgerRow], moment: Moment) -> PortionEvidence:
    """Read what these people's qualifications rest on, as it was known at the end of what is asked about."""
    at, people = moment.at, audiences.people
    sat = queries.sat_exams(people, known_at=at)
    items = queries.known_items(sorted({number for exam in sat for number in unpack_items(exam.run.items)}))
    excepted = queries.exceptions(people, moment)
    granted = [override for found in excepted.values() for override, _ in found]
    actors = {row.event.actor_id for row in rows} | {actor for override in granted for actor in (override.granted_by_id, override.confirmed_by_id)}
    return PortionEvidence(
        exams={exam.attempt: exam for exam in sat},
        items=items,
        accuracy={
            AnswerSource.EXAM: _exam_accuracy(sat, items),
            AnswerSource.PRACTICE: queries.practice_by_language(people, known_at=at),
            AnswerSource.AUDIT: queries.audits_by_language(people, known_at=at),
        },
        practised=queries.practised(people, until=at),
        readings=queries.readings(people, known_at=at),
        assignments=queries.assignments(audiences, at=at),
        exceptions=excepted,
        names=queries.public_ids(sorted(actor for actor in actors if actor is not None)),
        citations=citations_of_people(audiences, {attempt for row in rows for attempt in row.attempts}, until=at),
    )


def _exam_accuracy(sat: Sequence[SatExam], items: Mapping[int, KnownItem]) -> Counts:
    """How many places that counted were right, by the language of their item."""
    found = defaultdict[int, dict[str, tuple[int, int]]](dict)
    for exam in sat:
        own = found[exam.person_id]
        for number, (mark, counts) in zip(unpack_items(exam.run.items), unpack_marks(exam.run.marks), strict=True):
            if counts:
                language = items[number].language
                right, count = own.get(language, (0, 0))
                own[language] = (right + (mark is Mark.RIGHT), count + 1)
    return found


def accuracy_facts(source: AnswerSource, counts: Mapping[str, tuple[int, int]]) -> list[AccuracyFact]:
    """Shares by language, each with its interval; of a language without answers nothing."""
    shares = [(language, share_of(*counted)) for language, counted in sorted(counts.items())]
    return [
        AccuracyFact(language=language, source=source, right=share.right, count=share.count, low_per_10000=share.low, high_per_10000=share.high)
        for language, share in shares
        if share is not None
    ]


def accuracy_of(number: int, evidence: PortionEvidence) -> tuple[AccuracyFact, ...]:
    """How accurately somebody answered, by language, each source apart."""
    return tuple(fact for source, counts in evidence.accuracy.items() for fact in accuracy_facts(source, counts.get(number, {})))


def ledger_of(rows: Sequence[LedgerRow], evidence: PortionEvidence) -> tuple[LedgerFact, ...]:
    """Somebody's entries of the ledger, in order."""
    return tuple(_ledger_fact(row, evidence) for row in rows)


def _ledger_fact(row: LedgerRow, evidence: PortionEvidence) -> LedgerFact:
    event = row.event
    return LedgerFact(
        entry=evidence.citations.of(citing.certificate_key(event.person_id, event.public_id)),
        number=event.public_id,
        kind=event.kind,
        certification=row.certification,
        certification_version=row.version,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        valid_from=event.valid_from,
        valid_until=event.valid_until,
        disuse_days=event.disuse_days,
        is_provisional=event.is_provisional,
        by=evidence.names.get(event.actor_id) if event.actor_id is not None else None,
        reason=event.reason,
        exams=tuple(_exam_fact(evidence.exams[attempt], evidence) for attempt in row.attempts if attempt in evidence.exams),
        policy_versions=row.policy_versions,
    )


def _exam_fact(exam: SatExam, evidence: PortionEvidence) -> ExamFact:
    result = exam.result
    return ExamFact(
        attempt=exam.attempt,
        exam=exam.exam,
        exam_version=exam.document.version,
        passed_at=exam.finished_at,
        run=exam.run.ordinal,
        score_per_10000=round(result.share * 10_000),
        cut_percent=exam.cut_percent,
        is_passed=exam.run.is_passed,
        item_hashes=tuple(sorted(evidence.items[number].content_hash for number in unpack_items(exam.run.items))),
        entry=evidence.citations.of(citing.run_key(exam.attempt, exam.run.ordinal)),
    )


def training_of(belonging: Belonging, evidence: PortionEvidence) -> TrainingFact:
    """What training of somebody is known."""
    number = belonging.person_id
    practised = evidence.practised.get(number)
    return TrainingFact(
        practice=None
        if practised is None
        else PracticeFact(
            first_at=practised.first_at,
            last_at=practised.last_at,
            session_count=practised.session_count,
            answer_count=practised.answer_count,
            answering_seconds=round(practised.seconds),
        ),
        readings=tuple(_reading_fact(number, read, evidence) for read in evidence.readings.get(number, ())),
        assignments=tuple(_assignment_fact(assigned, evidence) for assigned in evidence.assignments if belonging.is_addressed_by(assigned)),
    )


def _reading_fact(number: int, read: Read, evidence: PortionEvidence) -> ReadingFact:
    entry = evidence.citations.of(citing.reading_key(number, read.module, read.version))
    return ReadingFact(entry=entry, module=read.module, version=read.version, acknowledged_at=read.at)


def _assignment_fact(assigned: Assigned, evidence: PortionEvidence) -> AssignmentFact:
    fact = AssignmentFact(
        entry=None,
        course=assigned.course,
        module=assigned.module,
        team_number=assigned.team_id,
        cohort_number=assigned.cohort_id,
        rule=assigned.rule,
        assigned_at=assigned.assigned_at,
        due_at=assigned.due_at,
    )
    return fact.model_copy(update={"entry": evidence.citations.of(key_of_assignment(fact, assigned.person_id))})


def exceptions_of(number: int, evidence: PortionEvidence, moment: Moment) -> tuple[ExceptionFact, ...]:
    """The exceptions that acted for somebody."""
    return tuple(_exception_fact(number, row, queue, evidence, moment) for row, queue in evidence.exceptions.get(number, ()))


def _exception_fact(number: int, row: QueueOverride, queue: str, evidence: PortionEvidence, moment: Moment) -> ExceptionFact:
    ended_at, cited = queries.ended_at(row, moment.at), evidence.citations
    granted = citing.exception_key(number, queue, row.recorded_at)
    return ExceptionFact(
        entry=cited.of(granted if row.proposal_id is None else citing.confirmation_key(number, row.proposal_id)),
        proposal_entry=cited.of(citing.proposal_key(number, row.proposal_id)) if row.proposal_id is not None else None,
        end_entry=cited.of(citing.end_key(number, row.id)) if ended_at is not None else None,
        number=row.id,
        proposal=row.proposal_id,
        queue=queue,
        effect=row.effect,
        recorded_at=row.recorded_at,
        since=row.effective_from,
        until=row.effective_until,
        ended_at=ended_at,
        reason=row.reason,
        by=evidence.names[row.granted_by_id],
        confirmed_by=evidence.names[row.confirmed_by_id] if row.confirmed_by_id is not None else None,
    )
