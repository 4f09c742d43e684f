"""YAML made into plain values, with the line of every field.

A smaller language than YAML on purpose. No aliases, tags or second documents, so a small file cannot unfold into a
large value. Plain words are what they look like: `on`, `no`, `2026-01-31` and `0:04` are text; only true, false, null
and numbers are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from training.documents import FieldPath
from training.documents.faults import Lines, field_name

DEPTH_LIMIT = 20
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d{0,15})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d{0,15})\.\d{1,15}(?:[eE][-+]?\d{1,2})?")
_UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no page can show and not every database can keep; quoted text can name them: "\\0"."""
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in a text, by line."""

    line: int
    field: str
    problem: str
    remedy: str


class Unreadable(Exception):
    """A text that cannot be read any further."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.problem)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class ReadYaml:
    """The value, where its fields stand, and what was wrong without making the rest unreadable."""

    value: Any
    lines: Lines
    troubles: tuple[Trouble, ...]


def read_yaml(text: str, *, first_line: int = 1) -> ReadYaml:
    """The one value that a YAML text holds. `first_line` is the text's first line in its file.

    Raises Unreadable where it is not YAML, or more YAML than a document needs.
    """
    reader = _Reader(text, first_line)
    value = reader.whole()
    return ReadYaml(value, Lines(reader.lines, first_line), tuple(reader.troubles))


class _Reader:
    """Goes through the events of one text."""

    def __init__(self, text: str, first_line: int) -> None:
        self.first_line = first_line
        self.lines: dict[FieldPath, int] = {}
        self.troubles: list[Trouble] = []
        self._events = self._parse(text)

    def _parse(self, text: str) -> Iterator[Any]:
        try:
            yield from yaml.parse(text, Loader=_LOADER)
        except yaml.reader.ReaderError as error:
            line = self.first_line + text[: error.position].count("\n")
            raise Unreadable(Trouble(line, "", f"a character that no text holds (code {error.character})", "remove it")) from error
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = self.first_line + (mark.line if mark else 0)
            raise Unreadable(Trouble(line, "", f"this is not YAML: {error.problem}", "look at the indents, colons and quotes just above")) from error

    def _refuse(self, event: Any, path: FieldPath, problem: str, remedy: str) -> Unreadable:
        return Unreadable(Trouble(self._line(event), field_name(path), problem, remedy))

    def _line(self, event: Any) -> int:
        return self.first_line + int(event.start_mark.line)

    def whole(self) -> Any:
        next(self._events)
        opening = next(self._events)
        if isinstance(opening, yaml.StreamEndEvent):
            return None
        value = self._value(next(self._events), ())
        next(self._events)
        ending = next(self._events)
        if not isinstance(ending, yaml.StreamEndEvent):
            raise self._refuse(ending, (), "a second document begins here", "put each document into a file of its own")
        return value

    def _value(self, event: Any, path: FieldPath) -> Any:
        self.lines.setdefault(path, self._line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse(event, path, "anchors and aliases (& and *) are not read", "write the text out, or put it in quotes")
        if getattr(event, "tag", None):
            raise self._refuse(event, path, f"tags ({event.tag}) are not read", "remove the tag, or put the text in quotes")
        if len(path) > DEPTH_LIMIT:
            raise self._refuse(event, path[:3], f"lists and maps stand more than {DEPTH_LIMIT} deep in one another", "no document needs that")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        self._note_unheard(event, path)
        return _plain(event.value) if event.implicit[0] else event.value

    def _note_unheard(self, event: Any, path: FieldPath) -> None:
        found = _UNHEARD.search(event.value)
        if found:
            self.troubles.append(Trouble(self._line(event), field_name(path), f"holds a character that no page can show (code {ord(found[0])})", "remove it"))

    def _sequence(self, path: FieldPath) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: FieldPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, path, "the name of a field is a word", "put names with signs such as { or * in quotes")
            name = str(event.value)
            self._note_unheard(event, path)
            if name in values:
                trouble = Trouble(self._line(event), field_name((*path, name)), "is written twice", "keep one of the two")
                self.troubles.append(trouble)
            self.lines.setdefault((*path, name), self._line(event))
            values[name] = self._value(next(self._events), (*path, name))
        return values


def _plain(word: str) -> Any:
    """What an unquoted word means."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word
