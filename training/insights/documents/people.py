"""What a pack says of one person."""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from training.documents import Part
from training.queues.rules.decision import Access

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
EntryNumber = Annotated[int, Field(ge=1)]
"""The number of an entry of the audit, which the pack's chain part gives in full."""
TenThousandths = Annotated[int, Field(ge=0, le=10_000)]


class AnswerSource(StrEnum):
    """Where answers were given whose accuracy is told."""

    EXAM = "exam"
    """Items of exam forms as they were marked last."""
    PRACTICE = "practice"
    """Practice cases that the person had never answered before."""
    AUDIT = "audit"
    """Random samples of live work."""


class ReasonFact(Part):
    """One reason of the gate's answer."""

    code: str
    effect: str
    subject: str | None
    since: AwareDatetime | None
    until: AwareDatetime | None


class AccessFact(Part):
    """What the gate answered for one queue at the instant: of one person for every queue, of several for those that were open to them."""

    queue: str
    access: Access
    reasons: tuple[ReasonFact, ...]


class StretchFact(Part):
    """A stretch of the span in which a certificate was in force or suspended; clipped to the span."""

    certification: str
    state: str
    is_provisional: bool
    since: AwareDatetime
    until: AwareDatetime


class ExamFact(Part):
    """A passed exam on which an entry of the ledger rests, as it was marked when the pack's instant had come."""

    attempt: str
    exam: str
    exam_version: str
    passed_at: AwareDatetime
    run: Annotated[int, Field(ge=1)]
    """Which grading of the attempt counts."""
    score_per_10000: TenThousandths
    cut_percent: int | None
    """The weighted share that was needed; nothing where a sequential exam is decided by its evidence."""
    is_passed: bool
    item_hashes: tuple[Sha256, ...]
    """The content hash of each item version on the form, in the order of the hashes."""
    entry: EntryNumber | None


class LedgerFact(Part):
    """One entry of the ledger of certificates."""

    entry: EntryNumber | None
    number: str
    """The entry's public id: an award's is its certificate number."""
    kind: str
    certification: str
    certification_version: int
    effective_at: AwareDatetime
    recorded_at: AwareDatetime
    valid_from: AwareDatetime | None
    valid_until: AwareDatetime | None
    disuse_days: int | None
    is_provisional: bool
    by: str | None
    """The public id of the person whose deed led to it: of an award the holder, who sat the exam; nothing where time did."""
    reason: str
    exams: tuple[ExamFact, ...]
    policy_versions: dict[str, str | None]
    """The latest version that was acknowledged of each policy module the certification names."""


class ReadingFact(Part):
    """A policy version that the person said they had read."""

    entry: EntryNumber | None
    module: str
    version: str
    acknowledged_at: AwareDatetime


class AssignmentFact(Part):
    """A course or a module that the person, their team, a cohort of theirs, or everybody of their market or language was asked to complete."""

    entry: EntryNumber | None
    course: str | None
    module: str | None = None
    """One of the two."""
    team_number: int | None
    """By which the audit knows the team, where all of it was asked."""
    cohort_number: int | None = None
    """By which the audit knows the cohort, where all of it was asked."""
    rule: str | None = None
    """`ID/id`, `ID/` or `/id`, where everybody of a market, in a language, or both was asked."""
    assigned_at: AwareDatetime
    due_at: AwareDatetime


class PracticeFact(Part):
    """Practice, as far as it is measured: from a case being shown to its answer."""

    first_at: AwareDatetime
    last_at: AwareDatetime
    session_count: int
    answer_count: int
    answering_seconds: int


class TrainingFact(Part):
    """What training is known. Reading, classrooms and talks take time that nothing measures."""

    practice: PracticeFact | None
    readings: tuple[ReadingFact, ...]
    assignments: tuple[AssignmentFact, ...]


class AccuracyFact(Part):
    """How many answers in one language were right, with the 95 % Wilson interval of the share."""

    language: str
    source: AnswerSource
    right: Annotated[int, Field(ge=0)]
    count: Annotated[int, Field(ge=1)]
    low_per_10000: TenThousandths
    high_per_10000: TenThousandths


class ExceptionFact(Part):
    """A dated exception that opened or closed a queue for the person."""

    entry: EntryNumber | None
    """That it was granted, or where it takes two confirmed."""
    proposal_entry: EntryNumber | None
    """That it was proposed, where it takes two."""
    end_entry: EntryNumber | None
    """That it was ended before its time, where it was."""
    number: int
    proposal: int | None
    """By which the audit knows the proposal, where it takes two."""
    queue: str
    effect: str
    recorded_at: AwareDatetime
    since: AwareDatetime
    until: AwareDatetime
    ended_at: AwareDatetime | None
    reason: str
    by: str
    """Who granted it, or where it takes two proposed it."""
    confirmed_by: str | None
    """The second person, where it takes two."""


class ActorFact(Part):
    """Somebody who made an entry of the ledger or an exception."""

    person: str
    number: Annotated[int, Field(ge=1)]
    """By which the audit knows them."""
    name: str | None


class PersonFacts(Part):
    """What a pack says of one person."""

    person: str
    number: Annotated[int, Field(ge=1)]
    """By which the audit knows the person."""
    name: str | None
    languages: tuple[str, ...]
    """In which the person works."""
    markets: tuple[str, ...]
    access: tuple[AccessFact, ...]
    stretches: tuple[StretchFact, ...]
    ledger: tuple[LedgerFact, ...]
    training: TrainingFact
    accuracy: tuple[AccuracyFact, ...]
    exceptions: tuple[ExceptionFact, ...]
