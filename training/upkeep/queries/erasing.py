"""The rows of one person, in every table."""

import json
from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Table, Text, and_, cast, delete, exists, func, or_, select, update

from training.accounts.models import CurrentFact, Person
from training.accounts.rules import FactKind, Role, Status
from training.db import db
from training.upkeep.documents import Change, Rules, TableRule
from training.upkeep.queries.tables import is_among, table_named
from training.upkeep.rules import filled, in_texts, sought, without_names


def other_administrators(person_id: int) -> bool:
    """Whether somebody else is an administrator now, and works here."""

    def is_so(kind: FactKind, member: str) -> ColumnElement[bool]:
        return exists().where(CurrentFact.person_id == Person.id, CurrentFact.kind == kind.value, CurrentFact.member == member)

    others = select(Person.id).where(Person.id != person_id, is_so(FactKind.ROLES, Role.ADMIN.value), is_so(FactKind.STATUS, Status.ACTIVE.value))
    return db.session.scalar(others.limit(1)) is not None


def _is_of(table: Table, rule: TableRule, person_id: int, rules: Rules) -> ColumnElement[bool]:
    """Whether a row is this person's: it says so itself, or the row of another table does that it names."""
    assert rule.owner is not None
    column, other = rule.owner
    if other is None:
        return table.c[column] == person_id
    owning = table_named(other)
    (number,) = owning.primary_key.columns
    return table.c[column].in_(select(number).where(_is_of(owning, rules[other], person_id, rules)))


def apply_changes(name: str, rules: Rules, person_id: int, blanks: Mapping[str, str]) -> None:
    """Do to this person's rows of a table what its rule says of erased people."""
    table, rule = table_named(name), rules[name]
    changes = [Change(is_deleted=True)] if rule.erased == "delete" else rule.erased
    if rule.owner is None or isinstance(changes, str):
        return
    for change in changes:
        which = and_(_is_of(table, rule, person_id, rules), *(table.c[column] == value for column, value in change.where.items()))
        values = {column: filled(value, blanks) for column, value in change.set.items()}
        db.session.execute(delete(table).where(which) if change.is_deleted else update(table).where(which).values(values))


def delete_addressed(name: str, rule: TableRule, address: str) -> None:
    """Delete the rows that are found by an e-mail address."""
    table = table_named(name)
    if rule.address is not None:
        db.session.execute(delete(table).where(func.lower(table.c[rule.address]) == address))


def replace_in_words(name: str, rules: Rules, person_id: int, names: Collection[str], instead: str) -> None:
    """Let what people wrote in this table name the person no more."""
    table, rule = table_named(name), rules[name]
    for column in rule.words:
        _replace(table, table.c[column], None, names, instead)
    for column in rule.naming:
        _delete_naming(table, table.c[column], names)
    for column in rule.own_words:
        _replace(table, table.c[column], _is_of(table, rule, person_id, rules), names, instead)


def _replace(table: Table, column: Column[Any], which: ColumnElement[bool] | None, names: Collection[str], instead: str) -> None:
    asked = select(*table.primary_key.columns, column).where(_may_name(column, names))
    for *key, value in db.session.execute(asked if which is None else asked.where(which)).all():
        changed = in_texts(value, lambda text: without_names(text, names, instead))
        if changed != value:
            length = getattr(column.type, "length", None)
            db.session.execute(update(table).where(is_among(table, [key])).values({column.name: changed[:length] if length else changed}))


def _delete_naming(table: Table, column: Column[Any], names: Collection[str]) -> None:
    """Delete the rows whose text names the person: what a hash vouches for stays whole, or goes."""
    found = db.session.execute(select(*table.primary_key.columns, column).where(_may_name(column, names))).all()
    keys = [tuple(key) for *key, text in found if without_names(text, names, "") != text]
    for start in range(0, len(keys), 500):
        db.session.execute(delete(table).where(is_among(table, keys[start : start + 500])))


def _may_name(column: Column[Any], names: Collection[str]) -> ColumnElement[bool]:
    """Whether a text may hold every word of one of the names: what the database finds by letters, to be looked at whole. JSON may write letters as escapes."""
    text = cast(column, Text)

    def is_in(word: str) -> ColumnElement[bool]:
        spelled = {word, json.dumps(word)[1:-1]} if isinstance(column.type, JSON) else {word}
        tests = ((text.contains(each, autoescape=True), func.lower(text).contains(each.lower(), autoescape=True)) for each in sorted(spelled))
        return or_(*chain.from_iterable(tests))

    return or_(*(and_(*map(is_in, name.split())) for name in sought(names)))
