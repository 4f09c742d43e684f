"""The answer of a plain form, for browsers that run no script. What cannot be read is told apart by the rule that reads every answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from training.exams.forms.answers import writable
from training.exams.rules.blueprint import ItemKind


class Fields(Protocol):
    """The fields of a form as they were sent."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value of one field."""

    def get(self, key: str, default: str, /) -> str:
        """The first value of one field."""


def plain_response(kind: ItemKind, fields: Fields, document: Mapping[str, Any], option_count: int) -> dict[str, Any]:
    """The answer in the shape that scripts send; `{}` where nothing was answered."""
    match kind:
        case ItemKind.ORDERING:
            return _order([fields.get(f"rank-{place}", "") for place in range(1, option_count + 1)])
        case ItemKind.EVIDENCE:
            evidence = document["evidence"]
            if "text" in evidence:
                return _quotes(fields.get("quotes", ""), evidence["text"])
            names = ("start", "end") if len(evidence["extent"]) == 1 else ("x", "y", "width", "height")
            return _rows([fields.getlist(name) for name in names])
        case ItemKind.SHORT | ItemKind.REPLY:
            text = writable(fields.get("text", "").replace("\r\n", "\n")).strip()
            return {"text": text} if text else {}
        case _:
            return _options(fields.getlist("options"))


def _options(values: Sequence[str]) -> dict[str, Any]:
    """What is no number names no option."""
    return {"options": [_place(value) for value in values]} if values else {}


def _place(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0


def _order(ranks: Sequence[str]) -> dict[str, Any]:
    """The places by the rank that each was given; only the first where the ranks are no order, which is then told to be incomplete."""
    if not any(ranks):
        return {}
    given = [_place(rank) for rank in ranks]
    if sorted(given) != list(range(1, len(given) + 1)):
        return {"order": [1]}
    return {"order": sorted(range(1, len(given) + 1), key=lambda place: given[place - 1])}


def _quotes(lines: str, text: str) -> dict[str, Any]:
    """Each line as the place where it stands; a line that does not stand there exactly once stays a line, which is no mark."""
    quotes = [line.strip() for line in lines.splitlines() if line.strip()]
    marks = [[text.index(quote), text.index(quote) + len(quote)] if text.count(quote) == 1 else quote for quote in quotes]
    return {"marks": marks} if marks else {}


def _rows(columns: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Each row of numbers as a mark; rows without any are left out, and what is no number stays as it is, which is no mark."""
    rows = [row for row in zip(*columns, strict=False) if any(value.strip() for value in row)]
    marks = [[_number(value) for value in row] for row in rows]
    return {"marks": marks} if marks else {}


def _number(value: str) -> float | str:
    """Seconds may be written as minutes and seconds: `1:05.5`."""
    minutes, _, seconds = value.strip().replace(",", ".").rpartition(":")
    try:
        return float(seconds) + 60 * (int(minutes) if minutes else 0)
    except ValueError:
        return value
