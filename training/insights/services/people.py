"""Telling of people: who of a portion belongs into a pack, and what it says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.accounts.models import Person
from training.accounts.rules import Fact, FactKind, Status, values_at
from training.certification.queries import known_ledgers_of
from training.certification.rules import LedgerEvent, State
from training.insights import queries
from training.insights.documents import AccessFact, ActorFact, PersonFacts, ReasonFact, StretchFact
from training.insights.queries import LedgerRow
from training.insights.rules import Moment, Scope, ScopeKind, Stretch, stretches
from training.insights.rules.audiences import Belonging, audiences_of, belonging_of
from training.insights.services.evidence import PortionEvidence, accuracy_of, exceptions_of, gather_evidence, ledger_of, training_of
from training.queues.queries import gather
from training.queues.rules.decision import Access, Decision


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told: whom, when, with which queues and certifications in view, and whether people are named."""

    scope: Scope
    moment: Moment
    queues: tuple[str, ...]
    certifications: frozenset[str]
    """Those that the queue asked for, where a queue is told of over a span."""
    slugs: Mapping[int, str]
    """Of certifications, by id."""
    has_names: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What decides whether somebody is told of, and stands in the pack where they are."""

    person: Person
    values: Mapping[FactKind, Any]
    access: tuple[tuple[str, Decision], ...]
    stretches: tuple[tuple[str, Stretch], ...]
    rows: tuple[LedgerRow, ...]

    @property
    def belonging(self) -> Belonging:
        """The audiences that they are of."""
        return belonging_of(self.person.id, self.values)


def tell(people: Sequence[Person], telling: Telling) -> list[PersonFacts]:
    """What the pack says of those of these people whom it is about."""
    known = _known(people, telling)
    belongings = [each.belonging for each in known]
    evidence = gather_evidence(audiences_of(belongings), [row for each in known for row in each.rows], telling.moment)
    return [_person_facts(each, evidence, telling) for each in known]


def _known(people: Sequence[Person], telling: Telling) -> list[Known]:
    ids, at = [person.id for person in people], telling.moment.at
    facts, rows = queries.facts_of_people(ids, known_at=at), queries.ledger_rows(ids, known_at=at)
    held = known_ledgers_of(ids, known_at=at) if telling.moment.is_span else {}
    excepted = queries.exceptions(ids, telling.moment)
    access = {} if telling.moment.is_span else _access(people, telling)
    tells_all = telling.scope.kind is ScopeKind.PERSON
    found = []
    for person in people:
        own = facts.get(person.id, ())
        each = Known(
            person=person,
            values=values_at(own, at=at, known_at=at),
            access=tuple((queue, decision) for queue, decision in access.get(person.public_id, ()) if tells_all or decision.access is not Access.DENY),
            stretches=_stretches(held.get(person.id, {}), telling),
            rows=rows.get(person.id, ()),
        )
        if _is_told_of(each, own, telling, opens=any(row.effect == "allow" for row, slug in excepted.get(person.id, ()) if slug == telling.scope.queue)):
            found.append(each)
    return found


def _access(people: Sequence[Person], telling: Telling) -> dict[str, tuple[tuple[str, Decision], ...]]:
    """The one gate's answers at the instant, as it was known then."""
    at, names = telling.moment.at, [person.public_id for person in people]
    gathered = gather(names, telling.queues, known_from=at)
    return {name: tuple((queue, gathered.decide(name, queue, at=at, known_at=at)) for queue in telling.queues) for name in names}


def _stretches(held: Mapping[int, tuple[LedgerEvent, ...]], telling: Telling) -> tuple[tuple[str, Stretch], ...]:
    moment = telling.moment
    if moment.since is None:
        return ()
    found = [(telling.slugs[number], stretch) for number, events in held.items() for stretch in stretches(events, moment.since, moment.at)]
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].begin)))


def _is_told_of(known: Known, facts: Sequence[Fact], telling: Telling, *, opens: bool) -> bool:
    """A person asked about always; for a queue whoever might work it; else whoever worked here."""
    match telling.scope.kind:
        case ScopeKind.PERSON:
            return True
        case ScopeKind.QUEUE if telling.moment.is_span:
            return opens or any(slug in telling.certifications and stretch.state is State.IN_FORCE for slug, stretch in known.stretches)
        case ScopeKind.QUEUE:
            return any(decision.access is not Access.DENY for _, decision in known.access)
        case ScopeKind.ORGANISATION:
            return was_active(facts, telling.moment)


def was_active(facts: Sequence[Fact], moment: Moment) -> bool:
    """Whether somebody worked here at any time asked about, as it was known at its end."""
    begin = moment.since or moment.at
    instants = {begin, moment.at, *(fact.effective_from for fact in facts if fact.kind is FactKind.STATUS and begin < fact.effective_from < moment.at)}
    if moment.is_span:
        instants.discard(moment.at)
    return any(values_at(facts, at=instant, known_at=moment.at).get(FactKind.STATUS) == Status.ACTIVE for instant in instants)


def _person_facts(known: Known, evidence: PortionEvidence, telling: Telling) -> PersonFacts:
    number = known.person.id
    return PersonFacts(
        person=known.person.public_id,
        number=number,
        name=known.values.get(FactKind.NAME, known.person.name) if telling.has_names else None,
        languages=tuple(sorted(known.values.get(FactKind.LANGUAGES, ()))),
        markets=tuple(sorted(known.values.get(FactKind.MARKETS, ()))),
        access=tuple(_access_fact(queue, decision) for queue, decision in known.access),
        stretches=tuple(_stretch_fact(slug, stretch) for slug, stretch in known.stretches),
        ledger=ledger_of(known.rows, evidence),
        training=training_of(known.belonging, evidence),
        accuracy=accuracy_of(number, evidence),
        exceptions=exceptions_of(number, evidence, telling.moment),
    )


def _access_fact(queue: str, decision: Decision) -> AccessFact:
    reasons = [
        ReasonFact(code=reason.code.value, effect=reason.effect.value, subject=reason.subject, since=reason.since, until=reason.until)
        for reason in decision.reasons
    ]
    return AccessFact(queue=queue, access=decision.access, reasons=tuple(reasons))


def _stretch_fact(slug: str, stretch: Stretch) -> StretchFact:
    return StretchFact(certification=slug, state=stretch.state.value, is_provisional=stretch.is_provisional, since=stretch.begin, until=stretch.end)


def tell_actors(names: Sequence[str], telling: Telling) -> tuple[ActorFact, ...]:
    """Whoever made what is told of others, by public id."""
    found, at = list[ActorFact](), telling.moment.at
    for begin in range(0, len(names), queries.PORTION):
        people = queries.people_called(names[begin : begin + queries.PORTION])
        facts = queries.facts_of_people([person.id for person in people], known_at=at) if telling.has_names else {}
        for person in people:
            name = values_at(facts.get(person.id, ()), at=at, known_at=at).get(FactKind.NAME, person.name) if telling.has_names else None
            found.append(ActorFact(person=person.public_id, number=person.id, name=name))
    return tuple(found)
