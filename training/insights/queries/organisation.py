"""Groups of people, who is in which, and of whom something changed since they were counted."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, delete, exists, literal, select, text, tuple_

from training.accounts.models import Person
from training.db import Prepared, UtcDateTime, db, one_of_ids
from training.insights.models import OrganisationGroup, OrganisationLine, OrganisationMember, OrganisationNote, OrganisationWideNote
from training.insights.rules.groups import Group, KnownGroup
from training.insights.rules.lines import Topic

PEOPLE_A_PAGE = 50
COUNTER_LOCK = 7_023_818
"""The advisory lock on PostgreSQL that only one counter holds."""

_DUE = Prepared(select(OrganisationNote.id).where(OrganisationNote.due_at <= bindparam("now", type_=UtcDateTime())).limit(1))
_WIDELY = Prepared(select(OrganisationWideNote.id).limit(1))
_TURNED = Prepared(select(OrganisationLine.person_id).where(OrganisationLine.turns_at <= bindparam("now", type_=UtcDateTime())).limit(1))


def is_anything_to_count(*, now: datetime) -> bool:
    """Whether something changed about somebody that is not counted yet."""
    return bool(_DUE.rows(now=now))


def is_anything_noted_widely() -> bool:
    """Whether something changed about many people at once whom nobody noted one by one yet."""
    return bool(_WIDELY.rows())


def hold_counting() -> None:
    """Be the only one who counts until the transaction ends. On SQLite a writing transaction is alone anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": COUNTER_LOCK})


def due_notes(*, now: datetime, limit: int) -> dict[int, int]:
    """Notes whose instant has come, with whom they are about, by id: the earliest so many, and the others about the same people."""
    note = OrganisationNote
    first = select(note.person_id).where(note.due_at <= now).order_by(note.due_at, note.id).limit(limit)
    people = set(db.session.scalars(first))
    asked = select(note.id, note.person_id).where(note.due_at <= now, one_of_ids(note.person_id, "people"))
    return dict(db.session.execute(asked, {"people": sorted(people)}).all()) if people else {}


def forget_notes(ids: Collection[int]) -> None:
    """Take away what is counted."""
    gone = delete(OrganisationNote).where(one_of_ids(OrganisationNote.id, "ids"))
    db.session.execute(gone.execution_options(synchronize_session=False), {"ids": list(ids)})


def has_turned(*, now: datetime) -> bool:
    """Whether a line is counted otherwise than it stands now."""
    return bool(_TURNED.rows(now=now))


def members_among(person_ids: Collection[int]) -> dict[int, int]:
    """The ids of the groups in which these people are counted; who is counted nowhere is left out."""
    asked = select(OrganisationMember.person_id, OrganisationMember.group_id).where(one_of_ids(OrganisationMember.person_id, "people"))
    return dict(db.session.execute(asked, {"people": list(person_ids)}).all())


def group_ids(keys: Collection[str]) -> dict[str, int]:
    """The ids of the groups with these keys, of those that are kept."""
    asked = select(OrganisationGroup.key, OrganisationGroup.id).where(OrganisationGroup.key.in_(keys))
    return dict(db.session.execute(asked).all())


_GROUP = (OrganisationGroup.id, OrganisationGroup.team_id, OrganisationGroup.markets, OrganisationGroup.languages, OrganisationGroup.is_moderating)


def known_groups(*, of_nobody: bool = False) -> list[KnownGroup]:
    """Every group that somebody is in: some thousands in an organisation of 100,000. Or those that are of nobody now, in which some were who left."""
    is_meant = OrganisationGroup.person_count == 0 if of_nobody else OrganisationGroup.person_count > 0
    asked = select(*_GROUP, OrganisationGroup.person_count).where(is_meant)
    return [
        KnownGroup(number, Group(team_id, tuple(markets), tuple(languages), is_moderating), count)
        for number, team_id, markets, languages, is_moderating, count in db.session.execute(asked.order_by(OrganisationGroup.id))
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody who is counted in a group."""

    id: int
    public_id: str
    name: str
    group_id: int


@dataclass(frozen=True, slots=True)
class CountedPage:
    """Some of them by name, and from whom on the pages beside it are reached."""

    people: Sequence[Counted]
    previous_id: int | None
    next_id: int | None


def people_of_groups(among: Collection[int] | None, *, without: str | None = None) -> Iterator[Counted]:
    """Everybody who is counted in these groups, or at all, by name; or who of them never practised in an area."""
    for row in db.session.execute(_counted(among, without).order_by(Person.sort_name, Person.id), _given(among)):
        yield Counted(*row)


def page_of_groups(among: Collection[int] | None, *, without: str | None = None, after_id: int | None = None, before_id: int | None = None) -> CountedPage:
    """A page of them: the first, or the one after or before a person."""
    is_backwards, start = before_id is not None, db.session.get(Person, before_id or after_id or 0)
    asked = _counted(among, without)
    if start is not None:
        key, place = tuple_(Person.sort_name, Person.id), tuple_(literal(start.sort_name), literal(start.id))
        asked = asked.where(key < place if is_backwards else key > place)
    asked = asked.order_by(Person.sort_name.desc(), Person.id.desc()) if is_backwards else asked.order_by(Person.sort_name, Person.id)
    rows = [Counted(*row) for row in db.session.execute(asked.limit(PEOPLE_A_PAGE + 1), _given(among))]
    has_more, people = len(rows) > PEOPLE_A_PAGE, rows[:PEOPLE_A_PAGE]
    if is_backwards:
        people.reverse()
    has_previous, has_next = (has_more, True) if is_backwards else (start is not None, has_more)
    return CountedPage(people, people[0].id if people and has_previous else None, people[-1].id if people and has_next else None)


def _counted(among: Collection[int] | None, without: str | None) -> Select[int, str, str, int]:
    asked = select(Person.id, Person.public_id, Person.name, OrganisationMember.group_id)
    asked = asked.join(OrganisationMember, OrganisationMember.person_id == Person.id)
    if without is not None:
        line = OrganisationLine
        asked = asked.where(~exists().where(line.person_id == Person.id, line.topic == Topic.AREA.value, line.subject == without))
    return asked if among is None else asked.where(one_of_ids(OrganisationMember.group_id, "groups"))


def _given(among: Collection[int] | None) -> dict[str, list[int]]:
    return {} if among is None else {"groups": list(among)}
