"""What is printed on packs: an emblem, a large word and smaller lines, laid out in the room there is."""

from collections.abc import Callable

from drawing.look import Look, Paint
from drawing.palette import Colour, darker, mixed
from drawing.pen import Box, Pen


def inscribe(pen: Pen, box: Box, look: Look, ink: Colour) -> None:
    """Prints the emblem, the word and the lines of a look below one another, each as large as fits."""
    left, top, right, bottom = box
    height, width, middle = bottom - top, right - left, (left + right) / 2
    weights = [3.0] * bool(look.mark) + [2.2] * bool(look.word) + [1.25] * len(look.lines)
    unit = height * 0.86 / max(sum(weights), 4.4)
    y = top + (height - unit * sum(weights)) / 2
    if look.mark:
        emblem(pen.moved(middle, y + unit * 1.5, min(unit * 2.6, width * 0.7) / 100), look.mark, ink)
        y += unit * 3
    if look.word:
        pen.write(look.word, (middle, y + unit * 1.1), min(unit * 1.7, height * 0.3), ink, "bold", fit=width * 0.86)
        y += unit * 2.2
    for line in look.lines:
        pen.write(line, (middle, y + unit * 0.6), min(unit * 1.1, height * 0.17), ink, fit=width * 0.9)
        y += unit * 1.25


def label(pen: Pen, box: Box, look: Look, paint: Paint) -> None:
    """A printed label with a band along its top and foot; nothing where there is nothing to print."""
    if not (look.word or look.lines or look.mark):
        return
    left, top, right, bottom = box
    band = (bottom - top) * 0.06
    pen.box(box, paint.label, 5)
    pen.box((left, top + band, right, top + 2 * band), mixed(paint.label, paint.trim, 0.7))
    pen.box((left, bottom - 2 * band, right, bottom - band), mixed(paint.label, paint.trim, 0.7))
    inscribe(pen, (left, top + 2 * band, right, bottom - 2 * band), look, paint.ink)


def emblem(pen: Pen, name: str, colour: Colour) -> None:
    """A small sign of about 100 pixels, centred on the origin."""
    if name not in _EMBLEMS:
        raise ValueError(f"there is no emblem {name}; there are {', '.join(_EMBLEMS)}")
    _EMBLEMS[name](pen, colour)


def _leaf(pen: Pen, colour: Colour) -> None:
    pen.blob([(-42, 34), (-36, -16), (0, -42), (44, -44), (40, 2), (12, 34)], colour)
    pen.line([(-46, 42), (24, -26)], darker(colour, 0.35), 5)


def _drop(pen: Pen, colour: Colour) -> None:
    pen.blob([(0, -48), (18, -14), (34, 16), (20, 42), (0, 48), (-20, 42), (-34, 16), (-18, -14)], colour)


def _sun(pen: Pen, colour: Colour) -> None:
    for x, y in ((0, 1), (1, 0), (0.7, 0.7), (0.7, -0.7)):
        pen.line([(-46 * x, -46 * y), (46 * x, 46 * y)], colour, 7)
    pen.dot((0, 0), 27, darker(colour, 0.08))


def _moon(pen: Pen, colour: Colour) -> None:
    pen.blob([(10, -46), (-26, -34), (-42, 0), (-26, 34), (10, 46), (34, 34), (8, 24), (-6, 0), (8, -24), (34, -34)], colour)


def _star(pen: Pen, colour: Colour) -> None:
    pen.shape([(0, -48), (13, -16), (47, -14), (21, 8), (30, 42), (0, 23), (-30, 42), (-21, 8), (-47, -14), (-13, -16)], colour)


def _flower(pen: Pen, colour: Colour) -> None:
    for x, y in ((0, -26), (25, -8), (15, 22), (-15, 22), (-25, -8)):
        pen.dot((x, y), 20, colour)
    pen.dot((0, 0), 13, darker(colour, 0.4))


def _bolt(pen: Pen, colour: Colour) -> None:
    pen.shape([(12, -48), (-30, 8), (-4, 8), (-14, 48), (30, -12), (4, -12)], colour)


def _heart(pen: Pen, colour: Colour) -> None:
    pen.blob([(0, -22), (22, -42), (46, -22), (34, 12), (0, 46), (-34, 12), (-46, -22), (-22, -42)], colour)


def _house(pen: Pen, colour: Colour) -> None:
    pen.shape([(-50, -2), (0, -46), (50, -2), (36, -2), (36, 42), (-36, 42), (-36, -2)], colour)
    pen.box((-11, 10, 11, 42), darker(colour, 0.4))


def _bird(pen: Pen, colour: Colour) -> None:
    pen.blob([(-48, -26), (-14, -12), (12, -30), (34, -34), (40, -18), (28, 4), (2, 26), (-24, 26), (-12, 8)], colour)
    pen.shape([(36, -28), (54, -20), (38, -14)], colour)
    pen.line([(-2, 26), (-6, 44)], colour, 4)


def _fish(pen: Pen, colour: Colour) -> None:
    pen.blob([(-30, 0), (-6, -24), (28, -18), (46, 0), (28, 18), (-6, 24)], colour)
    pen.shape([(-24, 0), (-50, -24), (-44, 0), (-50, 24)], colour)


def _crown(pen: Pen, colour: Colour) -> None:
    pen.shape([(-44, 32), (-50, -22), (-22, 4), (0, -38), (22, 4), (50, -22), (44, 32)], colour)


def _cup(pen: Pen, colour: Colour) -> None:
    pen.ring((18, -18, 48, 16), colour, 8)
    pen.box((-34, -26, 30, 34), colour, 16, (False, False, True, True))


def _dot(pen: Pen, colour: Colour) -> None:
    pen.dot((0, 0), 44, (0, 0, 0))
    pen.dot((0, 0), 37, colour)


def _cross(pen: Pen, colour: Colour) -> None:
    pen.box((-14, -44, 14, 44), colour, 4)
    pen.box((-44, -14, 44, 14), colour, 4)


def _tool(pen: Pen, colour: Colour) -> None:
    _sun(pen, colour)
    pen.line([(-22, 22), (12, -12)], (255, 255, 255), 9)
    pen.line([(12, -12), (30, -30)], (255, 255, 255), 4)


def _shield(pen: Pen, colour: Colour) -> None:
    pen.blob([(-40, -38), (-20, -40), (0, -50), (20, -40), (40, -38), (38, 8), (0, 50), (-38, 8)], colour)
    _star(pen.moved(0, -2, 0.5), darker(colour, 0.35))


_EMBLEMS: dict[str, Callable[[Pen, Colour], None]] = {
    "leaf": _leaf, "drop": _drop, "sun": _sun, "moon": _moon, "star": _star, "flower": _flower, "bolt": _bolt, "heart": _heart,
    "house": _house, "bird": _bird, "fish": _fish, "crown": _crown, "cup": _cup, "dot": _dot, "cross": _cross,
    "tool": _tool, "shield": _shield,
}  # fmt: skip
