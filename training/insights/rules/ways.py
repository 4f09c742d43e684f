"""Many people's ways at once, so that a hundred thousand are counted in milliseconds. Brings numpy along."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from training.insights.rules.funnel import BEGINNING, NEVER, STAGES, WIDTH, Stage, StageFigures, month_after, number_of, place_of
from training.insights.rules.waiting import Waits, median_wait

Ways = NDArray[np.int16]
"""A row for each person, as `funnel.packed` writes it."""

LEFT, IN_SHADOW = len(STAGES), len(STAGES) + 1


def unpacked(kept: Iterable[bytes]) -> Ways:
    """Everybody's ways, of what is kept of several groups."""
    return np.frombuffer(b"".join(kept), dtype="<i2").reshape(-1, WIDTH).astype(np.int16, copy=False)


def hired_in(ways: Ways, month: date) -> Ways:
    """Those of these people who were hired in the month that begins on this day."""
    hired = ways[:, 0]
    return ways[(hired >= number_of(month)) & (hired < number_of(month_after(month)))]


def months_of_hiring(ways: Ways) -> list[date]:
    """The months in which somebody was hired, by their first days, the latest first."""
    days = [BEGINNING + timedelta(days=int(number)) for number in np.unique(ways[:, 0])]
    return sorted({day.replace(day=1) for day in days}, reverse=True)


def funnel_of(ways: Ways, *, today: date) -> Sequence[StageFigures]:
    """The funnel as it stands on a day: who waits still has waited until then."""
    lines, timed = [], _Timed(ways, today)
    for stage, (reached, staying, gone) in counts_of(ways).items():
        before, hired = (timed.waits_for(stage, start) for start in (STAGES[max(0, place_of(stage) - 1)], Stage.HIRED))
        figures = (None, None) if stage is Stage.HIRED else (median_wait(before), median_wait(hired))
        lines.append(StageFigures(stage, reached, staying, gone, before.count, *figures))
    return lines


def counts_of(ways: Ways) -> dict[Stage, tuple[int, int, int]]:
    """How many got to each stage or further, work here and got just so far, and left having got just so far."""
    furthest, has_left = np.zeros(len(ways), dtype=np.intp), ways[:, LEFT] != NEVER
    for place in range(1, len(STAGES)):
        furthest[ways[:, place] != NEVER] = place
    here, gone = (np.bincount(furthest[which], minlength=len(STAGES)) for which in (~has_left, has_left))
    reached = np.cumsum((here + gone)[::-1])[::-1]
    return {stage: (int(reached[place]), int(here[place]), int(gone[place])) for place, stage in enumerate(STAGES)}


def waits_for(ways: Ways, stage: Stage, start: Stage, *, today: date) -> Waits:
    """How long people waited for a stage since an earlier one.

    Who left that one out is not timed, and who has no last stage does not wait for it. What came first in reverse order took no time. Who left, or went
    on without the stage, waited for it until then; everybody else has waited until `today`.
    """
    return _Timed(ways, today).waits_for(stage, start)


class _Timed:
    """People's ways column by column, with the day on which each wait ends that leads nowhere: of many stages it is found once."""

    def __init__(self, ways: Ways, today: date) -> None:
        self.days = [ways[:, place].astype(np.int32) for place in range(len(STAGES))]
        self.is_in_shadow = ways[:, IN_SHADOW] == 1
        ends = np.minimum(number_of(today), np.where(ways[:, LEFT] == NEVER, number_of(today), ways[:, LEFT]).astype(np.int32))
        self.ends = [ends]
        for place in range(len(STAGES) - 1, 0, -1):
            later = self.days[place]
            self.ends.insert(0, np.where(later == NEVER, self.ends[0], np.minimum(self.ends[0], later)))

    def waits_for(self, stage: Stage, start: Stage) -> Waits:
        """As the function of this name says."""
        begun, reached = self.days[place_of(start)], self.days[place_of(stage)]
        waited, is_there = begun != NEVER, reached != NEVER
        if stage is Stage.UNSUPERVISED:
            waited &= self.is_in_shadow
        there, elsewhere = waited & is_there, waited & ~is_there
        return Waits(_histogram(reached[there] - begun[there]), _histogram(self.ends[place_of(stage)][elsewhere] - begun[elsewhere]))


def _histogram(days: NDArray[np.int32]) -> dict[int, int]:
    counts = np.bincount(np.maximum(days, 0))
    return {int(day): int(counts[day]) for day in np.flatnonzero(counts)}
