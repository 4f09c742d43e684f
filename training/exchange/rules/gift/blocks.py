"""A GIFT file cut into questions: stretches of lines between empty ones, with what the comments and category lines above say of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.cases.importing.records import BrokenFile

LONGEST_BLOCK = 200_000
"""Characters of one question. What is longer is no question but another kind of file."""
_TAG = re.compile(r"(?<!\\)\[tag:([^\x00-\x1f<>\]]+)\]")
_ID = re.compile(r"(?<!\\)\[id:([^\x00-\x1f<>\]]+)\]")
BLANK = "_____"
"""Where an answer stands in the middle of its sentence."""


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one question, still with its escapes, and what is said of it in comments."""

    line: int
    text: str
    category: str
    identity: str
    tags: tuple[str, ...]


def blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The questions of a file, as they come. Raises BrokenFile where braces do not pair, with the line."""
    cutter = _Cutter()
    for number, line in enumerate(lines, start=1):
        yield from cutter.take(number, line.rstrip("\r\n"))
    yield from cutter.end()


class _Cutter:
    def __init__(self) -> None:
        self._category = ""
        self._begin()

    def _begin(self) -> None:
        self._lines: list[str] = []
        self._first = self._length = 0
        self._identity = ""
        self._tags: list[str] = []

    def take(self, number: int, line: str) -> Iterator[Block]:
        """One more line; the question that it ends, where it does."""
        stripped = line.strip()
        if stripped.startswith("//"):
            self._note(stripped)
        elif stripped.startswith("$CATEGORY:") and not self._lines:
            self._category = stripped.removeprefix("$CATEGORY:").strip()
        elif stripped:
            self._first = self._first or number
            self._length += len(line)
            if self._length > LONGEST_BLOCK:
                raise BrokenFile(self._first, f"one question is longer than {LONGEST_BLOCK:,} characters", "leave an empty line between questions")
            self._lines.append(line)
        else:
            yield from self.end()

    def _note(self, comment: str) -> None:
        self._tags += _TAG.findall(comment)
        found = _ID.search(comment)
        self._identity = found[1] if found else self._identity

    def end(self) -> Iterator[Block]:
        """The question that ends here, if one was begun."""
        if self._lines:
            text = "\n".join(self._lines)
            _refuse_unpaired(text, self._first)
            yield Block(self._first, text, self._category, self._identity, tuple(tag.strip() for tag in self._tags))
            self._begin()


def _refuse_unpaired(text: str, first: int) -> None:
    """Every { of a question is closed by a } before the next one opens; those with a backslash before them are signs of its text."""
    opened: int | None = None
    line, position = first, 0
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 1
        elif sign == "{" and opened is not None:
            raise BrokenFile(
                line, f"a {{ stands inside the answers that were opened on line {opened}", "close those with } first, or write \\{ for the sign itself"
            )
        elif sign == "{":
            opened = line
        elif sign == "}" and opened is None:
            raise BrokenFile(line, "a } closes answers that were never opened", "open them with {, or write \\} for the sign itself")
        elif sign == "}":
            opened = None
        line += sign == "\n"
        position += 1
    if opened is not None:
        raise BrokenFile(opened, "answers are opened with { and never closed", "close them with } before the next empty line, or write \\{ for the sign itself")
