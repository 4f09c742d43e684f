"""What differs between two documents, field by field, and which side changed it since both agreed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.courses.rules.changes import Edit, word_edits


class Changer(StrEnum):
    """Who changed something since both agreed."""

    FOLDER = "folder"
    DESK = "desk"
    BOTH = "both"
    UNKNOWN = "unknown"
    """What both agreed on is not known."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs, as each side writes its value; nothing where a side has no such field."""

    name: str
    desk: str | None
    folder: str | None
    base: str | None
    changer: Changer

    @property
    def edits(self) -> tuple[Edit, ...]:
        """From the desk's words to the folder's, where both have some."""
        return word_edits(self.desk, self.folder) if self.desk is not None and self.folder is not None else ()


def changer_of(desk: str | None, folder: str | None, base: str | None) -> Changer:
    """Who changed a value that differs now from this one."""
    if desk == base:
        return Changer.FOLDER
    return Changer.DESK if folder == base else Changer.BOTH


def field_differences(desk: object, folder: object, base: object, *, has_base: bool) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the folder's order, then those that only the desk has. Each value is a document as it was read, or nothing."""
    ours, theirs, agreed = fields_of(folder), fields_of(desk), fields_of(base)
    names = [*ours, *(name for name in theirs if name not in ours)]
    return tuple(
        FieldDifference(name, theirs.get(name), ours.get(name), agreed.get(name), _changer(name, theirs, ours, agreed if has_base else None))
        for name in names
        if ours.get(name) != theirs.get(name)
    )


def _changer(name: str, desk: Mapping[str, str], folder: Mapping[str, str], base: Mapping[str, str] | None) -> Changer:
    return Changer.UNKNOWN if base is None else changer_of(desk.get(name), folder.get(name), base.get(name))


def fields_of(value: object) -> dict[str, str]:
    """Every value of a document by the name of its field: `reference.severity`, `options.b.text`, `cells.2.minimum`; a list of plain values is one."""
    return dict(_leaves("", value)) if isinstance(value, dict) else {}


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _leaves(f"{name}.{key}" if name else str(key), part)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for key, part in _named(value):
            yield from _leaves(f"{name}.{key}", part)
    else:
        yield name, _said(value)


def _named(parts: list[Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a list by their own ids where each has one, so that one that came in between moves no other; else by their places from 1."""
    own = [next((str(part[key]) for key in ("id", "code") if key in part), "") if isinstance(part, dict) else "" for part in parts]
    is_named = all(own) and len(set(own)) == len(own)
    for place, part in enumerate(parts, start=1):
        yield own[place - 1] if is_named else str(place), part


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_said, value))
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return "{}" if value == {} else str(value).strip()
