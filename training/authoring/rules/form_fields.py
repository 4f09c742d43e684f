"""A document as the fields of a form: how each is entered, and what stands in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.cases.importing.writing import yaml_text
from training.documents.yaml_reading import Trouble, Unreadable


class Way(StrEnum):
    """How a field is entered."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    """A whole number."""
    AMOUNT = "amount"
    """A number with or without decimals, and a point before them."""
    CHOICE = "choice"
    CODES = "codes"
    """Codes with commas or blanks between them."""
    SETS = "sets"
    """A set of codes on each line, with + between them."""
    NUMBERS = "numbers"
    """Whole numbers with commas or blanks between them."""
    TRUTH = "truth"
    USUALLY_TRUE = "usually_true"
    """A truth that holds where the document says nothing."""
    PRESENCE = "presence"
    """Whether a part is there, also where it says nothing more."""
    PAIRS = "pairs"
    """A name, a colon and a value on each line."""
    ROWS = "rows"
    """One row after another, each with the same columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """What every row of a field says."""

    name: str
    """Its name in the document; empty where a row says this one thing and nothing else."""
    title: str
    way: Way = Way.LINE
    is_of_one_row: bool = False
    """Of a truth: whether it holds of one row at most."""
    choices: tuple[str, ...] = ()
    is_optional: bool = False
    """Whether it is left out of a row where nothing is entered."""
    choice_words: tuple[str, ...] = ()
    """What each of its choices is called, in their order; of words that are not the form's own."""
    offers: str = ""
    """What is offered while it is typed: `labels` or `clauses`."""
    group: str = ""
    """With which other columns of a set it stands."""

    @property
    def key(self) -> str:
        """Its name in what a browser sends."""
        return self.name.lower() or "said"

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Its choices, each with what it is called."""
        return tuple(zip(self.choices, self.choice_words or self.choices, strict=True))


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: where it stands in the document, what it is called, how it is entered, and what may be chosen."""

    path: tuple[str, ...]
    name: str
    way: Way = Way.LINE
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_optional: bool = False
    """Whether it is left out of the document where nothing is entered."""
    usual: str = ""
    """What holds where an optional field is left empty, in words."""
    is_whole: bool = False
    """Whether what holds it is left out with it, once it holds nothing else."""
    sent_as: str = ""
    """Its name in what a browser sends, where its place would be taken for something else: the draft's own version."""
    columns: tuple[Column, ...] = ()
    row_name: str = ""
    """What one of its rows is called."""
    least: int = 0
    """How many rows the form shows at least."""
    most: int = 0
    has_letters: bool = False
    """Whether the document names its rows a, b, c, …"""
    is_set: bool = False
    """Whether each of its rows is a list of those columns that hold."""
    offers: str = ""
    """What is offered while it is typed: `clauses`."""
    is_needed: bool = False
    """Whether the form itself says that it is empty: the checks do so only once all else is in order."""

    @property
    def key(self) -> str:
        """Its name in what a browser sends."""
        return self.sent_as or "-".join(self.path)

    @property
    def tellers(self) -> tuple[Column, ...]:
        """The columns without which a row says nothing: all but truths, of which a set alone consists."""
        return tuple(column for column in self.columns if self.is_set or column.way is not Way.TRUTH)

    @property
    def is_plain(self) -> bool:
        """Whether each of its rows is a text and nothing else."""
        return len(self.columns) == 1 and not self.columns[0].name

    def cell(self, row: int, column: Column) -> str:
        """The name of a cell in what a browser sends, but for a truth of one row, which has one name for all."""
        return f"{self.key}-{row}-{column.key}"


FormPart = tuple[str, tuple[FormField, ...]]
"""Fields under a heading."""
Rows = dict[int, dict[str, str]]
"""What stands in rows, by their number from 0 and by column."""
MOST_ROWS = 100
"""How many rows of one field are read at most."""


def entered_in(value: Mapping[str, Any], fields: Iterable[FormField]) -> dict[str, str]:
    """Everything that stands in a form, by the names in what a browser sends."""
    entered: dict[str, str] = {}
    for field in fields:
        entered |= _cells(value, field) if field.way is Way.ROWS else {field.key: entered_of(value, field)}
    return entered


def _cells(value: Mapping[str, Any], field: FormField) -> dict[str, str]:
    cells: dict[str, str] = {}
    for number, row in enumerate(found_at(value, field.path) or ()):
        for column in field.columns:
            said = _said(column.way, _found_in(row, field, column))
            if not column.is_of_one_row:
                cells[field.cell(number, column)] = said
            elif said:
                cells[f"{field.key}-{column.key}"] = str(number)
    return cells


def _found_in(row: Any, field: FormField, column: Column) -> Any:
    if field.is_set:
        return column.name in row
    return row if field.is_plain else row.get(column.name)


def rows_in(entered: Mapping[str, str], field: FormField) -> Rows:
    """The rows of a field among what was entered, as far as they can be a form's."""
    name = re.compile(rf"{re.escape(field.key)}-(\d{{1,4}})-[a-z_]+")
    numbers = sorted({int(found[1]) for key in entered if (found := name.fullmatch(key))})
    return {number: {column.name: _cell(entered, field, number, column) for column in field.columns} for number in numbers[:MOST_ROWS]}


def said_rows(entered: Mapping[str, str], field: FormField) -> Rows:
    """The rows of a field that say something: those that the document has."""
    return {number: said for number, said in rows_in(entered, field).items() if any(said[column.name].strip() for column in field.tellers)}


def _cell(entered: Mapping[str, str], field: FormField, number: int, column: Column) -> str:
    if column.is_of_one_row:
        return "yes" if entered.get(f"{field.key}-{column.key}") == str(number) else ""
    return plain(entered.get(field.cell(number, column), ""))


def plain(said: str) -> str:
    """What was entered, with the line ends of documents and without blanks at its edges."""
    return said.replace("\r\n", "\n").strip()


def entered_of(value: Mapping[str, Any], field: FormField) -> str:
    """What stands in a field of the form that is no list of rows."""
    return _said(field.way, found_at(value, field.path))


def found_at(value: Mapping[str, Any], path: Iterable[str]) -> Any:
    """What a document says at this place; nothing where it says nothing there."""
    found: Any = value
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _said(way: Way, found: Any) -> str:
    if way is Way.USUALLY_TRUE:
        return "" if found is False else "yes"
    if way is Way.PRESENCE:
        return "yes" if isinstance(found, dict) else ""
    if found is None or found == [] or found == {}:
        return ""
    if way is Way.PAIRS and isinstance(found, dict):
        return "\n".join(f"{name}: {'' if said is None else said}".rstrip() for name, said in found.items())
    if way is Way.SETS and isinstance(found, list):
        return "\n".join(" + ".join(map(str, actions)) if isinstance(actions, list) else str(actions) for actions in found)
    if way in {Way.CODES, Way.NUMBERS} and isinstance(found, list):
        return ", ".join(map(str, found))
    if way is Way.TRUTH:
        return "yes" if found is True else ""
    return yaml_text(found).rstrip("\n") if isinstance(found, dict | list) else str(found)


def pairs_in(said: str) -> dict[str, str]:
    """The names and values that stand on these lines. Raises Unreadable where a line has no colon, or a name stands twice."""
    pairs: dict[str, str] = {}
    for number, line in enumerate(said.split("\n"), start=1):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or not name:
            raise Unreadable(Trouble(number, "", "write a name, a colon and a value", "Colour: black"))
        if name in pairs:
            raise Unreadable(Trouble(number, "", f"{name} stands there twice", "write each name once"))
        pairs[name] = value
    return pairs
