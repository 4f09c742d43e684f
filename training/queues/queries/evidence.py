"""What the gate knows of some people and queues, read at once and asked as often as needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from training.db import Rows
from training.exams.queries import Waiting, waiting_of
from training.queues.queries import entries
from training.queues.queries.entries import Part
from training.queues.queries.scopes import Common, Scope, conditions_in, scope_of
from training.queues.queries.subjects import PersonEntries, Subject, subject_of
from training.queues.rules.certificates import MENDED_BY_EXAM
from training.queues.rules.decision import Action, Code, Decision, Reason, answer, answer_from, answer_of_the_moment
from training.queues.rules.evidence import BEGINNING, Conditions, Evidence, RequirementsVersion, as_known
from training.queues.rules.lasting import lasting


@dataclass(frozen=True)
class Gathered:
    """What one reading of the evidence found, ready to be asked about any of its people and queues."""

    subjects: Mapping[str, Subject]
    """By public id and by address; of one person alone by the name that was asked for."""
    scopes: Mapping[str, Scope]
    common: Common
    _read: dict[str, PersonEntries] = field(default_factory=dict)

    @property
    def demands(self) -> Mapping[str, tuple[RequirementsVersion, ...]]:
        """What each queue ever required, by slug."""
        return {queue: scope.demands for queue, scope in self.scopes.items()}

    @property
    def conditions(self) -> tuple[Conditions, ...]:
        """What certifications ask beside their ledger."""
        return conditions_in(self.common.conditions)

    @property
    def people(self) -> Mapping[str, PersonEntries]:
        """What was found of each person."""
        return {name: self._entries(name) for name in self.subjects}

    def _entries(self, name: str) -> PersonEntries:
        """What was found of one of them; read once, when somebody asks."""
        if name not in self._read:
            self._read[name] = self.subjects[name].entries()
        return self._read[name]

    @cached_property
    def waiting(self) -> Waiting:
        """What the people sat who ever sat anything, and by which rules they may sit again: one statement more, for all of them, when somebody needs it."""
        sat = {person.id for person in self.people.values() if person.has_sat}
        return waiting_of(sat, frozenset().union(*(scope.certifications for scope in self.scopes.values())))

    def decide(self, subject: str, queue: str, *, at: datetime, known_at: datetime) -> Decision:
        """The gate's answer for a subject (public id or e-mail) and a queue; what is unknown denies.

        An answer that the same texts gave twice is given again as long as it lasts.
        """
        person, scope = self.subjects.get(_normal(subject)), self.scopes.get(queue)
        if person is None or scope is None:
            missing = ((Code.UNKNOWN_SUBJECT, person is None), (Code.UNKNOWN_QUEUE, scope is None))
            return Decision(at, tuple(Reason(code) for code, is_missing in missing if is_missing))
        return person.answered(scope, at, known_at) or self._decide_anew(subject, scope, at=at, known_at=known_at)

    def _decide_anew(self, subject: str, scope: Scope, *, at: datetime, known_at: datetime) -> Decision:
        name = _normal(subject)
        person = self._entries(name)
        evidence = person.evidence(scope)
        known = as_known(evidence, known_at)
        decision = answer_from(known, at)
        if person.has_sat and any(reason.code in MENDED_BY_EXAM for reason in decision.reasons):
            return answer(self._with_sat(person, evidence), at=at, known_at=known_at)
        if self.subjects[name].is_asked_again(scope):
            self.subjects[name].keep(scope, lasting(decision, evidence, known, known_at=known_at))
        return decision

    def everything_about(self, subject: str, queue: str) -> Evidence | None:
        """All that answers about a subject and a queue follow from; nothing where one of them is unknown."""
        name, scope = _normal(subject), self.scopes.get(queue)
        if name not in self.subjects or scope is None:
            return None
        person = self._entries(name)
        evidence = person.evidence(scope)
        return self._with_sat(person, evidence) if person.has_sat else evidence

    def _with_sat(self, person: PersonEntries, evidence: Evidence) -> Evidence:
        return replace(evidence, sat=self.waiting.sat[person.id], exam_rules=self.waiting.rules)

    def grants(self, subject: str, queue: str, action: Action, *, at: datetime, known_at: datetime) -> bool:
        """Whether that answer lets the subject do this; what is unknown is not let."""
        name, scope = _normal(subject), self.scopes.get(queue)
        person = self.subjects.get(name)
        if person is None or scope is None:
            return False
        decision = person.answered(scope, at, known_at) or answer_of_the_moment(self._entries(name).evidence(scope), at=at, known_at=known_at)
        return decision.grants(action)


def _normal(subject: str) -> str:
    return subject.lower() if "@" in subject else subject


def gather(subjects: Iterable[str], queues: Iterable[str], *, known_from: datetime = BEGINNING, asked_from: datetime = BEGINNING) -> Gathered:
    """Read everything the gate knows of these subjects (public ids or e-mail addresses) and queues: one statement.

    What work was known only before `known_from` is left out: whoever asks as known at that instant or later gets the same answers from less.
    Likewise absences that were over before `asked_from`: whoever asks about that instant or later, as known at that instant or later, needs none of them.
    """
    names, slugs = [_normal(subject) for subject in subjects], list(queues)
    if len(names) == len(slugs) == 1:
        return _gather_one(names[0], slugs[0], known_from=known_from, asked_from=asked_from)
    emails, public_ids = [name for name in names if "@" in name], [name for name in names if "@" not in name]
    return _several(entries.EVIDENCE_OF_SEVERAL.rows(emails=emails, public_ids=public_ids, queues=slugs, known_from=known_from, asked_from=asked_from))


def _gather_one(name: str, queue: str, **since: datetime) -> Gathered:
    by_name = entries.EVIDENCE_BY_EMAIL if "@" in name else entries.EVIDENCE_BY_PUBLIC_ID
    ((askings, conditions, demands, person),) = by_name.rows(subject=name, queue=queue, **since)
    common = Common(askings, conditions)
    scopes = {queue: scope_of(queue, demands, common)} if demands != "[]" else {}
    return Gathered({name: subject_of(person)} if person else {}, scopes, common)


def _several(rows: Rows) -> Gathered:
    common = next(Common(askings, conditions) for part, askings, conditions, _ in rows if part == Part.COMMON)
    scopes = {slug: scope_of(slug, demands, common) for part, slug, demands, _ in rows if part == Part.QUEUE}
    subjects = {name: subject for part, *names, text in rows if part == Part.PERSON for subject in (subject_of(text),) for name in names}
    return Gathered(subjects, scopes, common)


def access_of(subject: str, queue: str, *, at: datetime, known_at: datetime | None = None) -> Decision:
    """Whether this subject (public id or e-mail) may work this queue at an instant, as known then unless `known_at` says otherwise."""
    known_at = known_at or at
    return gather([subject], [queue], known_from=known_at, asked_from=min(at, known_at)).decide(subject, queue, at=at, known_at=known_at)
