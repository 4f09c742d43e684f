"""A form that nobody has drawn yet, sketched from a few numbers, so that the power meter can be asked before a blueprint is written."""

from dataclasses import dataclass
from itertools import cycle

from training.exams.rules.power import Weighed

POINTS = (2, 4, 8)
"""What a question of severity S2, S3 and S4 counts; the rest count one."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """How many questions each area has, how many of all weigh more than one point, and how many are innocent."""

    areas: tuple[int, ...]
    clear_count: int = 0
    serious_count: int = 0
    gravest_count: int = 0
    innocent_count: int = 0

    @property
    def item_count(self) -> int:
        """The length of the form."""
        return sum(self.areas)

    @property
    def is_possible(self) -> bool:
        """Whether the parts fit into the whole: an innocent question weighs one point."""
        return self.clear_count + self.serious_count + self.gravest_count + self.innocent_count <= self.item_count

    def form(self) -> tuple[Weighed, ...]:
        """The questions, what weighs more and what is innocent dealt out evenly over the areas; every error on the gravest is critical."""
        counts = zip(POINTS, (self.clear_count, self.serious_count, self.gravest_count), strict=True)
        heavy = [(points, False) for points, count in counts for _ in range(count)]
        traits = [*heavy, *[(1, True)] * self.innocent_count]
        traits += [(1, False)] * (self.item_count - len(traits))
        return tuple(Weighed(area, points, is_innocent, float(points == POINTS[-1])) for area, (points, is_innocent) in zip(self._dealt(), traits, strict=True))

    def _dealt(self) -> list[str]:
        left = list(self.areas)
        dealt: list[str] = []
        for place in cycle(range(len(left))):
            if len(dealt) == self.item_count:
                break
            if left[place]:
                left[place] -= 1
                dealt.append(f"area {place + 1:03}")
        return dealt


def sketch_of(form: tuple[Weighed, ...]) -> Sketch:
    """The numbers that a drawn form comes to."""
    areas = sorted({item.area for item in form})
    clear, serious, gravest = (sum(item.weight == points for item in form) for points in POINTS)
    sizes = tuple(sum(item.area == area for item in form) for area in areas)
    return Sketch(sizes, clear, serious, gravest, sum(item.is_innocent for item in form))
