"""The gate: who may work a queue at an instant, and why not. Pure; the same function answers now and the past."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from training.accounts.rules import FactKind, Status, is_absent, is_off_shift, values_at
from training.certification.rules import Standing, State, is_version_covered, standing
from training.practice.rules import withheld
from training.queues.rules.evidence import Evidence, Requirements, as_known, edges, requirements_at


class Effect(StrEnum):
    """What a reason does to the answer."""

    DENY = "deny"
    SHADOW = "shadow"
    NOTE = "note"


class Access(StrEnum):
    """The gate's answer."""

    ALLOW = "allow"
    SHADOW = "shadow"
    DENY = "deny"


class Action(StrEnum):
    """What a subject asks to do. `work` means unsupervised; `work_in_shadow` is granted by allow and by shadow."""

    WORK = "work"
    WORK_IN_SHADOW = "work_in_shadow"


class Code(StrEnum):
    """Why the gate answers as it does."""

    NO_CERTIFICATION = "NO_CERTIFICATION"
    CERTIFICATE_PENDING = "CERTIFICATE_PENDING"
    CERTIFICATE_LAPSED = "CERTIFICATE_LAPSED"
    CERTIFICATE_LAPSING = "CERTIFICATE_LAPSING"
    CERTIFICATE_REVOKED = "CERTIFICATE_REVOKED"
    CERTIFICATE_SUSPENDED = "CERTIFICATE_SUSPENDED"
    PROVISIONAL_SHADOW = "PROVISIONAL_SHADOW"
    DELTA_DUE = "DELTA_DUE"
    DELTA_OVERDUE = "DELTA_OVERDUE"
    POLICY_UNREAD = "POLICY_UNREAD"
    LANGUAGE_MISMATCH = "LANGUAGE_MISMATCH"
    MARKET_MISMATCH = "MARKET_MISMATCH"
    OVERRIDE_ACTIVE = "OVERRIDE_ACTIVE"
    OVERRIDE_DENIES = "OVERRIDE_DENIES"
    UNAVAILABLE = "UNAVAILABLE"
    DEACTIVATED = "DEACTIVATED"
    UNKNOWN_SUBJECT = "UNKNOWN_SUBJECT"
    UNKNOWN_QUEUE = "UNKNOWN_QUEUE"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    QUEUE_UNGATED = "QUEUE_UNGATED"


EFFECTS: Mapping[Code, Effect] = (
    dict.fromkeys(Code, Effect.DENY)
    | dict.fromkeys((Code.CERTIFICATE_LAPSING, Code.DELTA_DUE, Code.OVERRIDE_ACTIVE, Code.QUEUE_UNGATED), Effect.NOTE)
    | {Code.PROVISIONAL_SHADOW: Effect.SHADOW}
)
WAIVED_BY_NOBODY = frozenset({Code.UNAVAILABLE, Code.DEACTIVATED, Code.UNKNOWN_SUBJECT, Code.UNKNOWN_QUEUE, Code.UNKNOWN_ACTION, Code.OVERRIDE_DENIES})
"""Reasons that an override does not lift."""

EVERYTHING_KNOWN = datetime.max.replace(tzinfo=UTC)
LAPSING_DAYS = 30
"""How long before its end a certificate is noted as lapsing."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what it does, which certification, module, language or market it is about, and since when."""

    code: Code
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_waived: bool = False

    @property
    def effect(self) -> Effect:
        """What it does to the answer; a waived reason only remains as a note."""
        return Effect.NOTE if self.is_waived else EFFECTS[self.code]


def _access(reasons: tuple[Reason, ...]) -> Access:
    effects = {reason.effect for reason in reasons}
    if Effect.DENY in effects:
        return Access.DENY
    return Access.SHADOW if Effect.SHADOW in effects else Access.ALLOW


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer at an instant, with every reason; allow is the absence of reasons that deny or shadow."""

    at: datetime
    reasons: tuple[Reason, ...]
    next_change_at: datetime | None = None
    access: Access = field(init=False)
    """Allow, allow in shadow, or deny: what follows from the reasons."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "access", _access(self.reasons))

    def grants(self, action: Action) -> bool:
        """Whether this answer lets the person do that."""
        return self.access is Access.ALLOW or (action is Action.WORK_IN_SHADOW and self.access is Access.SHADOW)

    @property
    def valid_until(self) -> datetime | None:
        """When an access that is granted ends by time alone."""
        return None if self.access is Access.DENY else self.next_change_at


def decide(evidence: Evidence, requirements: Requirements, at: datetime) -> Decision:
    """Whether the person may work the queue at an instant, with every reason for and against. Pure; what is unknown denies."""
    person = values_at(evidence.facts, at=at, known_at=EVERYTHING_KNOWN)
    reasons = [
        *_person_reasons(person),
        *_certificate_reasons(evidence, requirements, at),
        *_reading_reasons(evidence, requirements, at),
        *_obligation_reasons(evidence, requirements, at),
        *_matching_reasons(person, requirements),
        *_availability_reasons(evidence, requirements, at),
    ]
    if requirements.is_open:
        reasons.append(Reason(Code.QUEUE_UNGATED))
    return Decision(at, tuple(_with_overrides(reasons, evidence, at) if evidence.overrides else reasons))


def _person_reasons(person: Mapping[FactKind, Any]) -> Iterator[Reason]:
    if person.get(FactKind.STATUS) != Status.ACTIVE:
        yield Reason(Code.DEACTIVATED)


def _certificate_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for slug in requirements.all_of:
        yield from _reasons_of_standing(slug, _standing_in(evidence, slug, at), at)
    if requirements.any_of:
        standings = {slug: _standing_in(evidence, slug, at) for slug in requirements.any_of}
        held = [(slug, found) for slug, found in standings.items() if found.is_in_force]
        if held:
            best = max(held, key=lambda pair: (not pair[1].is_provisional, pair[1].until or EVERYTHING_KNOWN, pair[0]))
            yield from _reasons_of_standing(*best, at)
        else:
            for slug, found in standings.items():
                yield from _reasons_of_standing(slug, found, at)


def _standing_in(evidence: Evidence, slug: str, at: datetime) -> Standing:
    return standing(evidence.ledger.get(slug, ()), at=at)


STANDING_CODES: Mapping[State, Code] = {
    State.NONE: Code.NO_CERTIFICATION,
    State.PENDING: Code.CERTIFICATE_PENDING,
    State.LAPSED: Code.CERTIFICATE_LAPSED,
    State.REVOKED: Code.CERTIFICATE_REVOKED,
    State.SUSPENDED: Code.CERTIFICATE_SUSPENDED,
}


def _reasons_of_standing(slug: str, found: Standing, at: datetime) -> Iterator[Reason]:
    if not found.is_in_force:
        yield Reason(STANDING_CODES[found.state], slug, since=found.since, until=found.until)
        return
    if found.is_provisional:
        yield Reason(Code.PROVISIONAL_SHADOW, slug, since=found.since)
    if found.until is not None and found.until - timedelta(days=LAPSING_DAYS) <= at:
        yield Reason(Code.CERTIFICATE_LAPSING, slug, since=found.until - timedelta(days=LAPSING_DAYS), until=found.until)


def _reading_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for module, required in requirements.modules:
        held = [entry.version for entry in evidence.acknowledgements if entry.module == module and entry.acknowledged_at <= at]
        if not is_version_covered(held, required):
            yield Reason(Code.POLICY_UNREAD, module)


def _obligation_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for entry in evidence.obligations:
        is_open = entry.effective_from <= at and (entry.met_at is None or entry.met_at > at)
        if is_open and entry.areas & requirements.areas:
            code = Code.DELTA_OVERDUE if entry.due_at <= at else Code.DELTA_DUE
            yield Reason(code, entry.module, since=entry.effective_from, until=entry.due_at)


def _matching_reasons(person: Mapping[FactKind, Any], requirements: Requirements) -> Iterator[Reason]:
    for language in sorted(requirements.languages.difference(person.get(FactKind.LANGUAGES, ()))):
        yield Reason(Code.LANGUAGE_MISMATCH, language)
    for market in sorted(requirements.markets.difference(person.get(FactKind.MARKETS, ()))):
        yield Reason(Code.MARKET_MISMATCH, market)


def _availability_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    """One reason without a subject, whatever it is: the cause is the person's own."""
    is_withheld = requirements.sensitivities and requirements.sensitivities & withheld(evidence.consents, evidence.askings, at=at)
    if is_withheld or is_absent(evidence.absences, at=at) or is_off_shift(evidence.shifts, at):
        yield Reason(Code.UNAVAILABLE)


def _with_overrides(reasons: list[Reason], evidence: Evidence, at: datetime) -> Iterator[Reason]:
    active = [entry for entry in evidence.overrides if entry.effective_from <= at < min(entry.effective_until, entry.revoked_at or entry.effective_until)]
    closing = [entry for entry in active if not entry.allows]
    opening = [entry for entry in active if entry.allows]
    for entry in closing:
        yield Reason(Code.OVERRIDE_DENIES, since=entry.effective_from, until=entry.effective_until)
    for reason in reasons:
        lifted = bool(opening) and reason.effect is not Effect.NOTE and reason.code not in WAIVED_BY_NOBODY
        yield replace(reason, is_waived=True) if lifted else reason
    for entry in opening:
        yield Reason(Code.OVERRIDE_ACTIVE, since=entry.effective_from, until=entry.effective_until)


def answer(evidence: Evidence, *, at: datetime, known_at: datetime) -> Decision:
    """The gate's answer at `at` as known at `known_at`, with the instant at which time alone changes it."""
    known = as_known(evidence, known_at)
    decision = _decide_at(known, at)
    change = next((edge for edge in edges(known, at) if _decide_at(known, edge).access is not decision.access), None)
    return decision if change is None else Decision(at, decision.reasons, change)


def answer_of_the_moment(evidence: Evidence, *, at: datetime, known_at: datetime) -> Decision:
    """The same answer without the instant at which it changes: for whoever asks about many people and wants to know of each only how it is."""
    return _decide_at(as_known(evidence, known_at), at)


def _decide_at(known: Evidence, at: datetime) -> Decision:
    requirements = requirements_at(known.demands, at)
    if requirements is None:
        return Decision(at, (Reason(Code.UNKNOWN_QUEUE),))
    if not any(fact.effective_from <= at for fact in known.facts):
        return Decision(at, (Reason(Code.UNKNOWN_SUBJECT),))
    return decide(known, requirements, at)
