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

    def evidence(self, scope: "Scope", askings: tuple[Asking, ...]) -> Evidence:
        """What of it concerns a queue."""
        return Evidence(
            facts=tuple(entries.fact(*entry) for entry in self.facts if entry[0] in KINDS_ASKED),
            ledger=_by_slug(entries.event, (entry for entry in self.events if entry[0] in scope.certifications)),
            uses=_by_slug(entries.use, (entry for entry in self.uses if entry[0] in scope.certifications)),
            acknowledgements=tuple(entries.acknowledgement(*entry) for entry in self.acknowledgements if entry[0] in scope.modules),
            obligations=tuple(entries.obligation(*entry) for entry in self.obligations),
            overrides=tuple(entries.override(*entry) for entry in self.overrides if entry[0] == scope.queue),
            demands=scope.demands,
            consents=tuple(entries.consent(*entry) for entry in self.consents) if scope.is_hard else (),
            askings=askings if scope.is_hard else (),
            absences=tuple(entries.absence(*entry) for entry in self.absences),
            shifts=_shifts(self.shifts) if self.shifts else (),
            conditions=scope.conditions,
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """A queue, and what of everything that is known concerns it."""

    queue: str
    demands: tuple[RequirementsVersion, ...]
    conditions: tuple[Conditions, ...]
    certifications: frozenset[str]
    """Those that it ever asked for, and all that they were ever built on."""
    modules: frozenset[str]
    is_hard: bool
    """Whether it ever showed material that people agree to see."""


def _scope(queue: str, demands: tuple[RequirementsVersion, ...], conditions: tuple[Conditions, ...]) -> Scope:
    certifications = frozenset(certifications_concerning(demands, conditions))
    return Scope(
        queue=queue,
        demands=demands,
        conditions=tuple(entry for entry in conditions if entry.certification in certifications),
        certifications=certifications,
        modules=frozenset(slug for demand in demands for slug, _version in demand.requirements.modules),
        is_hard=any(demand.requirements.sensitivities for demand in demands),
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
    scopes: Mapping[str, Scope]
    askings: tuple[Asking, ...]
    conditions: tuple[Conditions, ...]

    @property
    def demands(self) -> Mapping[str, tuple[RequirementsVersion, ...]]:
        """What each queue ever required, by slug."""
        return {queue: scope.demands for queue, scope in self.scopes.items()}

    @cached_property
    def waiting(self) -> Waiting:
        """What the people sat who ever sat anything, and by which rules they may sit again: one statement more, for all of them, when somebody needs it."""
        sat = {person.id for person in self.people.values() if person.has_sat}
        return waiting_of(sat, frozenset().union(*(scope.certifications for scope in self.scopes.values())))

    def decide(self, subject: str, queue: str, *, at: datetime, known_at: datetime) -> Decision:
        """The gate's answer for a subject (public id or e-mail) and a queue; what is unknown denies."""
        person, scope = self.people.get(_normal(subject)), self.scopes.get(queue)
        if person is None or scope is None:
            missing = ((Code.UNKNOWN_SUBJECT, person is None), (Code.UNKNOWN_QUEUE, scope is None))
            return Decision(at, tuple(Reason(code) for code, is_missing in missing if is_missing))
        evidence = person.evidence(scope, self.askings)
        decision = answer(evidence, at=at, known_at=known_at)
        if not person.has_sat or not any(reason.code in MENDED_BY_EXAM for reason in decision.reasons):
            return decision
        return answer(self._with_sat(person, evidence), at=at, known_at=known_at)

    def everything_about(self, subject: str, queue: str) -> Evidence | None:
        """All that answers about a subject and a queue follow from; nothing where one of them is unknown."""
        person, scope = self.people.get(_normal(subject)), self.scopes.get(queue)
        if person is None or scope is None:
            return None
        evidence = person.evidence(scope, self.askings)
        return self._with_sat(person, evidence) if person.has_sat else evidence

    def _with_sat(self, person: PersonEntries, evidence: Evidence) -> Evidence:
        return replace(evidence, sat=self.waiting.sat[person.id], exam_rules=self.waiting.rules)

    def grants(self, subject: str, queue: str, action: Action, *, at: datetime, known_at: datetime) -> bool:
        """Whether that answer lets the subject do this; what is unknown is not let."""
        person, scope = self.people.get(_normal(subject)), self.scopes.get(queue)
        if person is None or scope is None:
            return False
        return answer_of_the_moment(person.evidence(scope, self.askings), at=at, known_at=known_at).grants(action)


def _normal(subject: str) -> str:
    return subject.lower() if "@" in subject else subject


def gather(subjects: Iterable[str], queues: Iterable[str], *, known_from: datetime = BEGINNING, asked_from: datetime = BEGINNING) -> Gathered:
    """Read everything the gate knows of these subjects (public ids or e-mail addresses) and queues: one statement.

    What work was known only before `known_from` is left out: whoever asks as known at that instant or later gets the same answers from less.
    Likewise absences that were over before `asked_from`: whoever asks about that instant or later, as known at that instant or later, needs none of them.
    """
    ((demands, people, askings, conditions),) = _rows([_normal(subject) for subject in subjects], list(queues), known_from=known_from, asked_from=asked_from)
    return Gathered(_people(json.loads(people)), _scopes(demands, conditions), _askings(askings), _conditions(conditions))


def _rows(subjects: list[str], queues: list[str], **since: datetime) -> Rows:
    if len(subjects) == len(queues) == 1:
        by_name = entries.EVIDENCE_BY_EMAIL if "@" in subjects[0] else entries.EVIDENCE_BY_PUBLIC_ID
        return by_name.rows(subject=subjects[0], queue=queues[0], **since)
    emails, public_ids = [name for name in subjects if "@" in name], [name for name in subjects if "@" not in name]
    return entries.EVIDENCE_OF_SEVERAL.rows(emails=emails, public_ids=public_ids, queues=queues, **since)


def _people(found: Entries) -> Mapping[str, PersonEntries]:
    return {name: person for public_id, email, *parts in found for person in (PersonEntries(*parts),) for name in (public_id, email)}


@lru_cache(maxsize=500)
def _scopes(demands: str, conditions: str) -> Mapping[str, Scope]:
    """What concerns each of the queues, by slug: read once for each pair of texts, because queues are few, change seldom and are asked about all day."""
    by_slug: defaultdict[str, tuple[RequirementsVersion, ...]] = defaultdict(tuple)
    for queue, *entry in json.loads(demands):
        by_slug[queue] += (_demand(*entry),)
    asked = _conditions(conditions)
    return MappingProxyType({queue: _scope(queue, versions, asked) for queue, versions in by_slug.items()})


@lru_cache(maxsize=5_000)
def _demand(document: str, effective_from: str, recorded_at: str, number: int) -> RequirementsVersion:
    """One version likewise, for batches, which are about other queues each time."""
    return entries.demand(document, effective_from, recorded_at, number)


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
