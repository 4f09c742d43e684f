"""Charts as plain coordinates: every picture of figures is laid out here and drawn by `charts.html`, beside a table of the same figures.

What tells lines apart is how they are dashed and what marks their points, never colour alone. Places are in units of a drawing that is 360 wide, so that a
page of 320 px shows it nearly as large as it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

WIDTH = 360.0
LEFT, RIGHT, TOP, HEIGHT, BELOW = 48.0, 12.0, 46.0, 150.0, 42.0
"""Above are a line of words about the axis, and one about a mark."""
ROW, TALL_ROW = 24.0, 38.0
NAMES_BESIDE = 7
"""Names of rows of so many letters stand beside them, longer ones above."""
LONGEST_NAME = 42
NAMES_AT_ENDS = 4
"""Names of lines of so many letters stand at their ends too."""
LETTER_HEIGHT = 14.0
STYLES = 6
"""How many ways there are to dash a line and to mark its points."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The values that a drawing goes over, which of them are named, and what they are values of."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    words: str = ""

    def place(self, value: float, start: float, end: float) -> float:
        """Where a value stands between these two places; what lies outside stands at the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return round(start + share * (end - start), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A named value: where its words stand, and between which places its line goes, if it has one."""

    words: str
    x: float
    y: float
    anchor: str
    line: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: its place and size, and what is written above it."""

    x: float
    y: float
    width: float
    height: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point, the outline that marks it, and the line of its interval."""

    x: float
    y: float
    outline: str
    limits: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Points that belong together, joined by a line or not."""

    name: str
    style: int
    """From 0 to 5: how it is dashed, coloured and marked."""
    points: tuple[Point, ...]
    is_joined: bool = True
    is_strong: bool = False
    """Whether it is the one that the others are held against."""
    end: tuple[float, float] | None = None
    """Where its name stands at its end."""

    @property
    def path(self) -> str:
        """The points as SVG reads them."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def sample(self) -> str:
        """The mark of its points, for the list of names."""
        return outline(self.style, 14, 6)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line at one value, with words."""

    line: tuple[float, float, float, float]
    words: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, ready to be drawn."""

    height: float
    ticks: tuple[Tick, ...] = ()
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Value:
    """A point of a curve, with the limits of its interval where it has one."""

    across: float
    upwards: float
    limits: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A curve before it is laid out."""

    name: str
    values: tuple[Value, ...]
    is_strong: bool = False
    is_joined: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that the others are held against, with words."""

    value: float
    words: str
    is_centred: bool = False
    """Whether the words stand over the line, because they are about both of its sides."""


SHARES = Axis(0.0, 1.0, ((0.0, "0 %"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1.0, "100 %")))


def shares(words: str) -> Axis:
    """Shares from 0 to 100 %."""
    return replace(SHARES, words=words)


def shares_between(lowest: float, highest: float, words: str) -> Axis:
    """Shares from the ten percent below the lowest to those above the highest, with at most six of them named."""
    low, high = floor(10 * lowest + 1e-9), ceil(10 * highest - 1e-9)
    high = max(high, low + 1)
    step = 1 if high - low <= 5 else 2
    return Axis(low / 10, high / 10, tuple((tick / 10, f"{10 * tick} %") for tick in range(low, high + 1, step)), words)


def counts(most: float, words: str) -> Axis:
    """Counts from 0 on, with at most five of them named, in steps of 1, 2 or 5 times a power of ten."""
    rough = max(most, 1.0) / 4
    size = 10.0 ** floor(log10(rough)) if rough > 1 else 1.0
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    named = tuple((step * number, f"{step * number:,.0f}") for number in range(ceil(max(most, 1.0) / step) + 1))
    return Axis(0.0, named[-1][0], named, words)


def outline(style: int, x: float, y: float) -> str:
    """What marks a point: a circle, square, triangle, diamond, cross or star, as an SVG path around its place."""
    return (
        f"M{x - 4:g} {y:g}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
        f"M{x - 3.5:g} {y - 3.5:g}h7v7h-7z",
        f"M{x:g} {y - 4.5:g}l4.5 8h-9z",
        f"M{x:g} {y - 5:g}l5 5l-5 5l-5 -5z",
        f"M{x - 4:g} {y - 4:g}l8 8m0 -8l-8 8",
        f"M{x:g} {y - 5:g}v10m-5 -5h10m-8.5 -3.5l7 7m0 -7l-7 7",
    )[style % STYLES]


def columns(values: Sequence[float], across: Axis, upwards_words: str, *, mark: Reference | None = None) -> Chart:
    """Columns of equal width over the whole axis, the height of each its value; `mark` is a value of the axis."""
    upwards = counts(max(values, default=0), upwards_words)
    start, end, floor_at = LEFT, WIDTH - RIGHT, TOP + HEIGHT
    width = (end - start) / max(len(values), 1)
    bars = []
    for number, value in enumerate(values):
        top = upwards.place(value, floor_at, TOP)
        bars.append(Bar(round(start + width * number + 1, 1), top, round(width - 2, 1), round(floor_at - top, 1), f"{value:,.0f}" if len(values) <= 12 else ""))
    marks = () if mark is None else (_upright(mark, across.place(mark.value, start, end), TOP, floor_at),)
    return Chart(floor_at + BELOW, _ticks(across, upwards, end), tuple(bar for bar in bars if bar.height), marks=marks)


def curves(series: Sequence[Series], across: Axis, upwards: Axis, *, level: Reference | None = None, mark: Reference | None = None) -> Chart:
    """Curves of one value over another; `level` is a value of the upright axis, `mark` one of the other."""
    floor_at = TOP + HEIGHT
    has_ends = len(series) > 1 and all(len(each.name) <= NAMES_AT_ENDS for each in series)
    end = WIDTH - (RIGHT + 26 if has_ends else RIGHT)
    lines = [
        _line(each, number, lambda value: across.place(value, LEFT, end), lambda value: upwards.place(value, floor_at, TOP))
        for number, each in enumerate(series)
    ]
    marks = []
    if level is not None:
        at = upwards.place(level.value, floor_at, TOP)
        marks.append(Mark((LEFT, at, end, at), level.words, end, at - 5, "end"))
    if mark is not None:
        marks.append(_upright(mark, across.place(mark.value, LEFT, end), TOP, floor_at))
    return Chart(floor_at + BELOW, _ticks(across, upwards, end), lines=tuple(_with_ends(lines, floor_at) if has_ends else lines), marks=tuple(marks))


def intervals(rows: Iterable[tuple[str, float, float, float]], across: Axis, *, mark: Reference | None = None) -> Chart:
    """Points with their intervals, a row each: its name, low, point and high. Short names stand beside the rows, long ones above."""
    given = list(rows)
    is_beside = all(len(name) <= NAMES_BESIDE for name, *_ in given)
    start, end, row = (62.0 if is_beside else 12.0), WIDTH - 20.0, (ROW if is_beside else TALL_ROW)
    top = 32.0 if mark is not None else 10.0
    bottom = top + row * len(given)
    ticks, lines = [], []
    for value, words in across.ticks:
        x = across.place(value, start, end)
        ticks.append(_named(words, x, bottom + 17, (x, top, x, bottom)))
    for number, (name, low, point, high) in enumerate(given):
        y = round(top + row * number + (row / 2 if is_beside else 26), 1)
        ticks.append(Tick(_short(name), 6, y + 4 if is_beside else y - 12, "start"))
        x = across.place(point, start, end)
        limits = (across.place(low, start, end), y, across.place(high, start, end), y)
        lines.append(Line(name, 0, (Point(x, y, outline(0, x, y), limits),), is_joined=False))
    marks = () if mark is None else (_upright(mark, across.place(mark.value, start, end), top, bottom),)
    below = [Tick(across.words, end, bottom + 34, "end")] if across.words else []
    return Chart(bottom + (BELOW if across.words else 26), (*ticks, *below), lines=tuple(lines), marks=marks)


def _line(series: Series, number: int, across: Callable[[float], float], upwards: Callable[[float], float]) -> Line:
    points = []
    for value in series.values:
        x, y = across(value.across), upwards(value.upwards)
        limits = None if value.limits is None else (x, upwards(value.limits[0]), x, upwards(value.limits[1]))
        points.append(Point(x, y, outline(number, x, y), limits))
    return Line(series.name, number % STYLES, tuple(points), series.is_joined, series.is_strong)


def _with_ends(lines: Sequence[Line], floor_at: float) -> list[Line]:
    """The same with their names at their ends, far enough from each other to be read."""
    lowest = floor_at + LETTER_HEIGHT
    placed: dict[int, float] = {}
    for number in sorted(range(len(lines)), key=lambda number: -(lines[number].points[-1].y if lines[number].points else 0)):
        if lines[number].points:
            placed[number] = lowest = min(lines[number].points[-1].y + 4, lowest - LETTER_HEIGHT)
    return [replace(line, end=(line.points[-1].x + 9, round(placed[number], 1))) if number in placed else line for number, line in enumerate(lines)]


def _ticks(across: Axis, upwards: Axis, end: float) -> tuple[Tick, ...]:
    floor_at = TOP + HEIGHT
    found = []
    for value, words in upwards.ticks:
        y = upwards.place(value, floor_at, TOP)
        found.append(Tick(words, LEFT - 6, y + 4, "end", (LEFT, y, end, y)))
    for value, words in across.ticks:
        found.append(_named(words, across.place(value, LEFT, end), floor_at + 17))
    found += [Tick(across.words, end, floor_at + 34, "end")] if across.words else []
    found += [Tick(upwards.words, 6, 14, "start")] if upwards.words else []
    return tuple(found)


def _upright(mark: Reference, x: float, top: float, floor_at: float) -> Mark:
    line = (x, top - 12, x, floor_at)
    if mark.is_centred:
        return Mark(line, mark.words, x, top - 17, "middle")
    is_right = x > WIDTH / 2
    return Mark(line, mark.words, x - 5 if is_right else x + 5, top - 17, "end" if is_right else "start")


def _named(words: str, x: float, y: float, line: tuple[float, float, float, float] | None = None) -> Tick:
    """Words below their place, and none of them outside."""
    if x < LETTER_HEIGHT:
        return Tick(words, 4, y, "start", line)
    is_last = x > WIDTH - 2 * LETTER_HEIGHT
    return Tick(words, WIDTH - 4 if is_last else x, y, "end" if is_last else "middle", line)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
