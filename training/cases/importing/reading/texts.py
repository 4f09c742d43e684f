"""Text files, read as UTF-8 line by line, with the line of whatever is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from training.cases.importing.records import BrokenFile


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The file as text, its line ends untouched. Raises BrokenFile where it is not UTF-8, found as it is read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield file
        except UnicodeDecodeError:
            raise _not_utf8(path) from None


def _not_utf8(path: Path) -> BrokenFile:
    remedy = "save it as UTF-8 (in a spreadsheet program: “CSV UTF-8”)"
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                return BrokenFile(number, f"is not UTF-8 text: byte {error.start + 1} of this line is {line[error.start]:#04x}", remedy)
    return BrokenFile(1, "is not UTF-8 text", remedy)
