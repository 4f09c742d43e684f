"""Who is who: people by every name they go by, and teams."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import exists, select, tuple_

from training.accounts.models import CurrentFact, Person, PersonEmail, PersonFact, Team
from training.accounts.queries.facts import states_of
from training.accounts.rules import FactKind, Status, normal_email
from training.db import db
from training.errors import NotFound


def email_hash(email: str) -> str:
    """What stands for an e-mail address where the address itself must not be kept."""
    return hashlib.sha256(normal_email(email).encode()).hexdigest()


def person(person_id: int) -> Person:
    """The person with this id. Raises NotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def lock_person(person_id: int) -> None:
    """Wait until nobody else is changing this person, and keep others waiting until the transaction ends."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def person_by_public_id(public_id: str) -> Person | None:
    """The person whom programs and addresses call this."""
    return db.session.scalar(select(Person).where(Person.public_id == public_id))


def person_by_email(email: str) -> Person | None:
    """The person who has this address, or had it once: an address is never given to another."""
    return db.session.scalar(select(Person).join(PersonEmail, PersonEmail.person_id == Person.id).where(PersonEmail.email_hash == email_hash(email)))


def people_by_emails(emails: Iterable[str]) -> Mapping[str, Person]:
    """Who has, or had, each of these addresses, five hundred a statement."""
    hashes = {email_hash(email): email for email in emails}
    wanted = list(hashes)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        asked = select(PersonEmail.email_hash, Person).join(Person, Person.id == PersonEmail.person_id).where(PersonEmail.email_hash.in_(chunk))
        found.update({hashes[row[0]]: row[1] for row in db.session.execute(asked)})
    return found


def people_by_subjects(subjects: Iterable[str]) -> Mapping[str, int]:
    """The ids of the people whom a program means, by e-mail address or by our own public id; nobody for names that are unknown."""
    wanted = set(subjects)
    found = {email: person.id for email, person in people_by_emails(name for name in wanted if "@" in name).items()}
    public_ids = sorted(name for name in wanted if "@" not in name)
    for start in range(0, len(public_ids), 500):
        asked = select(Person.public_id, Person.id).where(Person.public_id.in_(public_ids[start : start + 500]))
        found.update({row[0]: row[1] for row in db.session.execute(asked)})
    return found


def person_by_subject(subject: str) -> Person | None:
    """The person whom a program means: by e-mail address, or by our own public id."""
    return person_by_email(subject) if "@" in subject else person_by_public_id(subject)


def person_names(person_ids: Iterable[int]) -> Mapping[int, str]:
    """Names by id, in one statement."""
    ids = set(person_ids)
    if not ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}


def person_addresses(person_ids: Iterable[int]) -> dict[int, str]:
    """The mail addresses of those of these people who are active, by id, five hundred a statement."""
    wanted, found = sorted(set(person_ids)), {}
    is_active = exists().where(CurrentFact.person_id == Person.id, CurrentFact.kind == FactKind.STATUS.value, CurrentFact.member == Status.ACTIVE.value)
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(select(Person.id, Person.email).where(Person.id.in_(wanted[start : start + 500]), is_active))
        found.update({row.id: row.email for row in rows})
    return found


def people_of_team(team_id: int, *, at: datetime) -> Sequence[Person]:
    """Active people who belong to this team at `at`, by name. A date in the future is answered by what is known now."""
    ever = select(PersonFact.person_id).where(PersonFact.kind == FactKind.TEAM, PersonFact.term == str(team_id), PersonFact.effective_from <= at)
    candidates = db.session.scalars(select(Person).where(Person.id.in_(ever)).order_by(Person.sort_name, Person.id)).all()
    states = states_of([candidate.id for candidate in candidates], at=at)
    return [candidate for candidate in candidates if states[candidate.id].team_id == team_id and states[candidate.id].is_active]


def team_page(team_id: int, *, at: datetime, after_id: int | None = None, size: int) -> tuple[list[Person], bool]:
    """So many of the active people who belong to this team at `at`, by name, from the one after a person on; and whether there are more."""
    ever = select(PersonFact.person_id).where(PersonFact.kind == FactKind.TEAM, PersonFact.term == str(team_id), PersonFact.effective_from <= at)
    asked = select(Person).where(Person.id.in_(ever)).order_by(Person.sort_name, Person.id).limit(size + 1)
    found, last = list[Person](), db.session.get(Person, after_id) if after_id is not None else None
    while len(found) <= size:
        beyond = asked if last is None else asked.where(tuple_(Person.sort_name, Person.id) > (last.sort_name, last.id))
        candidates = db.session.scalars(beyond).all()
        states = states_of([candidate.id for candidate in candidates], at=at)
        found += [candidate for candidate in candidates if states[candidate.id].team_id == team_id and states[candidate.id].is_active]
        if len(candidates) <= size:
            break
        last = candidates[-1]
    return found[:size], len(found) > size


class Addressed(Protocol):
    """A row that is for one person or for a team."""

    @property
    def id(self) -> int:
        """The row's."""

    @property
    def person_id(self) -> int | None:
        """Whom it is for, where it is one person."""

    @property
    def team_id(self) -> int | None:
        """Which team it is for, where it is one."""


def people_reached(rows: Iterable[Addressed], *, at: datetime) -> dict[int, list[int]]:
    """The people whom each of these rows is for at `at`, by its id: the one person, or those who are in the team then."""
    return {row.id: [row.person_id] if row.person_id is not None else [person.id for person in people_of_team(row.team_id or 0, at=at)] for row in rows}


def teams() -> Sequence[Team]:
    """Every team, by name."""
    return db.session.scalars(select(Team).order_by(Team.name, Team.id)).all()


def team_names() -> Mapping[int, str]:
    """Team names by id, in order of the names."""
    return {team.id: team.name for team in teams()}


def team(team_id: int) -> Team | None:
    """The team with this id."""
    return db.session.get(Team, team_id)


def team_by_slug(slug: str) -> Team | None:
    """The team that addresses call this."""
    return db.session.scalar(select(Team).where(Team.slug == slug))
