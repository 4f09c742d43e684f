"""What was entered in a form, written into its document; what the form does not know stays as it was."""

import copy
import re
from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from typing import Any

from training.authoring.rules.form_fields import Column, FormField, Way, entered_in, entered_of, found_at, pairs_in, plain, said_rows
from training.cases.importing.writing import yaml_text
from training.documents.yaml_reading import Unreadable

_AMOUNT = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?")


def with_entered(text: str, value: Mapping[str, Any], entered: Mapping[str, str], fields: Iterable[FormField]) -> tuple[str, dict[str, str]]:
    """The document's text with what was entered, by key, and what is wrong with it, by key: lines that cannot be read keep what they said before.

    `value` is what the text says. A field that was left as it was keeps the very value that it had, and a text of which all were stays as it is written.
    """
    written: dict[str, Any] = copy.deepcopy(dict(value))
    faults: dict[str, str] = {}
    for field in fields:
        try:
            if field.way is Way.ROWS:
                _put_rows(written, field, value, entered)
            elif (said := plain(entered.get(field.key, ""))) != entered_of(value, field).strip():
                _put(written, field, _value(field.way, said) if said or not field.is_optional else None)
        except Unreadable as unreadable:
            faults[field.key] = f"Line {unreadable.trouble.line}: {unreadable.trouble.problem}."
    return text if written == value else yaml_text(written), faults


def _put(written: dict[str, Any], field: FormField, found: Any) -> None:
    """Let the document say this there; nothing of an optional field leaves it out."""
    *holders, last = field.path
    holder = written
    for name in holders:
        if holder.get(name) is None:
            holder[name] = {}
        holder = holder[name]
    if field.is_optional and (found is None or found == []):
        holder.pop(last, None)
        if field.is_whole and not holder:
            found_at(written, holders[:-1]).pop(holders[-1], None)
    else:
        holder[last] = found


def _put_rows(written: dict[str, Any], field: FormField, value: Mapping[str, Any], entered: Mapping[str, str]) -> None:
    """Let the document say the rows that were entered, without those that say nothing; where they are the rows that it had, nothing changes."""
    before, after = (said_rows(cells, field) for cells in (entered_in(value, (field,)), entered))
    if after == before:
        return
    had = found_at(value, field.path) or []
    rows = [_row(field, said, before.get(number, {}), had[number] if number < len(had) else None) for number, said in after.items()]
    if field.is_plain and field.columns[0].way is Way.CODES:
        rows = [code for row in rows for code in (_codes(row) if isinstance(row, str) else [row])]
    if field.has_letters:
        rows = [{"id": letter} | {name: found for name, found in row.items() if name != "id"} for letter, row in zip(ascii_lowercase, rows, strict=False)]
    _put(written, field, rows)


def _row(field: FormField, said: Mapping[str, str], before: Mapping[str, str], had: Any) -> Any:
    """One row as the document writes it: a cell that was left alone keeps the very value that it had."""
    if field.is_plain:
        return had if had is not None and said == before else said[""]
    if field.is_set:
        return _set(field, said, had or [])
    row = dict(had) if isinstance(had, dict) else {}
    for column in field.columns:
        if said[column.name] != before.get(column.name) or column.name not in row:
            _put_cell(row, column, said[column.name])
    return row


def _set(field: FormField, said: Mapping[str, str], had: list[Any]) -> list[Any]:
    """A set as the document writes it: what it had and still holds in its old order, and what the form does not know."""
    known = [column.name for column in field.columns]
    kept = [each for each in had if each not in known or said[each]]
    return [*kept, *(name for name in known if said[name] and name not in kept)]


def _put_cell(row: dict[str, Any], column: Column, said: str) -> None:
    if not said and (column.is_optional or column.way is Way.TRUTH):
        row.pop(column.name, None)
    else:
        row[column.name] = _value(column.way, said)


def _value(way: Way, said: str) -> Any:
    if way is Way.SETS:
        return [_codes(line.replace("+", " ")) for line in said.split("\n") if line.strip()]
    if way is Way.CODES:
        return _codes(said)
    if way in {Way.TRUTH, Way.USUALLY_TRUE}:
        return said == "yes"
    if way is Way.PRESENCE:
        return {} if said else None
    if way is Way.NUMBERS:
        return [_number(Way.NUMBER, each) for each in _codes(said)]
    if way in {Way.NUMBER, Way.AMOUNT}:
        return _number(way, said)
    if way is Way.PAIRS:
        return pairs_in(said)
    return said or (None if way is Way.CHOICE else "")


def _number(way: Way, said: str) -> int | float | str:
    """The number that was entered; what is none stays as it was entered, so that the checks say so."""
    if said.isascii() and said.isdecimal() and len(said) < 10:
        return int(said)
    return float(said) if way is Way.AMOUNT and _AMOUNT.fullmatch(said) else said


def _codes(said: str) -> list[str]:
    return said.replace(",", " ").split()
