"""Items that ask nearly the same: by the runs of three words that two of them share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from training.authoring.rules.form_fields import found_at
from training.cases.importing.duplicates import normalised

RUN_LENGTH = 3
"""Words of one run."""
ALIKE_PERCENT = 35
"""Of the runs that either has, how many both have, from which on two items look alike."""
MOST_ALIKE = 5
MOST_KEPT = 5_000
LONGEST_EXCERPT = 120

_SAID = (("stem",), ("evidence", "text"), ("evidence", "file"), ("reply", "ticket"), ("typing", "passage"))


@dataclass(frozen=True, slots=True)
class Asking:
    """What an item asks, as far as another can ask the same: its id, its family, and everything that it says to candidates."""

    slug: str
    family: str
    text: str
    stem: str

    @property
    def excerpt(self) -> str:
        """How its question begins, on one line."""
        words = " ".join(self.stem.split())
        return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True, slots=True)
class Alike:
    """Another item that looks like this one, and how alike they are."""

    asking: Asking
    percent: int


def asking_of(value: Mapping[str, Any]) -> Asking:
    """What an item asks that says this."""
    texts = [found_at(value, path) for path in _SAID]
    options, steps, case = value.get("options"), value.get("steps"), value.get("case")
    texts += sorted(str(option.get("text", "")) for option in options if isinstance(option, Mapping)) if isinstance(options, list | tuple) else []
    texts += sorted(map(str, steps)) if isinstance(steps, list | tuple) else []
    said = "\n".join(str(text) for text in texts if text) if not case else f"case:{case}"
    return Asking(str(value.get("id") or ""), str(value.get("family") or ""), said, str(value.get("stem") or ""))


def alike(one: Asking, others: Iterable[Asking]) -> list[Alike]:
    """The items that look like this one, the most alike first. Those of its own family are known to be alike, and left out."""
    mine = _runs(one.text)
    found = [Alike(other, _percent(mine, _runs(other.text))) for other in others if other.slug != one.slug and not (one.family and other.family == one.family)]
    near = sorted((each for each in found if each.percent >= ALIKE_PERCENT), key=lambda each: (-each.percent, each.asking.slug))
    return near[:MOST_ALIKE]


def likeness_percent(one: str, other: str) -> int:
    """Of all runs of three words that either text has, how many both have."""
    return _percent(_runs(one), _runs(other))


def _percent(one: frozenset[str], other: frozenset[str]) -> int:
    shared = len(one & other)
    return 100 * shared // (len(one) + len(other) - shared) if shared else 0


@lru_cache(maxsize=MOST_KEPT)
def _runs(text: str) -> frozenset[str]:
    """Every run of words in a text; of fewer words than a run has, the text itself. A text that says nothing has none."""
    words = normalised(text).split()
    if len(words) < RUN_LENGTH:
        return frozenset([" ".join(words)] if words else ())
    return frozenset(" ".join(words[at : at + RUN_LENGTH]) for at in range(len(words) - RUN_LENGTH + 1))
