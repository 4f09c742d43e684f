"""What is kept, added up: how many people stand how with what, and who they are.

What the clock turned since it was counted is reckoned here, in the same statement: figures are right however late anybody counts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, or_, select, tuple_, union_all

from training.accounts.models import Person
from training.db import UtcDateTime, db, one_of_ids
from training.insights.models import OrganisationCount, OrganisationGroup, OrganisationLine
from training.insights.queries.lines import stands
from training.insights.rules.figures import Dimension, Tally
from training.insights.rules.lines import LineState, Topic

LINES_A_PAGE = 50
STATES = tuple(LineState)


@dataclass(frozen=True, slots=True)
class About:
    """What figures are about: topics, one subject of them where it is named, and the groups of people, or everybody."""

    topics: Collection[Topic]
    subject: str | None = None
    among: Collection[int] | None = None
    """Ids of groups."""

    @property
    def given(self) -> dict[str, list[int]]:
        """The parameters of a statement about it."""
        return {} if self.among is None else {"groups": list(self.among)}


def figures(about: About, *, now: datetime) -> dict[tuple[Topic, str], Tally]:
    """How many stand how, by topic and subject."""
    summed = _summed(about, now)
    asked = select(summed.c.topic, summed.c.subject, *_sums(summed)).group_by(summed.c.topic, summed.c.subject)
    return {(Topic(topic), subject): Tally(*map(int, counts)) for topic, subject, *counts in db.session.execute(asked, about.given) if any(counts)}


_COLUMNS: Mapping[Dimension, Any] = {
    Dimension.TEAM: OrganisationGroup.team_id,
    Dimension.MARKET: OrganisationGroup.markets,
    Dimension.LANGUAGE: OrganisationGroup.languages,
}


def figures_by(dimension: Dimension, about: About, *, now: datetime) -> dict[tuple[str, Topic], Tally]:
    """The same over all subjects, by the id of the team or the code of the market or language, and topic. Who works for two markets counts in both."""
    summed, column = _summed(about, now), _COLUMNS[dimension]
    asked = select(column, summed.c.topic, *_sums(summed)).join_from(summed, OrganisationGroup, OrganisationGroup.id == summed.c.group_id)
    found: dict[tuple[str, Topic], Tally] = {}
    for value, topic, *counts in db.session.execute(asked.group_by(column, summed.c.topic), about.given):
        for name in dimension.names(value):
            key = (name, Topic(topic))
            found[key] = found.get(key, Tally()) + Tally(*map(int, counts))
    return found


def _summed(about: About, now: datetime) -> Subquery:
    """Counts by group, topic and subject, and beside them what has turned since by how much it changes them."""
    kept, line, state = OrganisationCount, OrganisationLine, stands(now)
    counts = select(kept.group_id, kept.topic, kept.subject, *(getattr(kept, each.value) for each in STATES)).where(*_is_about(kept, about))
    changes = (func.sum(case((state == each.value, 1), else_=0) - case((line.counted_as == each.value, 1), else_=0)) for each in STATES)
    turned = select(line.group_id, line.topic, line.subject, *changes).where(line.turns_at <= now, *_is_about(line, about))
    return union_all(counts, turned.group_by(line.group_id, line.topic, line.subject)).subquery()


def _sums(summed: Subquery) -> list[ColumnElement[Any]]:
    return [func.sum(summed.c[each.value]) for each in STATES]


def _is_about(rows: type[OrganisationCount | OrganisationLine], about: About) -> Iterator[ColumnElement[bool]]:
    yield rows.topic.in_([topic.value for topic in about.topics])
    if about.subject is not None:
        yield rows.subject == about.subject
    if about.among is not None:
        yield one_of_ids(rows.group_id, "groups")


@dataclass(frozen=True, slots=True)
class ListedLine:
    """Somebody with how they stand with one thing."""

    person_id: int
    public_id: str
    name: str
    group_id: int
    due_at: datetime
    state: LineState


Place = tuple[datetime, int]
"""Where a line stands in a list: when it is due, and whose it is."""


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Some of them, the first due on top, and where the pages beside it begin."""

    lines: list[ListedLine]
    previous: Place | None
    next: Place | None


def lines_page(about: About, states: Iterable[LineState], *, now: datetime, after: Place | None = None, before: Place | None = None) -> LinesPage:
    """A page of the people who stand so with one thing: the first, or the one behind or before a place."""
    start, is_backwards = before or after, before is not None
    parts = [part for state in states for part in _parts(about, state, now)]
    if start is not None:
        parts = [part.where(_lies_beyond(start, is_backwards=is_backwards)) for part in parts]
    order = (OrganisationLine.due_at.desc(), OrganisationLine.person_id.desc()) if is_backwards else (OrganisationLine.due_at, OrganisationLine.person_id)
    limited = [select(part.order_by(*order).limit(LINES_A_PAGE + 1).subquery()) for part in parts]
    rows = sorted((_listed(row) for row in db.session.execute(union_all(*limited), about.given)), key=_place_of, reverse=is_backwards)
    has_more, lines = len(rows) > LINES_A_PAGE, rows[:LINES_A_PAGE]
    if is_backwards:
        lines.reverse()
    has_previous, has_next = (has_more, True) if is_backwards else (start is not None, has_more)
    return LinesPage(lines, _place_of(lines[0]) if lines and has_previous else None, _place_of(lines[-1]) if lines and has_next else None)


def all_lines(about: About, states: Iterable[LineState], *, now: datetime) -> list[ListedLine]:
    """Everybody who stands so with one thing, the first due on top."""
    parts = [part for state in states for part in _parts(about, state, now)]
    return sorted((_listed(row) for row in db.session.execute(union_all(*parts), about.given)), key=_place_of)


def _lies_beyond(start: Place, *, is_backwards: bool) -> ColumnElement[bool]:
    key, place = tuple_(OrganisationLine.due_at, OrganisationLine.person_id), tuple_(literal(start[0], UtcDateTime()), literal(start[1]))
    return key < place if is_backwards else key > place


def _parts(about: About, state: LineState, now: datetime) -> Iterator[Select[int, str, str, int, datetime, str]]:
    """Who is counted as standing so and still does, and who does since the clock turned."""
    line = OrganisationLine
    asked = select(line.person_id, Person.public_id, Person.name, line.group_id, line.due_at, literal(state.value))
    asked = asked.join(Person, Person.id == line.person_id).where(*_is_about(line, about))
    yield asked.where(line.counted_as == state.value, or_(line.turns_at.is_(None), line.turns_at > now))
    yield asked.where(line.turns_at <= now, stands(now) == state.value)


def _listed(row: Any) -> ListedLine:
    person_id, public_id, name, group_id, due_at, state = row
    return ListedLine(person_id, public_id, name, group_id, due_at, LineState(state))


def _place_of(line: ListedLine) -> Place:
    return line.due_at, line.person_id
