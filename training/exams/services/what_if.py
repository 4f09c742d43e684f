"""Who would pass or not if something else were supposed of an exam that was sat. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.exams.queries import PublishedExam
from training.exams.queries.what_if import Reach, SatCounts, reached_attempts, sat_counts
from training.exams.rules.what_if import Supposition, band_between
from training.exams.services.regrading import CHUNK, Regraded, reading, supposed

MOST_LOOKED_AT = 20_000
"""How many attempts one supposition grades at most, the latest: what one page may take."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An attempt that would pass and did not, or did and would not."""

    person_id: int
    attempt: str
    share_before: float
    share_after: float
    would_pass: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would come of a supposition."""

    counts: SatCounts
    looked_at: int
    """How many attempts it could change, and were graded as supposed."""
    is_cut_off: bool
    """Whether there are more: then the latest were looked at."""
    moved: tuple[Moved, ...]
    """Those who would lose the pass first, each the latest attempts first."""

    @property
    def gained(self) -> int:
        """How many would pass who did not."""
        return sum(each.would_pass for each in self.moved)

    @property
    def lost(self) -> int:
        """How many would not pass who did."""
        return len(self.moved) - self.gained

    @property
    def passing_before(self) -> float | None:
        """The share of the attempts that pass; nothing where nobody sat it."""
        return self.counts.passed / self.counts.final if self.counts.final else None

    @property
    def passing_after(self) -> float | None:
        """The share that would; nothing where nobody sat it, or not all were looked at."""
        return (self.counts.passed + self.gained - self.lost) / self.counts.final if self.counts.final and not self.is_cut_off else None


def what_if(exam: PublishedExam, supposition: Supposition, *, most: int = MOST_LOOKED_AT) -> WhatIf:
    """Grade the attempts at this version of an exam that the supposition can change as regrades do, and keep nothing of it.

    Of another cut those could change whose points lie between both cuts, of an item those whose form holds it; sequential attempts are decided by their
    evidence and left out.
    """
    claimed, cut = exam.document.rule.weighted_percent, supposition.cut_percent
    band = band_between(claimed, cut) if cut is not None and cut != claimed else None
    reach, read = Reach(exam.version_id, supposition.item_versions, band), reading(trial=supposition.rulings, cut_percent=cut)
    looked_at, before_id, moved = 0, None, list[Moved]()
    while (band or supposition.item_versions) and looked_at < most:
        attempts = reached_attempts(reach, before_id=before_id, limit=min(CHUNK, most - looked_at))
        if not attempts:
            break
        moved += _moved(supposed(attempts, supposition.item_versions, read))
        looked_at, before_id = looked_at + len(attempts), attempts[-1].attempt_id
    is_cut_off = looked_at == most and bool(reached_attempts(reach, before_id=before_id, limit=1))
    return WhatIf(sat_counts(exam.version_id), looked_at, is_cut_off, tuple(sorted(moved, key=lambda each: each.would_pass)))


def _moved(found: Sequence[Regraded]) -> list[Moved]:
    changed = [each for each in found if each.is_passed != each.attempt.is_passed]
    return [
        Moved(each.attempt.person_id, each.attempt.public_id, _share(each.attempt.earned_weight, each.attempt.total_weight), each.result.share, each.is_passed)
        for each in changed
    ]


def _share(earned: float, total: int) -> float:
    return earned / total if total else 0.0
