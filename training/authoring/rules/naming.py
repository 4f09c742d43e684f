"""Names of codes and ids: how much of a rule stands beside its code, and which id comes next."""

import re
from collections.abc import Iterable

LONGEST_BEGINNING = 90
_RULE = re.compile(r"^(?:Rule|Aturan)\.\s*")


def beginning_of(rule: str) -> str:
    """How a rule begins, without the word that says that it is one."""
    said = _RULE.sub("", rule)
    return said if len(said) <= LONGEST_BEGINNING else f"{said[: LONGEST_BEGINNING - 1].rsplit(' ', 1)[0]}…"


def next_free(word: str, taken: Iterable[str]) -> str:
    """The id behind the highest that is this word and a number: `case-008` behind `case-007`."""
    numbered = re.compile(rf"{re.escape(word)}-(\d{{1,6}})")
    highest = max((int(found[1]) for slug in taken if (found := numbered.fullmatch(slug))), default=0)
    return f"{word}-{highest + 1:03}"
