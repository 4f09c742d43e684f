"""Comparing what a pack says with what the entries say that it cites."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.audit.rules import HASHED, pseudonym
from training.insights.documents import (
    AssignmentFact,
    CertificationFact,
    CitedEntry,
    ExamFact,
    ExceptionFact,
    LedgerFact,
    Pack,
    PersonFacts,
    ReadingFact,
    RequirementsFact,
)
from training.insights.rules import citing
from training.insights.rules.citing import Key
from training.insights.services.assignments import key_of_assignment

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry of the audit says, read back from its text."""

    key: Key | None
    deed: str
    actor: int | None
    """The number of the person who did it; nothing where that was no person."""
    at: datetime
    detail: Detail


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact that an entry proves: which entry, by which key, and what else the entry must say, as far as it says it at all."""

    what: str
    entry: int | None
    key: Key
    at: datetime | None
    said: Mapping[str, object]
    deed: str | None = None
    actor: str | None = None
    """The public id of whoever did it."""
    is_by_that_actor: bool = False
    """Whether the pack says who did it, or that nobody did."""


@dataclass(frozen=True, slots=True)
class Cited:
    """How many facts their entries prove, and what is wrong with others."""

    proven_count: int
    faults: tuple[str, ...]


def cited_faults(pack: Pack) -> Cited:
    """Compare every fact that cites an entry with it; a cited entry that the pack does not give is a fault."""
    entries, faults, proven = _entries(pack), list[str](), 0
    actors = {actor.person: actor.number for actor in pack.facts.actors}
    for claim in _claims(pack):
        if claim.entry is None:
            continue
        fault = _fault(claim, entries.get(claim.entry), actors)
        if fault is None:
            proven += 1
        else:
            faults.append(f"{claim.what}: {fault}")
    return Cited(proven, tuple(faults))


def what_entries_do_not_say(pack: Pack) -> tuple[str, ...]:
    """What of the pack is signed and nothing more, in words."""
    uncited = sum(claim.entry is None for claim in _claims(pack))
    found = ["The gate's answers, practice, accuracy, languages and totals: the issuer's word, signed; no single entry of the audit says them."]
    if uncited:
        found.append(f"{uncited} facts cite no entry of the audit: they are the issuer's word, signed.")
    return tuple(found)


def _entries(pack: Pack) -> dict[int, Entry]:
    found = {}
    for cited in pack.chain.entries:
        try:
            said = json.loads(cited.said)
            detail, subject = _with_words(json.loads(said["detail_json"]), cited), (said["subject_kind"], said["subject_id"])
            at, actor = datetime.fromisoformat(said["at"]), said["actor_id"] if said["actor_kind"] == "person" else None
            found[int(said["id"])] = Entry(citing.key_of_entry(said["deed"], subject, at, detail), said["deed"], actor, at, detail)
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _with_words(detail: dict[str, Any], cited: CitedEntry) -> dict[str, Any]:
    """The detail with the words that its hashes vouch for; words that they do not vouch for are nobody's."""
    for words in cited.words:
        is_vouched_for = pseudonym(words.text, bytes.fromhex(words.salt)) == detail.get(f"{words.name}{HASHED}")
        detail[words.name] = words.text if is_vouched_for else None
    return detail


def _fault(claim: Claim, entry: Entry | None, actors: Mapping[str, int]) -> str | None:
    if entry is None:
        return f"entry {claim.entry} is not among those that the pack gives."
    if entry.key != claim.key or (claim.deed is not None and entry.deed != claim.deed):
        return f"entry {claim.entry} is about something else."
    if claim.at is not None and entry.at != claim.at:
        return f"entry {claim.entry} has another instant."
    if claim.is_by_that_actor and entry.actor != (actors.get(claim.actor) if claim.actor is not None else None):
        return f"entry {claim.entry} was made by somebody else."
    wrong = [name for name, value in claim.said.items() if name in entry.detail and _plain(entry.detail[name]) != _plain(value)]
    return f"entry {claim.entry} says otherwise of {', '.join(wrong)}." if wrong else None


def _plain(value: object) -> object:
    """A value as it is compared: instants however they were written."""
    if isinstance(value, str) and len(value) >= 19:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


def _claims(pack: Pack) -> Iterator[Claim]:
    for person in pack.facts.people:
        yield from _claims_of_person(person)
    for queue in pack.facts.queues:
        for version in queue.versions:
            yield _of_requirements(queue.queue, version)
    for certification in pack.facts.certifications:
        yield _of_certification(certification)


def _claims_of_person(person: PersonFacts) -> Iterator[Claim]:
    for entry in person.ledger:
        yield _of_ledger(person, entry)
        for exam in entry.exams:
            yield _of_exam(exam)
    for reading in person.training.readings:
        yield _of_reading(person, reading)
    for assignment in person.training.assignments:
        yield _of_assignment(person, assignment)
    for exception in person.exceptions:
        yield from _of_exception(person, exception)


def _of_ledger(person: PersonFacts, fact: LedgerFact) -> Claim:
    said = {
        "certification": fact.certification,
        "reason": fact.reason,
        "from": fact.valid_from,
        "until": fact.valid_until,
        "disuse_days": fact.disuse_days,
        "provisional": fact.is_provisional,
    }
    key = citing.certificate_key(person.number, fact.number)
    return Claim(f"{fact.kind} {fact.number}", fact.entry, key, fact.recorded_at, said, f"certificate.{fact.kind}", fact.by, is_by_that_actor=True)


def _of_exam(fact: ExamFact) -> Claim:
    said = {"exam": fact.exam, "passed": fact.is_passed, "score_per_10000": fact.score_per_10000}
    return Claim(f"attempt {fact.attempt}", fact.entry, citing.run_key(fact.attempt, fact.run), None, said)


def _of_reading(person: PersonFacts, fact: ReadingFact) -> Claim:
    key = citing.reading_key(person.number, fact.module, fact.version)
    return Claim(f"reading of {fact.module} {fact.version}", fact.entry, key, fact.acknowledged_at, {})


def _of_assignment(person: PersonFacts, fact: AssignmentFact) -> Claim:
    """That the person was in the team or cohort, or fitted the rule, is the issuer's word."""
    work = f"course {fact.course}" if fact.course is not None else f"module {fact.module}"
    return Claim(work, fact.entry, key_of_assignment(fact, person.number), fact.assigned_at, {"due_at": fact.due_at})


def _of_exception(person: PersonFacts, fact: ExceptionFact) -> Iterator[Claim]:
    """One entry where one person granted it, two where it takes two, and one more where it was ended."""
    what, number = f"exception for {fact.queue}", person.number
    said = {"effect": fact.effect, "until": fact.until, "reason": fact.reason, "queue": fact.queue}
    granted = citing.exception_key(number, fact.queue, fact.recorded_at)
    if fact.proposal is None:
        yield Claim(what, fact.entry, granted, fact.recorded_at, said, actor=fact.by, is_by_that_actor=True)
    else:
        yield Claim(what, fact.proposal_entry, citing.proposal_key(number, fact.proposal), None, said, actor=fact.by, is_by_that_actor=True)
        key = citing.confirmation_key(number, fact.proposal)
        yield Claim(what, fact.entry, key, fact.recorded_at, said, actor=fact.confirmed_by, is_by_that_actor=True)
    if fact.ended_at is not None:
        yield Claim(f"end of the {what}", fact.end_entry, citing.end_key(number, fact.number), fact.ended_at, {})


def _of_requirements(queue: str, fact: RequirementsFact) -> Claim:
    key = citing.version_key("queue", queue, fact.number)
    return Claim(f"queue {queue} {fact.number}", fact.entry, key, fact.effective_from, {"content_hash": fact.content_hash})


def _of_certification(fact: CertificationFact) -> Claim:
    key = citing.version_key("certification", fact.certification, fact.number)
    return Claim(f"certification {fact.certification} {fact.number}", fact.entry, key, fact.published_at, {"content_hash": fact.content_hash})
