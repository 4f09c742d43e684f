"""What one cell tells about one field: a value, that nobody knows, or something that the mapping does not understand.

Unknown is not empty and not no. A cell without anything, a word that the mapping calls unknown, and people who disagree leave a field unknown; only a value
that somebody gave makes it known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.cases.importing.mapping import EvidencePick, Pick
from training.cases.importing.records import Disagreement, Misfit, as_text
from training.documents.faults import meant

SHOWN_LENGTH = 40


class Unknown(StrEnum):
    """Why nobody knows."""

    NOT_MAPPED = "not_mapped"
    EMPTY = "empty"
    UNSURE = "unsure"
    DISAGREED = "disagreed"


WHY: Mapping[str, str] = {
    Unknown.NOT_MAPPED: "the source does not say",
    Unknown.EMPTY: "empty",
    Unknown.UNSURE: "the source calls it unknown",
    Unknown.DISAGREED: "people disagreed",
}
"""Why a field is unknown, in words."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the source says, in our words."""

    value: Any


Told = Known | Unknown | Misfit


def tell(pick: Pick | None, cells: Mapping[str, Any]) -> Told:
    """What these cells tell about the field of this pick."""
    if pick is None:
        return Unknown.NOT_MAPPED
    if pick.column is None:
        return Known(pick.value)
    cell = _cell(pick.column, cells)
    if isinstance(cell, Misfit):
        return cell
    if isinstance(cell, Disagreement):
        return Unknown.DISAGREED
    if pick.each is not None:
        return _each(pick.each, cell)
    if _is_empty(cell) and "" not in (pick.values or {}):
        return Unknown.EMPTY
    words = _words(pick, cell)
    return _marked(pick, words) if isinstance(pick, EvidencePick) else _translated(pick, words)


def _cell(column: str, cells: Mapping[str, Any]) -> Any:
    """A cell by its path; an object whose cells lie flat, as one."""
    if column in cells:
        return cells[column]
    inner = f"{column}."
    return {name.removeprefix(inner): cell for name, cell in cells.items() if name.startswith(inner)} or None


def _is_empty(cell: Any) -> bool:
    return cell is None or cell == [] or cell == {} or (isinstance(cell, str) and not cell.strip())


def _words(pick: Pick, cell: Any) -> Any:
    """The cell as the words to be understood: several where it is divided or a list."""
    if pick.split is not None and isinstance(cell, str):
        return [part.strip() for part in cell.split(pick.split) if part.strip()]
    if isinstance(cell, list) and not isinstance(pick, EvidencePick):
        return [word for part in cell for word in (part["labels"] if _is_stretch(part) else [part])]
    return cell


def _is_stretch(part: Any) -> bool:
    """Whether this is a marked stretch of a text: its words are the labels it was given."""
    return isinstance(part, Mapping) and "start" in part and isinstance(part.get("labels"), list)


def _marked(pick: Pick, marks: Any) -> Told:
    """Evidence as it was marked; a word of the mapping may say that there is nothing to mark, or that nobody knows."""
    written = as_text(marks) if isinstance(marks, str) else None
    if written is not None and written in pick.unknown:
        return Unknown.UNSURE
    return Known(pick.values[written] if written is not None and pick.values and written in pick.values else marks)


def _translated(pick: Pick, words: Any) -> Told:
    if pick.values is None and not pick.unknown:
        return Known(words if isinstance(words, list | dict | int | float) else as_text(words))
    if isinstance(words, Mapping):
        return Misfit("holds an object, where the mapping lists words", "name the column of one of its fields: `column.field`")
    if not isinstance(words, list):
        return _meaning(pick, words)
    meanings = [_meaning(pick, word) for word in words]
    for meaning in meanings:
        if not isinstance(meaning, Known):
            return meaning
    return Known([meaning.value for meaning in meanings if isinstance(meaning, Known)])


def _meaning(pick: Pick, word: Any) -> Told:
    written = as_text(word)
    if written in pick.unknown:
        return Unknown.UNSURE
    if pick.values is None:
        return Known(word if not isinstance(word, str) else written)
    if written in pick.values:
        return Known(pick.values[written])
    close = meant(written, pick.values)
    shown = f"{written[:SHOWN_LENGTH]}…" if len(written) > SHOWN_LENGTH else written
    return Misfit(f"`{shown}` is not among the values of the mapping", f"did you mean `{close}`?" if close else "add it under `values`, or under `unknown`")


def _each(picks: Mapping[str, Pick], cell: Any) -> Told:
    """A list of objects, each made anew from its own columns; what is unknown in one is left out of it."""
    if _is_empty(cell):
        return Unknown.EMPTY
    if not isinstance(cell, list) or not all(isinstance(part, Mapping) for part in cell):
        return Misfit("is no list of objects", "`each` reads a list of objects; map the column without it")
    made: list[dict[str, Any]] = []
    for part in cell:
        told = {name: tell(pick, part) for name, pick in picks.items()}
        for answer in told.values():
            if isinstance(answer, Misfit):
                return answer
        made.append({name: answer.value for name, answer in told.items() if isinstance(answer, Known)})
    return Known(made)
