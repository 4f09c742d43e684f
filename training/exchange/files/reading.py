"""Files of questions: recognised by what is in them, and read row by row into drafts."""

import re
import zipfile
import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError

from training.cases.importing.reading.label_studio import label_studio_rows
from training.cases.importing.reading.objects import jsonl_rows
from training.cases.importing.reading.tables import csv_rows, xlsx_rows
from training.cases.importing.reading.texts import opened
from training.cases.importing.records import BrokenFile, Record, measured
from training.exchange.rules.archives import LARGEST_UNPACKED, opened_archive
from training.exchange.rules.drafting import Defaults, Drafted, Naming, drafted, unfit
from training.exchange.rules.gift import gift_rows
from training.exchange.rules.items import item_values
from training.exchange.rules.json_lines import is_item_line, values_of_line
from training.exchange.rules.moodle import moodle_rows
from training.exchange.rules.qti import item_row, package_rows
from training.exchange.rules.qti.packages import MANIFEST
from training.exchange.rules.questions import NoQuestion, Row, Unfit
from training.exchange.rules.tables import fitting, name_of_row, unguarded, values_of_row

LARGEST_FILE = 50_000_000
MOST_ROWS = 5_000
LARGEST_ITEM = 2_000_000
PIECE = 65_536
_LOOKED_AT = 200
"""Rows of JSON that are looked at for the names of their columns."""
_ROOT_WITHIN = 4_096
"""Bytes in which the first element of XML is looked for."""
_BRACES = re.compile(r"(?<!\\)[{}]")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


class FileKind(StrEnum):
    """What a file is."""

    GIFT = "gift"
    MOODLE = "moodle"
    QTI_ITEM = "qti_item"
    QTI_PACKAGE = "qti_package"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    LABEL_STUDIO = "label_studio"


TABLES = frozenset({FileKind.CSV, FileKind.XLSX, FileKind.JSONL, FileKind.LABEL_STUDIO})
"""Whose columns somebody says the meaning of."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How rows become drafts: the column of each field, what holds for all, and the ids that are given and taken."""

    mapping: Mapping[str, str]
    defaults: Defaults
    prefix: str
    taken: Container[str]


def recognised(path: Path) -> FileKind:
    """What this file is, by its content. Raises BrokenFile where it is nothing that is read."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BrokenFile(1, f"is {size:,} bytes, more than {LARGEST_FILE:,}", "divide it, and leave pictures out")
    with path.open("rb") as file:
        head = file.read(PIECE)
    if head.startswith(b"PK\x03\x04"):
        return _archive_kind(path)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise BrokenFile(1, "is empty", "is it the right file?")
    if start.startswith(b"<"):
        return _xml_kind(start)
    if b"\x00" in head:
        raise BrokenFile(1, "is no text and no archive that is read here", "export it as one of the formats that are listed")
    return _text_kind(path, start)


def _archive_kind(path: Path) -> FileKind:
    with opened_archive(path) as archive:
        names = set(archive.names)
    if MANIFEST in names:
        return FileKind.QTI_PACKAGE
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    raise BrokenFile(1, f"is an archive with neither {MANIFEST} nor a workbook in it", "bring in a QTI package or an XLSX spreadsheet")


def _xml_kind(start: bytes) -> FileKind:
    roots = {b"quiz": FileKind.MOODLE, b"assessmentItem": FileKind.QTI_ITEM}
    found = _ROOT.search(re.sub(rb"<!--.*?-->|<\?.*?\?>|<!.*?>", b"", start[:_ROOT_WITHIN], flags=re.DOTALL))
    if found is None or found[1] not in roots:
        name = found[1].decode("ascii", "replace")[:40] if found else "nothing"
        raise BrokenFile(1, f"is XML that begins with {name}", "bring in Moodle XML (quiz) or a QTI 2.1 or 2.2 item (assessmentItem)")
    return roots[found[1]]


def _text_kind(path: Path, start: bytes) -> FileKind:
    if start.startswith(b"{") and re.match(rb'\{\s*("|\}|$)', start):
        return FileKind.JSONL
    if start.startswith(b"[") and re.match(rb"\[\s*[{\]]", start):
        return FileKind.LABEL_STUDIO
    with opened(path) as file:
        head = file.read(PIECE)
    first = next((line for line in head.splitlines() if line.strip()), "")
    looks_like_columns = "stem" in fitting(first.split(_delimiter(first)))
    return FileKind.GIFT if _BRACES.search(head) and not looks_like_columns else FileKind.CSV


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _records(path: Path, kind: FileKind) -> Iterator[Record]:
    """The rows of a table; of CSV files and spreadsheets first one whose cells are the columns' names."""
    if kind is FileKind.CSV:
        with opened(path) as file:
            delimiter = _delimiter(file.readline(PIECE))
        return (replace(record, cells={name: unguarded(cell) for name, cell in record.cells.items()}) for record in csv_rows(path, delimiter))
    if kind is FileKind.XLSX:
        return _workbook_rows(path)
    return jsonl_rows(path) if kind is FileKind.JSONL else label_studio_rows(path, "annotations")


def _workbook_rows(path: Path) -> Iterator[Record]:
    """The rows of a spreadsheet, which is looked at as an archive first."""
    with opened_archive(path):
        rows = xlsx_rows(path, None, largest_unpacked=LARGEST_UNPACKED)
    try:
        yield from rows
    except (ParseError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BrokenFile(1, f"cannot be read as a spreadsheet: {type(error).__name__}", "save it again as XLSX") from None


def columns_of(path: Path, kind: FileKind) -> tuple[str, ...]:
    """The columns of a table, in order. Nothing of JSON lines that are items already. Raises BrokenFile."""
    records = _records(path, kind)
    if kind in {FileKind.CSV, FileKind.XLSX}:
        return tuple(next(records).cells)
    looked_at = list(islice(records, _LOOKED_AT))
    if kind is FileKind.JSONL and all(is_item_line(record.cells) for record in looked_at if record.cells):
        return ()
    return tuple(dict.fromkeys(column for record in looked_at for column in record.cells))


def drafts_of(path: Path, kind: FileKind, terms: Terms) -> Iterator[Drafted]:
    """Every row of a file as the draft that it would be, as they are read. Raises BrokenFile, with the line, where it is read no further."""
    rows = _table_drafts(path, kind, terms) if kind in TABLES else _question_drafts(_questions(path, kind), terms)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise BrokenFile(row.line, f"holds more than {MOST_ROWS:,} questions", "divide it")
        yield row
    if count == 0:
        raise BrokenFile(1, "holds no questions", "is it the right file?")


def _questions(path: Path, kind: FileKind) -> Iterator[Row]:
    if kind is FileKind.GIFT:
        with opened(path) as file:
            yield from gift_rows(file)
    elif kind is FileKind.MOODLE:
        with path.open("rb") as binary:
            yield from moodle_rows(iter(lambda: binary.read(PIECE), b""))
    elif kind is FileKind.QTI_PACKAGE:
        yield from package_rows(path)
    else:
        if path.stat().st_size > LARGEST_ITEM:
            raise BrokenFile(1, f"is one item of more than {LARGEST_ITEM:,} bytes", "leave pictures out")
        yield item_row(path.read_bytes())


def _question_drafts(rows: Iterator[Row], terms: Terms) -> Iterator[Drafted]:
    naming = Naming(terms.prefix, terms.taken)
    for row in rows:
        if isinstance(row, Unfit):
            yield unfit(row)
            continue
        try:
            carried = item_values(row)
        except NoQuestion as error:
            yield unfit(Unfit(row.line, row.name, error.problem, error.remedy))
            continue
        yield drafted(row.line, row.name, carried.values, carried.losses, slug=naming.slug_of(row.name), defaults=terms.defaults)


def _table_drafts(path: Path, kind: FileKind, terms: Terms) -> Iterator[Drafted]:
    naming, offered = Naming(terms.prefix, terms.taken), _offered(path, kind, terms.mapping)
    records = _records(path, kind)
    if kind in {FileKind.CSV, FileKind.XLSX}:
        next(records)
    for record in map(measured, records):
        is_ours = kind is FileKind.JSONL and is_item_line(record.cells)
        mapping = {"id": "id"} if is_ours else terms.mapping
        name = name_of_row(record, mapping)
        try:
            values = values_of_line(record.cells) if is_ours else values_of_row(record, mapping, offered)
        except NoQuestion as error:
            yield unfit(Unfit(record.line, name, error.problem, error.remedy))
            continue
        yield drafted(record.line, name, values, (), slug=naming.slug_of(name), defaults=terms.defaults)


def _offered(path: Path, kind: FileKind, mapping: Mapping[str, str]) -> Sequence[str]:
    """What people could choose in Label Studio: its export does not say it, so it is every answer that anybody gave."""
    column = mapping.get("correct")
    if kind is not FileKind.LABEL_STUDIO or column is None:
        return ()
    found: dict[str, None] = {}
    for record in _records(path, kind):
        cell = record.cells.get(column)
        found |= dict.fromkeys(each for each in (cell if isinstance(cell, list) else [cell]) if isinstance(each, str))
    return tuple(sorted(found))
