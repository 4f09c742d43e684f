"""Erasing a person: what is personal goes, what others rely on stays under a number."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from training.accounts import queries as accounts
from training.accounts import services as account_services
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.actors import Actor, ActorKind
from training.audit.services import record
from training.db import db, forgetting
from training.errors import Refusal
from training.upkeep import queries
from training.upkeep.documents import Rules
from training.upkeep.rules import UpkeepRefusal, nobodys_address, pseudonym, without_names


class Erasing(StrEnum):
    """What came of it."""

    DONE = "done"
    DONE_BEFORE = "done_before"


def erase(person: Person, rules: Rules, *, reason: str, by: Actor, now: datetime) -> Erasing:
    """Take away whatever is personal of a person, everywhere, as the rules say; their number, and what was decided under it, stay.

    Doing it again does nothing. Raises Refusal for oneself, for the last administrator, and for a reason that names the person, since
    the audit keeps it.
    """
    if by.kind is ActorKind.PERSON and by.id == person.id:
        raise Refusal(UpkeepRefusal.OWN_ERASURE)
    accounts.lock_person(person.id)
    if person.erased_at is not None:
        return Erasing.DONE_BEFORE
    names = _names_of(person)
    _refuse(person, names, reason, now)
    account_services.record_facts(person, {FactKind.STATUS: Status.DEACTIVATED}, effective_from=now, by=by, now=now)
    record("person.erased", by=by, subject=("person", person.id), now=now, detail={"reason": reason})
    person.erased_at = now
    _forget(person.id, person.email, names, rules)
    db.session.expire_all()
    return Erasing.DONE


def _refuse(person: Person, names: Collection[str], reason: str, now: datetime) -> None:
    roles = accounts.state_of(person.id, at=now).roles
    if Role.ADMIN in roles and not queries.other_administrators(person.id):
        raise Refusal(UpkeepRefusal.LAST_ADMINISTRATOR)
    if without_names(reason, names, "") != reason:
        raise Refusal(UpkeepRefusal.REASON_NAMES_THEM)


def _names_of(person: Person) -> set[str]:
    """Every name they ever had here, and their address."""
    return {person.email, person.name, *(str(fact.value) for fact in accounts.facts_of(person.id) if fact.kind is FactKind.NAME)}


def _forget(person_id: int, address: str, names: Collection[str], rules: Rules) -> None:
    instead = pseudonym(person_id)
    blanks = {"pseudonym": instead, "pseudonym_sorted": instead.casefold(), "address": nobodys_address(person_id)}
    with forgetting(queries.tables_of(rules)):
        for name, rule in rules.items():
            queries.delete_addressed(name, rule, address)
            queries.apply_changes(name, rules, person_id, blanks)
        for name in rules:
            queries.replace_in_words(name, rules, person_id, names, instead)
