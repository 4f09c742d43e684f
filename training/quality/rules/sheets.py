"""Audits as rows of a sheet: how each column is read."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo

NEEDED = ("id", "person", "queue", "at", "sampling", "expected_decision", "given_decision")
POSSIBLE = ("expected_labels", "given_labels", "technical", "policy_version", "language", "clause", "note")
MOST_ROWS = 1_000
"""How many audits one sheet may hold: as many as one call of a program."""
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0", "-", ""})


def column_of(heading: str) -> str:
    """The column that a heading means, however it is written: `Expected decision` is `expected_decision`."""
    return re.sub(r"[\s\-]+", "_", heading.strip().lower())


def missing_columns(columns: Mapping[str, object]) -> list[str]:
    """The needed columns that a sheet lacks."""
    return [name for name in NEEDED if name not in columns]


def row_of_cells(cells: Mapping[str, str], zone: tzinfo) -> dict[str, object]:
    """A row of a sheet as a program would send it; an instant without a zone is one of this zone.

    Accepted decisions stand apart by `|`, the actions of one by `+`, labels by commas, semicolons or blanks.
    """
    given = {name: cells.get(name, "").strip() for name in (*NEEDED, *POSSIBLE)}
    row: dict[str, object] = {name: given[name] for name in ("id", "person", "queue")}
    row |= {
        "at": _instant(given["at"], zone),
        "sampling": given["sampling"].lower(),
        "expected_decisions": [_actions(decision) for decision in given["expected_decision"].split("|")],
        "given_decision": _actions(given["given_decision"]),
        "expected_labels": _words(given["expected_labels"]),
        "given_labels": _words(given["given_labels"]),
        "technical": _truth(given["technical"]),
    }
    return row | {name: given[name] or None for name in ("policy_version", "language", "clause", "note")}


def _actions(text: str) -> list[str]:
    return [action.strip().upper() for action in text.split("+") if action.strip()]


def _words(text: str) -> list[str]:
    return [word.upper() for word in re.split(r"[\s,;]+", text) if word]


def _truth(text: str) -> object:
    """True or False; what is neither stays as it is, to be found fault with."""
    word = text.lower()
    return True if word in YES else False if word in NO else text


def _instant(text: str, zone: tzinfo) -> str:
    """The instant with its zone; what is none stays as it is, to be found fault with."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).isoformat()
