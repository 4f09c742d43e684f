"""How the columns of a sheet are read."""

from zoneinfo import ZoneInfo

import pytest

from training.quality.rules import NEEDED, column_of, missing_columns, row_of_cells

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize("heading", ["expected_decision", "Expected decision", " EXPECTED-DECISION "])
def test_headings_are_read_however_they_are_written(heading: str) -> None:
    assert column_of(heading) == "expected_decision"


def test_what_a_sheet_lacks_is_named_in_order() -> None:
    assert missing_columns(dict.fromkeys(NEEDED)) == []
    assert missing_columns({"person": 0, "id": 0, "note": 0}) == ["queue", "at", "sampling", "expected_decision", "given_decision"]


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("expected_decision", "remove + strike | REMOVE", "expected_decisions", [["REMOVE", "STRIKE"], ["REMOVE"]]),
        ("expected_decision", "", "expected_decisions", [[]]),
        ("given_decision", "", "given_decision", []),
        ("expected_labels", "clm-01; CLM-04,PRO-03 LST-01", "expected_labels", ["CLM-01", "CLM-04", "PRO-03", "LST-01"]),
        ("at", "2026-11-20 09:30", "at", "2026-11-20T09:30:00+07:00"),
        ("at", "2026-11-20T09:30:00Z", "at", "2026-11-20T09:30:00+00:00"),
        ("at", "yesterday", "at", "yesterday"),
        ("sampling", " Random ", "sampling", "random"),
        ("technical", "Yes", "technical", True),
        ("technical", "", "technical", False),
        ("technical", "perhaps", "technical", "perhaps"),
        ("clause", "", "clause", None),
        ("note", " Look again. ", "note", "Look again."),
    ],
)
def test_how_a_cell_is_read(column: str, text: str, field: str, value: object) -> None:
    assert row_of_cells({column: text}, JAKARTA)[field] == value
