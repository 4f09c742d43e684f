"""Keeping what is followed of people, and what it adds up to in their groups."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, update

from training.db import db, insert_into
from training.insights import queries
from training.insights.models import OrganisationCount, OrganisationLine
from training.insights.queries.lines import LineKey, stands, turns
from training.insights.rules.lines import Line, LineState

CountKey = tuple[int, str, str]
"""Group, topic, subject."""
Change = Mapping[CountKey, Counter[str]]
"""By how much the counts change, by state."""

KEY = (OrganisationLine.person_id, OrganisationLine.topic, OrganisationLine.subject)


def keep_lines(person_ids: Collection[int], found: Mapping[int, Iterable[Line]], groups: Mapping[int, int], *, now: datetime) -> None:
    """Keep these lines of these people, who are in these groups now, and no others, and count them."""
    before = queries.kept_lines(person_ids)
    after = {(person_id, line.topic.value, line.subject): line for person_id, lines in found.items() for line in lines}
    written = {key: _row(key, line, groups[key[0]], now=now) for key, line in sorted(after.items())}
    changed = {key: row for key, row in written.items() if _is_other(before.get(key), row)}
    gone = sorted(before.keys() - after.keys())
    counts: defaultdict[CountKey, Counter[str]] = defaultdict(Counter)
    for row in changed.values():
        counts[row["group_id"], row["topic"], row["subject"]][row["counted_as"]] += 1
    for was in [before[key] for key in (*changed, *gone) if key in before]:
        counts[was.group_id, was.topic, was.subject][was.counted_as] -= 1
    _put(list(changed.values()))
    _delete(gone)
    add_counts(counts)
    db.session.expire_all()


def _row(key: LineKey, line: Line, group_id: int, *, now: datetime) -> dict[str, Any]:
    person_id, topic, subject = key
    fixed = line.fixed.value if line.fixed is not None else None
    when = {"due_at": line.due_at, "soon_at": line.soon_at, "turns_at": line.turns_after(now)}
    return {"person_id": person_id, "topic": topic, "subject": subject, "group_id": group_id, "fixed": fixed, "counted_as": line.state_at(now).value, **when}


def _is_other(kept: OrganisationLine | None, row: Mapping[str, Any]) -> bool:
    return kept is None or any(getattr(kept, name) != value for name, value in row.items())


def _put(rows: list[dict[str, Any]]) -> None:
    if rows:
        put = insert_into(OrganisationLine)
        told = {name: put.excluded[name] for name in ("group_id", "due_at", "soon_at", "fixed", "counted_as", "turns_at")}
        db.session.connection().execute(put.on_conflict_do_update(index_elements=KEY, set_=told), rows)


def _delete(keys: list[LineKey]) -> None:
    if keys:
        is_one = and_(
            OrganisationLine.person_id == bindparam("whose"), OrganisationLine.topic == bindparam("about"), OrganisationLine.subject == bindparam("what")
        )
        named = [{"whose": person_id, "about": topic, "what": subject} for person_id, topic, subject in keys]
        db.session.connection().execute(delete(OrganisationLine).where(is_one), named)


def add_counts(change: Change) -> None:
    """Add this to what is counted, in the order of the keys; what comes to nobody is taken away."""
    wanted = {key: more for key, more in change.items() if any(more.values())}
    rows = [
        {"group_id": group_id, "topic": topic, "subject": subject, **{state.value: more[state.value] for state in LineState}}
        for (group_id, topic, subject), more in sorted(wanted.items())
    ]
    if not rows:
        return
    put, kept = insert_into(OrganisationCount), OrganisationCount.__table__.c
    sums = {state.value: kept[state.value] + put.excluded[state.value] for state in LineState}
    db.session.connection().execute(put.on_conflict_do_update(index_elements=[kept.group_id, kept.topic, kept.subject], set_=sums), rows)
    is_nobody = and_(*(kept[state.value] == 0 for state in LineState), kept.group_id.in_({row["group_id"] for row in rows}))
    db.session.execute(delete(OrganisationCount).where(is_nobody).execution_options(synchronize_session=False))


def turn(*, now: datetime) -> None:
    """Count as what they are now the lines that stand otherwise by the clock alone. Readers need not wait for it: they reckon the same."""
    has_turned = OrganisationLine.turns_at <= now
    state = stands(now).label("state")
    whole = (OrganisationLine.group_id, OrganisationLine.topic, OrganisationLine.subject, OrganisationLine.counted_as)
    counts: defaultdict[CountKey, Counter[str]] = defaultdict(Counter)
    for group_id, topic, subject, counted_as, is_now, count in db.session.execute(
        select(*whole, state, func.count()).where(has_turned).group_by(*whole, state)
    ):
        counts[group_id, topic, subject][is_now] += count
        counts[group_id, topic, subject][counted_as] -= count
    if counts:
        moved = update(OrganisationLine).where(has_turned).values(counted_as=stands(now), turns_at=turns(now))
        db.session.execute(moved.execution_options(synchronize_session=False))
        add_counts(counts)
