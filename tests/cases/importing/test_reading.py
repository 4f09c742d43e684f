import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.cases.importing.sources import REVIEWS
from training.cases.importing.mapping import CaseMapping
from training.cases.importing.reading import opening as limits
from training.cases.importing.reading import read_rows
from training.cases.importing.reading.objects import LONGEST_OBJECT, PIECE_LENGTH
from training.cases.importing.records import LONGEST_CELL, BrokenFile, Misfit, Record, as_text, flat

Read = Callable[..., list[Record]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of this name that holds these bytes."""

    def rows(name: str, data: bytes | str, **mapping: Any) -> list[Record]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(read_rows(path, CaseMapping.model_validate({**REVIEWS, **mapping})).records)

    return rows


def workbook(tmp_path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def sheet_rows(path: Path, **mapping: Any) -> list[Record]:
    return list(read_rows(path, CaseMapping.model_validate({**REVIEWS, **mapping})).records)


def test_csv_rows_begin_on_the_line_they_say(read: Read) -> None:
    rows = read("rows.csv", '\ufeffno,text\r\n1,"two\r\nlines"\r\n\r\n2,"a ""quote"""\r\n , \r\n3,last')
    assert rows == [Record(2, {"no": "1", "text": "two\nlines"}), Record(5, {"no": "2", "text": 'a "quote"'}), Record(7, {"no": "3", "text": "last"})]


def test_the_delimiter_is_the_mappings_or_that_of_the_ending(read: Read) -> None:
    expected = [Record(2, {"no": "1", "text": "a, b"})]
    assert read("rows.csv", "no;text\n1;a, b\n", delimiter=";") == expected
    assert read("rows.tsv", "no\ttext\n1\ta, b\n") == expected
    assert read("rows.txt", 'no,text\n1,"a, b"\n', format="csv") == expected


def test_a_row_that_does_not_fit_is_told_and_the_next_is_read(read: Read) -> None:
    short, fine, long = read("rows.csv", f"no,text\n1\n2,b\n3,{'x' * (LONGEST_CELL + 1)}\n")
    assert short.misfit is not None and short.misfit.problem == "the row has 1 cells where the first line names 2 columns"
    assert fine == Record(3, {"no": "2", "text": "b"})
    assert long.misfit is not None and long.misfit.problem == "the cell “text” holds 100,001 characters, more than 100,000" and long.cells == {}


@pytest.mark.parametrize(
    ("name", "data", "line", "problem"),
    [
        ("rows.csv", 'no,text\n1,a\n2,"open\nnever closed\n', 3, "this is not CSV"),
        ("rows.csv", "no,text\n1," + "x" * 1_000_000, 2, "a cell is far too long"),
        ("rows.csv", "no,\n", 1, "holds no rows"),
        ("rows.csv", ",,\n", 1, "names no columns"),
        ("rows.csv", "a,,,\n", 1, "has two columns without a name"),
        ("rows.csv", ",".join(map(str, range(600))) + "\n", 1, "names 600 columns, more than 500"),
        ("rows.csv", b"no,text\n1,a\n2,caf\xe9\n", 3, "is not UTF-8 text: byte 6 of this line is 0xe9"),
        ("rows.csv", "no,text\n1,a\n".encode("utf-16"), 1, "is not UTF-8 text: byte 1 of this line is 0xff"),
        ("rows.jsonl", "", 1, "holds no rows"),
        ("rows.jsonl", '{"a": 1}\n{"a": "' + "x" * LONGEST_OBJECT, 2, "is longer than 4,000,000 characters"),
        ("rows.json", "", 1, "is not a list of tasks"),
        ("rows.json", "[]", 1, "holds no rows"),
        ("rows.json", '[{"data": {}}\n\n{"data": {}}]', 3, "a comma or the list's end is missing here"),
        ("rows.json", '[{"data": {}},\n]', 2, "a comma stands before the list's end"),
        ("rows.json", '[{"data": {}}]\n[]', 2, "something stands behind the list"),
        ("rows.json", '[{"data": {}},\n\n{"data": {"text": 1,}}]', 3, "this is not JSON"),
        ("rows.json", '[{"data": {}},\n1]', 2, "this is JSON, but no object"),
        ("rows.json", '[{"data": {"text": NaN}}]', 1, "NaN is no value of JSON"),
        ("rows.json", '[{"data": {"text": ' + "9" * 5000 + "}}]", 1, "this is not JSON"),
        ("rows.json", '[{"a": ' + "[" * 100_000, 1, "lists and maps stand too deep in one another"),
        ("rows.xlsx", "PK not a workbook", 1, "is not an XLSX spreadsheet"),
        ("rows.ods", "x", 1, "has an ending that says nothing of its format"),
    ],
)
def test_a_file_that_cannot_be_read_further_says_on_which_line_and_why(read: Read, name: str, data: bytes | str, line: int, problem: str) -> None:
    with pytest.raises(BrokenFile) as broken:
        read(name, data)
    assert problem in broken.value.problem and broken.value.line == line and broken.value.remedy


def test_a_file_that_is_too_large_or_has_too_many_rows_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    with pytest.raises(BrokenFile, match="more than 2 rows"):
        read("rows.csv", "no\n1\n2\n3\n")
    monkeypatch.setattr(limits, "LARGEST_FILE", 5)
    with pytest.raises(BrokenFile, match="is 9 bytes, more than 5"):
        read("rows.csv", "no\n1\n2\n3\n")


def test_json_lines_are_flat_cells_and_broken_ones_are_told(read: Read) -> None:
    rows = read(
        "rows.jsonl",
        '{"id": 1, "seller": {"name": "A", "age": null}, "tags": ["x"], "text": "a\\r\\nb"}\n\n{"id": 2,\n[1]\n{"id": "\\ud800"}\n{"id": Infinity}\n',
    )
    assert rows[0] == Record(1, {"id": 1, "seller.name": "A", "seller.age": None, "tags": ["x"], "text": "a\nb"})
    assert [(row.line, row.misfit.problem.partition(":")[0]) for row in rows[1:] if row.misfit is not None] == [
        (3, "this is not JSON"),
        (4, "this is JSON, but no object"),
        (5, "the cell “id” holds half a character (\\ud800 to \\udfff)"),
        (6, "this is not JSON"),
    ]


def test_long_lists_are_read_piece_by_piece_with_their_lines(read: Read) -> None:
    tasks = [{"id": number, "data": {"text": "x" * (PIECE_LENGTH // 3)}} for number in range(12)] + [{"id": 12, "data": {"text": "y" * 90_000}}]
    rows = read("rows.json", "\n[\n" + ",\n".join(json.dumps(task, indent=1) for task in tasks) + "\n]\n")
    assert [row.cells["id"] for row in rows] == list(range(13))
    assert [row.line for row in rows[:3]] == [3, 9, 15]


def test_sheets_are_read_by_their_first_line(tmp_path: Path) -> None:
    rows = [["no", "text", "when", None], [1, "a\r\nb", datetime.fromisoformat("2026-01-31")], [], [2.5, True, datetime.fromisoformat("2026-01-31T09:05")]]
    assert sheet_rows(workbook(tmp_path, Cases=rows)) == [
        Record(2, {"no": 1, "text": "a\nb", "when": "2026-01-31"}),
        Record(4, {"no": 2.5, "text": True, "when": "2026-01-31 09:05:00"}),
    ]


def test_a_formula_and_an_error_are_cells_that_nobody_can_read(tmp_path: Path) -> None:
    (row,) = sheet_rows(workbook(tmp_path, Cases=[["no", "text", "sum"], [1, "=A2+1", "#N/A"]]))
    assert row.cells == {
        "no": 1,
        "text": Misfit("holds a formula", "copy the column and paste it as values"),
        "sum": Misfit("holds the spreadsheet's error #N/A", "mend or empty the cell"),
    }


def test_a_workbook_of_several_sheets_needs_one_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, Cases=[["no"], [1]], Notes=[["x"]])
    assert sheet_rows(path, sheet="Cases") == [Record(2, {"no": 1})]
    with pytest.raises(BrokenFile, match="holds 2 sheets: “Cases”, “Notes”"):
        sheet_rows(path)
    with pytest.raises(BrokenFile, match="holds no sheet “Case”"):
        sheet_rows(path, sheet="Case")
    with pytest.raises(BrokenFile, match="holds no rows"):
        sheet_rows(path, sheet="Notes")


def test_a_sheet_without_anything_and_a_cell_without_a_column_are_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match="the sheet is empty"):
        sheet_rows(workbook(tmp_path, Cases=[]))
    (row,) = sheet_rows(workbook(tmp_path, Cases=[["no"], [1, "beyond"]]))
    assert row.misfit is not None and row.misfit.problem == "the row has a cell beyond the columns that the first line names"


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, Cases=[["no"], [1]])
    monkeypatch.setattr("training.cases.importing.reading.tables.LARGEST_UNPACKED", 100)
    with pytest.raises(BrokenFile, match="unpacks to"):
        sheet_rows(path)


@pytest.mark.parametrize(("cell", "text"), [(None, ""), (3.0, "3"), (3.5, "3.5"), (True, "true"), (False, "false"), (" a ", "a"), (12, "12")])
def test_cells_are_written_as_people_write_them(cell: Any, text: str) -> None:
    assert as_text(cell) == text


def test_objects_in_objects_lie_flat_and_empty_ones_stay() -> None:
    assert dict(flat({"a": {"b": {"c": 1}, "d": {}}, "e": [{"f": 1}]})) == {"a.b.c": 1, "a.d": {}, "e": [{"f": 1}]}
