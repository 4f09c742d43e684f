"""Tables to take away, as comma-separated values or as a workbook. What looks like a formula is text: nobody's spreadsheet runs what somebody typed here."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain
from typing import Any

from flask import Response, abort

Cell = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that spreadsheets would take for a formula."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What a workbook cannot hold."""


class TableFormat(StrEnum):
    """In what a table is taken away."""

    CSV = "csv"
    XLSX = "xlsx"


TYPES = {TableFormat.CSV: "text/csv; charset=utf-8", TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def table_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]], file_format: str) -> Response:
    """The answer that gives this table as a file. An unknown format does not exist (404)."""
    if file_format not in {known.value for known in TableFormat}:
        abort(404)
    kind, lines = TableFormat(file_format), chain([heading], rows)
    body = _csv(lines) if kind is TableFormat.CSV else _workbook(name, lines)
    return Response(body, mimetype=None, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind.value}"'})


def _csv(lines: Iterable[Sequence[Cell]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8; an apostrophe keeps what looks like a formula a text."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _workbook(name: str, lines: Iterable[Sequence[Cell]]) -> bytes:
    """Written row by row into a file of its own, so that a hundred thousand people take the memory of one."""
    from openpyxl import Workbook  # noqa: PLC0415  # Loaded only by whoever takes a workbook away.
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)

    def written(value: Cell, *, is_head: bool) -> Any:
        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(sheet, UNPRINTABLE.sub("", value))
        cell.data_type = "s"
        if is_head:
            cell.font = bold
        return cell

    for number, line in enumerate(lines):
        sheet.append([written(value, is_head=not number) for value in line])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
