"""What stands for an erased person, and where a text names them."""

import re
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

SHORTEST_SOUGHT = 4
"""A shorter name is part of too many words to be looked for in what people write."""


class UpkeepRefusal(StrEnum):
    """Why somebody is not erased, rules are not followed, or a database not moved."""

    RULES_WRONG = "retention_rules_wrong"
    OWN_ERASURE = "own_erasure"
    LAST_ADMINISTRATOR = "last_administrator"
    REASON_NAMES_THEM = "reason_names_them"
    TARGET_FILLED = "target_filled"
    TARGET_DIFFERS = "target_differs"
    ROW_REFUSED = "row_refused"


def pseudonym(person_id: int) -> str:
    """What lists and ledgers call an erased person."""
    return f"Erased person {person_id}"


def nobodys_address(person_id: int) -> str:
    """What stands for their e-mail address: one that no mail can reach (RFC 2606)."""
    return f"erased-{person_id}@erased.invalid"


def sought(names: Collection[str]) -> list[str]:
    """Those of these names and addresses that can be looked for in texts, the longest first."""
    return sorted({name for name in names if len(name) >= SHORTEST_SOUGHT}, key=lambda name: (-len(name), name))


def without_names(text: str, names: Collection[str], instead: str) -> str:
    """The text with every one of these names, as whole words and however written, replaced."""
    for name in sought(names):
        words = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(rf"(?<!\w){words}(?!\w)", lambda _found: instead, text, flags=re.IGNORECASE)
    return text


def in_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed so; names of fields stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [in_texts(member, change) for member in value]
    if isinstance(value, dict):
        return {name: in_texts(member, change) for name, member in value.items()}
    return value


def filled(value: Any, blanks: Mapping[str, str]) -> Any:
    """A JSON value with `{name}` in its texts filled in."""
    return in_texts(value, lambda text: text.format(**blanks))


def in_order(needs: Mapping[str, Collection[str]], dispensable: Collection[tuple[str, str]]) -> tuple[list[str], set[tuple[str, str]]]:
    """The tables so that each comes after those that it needs, and the needs that had to be cut for that: of a circle, one that is dispensable.

    `dispensable` are pairs of a table and one that it needs. Raises CycleError where a circle has none.
    """
    left = {table: set(needs[table]) for table in sorted(needs)}
    cut: set[tuple[str, str]] = set()
    while True:
        try:
            return list(TopologicalSorter({table: sorted(others) for table, others in left.items()}).static_order()), cut
        except CycleError as error:
            circle = [(later, earlier) for earlier, later in pairwise(error.args[1]) if (later, earlier) in dispensable]
            if not circle:
                raise
            table, other = min(circle)
            left[table].discard(other)
            cut.add((table, other))
