"""Recording what is true of people."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from training.accounts import queries
from training.accounts.models import CurrentFact, PendingFact, Person, PersonFact
from training.accounts.rules import FACT_KINDS_OF_ONES_OWN, AccountReason, FactKind, fact_value, values_at
from training.accounts.services.followers import tell_followers
from training.accounts.services.sessions import end_sessions_of
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.services import record
from training.db import db
from training.errors import Refusal


def record_facts(person: Person, facts: Mapping[FactKind, object], *, effective_from: datetime, by: Actor, now: datetime) -> tuple[PersonFact, ...]:
    """Say what is true of a person from `effective_from` on; what was already so is not said again.

    A changed status ends every session. Raises Refusal where people would decide about themselves what is not theirs
    to decide, for malformed values, for a team that does not exist, and for somebody who is erased.
    """
    _refuse_own(person, facts, by)
    if person.erased_at is not None:
        raise Refusal(AccountReason.ERASED)
    values = {FactKind(kind): checked_value(kind, value) for kind, value in facts.items()}
    queries.lock_person(person.id)
    known = queries.facts_of(person.id)
    before = values_at(known, at=effective_from, known_at=now)
    changed = {kind: value for kind, value in values.items() if kind not in before or before[kind] != value}
    rows = tuple(_row(person, kind, value, effective_from=effective_from, by=by, now=now) for kind, value in changed.items())
    db.session.add_all(rows)
    db.session.flush()
    _follow(person, rows, now=now)
    if rows:
        detail = {"kinds": sorted(kind.value for kind in changed), "effective_from": effective_from.isoformat(timespec="seconds")}
        record("person.facts_recorded", by=by, subject=("person", person.id), now=now, detail=detail)
    tell_followers(person.id, (FactKind(row.kind) for row in rows if row.effective_from <= now), by=by, now=now)
    if FactKind.STATUS in changed:
        end_sessions_of(person.id, now=now)
    return rows


def checked_value(kind: FactKind, value: object) -> object:
    """The value as the ledger keeps it. Raises Refusal with what is wrong."""
    try:
        written = fact_value(kind, value)
    except (ValueError, TypeError) as error:
        raise Refusal(AccountReason.FACT_MALFORMED, fault=str(error)) from None
    if kind is FactKind.TEAM and isinstance(written, int) and queries.team(written) is None:
        raise Refusal(AccountReason.TEAM_UNKNOWN, team=written)
    return written


def follow_pending_facts(*, now: datetime) -> int:
    """Bring the current facts of those people up to date for whom something took effect; how many they were."""
    due = queries.pending_facts(now=now)
    for person_id in sorted({fact.person_id for fact in due}):
        queries.lock_person(person_id)
        refresh_current_facts(queries.person(person_id), now=now)
    _tell_of_what_holds(due, now=now)
    for fact in due:
        db.session.delete(fact)
    return len(due)


def _tell_of_what_holds(due: Iterable[PendingFact], *, now: datetime) -> None:
    kinds = queries.kinds_of_facts({fact.fact_id for fact in due})
    for fact in due:
        tell_followers(fact.person_id, [kinds[fact.fact_id]], by=SYSTEM, now=now)


def refresh_current_facts(person: Person, *, now: datetime) -> None:
    """Write down anew what is true of a person now, and the name under which lists show them."""
    values = values_at(queries.facts_of(person.id), at=now, known_at=now)
    person.name = values[FactKind.NAME]
    person.sort_name = person.name.casefold()
    wanted = {(kind.value, member) for kind, value in values.items() for member in _members(kind, value)}
    for row in queries.current_facts_of(person.id):
        if (row.kind, row.member) in wanted:
            wanted.discard((row.kind, row.member))
            row.sort_name = person.sort_name
        else:
            db.session.delete(row)
    new = [CurrentFact(person_id=person.id, kind=kind, member=member, sort_name=person.sort_name) for kind, member in sorted(wanted)]
    db.session.add_all(new)
    db.session.flush()


def _refuse_own(person: Person, facts: Mapping[FactKind, object], by: Actor) -> None:
    if by.kind is ActorKind.PERSON and by.id == person.id and not set(facts) <= FACT_KINDS_OF_ONES_OWN:
        raise Refusal(AccountReason.OWN_FACTS)


def _row(person: Person, kind: FactKind, value: object, *, effective_from: datetime, by: Actor, now: datetime) -> PersonFact:
    return PersonFact(
        person_id=person.id,
        kind=kind.value,
        value={"value": value},
        term=str(value) if isinstance(value, str | int) else None,
        effective_from=effective_from,
        recorded_at=now,
        recorded_by_id=by.id if by.kind is ActorKind.PERSON else None,
    )


def _follow(person: Person, rows: tuple[PersonFact, ...], *, now: datetime) -> None:
    later = [row for row in rows if row.effective_from > now]
    db.session.add_all(PendingFact(fact_id=row.id, person_id=person.id, due_at=row.effective_from) for row in later)
    if len(later) < len(rows):
        refresh_current_facts(person, now=now)


def _members(kind: FactKind, value: object) -> tuple[str, ...]:
    """What lists are filtered by; a person's accommodations and name are not."""
    if kind in {FactKind.ACCOMMODATIONS, FactKind.NAME} or value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)
