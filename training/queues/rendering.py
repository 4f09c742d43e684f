"""The reasoning of an answer as lines of text for a shell. Of why somebody is unavailable it has nothing: that is their own."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from training.accounts.rules import FactKind
from training.certification.rules import LedgerEvent, Standing
from training.exams.rules.waiting import next_start
from training.queues.rules.certificates import standing_in
from training.queues.rules.decision import Decision
from training.queues.rules.evidence import Evidence, Override, Requirements, conditions_at, version_at
from training.queues.rules.reasons import Code, Reason

SHOWN_FACTS = (FactKind.STATUS, FactKind.LANGUAGES, FactKind.MARKETS)


def instant(at: datetime | None) -> str:
    """An instant to the second, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "–"


def answer_lines(decision: Decision, next_decision: Decision | None) -> Iterator[str]:
    """The answer with every reason, and what time alone makes of it."""
    yield f"Answer: {decision.access.value.upper()}"
    for reason in decision.reasons or (Reason(Code.OK),):
        yield from _reason(reason)
    yield ""
    if next_decision is None:
        yield "Time alone changes nothing."
        return
    codes = ", ".join(_named(reason) for reason in next_decision.reasons) or "no reason against it"
    yield f"Time alone makes it {next_decision.access.value.upper()} at {instant(next_decision.at)}: {codes}."


def _reason(reason: Reason) -> Iterator[str]:
    waived = ", lifted by an exception" if reason.is_waived else ""
    span = "".join(f", {word} {instant(at)}" for word, at in (("since", reason.since), ("until", reason.until)) if at)
    yield f"  {reason.effect.value:<7} {_named(reason)}{waived}{span}"
    yield f"          {reason.detail}"


def _named(reason: Reason) -> str:
    return f"{reason.code.value} {reason.subject}" if reason.subject else reason.code.value


def evidence_lines(evidence: Evidence, at: datetime) -> Iterator[str]:
    """Everything else that the answer follows from, section by section."""
    sections = (
        ("What the queue asks for", _demands(evidence, at)),
        ("The person", _facts(evidence, at)),
        ("Certificates", _certificates(evidence, at)),
        ("Modules acknowledged", _readings(evidence, at)),
        ("Changes of policy to learn", _obligations(evidence, at)),
        ("Exceptions", (_override(entry, at) for entry in sorted(evidence.overrides, key=lambda entry: entry.effective_from))),
    )
    for title, lines in sections:
        yield ""
        yield title
        yield from [f"  {line}" for line in lines] or ["  none"]


def _demands(evidence: Evidence, at: datetime) -> Iterator[str]:
    current = version_at(evidence.demands, at)
    for version in sorted(evidence.demands, key=lambda version: version.number):
        mark = " ← in force" if version is current else ""
        yield f"version {version.number}, from {instant(version.effective_from)}, recorded {instant(version.recorded_at)}{mark}"
        if version is current:
            yield from (f"  {line}" for line in _requirements(version.requirements))


def _requirements(asked: Requirements) -> Iterator[str]:
    parts = (
        ("all of", asked.all_of),
        ("one of", asked.any_of),
        ("languages", sorted(asked.languages)),
        ("markets", sorted(asked.markets)),
        ("modules", [f"{module} {version}" for module, version in asked.modules]),
        ("areas", sorted(asked.areas)),
    )
    yield from (f"{name}: {', '.join(members)}" for name, members in parts if members)
    if asked.is_open:
        yield "nothing"


def _facts(evidence: Evidence, at: datetime) -> Iterator[str]:
    for kind in SHOWN_FACTS:
        said = sorted((fact for fact in evidence.facts if fact.kind is kind), key=lambda fact: (fact.effective_from, fact.id))
        current = [fact for fact in said if fact.effective_from <= at][-1:]
        for fact in said:
            mark = " ← holds" if fact in current else ""
            value = fact.value if isinstance(fact.value, str) else ", ".join(sorted(fact.value)) or "none"
            yield f"{kind.value}: {value}, from {instant(fact.effective_from)}, recorded {instant(fact.recorded_at)}{mark}"


def _certificates(evidence: Evidence, at: datetime) -> Iterator[str]:
    asked = [slug for version in evidence.demands for slug in version.requirements.certifications]
    built_on = [slug for entry in evidence.conditions for slug in (entry.certification, *entry.prerequisites)]
    for slug in dict.fromkeys([*asked, *built_on, *evidence.ledger]):
        yield f"{slug}: {_standing(standing_in(evidence, slug, at))}"
        conditions = conditions_at(evidence.conditions, slug, at)
        if conditions is not None:
            below = ", ".join(conditions.prerequisites) or "nothing"
            yield f"  built on {below}; renewal window {conditions.renewal_window_days} days; from {instant(conditions.effective_from)}"
        yield from (f"  {_entry(event)}" for event in evidence.ledger.get(slug, ()))
        start = next_start(slug, evidence.sat, evidence.exam_rules, at=at)
        if start is not None:
            yield f"  the next attempt at {start.exam} may begin at {instant(start.opens_at)}"


def _standing(found: Standing) -> str:
    said = [found.state.value.replace("_", " ")]
    said += [f"since {instant(found.since)}"] if found.since else []
    said += [f"until {instant(found.until)}"] if found.until else []
    said += ["in shadow"] if found.is_provisional else []
    said += [f"ends after {found.disuse_days} days without work"] if found.disuse_days is not None else []
    return ", ".join(said)


def _entry(event: LedgerEvent) -> str:
    term = f", from {instant(event.valid_from)} until {instant(event.valid_until) if event.valid_until else 'no end'}" if event.valid_from else ""
    return f"entry {event.id}: {event.kind.value}{term}, in effect {instant(event.effective_at)}, recorded {instant(event.recorded_at)}"


def _readings(evidence: Evidence, at: datetime) -> Iterator[str]:
    for entry in sorted(evidence.acknowledgements, key=lambda entry: (entry.module, entry.acknowledged_at)):
        later = "" if entry.acknowledged_at <= at else " (later than asked)"
        yield f"{entry.module} {entry.version} at {instant(entry.acknowledged_at)}{later}"


def _obligations(evidence: Evidence, at: datetime) -> Iterator[str]:
    for entry in sorted(evidence.obligations, key=lambda entry: (entry.effective_from, entry.module)):
        met = f"met {instant(entry.met_at)}" if entry.met_at and entry.met_at <= at else "open"
        yield f"{entry.module} in {', '.join(sorted(entry.areas))}: from {instant(entry.effective_from)}, due {instant(entry.due_at)}, {met}"


def _override(entry: Override, at: datetime) -> str:
    ends = min(entry.effective_until, entry.revoked_at or entry.effective_until)
    mark = " ← acts" if entry.effective_from <= at < ends else ""
    ended = f", ended {instant(entry.revoked_at)}" if entry.revoked_at else ""
    deed = "opens" if entry.allows else "closes"
    return f"{deed} from {instant(entry.effective_from)} until {instant(entry.effective_until)}, recorded {instant(entry.recorded_at)}{ended}{mark}"


def explained(subject: str, queue: str, *, known_at: datetime, decisions: tuple[Decision, Decision | None], evidence: Evidence | None) -> Iterable[str]:
    """The whole of it."""
    decision, next_decision = decisions
    yield f"{subject} at {queue}, at {instant(decision.at)}, as known at {instant(known_at)}"
    yield ""
    yield from answer_lines(decision, next_decision)
    if evidence is not None:
        yield from evidence_lines(evidence, decision.at)
