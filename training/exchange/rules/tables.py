"""Items as rows of named cells: what CSV files and spreadsheets carry, and JSON lines of other programs."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from training.cases.importing.records import Disagreement, Misfit, Record, as_text
from training.documents.faults import meant
from training.exams.documents import ItemDocument
from training.exams.rules.blueprint import Criterion, ItemKind
from training.exchange.rules.items import LETTERS
from training.exchange.rules.questions import NoQuestion, decimal_in

OPTION_COLUMNS = tuple(f"option_{letter}" for letter in LETTERS[:6])
RUBRIC_COLUMNS = tuple(f"rubric_{criterion.value}" for criterion in Criterion)
_TYPING = ("passage", "seconds", "words_a_minute", "accuracy_percent")
_ABOUT = ("language", "area", "severity", "decision_class", "difficulty", "family")
COLUMNS = (
    *("id", "kind", "case", *_ABOUT, "clauses", "tags", "stem"),
    *(*OPTION_COLUMNS, "correct", "critical", "scoring"),
    *("steps", "texts", "number", "tolerance", "units"),
    *("ticket", "longest", *RUBRIC_COLUMNS),
    *(*_TYPING, "evidence", "rationale"),
)
"""What a table of items has a column for."""
FIELDS = (*COLUMNS, "options")
"""The same with one for all options of a row at once: a line each, or a list."""
_FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")
_WORDS = re.compile(r"[\s,;]+")


def cells_of(item: ItemDocument) -> dict[str, str]:
    """An item as cells, by column; those that it says nothing in are empty."""
    cells = dict.fromkeys(COLUMNS, "")
    said = item.model_dump(mode="json", exclude_none=True)
    cells |= {name: str(said[name]) for name in ("id", "kind", "case", *_ABOUT, "stem", "scoring", "rationale") if name in said}
    cells |= {"clauses": " ".join(item.clauses), "tags": " ".join(item.tags)}
    for option in item.options:
        cells[f"option_{option.id}"] = option.text
    cells |= {"correct": " ".join(sorted(item.key.correct)), "critical": " ".join(sorted(item.key.critical)), "steps": _listed(item.steps or ())}
    if item.answer is not None:
        cells |= {"texts": _listed(item.answer.texts), "units": _listed(item.answer.units)}
        cells |= {name: f"{value:f}" for name in ("number", "tolerance") if (value := getattr(item.answer, name)) is not None}
    if item.reply is not None:
        cells |= {"ticket": item.reply.ticket, "longest": str(item.reply.longest)}
        cells |= {f"rubric_{criterion.value}": words for criterion, words in item.reply.rubric.items()}
    if item.typing is not None:
        cells |= {name: str(getattr(item.typing, name)) for name in _TYPING}
    if item.evidence is not None:
        cells["evidence"] = json.dumps(item.evidence.model_dump(mode="json", exclude_none=True, exclude_defaults=True), ensure_ascii=False)
    return cells


def _listed(texts: Sequence[str]) -> str:
    """Texts of a line each; as JSON where one of them would not come back so."""
    needs_signs = any("\n" in text for text in texts) or (texts and texts[0].startswith("["))
    return json.dumps(texts, ensure_ascii=False) if needs_signs else "\n".join(texts)


def guarded(cell: str) -> str:
    """A text for a CSV file: what spreadsheets would take for a formula has an apostrophe before it."""
    return f"'{cell}" if _FORMULA_LIKE.match(cell) else cell


def unguarded(cell: Any) -> Any:
    """The text of such a cell."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and _FORMULA_LIKE.match(cell) else cell


def fitting(columns: Iterable[str]) -> dict[str, str]:
    """Which column seems to hold which field, by their names."""
    by_name = {re.sub(r"[^a-z]+", "_", column.rpartition(".")[2].lower()).strip("_"): column for column in columns}
    found = {name: by_name[name] for name in FIELDS if name in by_name}
    for name, others in _OTHER_NAMES.items():
        close = next((by_name[other] for other in others if other in by_name), None)
        if name not in found and close is not None and close not in found.values():
            found[name] = close
    return found


_OTHER_NAMES = {
    "stem": ("question", "text", "prompt", "questiontext"),
    "correct": ("answer", "right", "key", "correct_answer", "choice", "verdict"),
    "rationale": ("explanation", "feedback", "why", "reason"),
    "options": ("choices", "answers"),
    "id": ("name", "identifier", "number"),
    **{f"option_{letter}": (letter, f"choice_{letter}", f"answer_{letter}") for letter in LETTERS[:6]},
}


def values_of_row(record: Record, mapping: Mapping[str, str], offered: Sequence[str] = ()) -> dict[str, Any]:
    """A row as fields of an item; `mapping` names the column of each field, `offered` are the options where a row names only its answer.

    Raises NoQuestion where a cell cannot be read.
    """
    if record.misfit is not None:
        raise NoQuestion(record.misfit.problem, record.misfit.remedy)
    cells = _Cells(record.cells, mapping)
    values: dict[str, Any] = {name: cells.text(name) for name in ("case", *_ABOUT, "stem", "rationale") if cells.text(name)}
    values |= {name: words for name in ("clauses", "tags") if (words := cells.words(name))}
    return values | _part(cells, offered)


def name_of_row(record: Record, mapping: Mapping[str, str]) -> str:
    """What a row is called: its id, else its name in the file."""
    cell = record.cells.get(mapping.get("id", ""), "")
    return as_text(cell)[:60] if isinstance(cell, str | int | float) else record.name


class _Cells:
    """The cells of a row by field."""

    def __init__(self, cells: Mapping[str, Any], mapping: Mapping[str, str]) -> None:
        self._cells, self._mapping = cells, mapping

    def _cell(self, name: str) -> Any:
        cell = self._cells.get(self._mapping[name]) if name in self._mapping else None
        if isinstance(cell, Misfit):
            raise NoQuestion(f"the column “{self._mapping[name]}” {cell.problem}", cell.remedy)
        if isinstance(cell, Disagreement):
            raise NoQuestion(f"of “{self._mapping[name]}” people said different things: {', '.join(cell.answers)[:80]}", "mark one of the answers as the truth")
        return cell

    def text(self, name: str) -> str:
        """One text."""
        cell = self._cell(name)
        if isinstance(cell, list) and len(cell) == 1 and isinstance(cell[0], str):
            cell = cell[0]
        if isinstance(cell, list | dict):
            raise NoQuestion(f"the column “{self._mapping[name]}” holds a list, where one text is needed", "choose another column")
        return as_text(cell)

    def lines(self, name: str) -> list[str]:
        """Several texts: a line each, or a list."""
        cell = self._cell(name)
        if isinstance(cell, list):
            return [as_text(each) for each in cell if not isinstance(each, list | dict)]
        text = as_text(cell)
        if text.startswith("["):
            listed = _json(text)
            if isinstance(listed, list) and all(isinstance(each, str) for each in listed):
                return listed
        return [line.strip() for line in text.split("\n") if line.strip()]

    def words(self, name: str) -> list[str]:
        """Several words, with blanks or commas between them."""
        cell = self._cell(name)
        return [word for word in _WORDS.split(" ".join(map(as_text, cell)) if isinstance(cell, list) else as_text(cell)) if word]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _part(cells: _Cells, offered: Sequence[str]) -> dict[str, Any]:
    """What is asked and its key. A row that does not say its kind has the one that its cells make it."""
    kind = cells.text("kind") or _kind(cells)
    if kind not in set(ItemKind):
        close = meant(kind, [known.value for known in ItemKind])
        raise NoQuestion(f"the kind “{kind[:40]}” is none", f"did you mean {close}?" if close else f"write one of {', '.join(ItemKind)}")
    return {"kind": kind, **_part_of(ItemKind(kind), cells, offered)}


def _part_of(kind: ItemKind, cells: _Cells, offered: Sequence[str]) -> dict[str, Any]:
    if kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}:
        return _options(cells, offered)
    if kind is ItemKind.SHORT:
        return {"answer": _answer(cells)}
    if kind is ItemKind.REPLY:
        return {"reply": _reply(cells)}
    if kind is ItemKind.TYPING:
        return {"typing": {name: cells.text(name) for name in _TYPING if cells.text(name)}}
    if kind is ItemKind.EVIDENCE:
        return {"evidence": _json(cells.text("evidence"))}
    return {"steps": cells.lines("steps")} if kind is ItemKind.ORDERING else {}


def _kind(cells: _Cells) -> str:
    if cells.text("number") or cells.lines("texts"):
        return ItemKind.SHORT.value
    if cells.lines("steps"):
        return ItemKind.ORDERING.value
    if cells.text("case"):
        return ItemKind.CASE.value
    return (ItemKind.MULTIPLE if len(_right(cells, LETTERS[:6])) > 1 else ItemKind.SINGLE).value


def _right(cells: _Cells, letters: Sequence[str]) -> list[str]:
    words = [word.lower().rstrip(".)") for word in cells.words("correct")]
    return words if words and all(word in letters for word in words) else []


def _options(cells: _Cells, offered: Sequence[str]) -> dict[str, Any]:
    texts = [text for name in OPTION_COLUMNS if (text := cells.text(name))] or cells.lines("options") or list(offered)
    letters = LETTERS[: len(texts)]
    right = _right(cells, letters) or _letters_of(cells.lines("correct"), texts)
    critical = {word.lower() for word in cells.words("critical")}
    options = [
        {"id": letter, "text": text, **({"correct": True} if letter in right else {}), **({"critical": True} if letter in critical else {})}
        for letter, text in zip(letters, texts, strict=True)
    ]
    scoring = cells.text("scoring")
    return {"options": options, **({"scoring": scoring} if scoring else {})}


def _letters_of(said: Sequence[str], texts: Sequence[str]) -> list[str]:
    """The letters of the options that are named by their text."""
    by_text = {text.casefold(): letter for letter, text in zip(LETTERS, texts, strict=False)}
    unknown = [text for text in said if text.casefold() not in by_text]
    if unknown or not said:
        raise NoQuestion(
            f"the right answer “{unknown[0][:40]}” is no option" if unknown else "says of no option that it is right", "name it by its letter or its text"
        )
    return [by_text[text.casefold()] for text in said]


def _answer(cells: _Cells) -> dict[str, Any]:
    if not cells.text("number"):
        return {"texts": cells.lines("texts")}
    said: dict[str, Any] = {"number": decimal_in(cells.text("number"))}
    if cells.text("tolerance"):
        said["tolerance"] = decimal_in(cells.text("tolerance"))
    return said | ({"units": units} if (units := cells.lines("units")) else {})


def _reply(cells: _Cells) -> dict[str, Any]:
    rubric = {criterion.value: words for criterion in Criterion if (words := cells.text(f"rubric_{criterion.value}"))}
    longest = {"longest": cells.text("longest")} if cells.text("longest") else {}
    return {"ticket": cells.text("ticket"), "rubric": rubric, **longest}
