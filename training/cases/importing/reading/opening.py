"""A file of rows of any kind."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.cases.importing.mapping import CaseMapping, FileFormat
from training.cases.importing.reading.label_studio import label_studio_rows
from training.cases.importing.reading.objects import jsonl_rows
from training.cases.importing.reading.tables import csv_rows, xlsx_rows
from training.cases.importing.records import LARGEST_FILE, MOST_ROWS, BrokenFile, Record, measured

_ENDINGS = {
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".xlsx": FileFormat.XLSX,
    ".json": FileFormat.LABEL_STUDIO,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A file's rows. `columns` are known from the beginning where a first line names them, else none are."""

    columns: tuple[str, ...] | None
    records: Generator[Record]


def file_format(path: Path, mapping: CaseMapping) -> FileFormat:
    """What kind of file this is: as the mapping says, else by its ending. Raises BrokenFile where neither tells."""
    found = mapping.format or _ENDINGS.get(path.suffix.lower())
    if found is None:
        raise BrokenFile(1, f"has an ending that says nothing of its format: {path.suffix or 'none'}", "say `format: csv` or another in the mapping")
    return found


def read_rows(path: Path, mapping: CaseMapping) -> Rows:
    """The rows of this file, read as they are asked for. Raises BrokenFile, now or then."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BrokenFile(1, f"is {size:,} bytes, more than {LARGEST_FILE:,}", "divide it")
    kind = file_format(path, mapping)
    records = _records(path, kind, mapping)
    if kind in {FileFormat.CSV, FileFormat.XLSX}:
        return Rows(tuple(next(records).cells), _limited(records))
    return Rows(None, _limited(records))


def _records(path: Path, kind: FileFormat, mapping: CaseMapping) -> Iterator[Record]:
    if kind is FileFormat.CSV:
        return csv_rows(path, mapping.delimiter or ("\t" if path.suffix.lower() == ".tsv" else ","))
    if kind is FileFormat.XLSX:
        return xlsx_rows(path, mapping.sheet)
    return jsonl_rows(path) if kind is FileFormat.JSONL else label_studio_rows(path, mapping.answers)


def _limited(records: Iterator[Record]) -> Generator[Record]:
    number = 0
    for number, record in enumerate(records, start=1):
        if number > MOST_ROWS:
            raise BrokenFile(record.line, f"holds more than {MOST_ROWS:,} rows", "divide it")
        yield measured(record)
    if number == 0:
        raise BrokenFile(1, "holds no rows", "there is nothing to bring in; is it the right file?")
