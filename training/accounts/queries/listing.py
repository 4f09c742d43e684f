"""The list of people: searched, filtered, page by page, at the same cost whatever the number of people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import QueryableAttribute, aliased

from training.accounts.models import CurrentFact, Person
from training.accounts.rules import FactKind, Role, Status
from training.db import db

PAGE_SIZE = 50
NARROWING = (FactKind.COHORTS, FactKind.TEAM, FactKind.ROLES, FactKind.LANGUAGES, FactKind.MARKETS, FactKind.STATUS)
"""The filters there are, the one that usually fits fewest people first."""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Whom somebody looks for; what is empty does not narrow."""

    text: str = ""
    """Part of a name or of an e-mail address."""
    members: Mapping[FactKind, str] = field(default_factory=dict)
    """What must be true of them now: `{FactKind.ROLES: "lead"}`."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One line of the list."""

    id: int
    public_id: str
    name: str
    email: str
    status: Status
    roles: tuple[str, ...]
    team_id: int | None
    languages: tuple[str, ...]
    markets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people by name, and from whom on the pages beside it are reached."""

    people: Sequence[ListedPerson]
    previous_id: int | None
    """`before` this person is the page before, if there is one."""
    next_id: int | None
    """`after` this person is the page after, if there is one."""


def people_page(wanted: PeopleFilter, *, after_id: int | None = None, before_id: int | None = None) -> PeoplePage:
    """A page of the people who fit, by name: the first, or the one after or before a person."""
    is_backwards = before_id is not None
    asked, name, identity = _fitting(wanted)
    start = _key_of(before_id if is_backwards else after_id)
    if start is not None:
        key = tuple_(name, identity)
        asked = asked.where(key < tuple_(*start) if is_backwards else key > tuple_(*start))
    asked = asked.order_by(name.desc(), identity.desc()) if is_backwards else asked.order_by(name, identity)
    rows = db.session.scalars(asked.limit(PAGE_SIZE + 1)).all()
    has_more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    people = _listed(reversed(rows) if is_backwards else rows)
    has_previous, has_next = (has_more, True) if is_backwards else (start is not None, has_more)
    return PeoplePage(people, people[0].id if people and has_previous else None, people[-1].id if people and has_next else None)


def _fitting(wanted: PeopleFilter) -> tuple[Select[Person], QueryableAttribute[str], QueryableAttribute[int]]:
    """Who fits, and the columns by which they are in order: those of the index that narrows most."""
    asked, name, identity = select(Person), Person.sort_name, Person.id
    narrowing = [kind for kind in NARROWING if kind in wanted.members]
    if narrowing:
        first = narrowing[0]
        asked = asked.join(CurrentFact, CurrentFact.person_id == Person.id)
        asked = asked.where(CurrentFact.kind == first.value, CurrentFact.member == wanted.members[first])
        name, identity = CurrentFact.sort_name, CurrentFact.person_id
    for kind in narrowing[1:]:
        asked = asked.where(has_fact(kind, wanted.members[kind]))
    if wanted.text:
        asked = asked.where(named_like(wanted.text))
    return asked, name, identity


def named_like(text: str) -> ColumnElement[bool]:
    """Whether a person's name or e-mail address holds this, in capitals or not."""
    folded = text.casefold()
    return or_(Person.sort_name.contains(folded, autoescape=True), Person.email.contains(folded, autoescape=True))


def has_fact(kind: FactKind, member: str) -> ColumnElement[bool]:
    """Whether this is true of a person now, as lists know it."""
    fact = aliased(CurrentFact)
    return exists().where(fact.person_id == Person.id, fact.kind == kind.value, fact.member == member)


def active_ids_of(role: Role) -> Sequence[int]:
    """The active people who have this role now."""
    return db.session.scalars(select(Person.id).where(has_fact(FactKind.ROLES, role.value), has_fact(FactKind.STATUS, Status.ACTIVE.value))).all()


def members_in_use(kind: FactKind) -> list[str]:
    """Everything of this kind that is true of somebody now, in order: every market, every time zone."""
    return list(db.session.scalars(select(CurrentFact.member).where(CurrentFact.kind == kind.value).distinct().order_by(CurrentFact.member)))


def fitting_count(members: Mapping[FactKind, str]) -> int:
    """Of how many people all of this is true now."""
    return db.session.scalar(select(func.count()).select_from(Person).where(*(has_fact(kind, member) for kind, member in members.items()))) or 0


def _key_of(person_id: int | None) -> tuple[str, int] | None:
    """Where this person stands in the order; nowhere if there is no such person."""
    found = db.session.get(Person, person_id) if person_id is not None else None
    return (found.sort_name, found.id) if found else None


def _listed(people: Iterable[Person]) -> list[ListedPerson]:
    page = list(people)
    members: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    asked = select(CurrentFact).where(CurrentFact.person_id.in_([person.id for person in page])).order_by(CurrentFact.member)
    for row in db.session.scalars(asked) if page else ():
        members[row.person_id][row.kind].append(row.member)
    return [_line(person, members[person.id]) for person in page]


def _line(person: Person, members: Mapping[str, list[str]]) -> ListedPerson:
    team_ids = members.get(FactKind.TEAM, [])
    return ListedPerson(
        id=person.id,
        public_id=person.public_id,
        name=person.name,
        email=person.email,
        status=Status(next(iter(members.get(FactKind.STATUS, [])), Status.INVITED)),
        roles=tuple(members.get(FactKind.ROLES, ())),
        team_id=int(team_ids[0]) if team_ids else None,
        languages=tuple(members.get(FactKind.LANGUAGES, ())),
        markets=tuple(members.get(FactKind.MARKETS, ())),
    )
