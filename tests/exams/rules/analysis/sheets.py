"""Small sheets of answers for the tests of analysis."""

from collections.abc import Sequence

import numpy as np

from training.exams.rules.analysis.sheet import Row, Sheet, sheet_of

RIGHT, WRONG = 1, 0


def row(items: Sequence[int], marks: Sequence[int], choices: Sequence[int] = (), seconds: Sequence[int] = (), credits_: dict[str, float] | None = None) -> Row:
    return Row(
        np.array(items, dtype="<u4").tobytes(),
        bytes(marks),
        np.array(choices, dtype="<u2").tobytes(),
        np.array(seconds, dtype="<u2").tobytes(),
        credits_,
    )


def fixed_sheet(marks: Sequence[Sequence[int]], **values: Sequence[Sequence[int]]) -> Sheet:
    """Everybody answered the same items, numbered from 1."""
    items = range(1, len(marks[0]) + 1)
    return sheet_of(row(items, each, **{name: column[index] for name, column in values.items()}) for index, each in enumerate(marks))


FIVE_BY_FOUR = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 0]]
"""Five candidates by four items; totals 4, 3, 2, 2, 1."""
