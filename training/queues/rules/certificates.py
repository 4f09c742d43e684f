"""What certificates say at the gate: how the person stands with each that is asked for, with those it builds on, and when they may try again."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from training.certification.rules import Standing, State, standing
from training.exams.rules.waiting import next_start
from training.queues.rules.evidence import Conditions, Evidence, Requirements, conditions_at, required_since
from training.queues.rules.reasons import Code, Reason

LONGEST_NOTICE = timedelta(days=30)
"""How long before its end a certificate is noted as lapsing at most."""
NO_END = datetime.max.replace(tzinfo=UTC)
STANDING_CODES: Mapping[State, Code] = {
    State.NONE: Code.NO_CERTIFICATION,
    State.PENDING: Code.CERTIFICATE_PENDING,
    State.LAPSED: Code.CERTIFICATE_LAPSED,
    State.REVOKED: Code.CERTIFICATE_REVOKED,
    State.SUSPENDED: Code.CERTIFICATE_SUSPENDED,
}


def certificate_reasons(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    """Every reason that follows from the certificates that the queue asks for."""
    reasons = list(_reasons_of_requirements(evidence, requirements, at))
    yield from dict.fromkeys(reasons)
    yield from dict.fromkeys(_waits(evidence, reasons, at))


def standing_in(evidence: Evidence, slug: str, at: datetime) -> Standing:
    """How the person stands with a certification."""
    return standing(evidence.ledger.get(slug, ()), at=at)


def _reasons_of_requirements(evidence: Evidence, requirements: Requirements, at: datetime) -> Iterator[Reason]:
    for slug in requirements.all_of:
        yield from _reasons_of_certificate(evidence, slug, at)
    if not requirements.any_of:
        return
    held = [slug for slug in requirements.any_of if standing_in(evidence, slug, at).is_in_force]
    for slug in [max(held, key=lambda slug: _worth(evidence, slug, at))] if held else requirements.any_of:
        yield from _reasons_of_certificate(evidence, slug, at)


def _worth(evidence: Evidence, slug: str, at: datetime) -> tuple[bool, bool, datetime, str]:
    """Of several certificates in force the one that lets the person in, in full, for longest."""
    found = standing_in(evidence, slug, at)
    return not any(_missing_below(evidence, slug, at)), not found.is_provisional, found.until or NO_END, slug


def _reasons_of_certificate(evidence: Evidence, slug: str, at: datetime) -> Iterator[Reason]:
    found = standing_in(evidence, slug, at)
    if not found.is_in_force:
        since = found.since or required_since(evidence.demands, at, lambda demanded: slug in demanded.certifications)
        yield Reason(STANDING_CODES[found.state], slug, since=since, until=found.until)
    elif found.is_provisional:
        yield Reason(Code.PROVISIONAL_SHADOW, slug, since=found.since)
    yield from _lapsing(evidence, slug, found, at)
    for below, since in _built_on(evidence, slug, at).items():
        beneath = standing_in(evidence, below, at)
        if not beneath.is_in_force:
            yield Reason(Code.PREREQUISITE_MISSING, below, since=max(beneath.since, since) if beneath.since else since, until=beneath.until)
        yield from _lapsing(evidence, below, beneath, at)


def _missing_below(evidence: Evidence, slug: str, at: datetime) -> Iterator[str]:
    return (below for below in _built_on(evidence, slug, at) if not standing_in(evidence, below, at).is_in_force)


def _built_on(evidence: Evidence, slug: str, at: datetime) -> dict[str, datetime]:
    """Every certification that this one needs, and those that they need, each with the instant since when it is needed."""
    found: dict[str, datetime] = {}
    waiting = [slug]
    while waiting:
        conditions = conditions_at(evidence.conditions, waiting.pop(), at)
        if conditions is not None:
            news = [below for below in conditions.prerequisites if below != slug and below not in found]
            found |= dict.fromkeys(news, conditions.effective_from)
            waiting += news
    return found


def _lapsing(evidence: Evidence, slug: str, found: Standing, at: datetime) -> Iterator[Reason]:
    """A note while the end is near: within the certification's renewal window, 30 days or half of the term, whichever is shortest."""
    begins = lapsing_from(found, conditions_at(evidence.conditions, slug, at))
    if begins is not None and begins <= at:
        yield Reason(Code.CERTIFICATE_LAPSING, slug, since=begins, until=found.until)


def lapsing_from(found: Standing, conditions: Conditions | None) -> datetime | None:
    """From when a certificate in force is near its end, by what its certification asks; nothing where it has none."""
    if not found.is_in_force or found.until is None or found.since is None:
        return None
    window = timedelta(days=conditions.renewal_window_days) if conditions else LONGEST_NOTICE
    term = timedelta(days=found.disuse_days) if found.disuse_days is not None else found.until - found.since
    return found.until - min(window or LONGEST_NOTICE, LONGEST_NOTICE, term / 2)


MENDED_BY_EXAM = frozenset({Code.NO_CERTIFICATION, Code.CERTIFICATE_LAPSED, Code.CERTIFICATE_REVOKED, Code.CERTIFICATE_SUSPENDED, Code.PREREQUISITE_MISSING})
"""Reasons about a certificate that the person may earn anew."""


def _waits(evidence: Evidence, reasons: list[Reason], at: datetime) -> Iterator[Reason]:
    """Beside a certificate that is to be earned: that the exam may not be begun yet."""
    for reason in reasons:
        if reason.code in MENDED_BY_EXAM and reason.subject is not None:
            start = next_start(reason.subject, evidence.sat, evidence.exam_rules, at=at)
            if start is not None:
                yield Reason(Code.COOLDOWN, start.exam, since=start.since, until=start.opens_at)
