"""The file with which many people are made or changed at once: what it says, and every fault in it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from training.accounts.rules.facts import FactKind
from training.accounts.rules.values import email_is_well_formed, fact_value, normal_email

COLUMNS = (
    "email",
    "name",
    "status",
    "roles",
    "team",
    "languages",
    "markets",
    "time_zone",
    "time_multiplier",
    "extra_break_minutes",
    "effective_on",
)
"""The columns a file may have, in any order; it needs the first two. An empty cell says nothing."""
LIST_COLUMNS = {"roles": FactKind.ROLES, "languages": FactKind.LANGUAGES, "markets": FactKind.MARKETS}
TEXT_COLUMNS = {"name": FactKind.NAME, "status": FactKind.STATUS, "time_zone": FactKind.TIME_ZONE}


@dataclass(frozen=True, slots=True, order=True)
class LineFault:
    """One fault: where it is and, in words, what is wrong and how to mend it."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What one line says about one person."""

    line: int
    email: str
    facts: Mapping[FactKind, object]
    team: str | None
    """The team's name or slug as written; who reads the database knows which that is."""
    effective_on: date | None


@dataclass(slots=True)
class _Reader:
    """Gathers what one line says, and its faults."""

    line: int
    cells: Mapping[str, str]
    faults: list[LineFault] = field(default_factory=list)
    facts: dict[FactKind, object] = field(default_factory=dict)

    def blame(self, column: str, message: str) -> None:
        self.faults.append(LineFault(self.line, column, message))

    def say(self, kind: FactKind, value: object, column: str) -> None:
        try:
            self.facts[kind] = fact_value(kind, value)
        except ValueError as error:
            self.blame(column, str(error))


def read_people(text: str) -> tuple[list[PersonLine], list[LineFault]]:
    """Every line of the file and every fault in it. Where there are faults, the lines must not be used."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], [LineFault(1, "file", f"This is not a CSV file: {error}.")]
    if not rows or not any(rows[0]):
        return [], [LineFault(1, "file", f"The file is empty. Its first line names the columns: {', '.join(COLUMNS)}.")]
    header = [name.strip().lower() for name in rows[0]]
    if faults := list(_header_faults(header)):
        return [], faults
    return _read_lines(header, _numbered(text, rows))


def _numbered(text: str, rows: Sequence[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line of the file on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for _ in rows:
        cells = next(reader)
        yield reader.line_num, cells


def _header_faults(header: Sequence[str]) -> Iterator[LineFault]:
    for name in header:
        if name not in COLUMNS:
            yield LineFault(1, name or "header", f"There is no column of this name. Use {', '.join(COLUMNS)}.")
        elif header.count(name) > 1:
            yield LineFault(1, name, "This column is there twice. Keep one.")
    for name in COLUMNS[:2]:
        if name not in header:
            yield LineFault(1, name, "This column is missing.")


def _read_lines(header: Sequence[str], numbered: Iterator[tuple[int, list[str]]]) -> tuple[list[PersonLine], list[LineFault]]:
    lines: list[PersonLine] = []
    faults: list[LineFault] = []
    seen: dict[str, int] = {}
    next(numbered)
    for number, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(LineFault(number, "line", f"It has {len(cells)} cells where the header has {len(header)}. Put cells that hold commas in quotes."))
            continue
        reader = _Reader(number, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
        line = _read_line(reader)
        if line.email in seen:
            reader.blame("email", f"{line.email} is on line {seen[line.email]} already.")
        seen.setdefault(line.email, number)
        lines.append(line)
        faults.extend(reader.faults)
    return lines, faults


def _read_line(reader: _Reader) -> PersonLine:
    email = normal_email(reader.cells["email"])
    if not email_is_well_formed(email):
        reader.blame("email", f"“{email}” is no e-mail address. Write it like name@example.org.")
    for column, kind in TEXT_COLUMNS.items():
        if cell := reader.cells.get(column):
            reader.say(kind, cell, column)
    for column, kind in LIST_COLUMNS.items():
        if cell := reader.cells.get(column):
            reader.say(kind, cell.replace(",", " ").replace(";", " ").split(), column)
    _read_accommodations(reader)
    return PersonLine(reader.line, email, reader.facts, reader.cells.get("team") or None, _read_day(reader))


def _read_accommodations(reader: _Reader) -> None:
    multiplier, minutes = reader.cells.get("time_multiplier"), reader.cells.get("extra_break_minutes")
    if not multiplier and not minutes:
        return
    try:
        value = {"time_multiplier": float(multiplier or 1), "extra_break_seconds": int(minutes or 0) * 60}
    except ValueError:
        reader.blame("time_multiplier" if multiplier else "extra_break_minutes", "Write a number, such as 1.5, and whole minutes, such as 10.")
        return
    reader.say(FactKind.ACCOMMODATIONS, value, "time_multiplier" if multiplier else "extra_break_minutes")


def _read_day(reader: _Reader) -> date | None:
    cell = reader.cells.get("effective_on")
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        reader.blame("effective_on", f"“{cell}” is no date. Write it like 2026-11-22.")
        return None
