"""Files with a head line that names the columns: CSV and spreadsheets."""

import csv
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.cases.importing.reading.texts import opened
from training.cases.importing.records import BrokenFile, Misfit, Record, as_text, tidy

LARGEST_UNPACKED = 512_000_000
"""Bytes that a spreadsheet may unpack to."""
MOST_COLUMNS = 500


def csv_rows(path: Path, delimiter: str) -> Iterator[Record]:
    """First a record of line 1 whose cells are the columns' names by themselves, then the rows; empty lines are passed over."""
    with opened(path) as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        columns: list[str] | None = None
        line = 1
        while (cells := _next_row(reader, line)) is not None:
            if columns is None:
                columns = _columns(cells, line)
                yield _head(columns, line)
            elif any(map(str.strip, cells)):
                yield _record(cells, columns, line)
            line = reader.line_num + 1
    if columns is None:
        raise BrokenFile(1, "is empty", "its first line names the columns")


def _next_row(reader: Any, line: int) -> list[str] | None:
    try:
        row: list[str] | None = next(reader, None)
    except csv.Error as error:
        if "field larger" in str(error):
            raise BrokenFile(line, "a cell is far too long", "shorten it, or close the quote that was opened on this line") from None
        raise BrokenFile(line, f"this is not CSV: {error}", "write a quote inside a quoted cell twice, and close every quote") from None
    return row


def _record(cells: list[str], columns: list[str], line: int) -> Record:
    if len(cells) != len(columns):
        problem = f"the row has {len(cells)} cells where the first line names {len(columns)} columns"
        return Record(line, {}, Misfit(problem, "put cells that hold the delimiter in quotes, or name another delimiter in the mapping"))
    return Record(line, dict(zip(columns, map(tidy, cells), strict=True)))


def _columns(cells: Sequence[Any], line: int) -> list[str]:
    names = [str(cell if cell is not None else "").strip() for cell in cells]
    if not any(names):
        raise BrokenFile(line, "names no columns", "the first line names them")
    if len(names) > MOST_COLUMNS:
        raise BrokenFile(line, f"names {len(names):,} columns, more than {MOST_COLUMNS}", "take the columns out that no case needs")
    for name in names:
        if names.count(name) > 1:
            raise BrokenFile(line, f"names the column “{name}” twice" if name else "has two columns without a name", "give each its own name")
    return names


def _head(columns: list[str], line: int) -> Record:
    return Record(line, {name: name for name in columns})


def xlsx_rows(path: Path, sheet_name: str | None, *, largest_unpacked: int | None = None) -> Iterator[Record]:
    """The same of one sheet of a spreadsheet. A formula is a misfit: what it last came to may be old."""
    from openpyxl import load_workbook  # noqa: PLC0415  # Loaded only by whoever brings a workbook in.

    _refuse_what_is_no_workbook(path, largest_unpacked or LARGEST_UNPACKED)
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Styles and rules that openpyxl does not know say nothing about cells.
        try:
            workbook = load_workbook(file, read_only=True)  # By its path it would have to end in .xlsx.
        except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
            raise BrokenFile(1, f"cannot be read as a spreadsheet: {error}", "save it again as XLSX") from None
        try:
            yield from _sheet_rows(_sheet(workbook, sheet_name))
        finally:
            workbook.close()


def _refuse_what_is_no_workbook(path: Path, largest_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise BrokenFile(1, "is not an XLSX spreadsheet", "save it as XLSX, without a password; older .xls files are not read") from None
    if unpacked > largest_unpacked:
        raise BrokenFile(1, f"unpacks to {unpacked:,} bytes, more than {largest_unpacked:,}", "divide it, or save it as CSV")


def _sheet(workbook: Any, name: str | None) -> Any:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    listed = ", ".join(f"“{title}”" for title in sheets)
    if name is None and len(sheets) == 1:
        return next(iter(sheets.values()))
    if name is None:
        raise BrokenFile(1, f"holds {len(sheets)} sheets: {listed}", "say which one in the mapping: `sheet: …`")
    if name not in sheets:
        raise BrokenFile(1, f"holds no sheet “{name}”; it holds {listed}", "correct `sheet` in the mapping")
    return sheets[name]


def _sheet_rows(sheet: Any) -> Iterator[Record]:
    sheet.reset_dimensions()
    columns: list[str] | None = None
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        values = [_value(cell) for cell in cells]
        if columns is None:
            columns = _columns(_without_tail(values), number)
            yield _head(columns, number)
            continue
        if any(value not in (None, "") for value in values[len(columns) :]):
            yield Record(number, {}, Misfit("the row has a cell beyond the columns that the first line names", "name its column, or empty the cell"))
        elif any(value not in (None, "") for value in values):
            values += [None] * (len(columns) - len(values))
            yield Record(number, dict(zip(columns, values, strict=False)))
    if columns is None:
        raise BrokenFile(1, "the sheet is empty", "its first line names the columns")


def _without_tail(values: list[Any]) -> list[Any]:
    while values and values[-1] in (None, ""):
        values = values[:-1]
    return values


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return Misfit("holds a formula", "copy the column and paste it as values")
    if cell.data_type == "e":
        return Misfit(f"holds the spreadsheet's error {cell.value}", "mend or empty the cell")
    return tidy(cell.value) if isinstance(cell.value, str | int | float | None) else as_text(cell.value)
