"""What the gate knows of a person and a queue: plain values, and what of them was known at an instant."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from training.accounts.rules import Absence, Fact, ShiftAssignment, hours_at, next_turn
from training.certification.rules import LedgerEvent, Use, known_events
from training.courses.rules.versions import Version
from training.exams.rules.waiting import NO_RULES, NOTHING_SAT, ExamRules, Sat
from training.practice.rules import Asking, Consent, Sensitivity

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""Before anything that is known."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a queue demands."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()
    modules: tuple[tuple[str, Version], ...] = ()
    areas: frozenset[str] = frozenset()
    sensitivities: frozenset[Sensitivity] = frozenset()
    """Kinds of hard material that its work shows."""

    @property
    def certifications(self) -> tuple[str, ...]:
        """Every certification that it mentions."""
        return self.all_of + self.any_of

    @property
    def is_open(self) -> bool:
        """Whether anybody active may work it."""
        return not (self.all_of or self.any_of or self.languages or self.markets or self.modules)


@dataclass(frozen=True, slots=True)
class RequirementsVersion:
    """What a queue demanded from an instant on, and since when that is recorded."""

    requirements: Requirements
    effective_from: datetime
    recorded_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A policy version that the person said they had read."""

    module: str
    version: Version
    acknowledged_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Obligation:
    """A delta that is due in some areas, by an instant."""

    module: str
    areas: frozenset[str]
    effective_from: datetime
    due_at: datetime
    recorded_at: datetime
    met_at: datetime | None = None
    met_recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A dated human exception: opens or closes the queue for one person."""

    allows: bool
    effective_from: datetime
    effective_until: datetime
    recorded_at: datetime
    revoked_at: datetime | None = None
    revoked_recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a certification asks of its holders beside their ledger, from an instant on."""

    certification: str
    prerequisites: tuple[str, ...]
    """The certifications that are to be in force as well."""
    renewal_window_days: int
    effective_from: datetime
    recorded_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the gate knows of one person and one queue; nothing in it depends on the instant asked about."""

    facts: tuple[Fact, ...] = ()
    ledger: Mapping[str, tuple[LedgerEvent, ...]] = field(default_factory=dict)
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    """When the work for each certificate was done: what disuse ends follows from it."""
    acknowledgements: tuple[Acknowledgement, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    overrides: tuple[Override, ...] = ()
    demands: tuple[RequirementsVersion, ...] = ()
    consents: tuple[Consent, ...] = ()
    askings: tuple[Asking, ...] = ()
    """What the organisation asks everybody's consent for."""
    absences: tuple[Absence, ...] = ()
    shifts: tuple[ShiftAssignment, ...] = ()
    conditions: tuple[Conditions, ...] = ()
    """Of every certification that asks for more than its ledger."""
    sat: Sat = NOTHING_SAT
    exam_rules: ExamRules = NO_RULES
    """What the person sat, and the rules by which they may sit again: read only where a certificate is to be earned."""


class _Recorded(Protocol):
    @property
    def recorded_at(self) -> datetime:
        """When it was written down."""


def as_known(evidence: Evidence, known_at: datetime) -> Evidence:
    """The evidence without what was recorded after `known_at`."""
    is_settled = not evidence.sat.sittings and all(event.disuse_days is None for events in evidence.ledger.values() for event in events)
    if is_settled and all(recorded_at <= known_at for recorded_at in _recordings(evidence)):
        return evidence
    return Evidence(
        facts=tuple(fact for fact in evidence.facts if fact.recorded_at <= known_at),
        ledger={slug: known_events(events, known_at, evidence.uses.get(slug, ())) for slug, events in evidence.ledger.items()},
        acknowledgements=tuple(entry for entry in evidence.acknowledgements if entry.recorded_at <= known_at),
        obligations=tuple(_obligation_as_known(entry, known_at) for entry in evidence.obligations if entry.recorded_at <= known_at),
        overrides=tuple(_override_as_known(entry, known_at) for entry in evidence.overrides if entry.recorded_at <= known_at),
        demands=tuple(version for version in evidence.demands if version.recorded_at <= known_at),
        consents=tuple(consent for consent in evidence.consents if consent.recorded_at <= known_at),
        askings=tuple(asking for asking in evidence.askings if asking.recorded_at <= known_at),
        absences=tuple(_absence_as_known(entry, known_at) for entry in evidence.absences if entry.recorded_at <= known_at),
        shifts=tuple(_shift_as_known(entry, known_at) for entry in evidence.shifts if entry.recorded_at <= known_at),
        conditions=tuple(entry for entry in evidence.conditions if entry.recorded_at <= known_at),
        sat=evidence.sat.known(known_at),
        exam_rules=evidence.exam_rules.known(known_at),
    )


def _recordings(evidence: Evidence) -> Iterator[datetime]:
    """Every instant at which something of it was recorded."""
    entries: list[_Recorded] = [*evidence.facts, *evidence.acknowledgements, *evidence.demands, *evidence.obligations, *evidence.overrides]
    entries += [*evidence.consents, *evidence.askings, *evidence.absences, *evidence.shifts, *evidence.conditions]
    entries += [version for shift in evidence.shifts for version in shift.versions]
    for events in evidence.ledger.values():
        entries += events
    yield from (entry.recorded_at for entry in entries)
    yield from (entry.met_recorded_at for entry in evidence.obligations if entry.met_recorded_at is not None)
    yield from (entry.revoked_recorded_at for entry in evidence.overrides if entry.revoked_recorded_at is not None)
    yield from (entry.ended_at for entry in evidence.absences if entry.ended_at is not None)


def whole_from(evidence: Evidence) -> datetime:
    """The instant from which on all of the evidence was known, without what the person sat."""
    uses = (use.recorded_at for uses in evidence.uses.values() for use in uses)
    return max((*_recordings(evidence), *uses), default=BEGINNING)


def _obligation_as_known(entry: Obligation, known_at: datetime) -> Obligation:
    is_known = entry.met_recorded_at is not None and entry.met_recorded_at <= known_at
    return entry if is_known else replace(entry, met_at=None, met_recorded_at=None)


def _override_as_known(entry: Override, known_at: datetime) -> Override:
    is_known = entry.revoked_recorded_at is not None and entry.revoked_recorded_at <= known_at
    return entry if is_known else replace(entry, revoked_at=None, revoked_recorded_at=None)


def _absence_as_known(entry: Absence, known_at: datetime) -> Absence:
    return entry if entry.ended_at is None or entry.ended_at <= known_at else replace(entry, ended_at=None)


def _shift_as_known(entry: ShiftAssignment, known_at: datetime) -> ShiftAssignment:
    return replace(entry, versions=tuple(version for version in entry.versions if version.recorded_at <= known_at))


def version_at(demands: tuple[RequirementsVersion, ...], at: datetime) -> RequirementsVersion | None:
    """The version of what the queue demands that is in force at an instant; nothing where it did not exist yet."""
    begun = [version for version in demands if version.effective_from <= at]
    return max(begun, key=lambda version: (version.effective_from, version.number)) if begun else None


def requirements_at(demands: tuple[RequirementsVersion, ...], at: datetime) -> Requirements | None:
    """What the queue demands at an instant; nothing where it did not exist yet."""
    version = version_at(demands, at)
    return version.requirements if version else None


def certifications_mentioned(demands: tuple[RequirementsVersion, ...], at: datetime) -> tuple[str, ...]:
    """The certifications that the queue asked for at an instant; before it existed, those that it asked for at first."""
    first = min(demands, key=lambda version: version.number)
    return (requirements_at(demands, at) or first.requirements).certifications


def required_since(demands: tuple[RequirementsVersion, ...], at: datetime, asks: Callable[[Requirements], bool]) -> datetime | None:
    """Since when, without a break, the queue asks for something."""
    begun = sorted((version for version in demands if version.effective_from <= at), key=lambda version: (version.effective_from, version.number))
    return unbroken_since((version.effective_from, asks(version.requirements)) for version in begun)


def unbroken_since(history: Iterable[tuple[datetime, bool]]) -> datetime | None:
    """Since when, without a break, something holds at the end of a history that is in order; nothing where it does not."""
    since: datetime | None = None
    for instant, holds in history:
        since = (since or instant) if holds else None
    return since


def conditions_at(conditions: tuple[Conditions, ...], certification: str, at: datetime) -> Conditions | None:
    """What a certification asks beside its ledger at an instant."""
    begun = [entry for entry in conditions if entry.certification == certification and entry.effective_from <= at]
    return max(begun, key=lambda entry: (entry.effective_from, entry.number)) if begun else None


def edges(evidence: Evidence, after: datetime) -> Iterator[datetime]:
    """Every later instant at which time alone may change the answer, in order; of a shift that goes on and on, the first turn after each of the others.

    That is enough to find the next change: until then a shift's later turns repeat what its first did.
    """
    single = _single_edges(evidence, after)
    for begins, ends in zip([after, *single], [*single, None], strict=True):
        if begins > after:
            yield begins
        hours = hours_at(evidence.shifts, begins) if evidence.shifts else None
        turn = next_turn(hours, begins) if hours is not None and hours.is_binding else None
        if turn is not None and (ends is None or turn < ends):
            yield turn


def _single_edges(evidence: Evidence, after: datetime) -> list[datetime]:
    found: set[datetime | None] = {fact.effective_from for fact in evidence.facts}
    found |= {instant for events in evidence.ledger.values() for event in events for instant in (event.effective_at, event.valid_from, event.valid_until)}
    found |= {entry.acknowledged_at for entry in evidence.acknowledgements}
    found |= {instant for entry in evidence.obligations for instant in (entry.effective_from, entry.due_at, entry.met_at)}
    found |= {instant for entry in evidence.overrides for instant in (entry.effective_from, entry.effective_until, entry.revoked_at)}
    found |= {version.effective_from for version in evidence.demands} | {entry.effective_from for entry in evidence.conditions}
    found |= {instant for entry in evidence.absences for instant in (entry.effective_from, entry.effective_until, entry.ended_at)}
    found |= {instant for entry in evidence.shifts for instant in (entry.effective_from, *(version.effective_from for version in entry.versions))}
    found |= {consent.effective_from for consent in evidence.consents} | {asking.effective_from for asking in evidence.askings}
    return sorted(instant for instant in found if instant is not None and instant > after)
