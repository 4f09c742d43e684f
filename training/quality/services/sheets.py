"""Read audits from a sheet that somebody uploads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from pydantic import ValidationError

from training.cases.importing.records import BrokenFile, Misfit, Record, as_text
from training.errors import Refusal
from training.quality.documents import AuditRow, faults_in
from training.quality.rules import MOST_ROWS, QualityRefusal, column_of, missing_columns, row_of_cells
from training.quality.services.taking import Sent

LARGEST_UNPACKED = 50_000_000
"""Bytes that a workbook may unpack to."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The audits of a sheet that can be read, each with its line as its place, and by its line what is wrong with each other row."""

    sent: tuple[Sent, ...]
    faults: Mapping[int, str]


def read_sheet(path: Path, zone: tzinfo) -> Sheet:
    """Read a CSV file or a workbook by its ending; instants without a zone are those of this one. Raises Refusal where it is no such sheet."""
    try:
        return _read(_records(path), zone)
    except BrokenFile as broken:
        raise Refusal(QualityRefusal.SHEET_BROKEN, line=broken.line, problem=broken.problem, remedy=broken.remedy) from broken


def _records(path: Path) -> Iterator[Record]:
    from training.cases.importing.reading.tables import csv_rows, xlsx_rows  # noqa: PLC0415  # Reading foreign files.

    match path.suffix.lower():
        case ".csv":
            return csv_rows(path, ",")
        case ".tsv":
            return csv_rows(path, "\t")
        case ".xlsx":
            return xlsx_rows(path, None, largest_unpacked=LARGEST_UNPACKED)
    raise Refusal(QualityRefusal.SHEET_UNKNOWN)


def _read(records: Iterator[Record], zone: tzinfo) -> Sheet:
    columns = {column_of(heading): heading for heading in next(records).cells}
    if missing := missing_columns(columns):
        raise Refusal(QualityRefusal.SHEET_LACKS_COLUMNS, columns=", ".join(missing))
    sent, faults, count = list[Sent](), dict[int, str](), 0
    for count, record in enumerate(records, start=1):
        if count > MOST_ROWS:
            raise Refusal(QualityRefusal.SHEET_TOO_LONG, count=MOST_ROWS)
        found = _row(record, columns, zone)
        if isinstance(found, str):
            faults[record.line] = found
        else:
            sent.append(Sent(record.line, found))
    if count == 0:
        raise Refusal(QualityRefusal.SHEET_EMPTY)
    return Sheet(tuple(sent), faults)


def _row(record: Record, columns: Mapping[str, str], zone: tzinfo) -> AuditRow | str:
    """The audit on this row, or what is wrong with it."""
    cells = {name: record.cells.get(heading) for name, heading in columns.items()}
    misfit = record.misfit or next((cell for cell in cells.values() if isinstance(cell, Misfit)), None)
    if misfit is not None:
        return f"{misfit.problem}; {misfit.remedy}"
    try:
        return AuditRow.model_validate(row_of_cells({name: as_text(cell) for name, cell in cells.items()}, zone))
    except ValidationError as error:
        return faults_in(error)
