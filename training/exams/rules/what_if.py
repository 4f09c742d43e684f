"""Suppositions about an exam that was sat: an item that counts for nobody or is right for everybody, and another cut. Pure."""

from dataclasses import dataclass

from training.exams.rules.rulings import Ruling, RulingKind

SUPPOSABLE = (RulingKind.DROP, RulingKind.FULL_CREDIT)
"""What can be supposed of an item by whoever does not know its key."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed of one version of an exam."""

    item_versions: tuple[int, ...] = ()
    """The versions of the item that something is supposed of; none where only the cut is."""
    kind: RulingKind = RulingKind.DROP
    cut_percent: int | None = None
    """The share of the points that would be asked for; nothing where that stays."""

    @property
    def rulings(self) -> dict[int, Ruling]:
        """The rulings that are supposed, by item version."""
        return {version_id: Ruling(self.kind) for version_id in self.item_versions}


@dataclass(frozen=True, slots=True)
class Band:
    """The attempts that another cut can move: between which shares of the points they lie, in percent, and whether they pass now."""

    low: int
    high: int
    """Less than a point above it, since whole points are asked for."""
    passes_now: bool


def band_between(claimed: int, supposed: int) -> Band:
    """Whom a supposed cut can move: a higher one those who pass, a lower one those who do not, and nobody who meets both or neither."""
    return Band(min(claimed, supposed), max(claimed, supposed), passes_now=supposed > claimed)
