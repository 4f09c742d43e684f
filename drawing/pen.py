"""A pen: shapes and words around an origin, on a sheet that is drawn large and made small, so that edges are smooth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from drawing.palette import Colour, darker, lighter, veil

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Corners = tuple[bool, bool, bool, bool]

WIDTH, HEIGHT = 800, 600
SCALE = 3
PALETTE_SIZE = 64
ALL_CORNERS: Corners = (True, True, True, True)


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    """Pillow's own typeface, so that no font of the machine changes a picture."""
    font = ImageFont.load_default(pixels)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType, which draws the words")
    return font.font_variant(layout_engine=ImageFont.Layout.BASIC)


def _between(points: Sequence[Point], share: float) -> Point:
    """A point on the Catmull-Rom curve from the second to the third of four points."""
    a, b, c, d = points
    t, t2, t3 = share, share**2, share**3
    weights = (-t + 2 * t2 - t3, 2 - 5 * t2 + 3 * t3, t + 4 * t2 - 3 * t3, t3 - t2)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True)) / 2 for axis in (0, 1))
    return x, y


def smooth(points: Sequence[Point], is_closed: bool = False) -> list[Point]:
    """A smooth curve through the points, as many short steps."""
    ring = [points[-1], *points, *points[:2]] if is_closed else [points[0], *points, points[-1]]
    steps = [_between(ring[i : i + 4], step / 12) for i in range(len(ring) - 3) for step in range(12)]
    return steps if is_closed else [*steps, points[-1]]


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws around an origin. Lengths are picture pixels; y grows downwards, so what stands on the origin has negative y."""

    ink: ImageDraw.ImageDraw
    x: float = 0
    y: float = 0
    size: float = 1
    is_flipped: bool = False

    def moved(self, x: float, y: float, size: float = 1, is_flipped: bool = False) -> "Pen":
        """A pen with its origin there, drawing larger or mirrored."""
        left, top = self._place((x, y))
        return replace(self, x=left / SCALE, y=top / SCALE, size=self.size * size, is_flipped=self.is_flipped != is_flipped)

    def _place(self, point: Point) -> Point:
        side = -1 if self.is_flipped else 1
        return (self.x + side * point[0] * self.size) * SCALE, (self.y + point[1] * self.size) * SCALE

    def _corners(self, box: Box) -> Box:
        (a, top), (b, bottom) = self._place(box[:2]), self._place(box[2:])
        return min(a, b), min(top, bottom), max(a, b), max(top, bottom)

    def _width(self, width: float) -> int:
        return max(1, round(width * self.size * SCALE))

    def box(self, box: Box, fill: Colour, radius: float = 0, corners: Corners = ALL_CORNERS) -> None:
        """A rectangle (left, top, right, bottom), its chosen corners (from the top left, clockwise) rounded."""
        if self.is_flipped:
            corners = (corners[1], corners[0], corners[3], corners[2])
        self.ink.rounded_rectangle(self._corners(box), radius * self.size * SCALE, fill, corners=corners)

    def frame(self, box: Box, colour: Colour, width: float, radius: float = 0) -> None:
        """The outline of a rectangle."""
        self.ink.rounded_rectangle(self._corners(box), radius * self.size * SCALE, outline=colour, width=self._width(width))

    def solid(self, box: Box, fill: Colour, radius: float = 0, corners: Corners = ALL_CORNERS) -> None:
        """A rectangle that looks round: light along its left side, shade along its right."""
        left, top, right, bottom = box
        width = right - left
        self.box(box, darker(fill, 0.11), radius, corners)
        self.box((left, top, right - 0.13 * width, bottom), fill, radius, corners)
        edge = min(radius + 4, (bottom - top) * 0.2)
        self.box((left + 0.08 * width, top + edge, left + 0.13 * width, bottom - edge), veil("white", 0.35), 0.025 * width)

    def oval(self, box: Box, fill: Colour) -> None:
        """A filled ellipse."""
        self.ink.ellipse(self._corners(box), fill)

    def dot(self, at: Point, radius: float, fill: Colour) -> None:
        """A filled circle."""
        self.oval((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill)

    def ring(self, box: Box, colour: Colour, width: float) -> None:
        """The outline of an ellipse."""
        self.ink.ellipse(self._corners(box), outline=colour, width=self._width(width))

    def arc(self, box: Box, angles: tuple[float, float], colour: Colour, width: float) -> None:
        """A part of an ellipse's outline, clockwise from the first angle to the second (0 is right, 90 is down)."""
        start, end = (180 - angles[1], 180 - angles[0]) if self.is_flipped else angles
        self.ink.arc(self._corners(box), start, end, colour, self._width(width))

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        self.ink.polygon([self._place(point) for point in points], fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled shape with a smooth edge through the points."""
        self.shape(smooth(points, is_closed=True), fill)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line through the points with round ends."""
        places = [self._place(point) for point in points]
        self.ink.line(places, colour, self._width(width), joint="curve")
        radius = self._width(width) / 2
        for x, y in (places[0], places[-1]):
            self.ink.ellipse((x - radius, y - radius, x + radius, y + radius), colour)

    def curve(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A smooth line through the points with round ends."""
        self.line(smooth(points), colour, width)

    def write(self, text: str, at: Point, size: float, colour: Colour, style: str = "", fit: float = 0) -> None:
        """Words centred on a point. `style` may hold `bold`, `left` or `right`; `fit` is the width they shrink to."""
        pixels = max(6, round(size * self.size * SCALE))
        while fit and pixels > 6 and _font(pixels).getlength(text) > fit * self.size * SCALE:
            pixels -= 1
        stroke = max(1, round(pixels * 0.024)) if "bold" in style else 0
        anchor = "lm" if "left" in style else "rm" if "right" in style else "mm"
        self.ink.text(self._place(at), text, colour, _font(pixels), anchor, stroke_width=stroke, stroke_fill=colour)

    def length(self, text: str, size: float) -> float:
        """How wide the words are."""
        return _font(max(6, round(size * self.size * SCALE))).getlength(text) / self.size / SCALE

    def shadow(self, width: float, depth: float = 16) -> None:
        """A soft shadow on the ground under what stands on the origin."""
        for share in (1.0, 0.86, 0.72):
            self.oval((-width * share / 2, -depth * share / 2, width * share / 2, depth * share / 2), veil("black", 0.07))


def new_sheet(ground: Colour) -> tuple[Image.Image, Pen]:
    """An empty sheet and a pen whose origin is its top left corner."""
    sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground[:3])
    return sheet, Pen(ImageDraw.Draw(sheet, "RGBA"))


def finished(sheet: Image.Image) -> Image.Image:
    """The sheet at its final size, in a palette of its own colours."""
    return sheet.reduce(SCALE).quantize(PALETTE_SIZE, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def glow(pen: Pen, at: Point, radius: float, colour: Colour) -> None:
    """A soft round light."""
    for share in (1.0, 0.8, 0.6):
        pen.dot(at, radius * share, (*lighter(colour)[:3], 34))
