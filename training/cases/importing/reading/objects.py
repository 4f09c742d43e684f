"""Files of JSON objects: one a line, or a list of them as Label Studio exports it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from training.cases.importing.reading.texts import opened
from training.cases.importing.records import BrokenFile, Misfit, Record, flat, tidy

LONGEST_OBJECT = 4_000_000
"""Characters of one object's JSON. What is longer holds a text that is too long, or is not closed."""
PIECE_LENGTH = 262_144
TOO_DEEP = Misfit("lists and maps stand too deep in one another", "no case needs that")
NO_OBJECT = Misfit("this is JSON, but no object", 'write each row as {"column": value, …}')


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no value of JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_SIGN = re.compile(r"[^ \t\r\n]")


def jsonl_rows(path: Path) -> Iterator[Record]:
    """One record a line; lines without anything are passed over."""
    with opened(path) as file:
        line = 0
        while text := file.readline(LONGEST_OBJECT):
            line += 1
            if len(text) == LONGEST_OBJECT:
                raise BrokenFile(line, f"is longer than {LONGEST_OBJECT:,} characters", "is this one JSON object a line?")
            if text.strip():
                yield _record(text, line)


def _record(text: str, line: int) -> Record:
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return Record(line, {}, Misfit(f"this is not JSON: {error.msg} at character {error.colno}", "write one whole JSON object on each line"))
    except ValueError as error:
        return Record(line, {}, Misfit(f"this is not JSON: {error}", "put the value in quotes, or leave it out"))
    except RecursionError:
        return Record(line, {}, TOO_DEEP)
    if not isinstance(value, dict):
        return Record(line, {}, NO_OBJECT)
    return Record(line, dict(flat(tidy(value))))


def objects_of_list(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of one JSON list, each with the line it begins on, read piece by piece."""
    with opened(path) as file:
        reader = _ListReader(file)
        reader.open()
        while (found := reader.next_object()) is not None:
            yield found


class _ListReader:
    """Holds the stretch of the file that is being read, never more than one object and a piece."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._line = 1
        self._is_whole = False

    def open(self) -> None:
        """Pass the bracket that opens the list."""
        if self._peek() != "[":
            raise BrokenFile(self._line, "is not a list of tasks", "export it from Label Studio as JSON, which begins with [")
        self._pass(self._at + 1)

    def next_object(self) -> tuple[int, dict[str, Any]] | None:
        """The next object and its line; none at the list's end."""
        if self._peek() == "]":
            self._pass(self._at + 1)
            if self._peek():
                raise BrokenFile(self._line, "something stands behind the list", "a file holds one list")
            return None
        line = self._line
        value, end = self._decoded()
        if not isinstance(value, dict):
            raise BrokenFile(line, NO_OBJECT.problem, "export it from Label Studio as JSON: a list of tasks")
        self._pass(end)
        self._pass_comma()
        return line, value

    def _pass_comma(self) -> None:
        sign = self._peek()
        if sign == ",":
            self._pass(self._at + 1)
            if self._peek() == "]":
                raise BrokenFile(self._line, "a comma stands before the list's end", "remove it")
        elif sign != "]":
            raise BrokenFile(self._line, "a comma or the list's end is missing here", "the file may be cut short: export it again")

    def _decoded(self) -> tuple[Any, int]:
        """The value that begins here, and where it ends; as much is read as it takes."""
        while True:
            try:
                return _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_whole or len(self._text) - self._at > LONGEST_OBJECT:
                    line = self._line + self._text.count("\n", self._at, error.pos)
                    raise BrokenFile(line, f"this is not JSON: {error.msg}", "the file may be cut short or edited by hand: export it again") from None
            except ValueError as error:
                raise BrokenFile(self._line, f"this is not JSON: {error}", "export it again, or put the value in quotes") from None
            except RecursionError:
                raise BrokenFile(self._line, TOO_DEEP.problem, TOO_DEEP.remedy) from None
            self._read()

    def _peek(self) -> str:
        """The next sign that is not blank; nothing at the end of the file."""
        while True:
            found = _SIGN.search(self._text, self._at)
            self._pass(found.start() if found else len(self._text))
            if found or self._is_whole:
                return found.group() if found else ""
            self._read()

    def _pass(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _read(self) -> None:
        """Take in as much again as is held, so that a long object is not decoded from its beginning for every piece."""
        self._text, self._at = self._text[self._at :], 0
        piece = self._file.read(max(PIECE_LENGTH, len(self._text)))
        self._is_whole = not piece
        self._text += piece
