"""What the gate knows of some people and queues, read at once and asked as often as needed."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from training.accounts.rules import FactKind, ShiftAssignment
from training.db import Rows, instant_of
from training.exams.queries import Waiting, waiting_of
from training.practice.rules import Asking
from training.queues.queries import entries
from training.queues.rules.certificates import MENDED_BY_EXAM
from training.queues.rules.decision import Action, Code, Decision, Reason, answer, answer_of_the_moment
from training.queues.rules.evidence import Conditions, Evidence, RequirementsVersion

Entries = list[list[Any]]
T = TypeVar("T")
BEGINNING = datetime.min.replace(tzinfo=UTC)
KINDS_ASKED = frozenset({FactKind.STATUS, FactKind.LANGUAGES, FactKind.MARKETS})
"""What of a person's facts the gate looks at."""


@dataclass(frozen=True, slots=True)
class PersonEntries:
    """What the statement found of one person, not yet read: most of it does not concern the queue that is asked about."""

    id: int
    has_sat: bool | int
    """Whether they ever began an attempt at an exam."""
    facts: Entries
    events: Entries
    uses: Entries
    acknowledgements: Entries
    obligations: Entries
    overrides: Entries
    consents: Entries
    absences: Entries
    shifts: Entries

    def evidence(self, queue: str, demands: tuple[RequirementsVersion, ...], askings: tuple[Asking, ...], conditions: tuple[Conditions, ...]) -> Evidence:
        """What of it concerns a queue with these demands."""
        certifications = certifications_concerning(demands, conditions)
        is_hard = any(demand.requirements.sensitivities for demand in demands)
        modules = {slug for demand in demands for slug, _version in demand.requirements.modules}
        return Evidence(
            facts=tuple(entries.fact(*entry) for entry in self.facts if entry[0] in KINDS_ASKED),
            ledger=_by_slug(entries.event, (entry for entry in self.events if entry[0] in certifications)),
            uses=_by_slug(entries.use, (entry for entry in self.uses if entry[0] in certifications)),
            acknowledgements=tuple(entries.acknowledgement(*entry) for entry in self.acknowledgements if entry[0] in modules),
            obligations=tuple(entries.obligation(*entry) for entry in self.obligations),
            overrides=tuple(entries.override(*entry) for entry in self.overrides if entry[0] == queue),
            demands=demands,
            consents=tuple(entries.consent(*entry) for entry in self.consents) if is_hard else (),
            askings=askings if is_hard else (),
            absences=tuple(entries.absence(*entry) for entry in self.absences),
            shifts=_shifts(self.shifts) if self.shifts else (),
            conditions=tuple(entry for entry in conditions if entry.certification in certifications),
        )


def certifications_concerning(demands: Iterable[RequirementsVersion], conditions: Iterable[Conditions]) -> set[str]:
    """The certifications that a queue ever asked for, and all that they were ever built on."""
    found = {slug for demand in demands for slug in demand.requirements.certifications}
    below = found
    while below:
        below = {slug for entry in conditions if entry.certification in below for slug in entry.prerequisites} - found
        found |= below
    return found


def _by_slug(read: Callable[..., T], found: Iterable[list[Any]]) -> Mapping[str, tuple[T, ...]]:
    by_slug: defaultdict[str, tuple[T, ...]] = defaultdict(tuple)
    for entry in found:
        by_slug[entry[0]] += (read(*entry),)
    return by_slug


def _shifts(found: Entries) -> tuple[ShiftAssignment, ...]:
    """Which shifts the person worked, each row an assignment with one version of its shift's hours, or with none."""
    by_number: dict[int, ShiftAssignment] = {}
    for number, shift_id, effective_from, recorded_at, *version in found:
        given = by_number.get(number) or ShiftAssignment(instant_of(effective_from), instant_of(recorded_at), number, shift_id)
        told = (entries.hours_version(*version),) if version[0] is not None else ()
        by_number[number] = replace(given, versions=given.versions + told)
    return tuple(by_number.values())


@dataclass(frozen=True)
class Gathered:
    """What one reading of the evidence found, ready to be asked about any of its people and queues."""

    people: Mapping[str, PersonEntries]
    demands: Mapping[str, tuple[RequirementsVersion, ...]]
    askings: tuple[Asking, ...]
    conditions: tuple[Conditions, ...]

    @cached_property
    def waiting(self) -> Waiting:
        """What the people sat who ever sat anything, and by which rules they may sit again: one statement more, for all of them, when somebody needs it."""
        sat = {person.id for person in self.people.values() if person.has_sat}
        return waiting_of(sat, set().union(*(certifications_concerning(demands, self.conditions) for demands in self.demands.values())))

    def decide(self, subject: str, queue: str, *, at: datetime, known_at: datetime) -> Decision:
        """The gate's answer for a subject (public id or e-mail) and a queue; what is unknown denies."""
        person, demands = self.people.get(_normal(subject)), self.demands.get(queue, ())
        if person is None or not demands:
            missing = ((Code.UNKNOWN_SUBJECT, person is None), (Code.UNKNOWN_QUEUE, not demands))
            return Decision(at, tuple(Reason(code) for code, is_missing in missing if is_missing))
        evidence = person.evidence(queue, demands, self.askings, self.conditions)
        decision = answer(evidence, at=at, known_at=known_at)
        if not person.has_sat or not any(reason.code in MENDED_BY_EXAM for reason in decision.reasons):
            return decision
        return answer(self._with_sat(person, evidence), at=at, known_at=known_at)

    def everything_about(self, subject: str, queue: str) -> Evidence | None:
        """All that answers about a subject and a queue follow from; nothing where one of them is unknown."""
        person, demands = self.people.get(_normal(subject)), self.demands.get(queue, ())
        if person is None or not demands:
            return None
        evidence = person.evidence(queue, demands, self.askings, self.conditions)
        return self._with_sat(person, evidence) if person.has_sat else evidence

    def _with_sat(self, person: PersonEntries, evidence: Evidence) -> Evidence:
        return replace(evidence, sat=self.waiting.sat[person.id], exam_rules=self.waiting.rules)

    def grants(self, subject: str, queue: str, action: Action, *, at: datetime, known_at: datetime) -> bool:
        """Whether that answer lets the subject do this; what is unknown is not let."""
        person, demands = self.people.get(_normal(subject)), self.demands.get(queue, ())
        if person is None or not demands:
            return False
        return answer_of_the_moment(person.evidence(queue, demands, self.askings, self.conditions), at=at, known_at=known_at).grants(action)


def _normal(subject: str) -> str:
    return subject.lower() if "@" in subject else subject


def gather(subjects: Iterable[str], queues: Iterable[str], *, known_from: datetime = BEGINNING, asked_from: datetime = BEGINNING) -> Gathered:
    """Read everything the gate knows of these subjects (public ids or e-mail addresses) and queues: one statement.

    What work was known only before `known_from` is left out: whoever asks as known at that instant or later gets the same answers from less.
    Likewise absences that were over before `asked_from`: whoever asks about that instant or later, as known at that instant or later, needs none of them.
    """
    ((demands, people, askings, conditions),) = _rows([_normal(subject) for subject in subjects], list(queues), known_from=known_from, asked_from=asked_from)
    return Gathered(_people(json.loads(people)), _demands(demands), _askings(askings), _conditions(conditions))


def _rows(subjects: list[str], queues: list[str], **since: datetime) -> Rows:
    if len(subjects) == len(queues) == 1:
        by_name = entries.EVIDENCE_BY_EMAIL if "@" in subjects[0] else entries.EVIDENCE_BY_PUBLIC_ID
        return by_name.rows(subject=subjects[0], queue=queues[0], **since)
    emails, public_ids = [name for name in subjects if "@" in name], [name for name in subjects if "@" not in name]
    return entries.EVIDENCE_OF_SEVERAL.rows(emails=emails, public_ids=public_ids, queues=queues, **since)


def _people(found: Entries) -> Mapping[str, PersonEntries]:
    return {name: person for public_id, email, *parts in found for person in (PersonEntries(*parts),) for name in (public_id, email)}


@lru_cache(maxsize=500)
def _demands(text: str) -> Mapping[str, tuple[RequirementsVersion, ...]]:
    """What the queues require, by slug: read once for each text, because queues are few, change seldom and are asked about all day."""
    by_slug: defaultdict[str, tuple[RequirementsVersion, ...]] = defaultdict(tuple)
    for queue, *entry in json.loads(text):
        by_slug[queue] += (entries.demand(*entry),)
    return MappingProxyType(dict(by_slug))


@lru_cache(maxsize=50)
def _askings(text: str) -> tuple[Asking, ...]:
    """What the organisation asks: likewise."""
    return tuple(entries.asking(*entry) for entry in json.loads(text))


@lru_cache(maxsize=50)
def _conditions(text: str) -> tuple[Conditions, ...]:
    """What certifications ask beside their ledger: likewise."""
    return tuple(entries.conditions(*entry) for entry in json.loads(text))


def access_of(subject: str, queue: str, *, at: datetime, known_at: datetime | None = None) -> Decision:
    """Whether this subject (public id or e-mail) may work this queue at an instant, as known then unless `known_at` says otherwise."""
    known_at = known_at or at
    return gather([subject], [queue], known_from=known_at, asked_from=min(at, known_at)).decide(subject, queue, at=at, known_at=known_at)
