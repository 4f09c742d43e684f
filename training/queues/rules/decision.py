"""The gate: who may work a queue at an instant, and why not. Pure; the same function answers now and the past."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from training.accounts.rules import FactKind, Status, is_absent, is_off_shift, values_at
from training.certification.rules import is_version_covered
from training.courses.rules.versions import Version
from training.practice.rules import withheld
from training.queues.rules.certificates import certificate_reasons
from training.queues.rules.evidence import Evidence, Requirements, as_known, edges, required_since, requirements_at, unbroken_since
from training.queues.rules.reasons import EFFECTS, WAIVED_BY_NOBODY, Access, Action, Code, Effect, Reason

__all__ = ["EFFECTS", "WAIVED_BY_NOBODY", "Access", "Action", "Code", "Decision", "Effect", "Reason", "answer", "answer_from", "answer_of_the_moment", "decide"]

EVERYTHING_KNOWN = datetime.max.replace(tzinfo=UTC)


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

    def said_at(self, at: datetime) -> "Decision":
        """The same answer at another instant, for whoever knows that it holds then too."""
        return Decision(at, self.reasons, self.next_change_at)

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
        *_person_reasons(person, evidence, at),
        *certificate_reasons(evidence, requirements, at),
        *_reading_reasons(evidence, requirements, at),
        *_obligation_reasons(evidence, requirements, at),
        *_matching_reasons(person, evidence, requirements, at),
        *_availability_reasons(evidence, requirements, at),
    ]
    if requirements.is_open:
        reasons.append(Reason(Code.QUEUE_UNGATED, since=required_since(evidence.demands, at, lambda demanded: demanded.is_open)))
    return Decision(at, tuple(_with_overrides(reasons, evidence, at) if evidence.overrides else reasons))


def _person_reasons(person: Mapping[FactKind, Any], evidence: Evidence, at: datetime) -> Iterator[Reason]:
    if person.get(FactKind.STATUS) != Status.ACTIVE:
        yield Reason(Code.DEACTIVATED, since=_true_since(evidence, FactKind.STATUS, at, lambda status: status != Status.ACTIVE))


def _true_since(evidence: Evidence, kind: FactKind, at: datetime, holds: Callable[[Any], bool]) -> datetime | None:
    """Since when, without a break, what is true of the person is so; nothing where nothing of this kind was ever said."""
    said = sorted((fact for fact in evidence.facts if fact.kind is kind and fact.effective_from <= at), key=lambda fact: (fact.effective_from, fact.id))
    return unbroken_since((fact.effective_from, holds(fact.value)) for fact in said)


def _reading_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for module, required in requirements.modules:
        held = [entry.version for entry in evidence.acknowledgements if entry.module == module and entry.acknowledged_at <= at]
        if not is_version_covered(held, required):
            yield Reason(Code.POLICY_UNREAD, module, since=required_since(evidence.demands, at, partial(_asks_for_module, module, required)))


def _obligation_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for entry in evidence.obligations:
        is_open = entry.effective_from <= at and (entry.met_at is None or entry.met_at > at)
        if is_open and entry.areas & requirements.areas:
            code = Code.DELTA_OVERDUE if entry.due_at <= at else Code.DELTA_DUE
            yield Reason(code, entry.module, since=entry.effective_from, until=entry.due_at)


def _asks_for_module(module: str, version: Version, demanded: Requirements) -> bool:
    return (module, version) in demanded.modules


def _matching_reasons(person: Mapping[FactKind, Any], evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for language in sorted(requirements.languages.difference(person.get(FactKind.LANGUAGES, ()))):
        yield Reason(Code.LANGUAGE_MISMATCH, language, since=_mismatch_since(evidence, FactKind.LANGUAGES, language, at))
    for market in sorted(requirements.markets.difference(person.get(FactKind.MARKETS, ()))):
        yield Reason(Code.MARKET_MISMATCH, market, since=_mismatch_since(evidence, FactKind.MARKETS, market, at))


def _mismatch_since(evidence: Evidence, kind: FactKind, wanted: str, at: datetime) -> datetime | None:
    """Since when the queue asks for it and the person is without it."""
    asked = required_since(evidence.demands, at, lambda demanded: wanted in (demanded.languages if kind is FactKind.LANGUAGES else demanded.markets))
    lacked = _true_since(evidence, kind, at, lambda members: wanted not in members)
    return max((instant for instant in (asked, lacked) if instant is not None), default=None)


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
    return answer_from(as_known(evidence, known_at), at)


def answer_from(known: Evidence, at: datetime) -> Decision:
    """The same from what was known, as `as_known` gives it."""
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
