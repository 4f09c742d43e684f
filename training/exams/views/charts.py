"""Curves as plain coordinates: what a template draws as SVG beside the table of the same figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 12, 34
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: its name, how it is dashed (`solid`, `dashed`, `dotted`), and its points in the drawing."""

    name: str
    dash: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The points as SVG reads them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves of chances between 0 and 1 over accuracies, with the places of the ticks of both axes."""

    lines: tuple[Line, ...]
    across: tuple[tuple[float, float], ...]
    """Accuracy and its place from the left."""
    upwards: tuple[tuple[float, float], ...]
    """Chance and its place from the top."""


def chances_chart(accuracies: Sequence[float], series: Iterable[tuple[str, str, Sequence[float]]], *, ticks: Sequence[float] | None = None) -> Chart:
    """A chart of chances by true accuracy; `series` are name, dash and the chances in the order of the accuracies."""
    low, high = min(accuracies), max(accuracies)

    def across(accuracy: float) -> float:
        return round(LEFT + (accuracy - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    def upwards(chance: float) -> float:
        return round(TOP + (1.0 - chance) * (HEIGHT - TOP - BOTTOM), 1)

    lines = tuple(Line(name, dash, tuple((across(x), upwards(y)) for x, y in zip(accuracies, chances, strict=True))) for name, dash, chances in series)
    return Chart(lines, tuple((tick, across(tick)) for tick in ticks or accuracies), tuple((tick, upwards(tick)) for tick in TICKS))
