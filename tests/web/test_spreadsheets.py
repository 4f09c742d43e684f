import csv
import io

import pytest
from flask import Flask
from openpyxl import load_workbook
from werkzeug.exceptions import NotFound

from training.web.spreadsheets import table_file

HEADING = ("Name", "Share")
ROWS = [('=HYPERLINK("http://example.org")', 0.5), ("+1", -0.25), ("@sum", None), ("-x", 3), ("Budi, “Ana”", 0), ("a\x01b", 1)]


def test_a_comma_separated_table_reads_back_with_formulas_as_text(app: Flask) -> None:
    response = table_file("items", HEADING, ROWS, "csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="items.csv"'
    assert response.content_type == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert lines[0] == list(HEADING)
    assert [line[0][:2] for line in lines[1:5]] == ["'=", "'+", "'@", "'-"]
    assert lines[2][1] == "-0.25", "a number stays a number"
    assert lines[5] == ["Budi, “Ana”", "0"]


def test_a_workbook_reads_back_with_formulas_as_text(app: Flask) -> None:
    response = table_file("items", HEADING, ROWS, "xlsx")
    sheet = load_workbook(io.BytesIO(response.get_data())).active
    assert sheet is not None
    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    assert cells[1] == [('=HYPERLINK("http://example.org")', "s"), (0.5, "n")]
    assert cells[2] == [("+1", "s"), (-0.25, "n")]
    assert cells[3][1][0] is None
    assert cells[6][0][0] == "ab", "what a workbook cannot hold is left out"


def test_an_unknown_format_does_not_exist(app: Flask) -> None:
    with pytest.raises(NotFound):
        table_file("items", HEADING, ROWS, "pdf")
