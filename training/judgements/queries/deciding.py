"""What decisions that are kept as lists of actions come to, asked of the database."""

import json
from collections.abc import Iterable
from itertools import combinations, permutations
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func

from training.cases.rules import DEFERRING, Action

LARGEST_DECISION = 5
"""Actions of the largest decision that is looked for: nobody asks for more at once."""


def _written(actions: Iterable[str]) -> set[str]:
    """These actions as JSON writes them, in every order: an author may have written any."""
    return {json.dumps(order, separators=(",", ":")) for order in permutations(actions)}


_DEFERRING = {written for count in (1, 2) for chosen in combinations(sorted(DEFERRING), count) for written in _written(chosen)}
_LETTING_BE = {"[]"} | {written for count in (0, 1, 2) for chosen in combinations(sorted(DEFERRING), count) for written in _written((Action.APPROVE, *chosen))}
"""Decisions that only pass a case on, and those that leave it as it is, as JSON. Whatever else there is acts."""


def defers(actions: Any) -> ColumnElement[bool]:
    """Whether a decision, as a column, only passes the case on."""
    return _text(actions).in_(_DEFERRING)


def lets_be(actions: Any) -> ColumnElement[bool]:
    """Whether a decision, as a column, leaves the case as it is."""
    return _text(actions).in_(_LETTING_BE)


def is_decision(actions: Any, wanted: Iterable[str]) -> ColumnElement[bool]:
    """Whether a decision, as a column, is of just these actions, in whichever order its author wrote them."""
    return _text(actions).in_(_written(wanted))


def _text(actions: Any) -> ColumnElement[str]:
    return func.replace(cast(actions, Text), " ", "")
