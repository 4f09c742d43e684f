"""Files of rows, row by row: CSV, JSON lines, spreadsheets, Label Studio's export."""

from training.cases.importing.reading.opening import Rows, file_format, read_rows

__all__ = ["Rows", "file_format", "read_rows"]
