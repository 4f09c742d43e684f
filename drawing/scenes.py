"""The places in which things stand."""

from collections.abc import Callable, Sequence

from drawing.palette import COLOURS, Colour, darker, lighter, mixed, veil
from drawing.pen import HEIGHT, WIDTH, Pen

HORIZON = 410
Scene = Callable[[Pen, Sequence[Colour]], None]


def _studio(pen: Pen, colours: Sequence[Colour]) -> None:
    """A wall and a floor."""
    wall, floor = colours
    pen.box((0, 0, WIDTH, HEIGHT), wall)
    pen.dot((400, 300), 250, lighter(wall, 0.3))
    pen.box((0, HORIZON, WIDTH, HEIGHT), floor)
    pen.box((0, HORIZON, WIDTH, HORIZON + 5), darker(floor, 0.06))


def _desk(pen: Pen, colours: Sequence[Colour]) -> None:
    """A desk or cloth seen from above."""
    ground, grain = colours
    pen.box((0, 0, WIDTH, HEIGHT), ground)
    for i, y in enumerate(range(0, HEIGHT, 100)):
        pen.box((0, y, WIDTH, y + 3), mixed(ground, grain, 0.5))
        pen.line([(80 + 130 * (i % 3), y + 44), (330 + 130 * (i % 3), y + 48)], mixed(ground, grain, 0.35), 2)


def _kitchen(pen: Pen, colours: Sequence[Colour]) -> None:
    """A tiled wall over a counter."""
    wall, counter = colours
    pen.box((0, 0, WIDTH, HEIGHT), darker(wall, 0.07))
    for row in range(7):
        for x in range(-50 * (row % 2), WIDTH, 100):
            pen.box((x + 2, row * 60 + 2, x + 98, row * 60 + 58), wall, 4)
    pen.box((0, HORIZON + 8, WIDTH, HEIGHT), counter)
    pen.box((0, HORIZON + 8, WIDTH, HORIZON + 22), lighter(counter, 0.3))


def _room(pen: Pen, colours: Sequence[Colour]) -> None:
    """A room with a shelf, a lamp and a broad table in front: where people go live."""
    wall, table = colours
    pen.box((0, 0, WIDTH, HEIGHT), wall)
    pen.box((470, 120, 760, 130), darker(wall, 0.22))
    for x, top, name in ((500, 66, "coral"), (548, 84, "sea"), (590, 58, "lemon"), (640, 78, "lilac"), (690, 68, "matcha")):
        pen.box((x, top, x + 34, 120), mixed(COLOURS[name], wall, 0.35), 6)
    pen.ring((50, 90, 190, 230), lighter(wall, 0.7), 12)
    pen.line([(120, 230), (120, HORIZON)], darker(wall, 0.25), 6)
    pen.box((0, HORIZON + 20, WIDTH, HEIGHT), table)
    pen.box((0, HORIZON + 20, WIDTH, HORIZON + 34), lighter(table, 0.25))


def _plain(pen: Pen, colours: Sequence[Colour]) -> None:
    """A ground of one colour with a broad band of the other at its foot."""
    ground, band = colours
    pen.box((0, 0, WIDTH, HEIGHT), ground)
    pen.box((0, 520, WIDTH, HEIGHT), band)


def _field(pen: Pen, colours: Sequence[Colour]) -> None:
    """Outdoors: a sky, hills and open ground."""
    sky, ground = colours
    pen.box((0, 0, WIDTH, HEIGHT), sky)
    pen.dot((640, 130), 54, lighter(COLOURS["yellow"], 0.4))
    pen.blob([(-80, 430), (90, 270), (260, 350), (430, 240), (620, 340), (880, 280), (900, 460), (400, 470)], mixed(ground, sky, 0.5))
    pen.box((0, HORIZON, WIDTH, HEIGHT), ground)
    pen.box((0, HORIZON, WIDTH, HORIZON + 6), veil("black", 0.06))


SCENES: dict[str, Scene] = {"studio": _studio, "desk": _desk, "kitchen": _kitchen, "room": _room, "plain": _plain, "field": _field}
