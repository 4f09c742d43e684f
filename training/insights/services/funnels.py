"""Adding up the ways that are kept, by group. Brings numpy along."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from training.insights.rules.funnel import Compared, Stage, StageFigures, place_of
from training.insights.rules.waiting import median_wait
from training.insights.rules.ways import Ways, counts_of, funnel_of, hired_in, months_of_hiring, unpacked, waits_for

Kept = Mapping[int, bytes]
"""What is kept of each group."""


def months_of(kept: Kept) -> list[date]:
    """The months in which somebody of these groups was hired, by their first days, the latest first."""
    return months_of_hiring(unpacked(kept.values()))


def lines_of(kept: Kept, *, hired: date | None, today: date) -> Sequence[StageFigures]:
    """The funnel of these groups' people, or of those of them who were hired in a month."""
    return funnel_of(_hired(unpacked(kept.values()), hired), today=today)


def compared(members: Mapping[str, Collection[int]], kept: Kept, *, hired: date | None, today: date) -> dict[str, Compared]:
    """How fast the people of each of these sets of groups get to an open queue, by its name."""
    ways = {name: unpacked(kept[group_id] for group_id in group_ids if group_id in kept) for name, group_ids in members.items()}
    return {name: _compared(_hired(theirs, hired), today) for name, theirs in ways.items()}


def compared_by_month(kept: Kept, months: Sequence[date], *, today: date) -> dict[str, Compared]:
    """The same of those who were hired in each of these months, by its first day."""
    ways = unpacked(kept.values())
    return {month.isoformat(): _compared(hired_in(ways, month), today) for month in months}


def _hired(ways: Ways, month: date | None) -> Ways:
    return ways if month is None else hired_in(ways, month)


def _compared(ways: Ways, today: date) -> Compared:
    counts = counts_of(ways)
    before = list(counts.values())[: place_of(Stage.OPEN)]
    staying, gone = sum(here for _reached, here, _gone in before), sum(gone for _reached, _here, gone in before)
    waits = waits_for(ways, Stage.OPEN, Stage.HIRED, today=today)
    return Compared(len(ways), counts[Stage.OPEN][0], staying, gone, median_wait(waits))
