"""Figures for people, and one line for programs."""

import json
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as what they hold: the first to the left, the others to the right."""
    widths = [max(len(row[position]) for row in (heads, *rows)) for position in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])

    return "\n".join([line(heads), line(["-" * width for width in widths]), *(line(row) for row in rows)])


def last_line(bench: str, **figures: float) -> str:
    """The line that programs read: the bench's name and its figures."""
    return json.dumps({"bench": bench, **figures})
