"""Which kinds of document have a form, and the form of each document."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from training.authoring.rules.case_fields import case_parts
from training.authoring.rules.exam_fields import exam_parts
from training.authoring.rules.form_fields import MOST_ROWS, FormField, FormPart, Way, entered_of, found_at, pairs_in, rows_in, said_rows
from training.authoring.rules.item_fields import item_parts
from training.cases.rules import Surface
from training.content_store.rules.kinds import Kind
from training.documents.faults import Fault
from training.documents.yaml_reading import Unreadable, read_yaml
from training.exams.rules.blueprint import ItemKind

_PAIRS = FormField(("",), "", Way.PAIRS)
KINDS_WITH_FORM = frozenset({Kind.CASE, Kind.ITEM, Kind.EXAM})


def parts_of(kind: Kind, value: dict[str, Any], areas: Sequence[str] = ()) -> tuple[FormPart, ...]:
    """The form of a document that says this; `areas` are those that an item can be about, or a quota of an exam."""
    if kind is Kind.EXAM:
        return exam_parts(areas)
    return case_parts(value) if kind is Kind.CASE else item_parts(value, areas)


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
    found = found_at(value, field.path)
    if found is None:
        return True
    return _are_rows(found, field) if field.way is Way.ROWS else field.way is not Way.PAIRS or _are_pairs(found)


def _are_rows(rows: Any, field: FormField) -> bool:
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return False
    if field.is_set:
        return all(map(_is_list, rows))
    return all(isinstance(row, dict) != field.is_plain for row in rows) and not (field.is_plain and any(map(_is_list, rows)))


def _are_pairs(found: Any) -> bool:
    """Whether names and values can be written one on each line and read back."""
    if not isinstance(found, dict) or any(isinstance(said, dict | list) for said in found.values()):
        return False
    try:
        return pairs_in(entered_of({"": found}, _PAIRS)) == {str(name): "" if said is None else str(said).strip() for name, said in found.items()}
    except Unreadable:
        return False


def _is_list(row: object) -> bool:
    return isinstance(row, list)


def field_at(where: str, fields: Sequence[FormField], entered: Mapping[str, str] | None = None) -> tuple[str, str] | None:
    """The place in the form of something that a check names, such as `options.1.text`: its id on the page, and its name. Nothing where the form has none.

    `entered` is what stands in a form that is being filled in: its rows keep their numbers where others were taken away or say nothing.
    """
    steps = tuple(where.split("."))
    field = _field_of(steps, fields)
    if field is None:
        return None
    row = steps[len(field.path)] if len(steps) > len(field.path) else ""
    if field.way is not Way.ROWS or not row.isdecimal():
        return field.key, field.name
    number = place = int(row)
    if entered is not None and place < len(said := tuple(said_rows(entered, field))):
        number = said[place]
        place = tuple(rows_in(entered, field)).index(number)
    return f"{field.key}-{number}", f"{field.row_name} {row_name(field, place)}"


def is_of_older_form(entered: Mapping[str, str], fields: Iterable[FormField]) -> bool:
    """Whether it was entered in a page from before an update, in which one box held what is rows now: what it sends would empty them."""
    return any(field.way is Way.ROWS and field.key in entered for field in fields)


def _field_of(steps: tuple[str, ...], fields: Sequence[FormField]) -> FormField | None:
    """The field that holds this place, or else the first within it: of a seller that is missing the name."""
    holding = (field for field in fields if steps[: len(field.path)] == field.path)
    return next(holding, None) or next((field for field in fields if field.path[: len(steps)] == steps), None)


def in_order(faults: Iterable[Fault], fields: Sequence[FormField], entered: Mapping[str, str] | None = None) -> list[tuple[tuple[str, str] | None, Fault]]:
    """What is wrong in the order of the form's fields, each with its place as `field_at` finds it; what has no place in the form comes first."""
    paths = [field.path for field in fields]

    def place(fault: Fault) -> tuple[int, list[tuple[int, str]], str]:
        steps = tuple(fault.field.split("."))
        field = _field_of(steps, fields)
        rest = [(int(step) if step.isdecimal() else -1, step) for step in steps]
        return (paths.index(field.path) if field else -1), rest, fault.problem

    return [(field_at(fault.field, fields, entered), fault) for fault in sorted(faults, key=place)]


def still_empty(value: Mapping[str, Any], fields: Iterable[FormField], faults: Iterable[Fault]) -> list[Fault]:
    """What the form itself asks for and the document does not say, as far as no check tells of it."""
    told = [fault.field.split(".") for fault in faults]
    empty = (field for field in fields if field.is_needed and not found_at(value, field.path))
    return [
        Fault("", 0, ".".join(field.path), "is still empty", field.hint.rstrip("."))
        for field in empty
        if list(field.path) not in (steps[: len(field.path)] for steps in told)
    ]


def row_name(field: FormField, place: int) -> str:
    """What the row at this place, from 0, is called: its letter or its number."""
    return chr(ord("a") + place) if field.has_letters and place < 26 else str(place + 1)
