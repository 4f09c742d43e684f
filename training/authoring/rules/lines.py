"""Lines of a text that goes on being changed."""

from collections.abc import Sequence

LONGEST_LINE = 400
"""Characters of a line by which it is found again."""


def kept_line(lines: Sequence[str], number: int) -> str | None:
    """What is remembered of a line, counted from 1; nothing where there is none."""
    return lines[number - 1].strip()[:LONGEST_LINE] if 1 <= number <= len(lines) else None


def line_now(lines: Sequence[str], number: int, said: str) -> int | None:
    """Where a line that once stood at `number` and said this stands now: where it says the same, the nearest to where it was; nothing where it is gone."""
    same = [at for at, line in enumerate(lines, start=1) if line.strip()[:LONGEST_LINE] == said]
    return min(same, key=lambda at: (abs(at - number), at), default=None)
