"""When somebody held a certificate: the ledger's standing, instant by instant, over a span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from training.certification.rules import LedgerEvent, State, standing

TOLD = frozenset({State.IN_FORCE, State.SUSPENDED})
"""What is worth saying of a stretch; in all others nothing was held."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How somebody stood with one certification from an instant on, until another or the end of what is asked about."""

    state: State
    is_provisional: bool
    begin: datetime
    end: datetime


def stretches(events: Sequence[LedgerEvent], since: datetime, until: datetime) -> tuple[Stretch, ...]:
    """The stretches of `[since, until)` in which the certificate of these entries, as `known_events` gives them, was in force or suspended."""
    found: list[Stretch] = []
    edges = [since, *sorted(edge for edge in _edges(events) if since < edge < until), until]
    for begin, end in pairwise(edges):
        held = standing(events, at=begin)
        if held.state not in TOLD:
            continue
        last = found[-1] if found else None
        if last is not None and (last.state, last.is_provisional, last.end) == (held.state, held.is_provisional, begin):
            found[-1] = Stretch(held.state, held.is_provisional, last.begin, end)
        else:
            found.append(Stretch(held.state, held.is_provisional, begin, end))
    return tuple(found)


def _edges(events: Iterable[LedgerEvent]) -> set[datetime]:
    """Every instant at which the standing may change."""
    return {edge for event in events for edge in (event.effective_at, event.valid_from, event.valid_until) if edge is not None}
