"""A new clause block, under the next code of its label that was never taken."""

from collections.abc import Collection
from itertools import product
from string import ascii_lowercase

LETTERS = (*ascii_lowercase, *("".join(pair) for pair in product(ascii_lowercase, repeat=2)))
"""In the order in which a label's clauses are numbered: a to z, then aa, ab, …"""


def next_code(label: str, taken: Collection[str]) -> str | None:
    """The first code of this label after every one that is or was taken: a clause keeps its code for good. Nothing once all 702 are."""
    last = max((at for at, letters in enumerate(LETTERS) if f"{label}.{letters}" in taken), default=-1)
    return f"{label}.{LETTERS[last + 1]}" if last + 1 < len(LETTERS) else None


def clause_block(code: str, label: str) -> str:
    """What a new clause begins with: all that a clause must show."""
    return f"""\
/// clause | {code}
    labels: [{label}]

**Rule.**

**Why.**

- **Violating:**
- **Allowed:**
- **Borderline:**
///
"""
