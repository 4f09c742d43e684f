"""Which kinds of document have a form, and the form of each document."""

from collections.abc import Sequence
from typing import Any

from training.authoring.rules.case_fields import case_parts
from training.authoring.rules.exam_fields import exam_parts
from training.authoring.rules.form_fields import FormField, FormPart, Way, found_at
from training.authoring.rules.item_fields import item_parts
from training.cases.rules import Surface
from training.content_store.rules.kinds import Kind
from training.documents.yaml_reading import Unreadable, read_yaml
from training.exams.rules.blueprint import ItemKind

KINDS_WITH_FORM = frozenset({Kind.CASE, Kind.ITEM, Kind.EXAM})


def parts_of(kind: Kind, value: dict[str, Any], areas: Sequence[str] = ()) -> tuple[FormPart, ...]:
    """The form of a document that says this; `areas` are those that an item can be about, or a quota of an exam."""
    if kind is Kind.EXAM:
        return exam_parts(areas)
    return case_parts(Surface(value["surface"])) if kind is Kind.CASE else item_parts(value, areas)


def fields_in(parts: Sequence[FormPart]) -> tuple[FormField, ...]:
    """Every field of a form."""
    return tuple(field for _, fields in parts for field in fields)


def value_in(kind: Kind, text: str) -> dict[str, Any] | None:
    """What a text of this kind says, as it is written; nothing where it cannot be read as the fields of a form."""
    try:
        value = read_yaml(text).value
    except Unreadable:
        return None
    if not isinstance(value, dict) or not _says_its_form(kind, value):
        return None
    return value if all(_fits(value, field) for field in fields_in(parts_of(kind, value))) else None


def _says_its_form(kind: Kind, value: dict[str, Any]) -> bool:
    """Whether a document says on what its form depends: the surface of a case, the kind of an item."""
    if kind is Kind.EXAM:
        return True
    said, words = ("surface", set(Surface)) if kind is Kind.CASE else ("kind", set(ItemKind))
    return isinstance(value.get(said), str) and value[said] in words


def _fits(value: dict[str, Any], field: FormField) -> bool:
    """Whether what holds a field is a map, and whether a list of rows is one."""
    if not all(isinstance(found_at(value, field.path[:depth]), dict | None) for depth in range(1, len(field.path))):
        return False
    rows = found_at(value, field.path)
    if field.way is not Way.ROWS or rows is None:
        return True
    return isinstance(rows, list) and all(isinstance(row, dict) != field.is_plain for row in rows) and not (field.is_plain and any(map(_is_list, rows)))


def _is_list(row: object) -> bool:
    return isinstance(row, list)


def field_at(where: str, fields: Sequence[FormField]) -> tuple[str, str] | None:
    """The place in the form of something that a check names, such as `options.1.text`: its id on the page, and its name. Nothing where the form has none."""
    steps = tuple(where.split("."))
    field = next((field for field in fields if steps[: len(field.path)] == field.path), None)
    if field is None:
        return None
    row = steps[len(field.path)] if len(steps) > len(field.path) else ""
    if field.way is not Way.ROWS or not row.isdecimal():
        return field.key, field.name
    return f"{field.key}-{row}", f"{field.row_name} {row_name(field, int(row))}"


def row_name(field: FormField, place: int) -> str:
    """What the row at this place, from 0, is called: its letter or its number."""
    return chr(ord("a") + place) if field.has_letters and place < 26 else str(place + 1)
