"""One row of a source, whatever kind of file it came from: named cells on a line."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

LARGEST_FILE = 64_000_000
"""Bytes. Texts of a whole file are held for finding duplicates, so this bounds the memory an import takes."""
MOST_ROWS = 100_000
LONGEST_CELL = 100_000
"""Characters. A case's texts are 10,000 at most; what is longer than this is no text of a case but a broken file."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Several people answered, and not the same."""

    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell or a row that cannot be read, and why: a formula, an error of the spreadsheet, a line that is no JSON."""

    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line it begins on, and its cells by column. Cells are texts, numbers, truths, nothing, or lists and maps of such."""

    line: int
    cells: Mapping[str, Any]
    misfit: Misfit | None = None
    """Why the row as a whole cannot be read; it has no cells then."""
    name: str = ""
    """What it is called where many rows may stand on one line: `task 3`."""


class BrokenFile(Exception):
    """A file that cannot be read further: on which line, why, and how to mend it."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.remedy = remedy


def as_text(cell: Any) -> str:
    """A single cell as people write it: `3` for 3.0, `true` for a truth, a day as 2026-01-31."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and math.isfinite(cell) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time.min else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell).strip()


def tidy(value: Any) -> Any:
    """A value of JSON with line ends written as `\\n`, in all of its texts."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, dict):
        return {str(name): tidy(inner) for name, inner in value.items()}
    return [tidy(inner) for inner in value] if isinstance(value, list) else value


def flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The cells of a JSON object, those of objects in it by a path with dots: `seller.name`. Lists stay whole."""
    for name, inner in value.items():
        path = f"{before}{name}"
        if isinstance(inner, Mapping) and inner:
            yield from flat(inner, f"{path}.")
        else:
            yield path, inner


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a cell."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(inner)


def measured(record: Record) -> Record:
    """The record itself; without its cells where one of them holds what can be no text of a case."""
    for column, cell in record.cells.items():
        for text in texts_in(cell):
            if len(text) > LONGEST_CELL:
                problem = f"the cell “{column}” holds {len(text):,} characters, more than {LONGEST_CELL:,}"
                return replace(record, cells={}, misfit=Misfit(problem, "shorten it, or close the quote that was opened in it"))
            if _HALF_CHARACTER.search(text):
                return replace(
                    record, cells={}, misfit=Misfit(f"the cell “{column}” holds half a character (\\ud800 to \\udfff)", "remove it, or write it whole")
                )
    return record
