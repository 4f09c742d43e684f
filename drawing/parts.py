"""Small parts and loose pieces."""

from drawing.labels import inscribe
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed
from drawing.pen import Pen


@SHELF.put
def tubes(pen: Pen, look: Look) -> None:
    """Tubes, `count` of them: lying beside one another, thinner where `style` is `thin`, or `upright` in two rows."""
    paint = look.paint("kraft", "bark")
    count, thick = look.count or 6, 14 if look.style == "thin" else 34
    for i in sorted(range(count), key=lambda i: i % 2):
        if look.style == "upright":
            x, y = -90 + (i // 2) * 44 + 20 * (i % 2), -26 * (1 - i % 2)
            pen.solid((x - 19, y - 110, x + 19, y), paint.body, 5)
            pen.oval((x - 19, y - 118, x + 19, y - 100), lighter(paint.body, 0.3))
            pen.oval((x - 13, y - 115, x + 13, y - 103), paint.trim)
            continue
        x, y = -100 + 12 * (i % 2), round((i - count) * thick * 1.2)
        pen.box((x, y + 4, x + 200, y + thick + 5), darker(paint.body, 0.3), thick / 2)
        pen.box((x, y, x + 200, y + thick), paint.body, thick / 2)
        pen.oval((x + 200 - thick * 0.6, y, x + 200, y + thick), paint.trim)
        pen.line([(x + 20, y + thick * 0.3), (x + 160, y + thick * 0.3)], lighter(paint.body, 0.4), thick * 0.12)


@SHELF.put
def coil(pen: Pen, look: Look) -> None:
    """A coil of cord."""
    paint = look.paint("olive", "bark")
    pen.shadow(210, 14)
    for i in range(5):
        pen.ring((-90 + i * 5, -60 - i * 11, 90 - i * 5, -2 - i * 11), darker(paint.body, 0.08 * (i % 2)), 11)
    pen.curve([(84, -20), (120, -10), (150, -26), (176, -6)], paint.body, 10)


@SHELF.put
def gaskets(pen: Pen, look: Look) -> None:
    """Rubber rings in a plain clear bag."""
    paint = look.paint("slate", "azure")
    pen.box((-196, -420, 204, 8), darker(COLOURS["fog"], 0.2), 14)
    pen.box((-200, -430, 200, 0), lighter(COLOURS["sky"], 0.5), 12)
    pen.frame((-200, -430, 200, 0), mixed(COLOURS["sky"], paint.trim, 0.4), 4, 12)
    pen.line([(-190, -392), (190, -392)], mixed(COLOURS["sky"], paint.trim, 0.5), 5)
    for x, y in ((-76, -256), (78, -246), (0, -116)):
        pen.ring((x - 72, y - 72, x + 72, y + 72), darker(paint.body, 0.2), 22)
        pen.ring((x - 70, y - 73, x + 68, y + 66), paint.body, 15)
    pen.line([(-168, -340), (-176, -80)], COLOURS["white"], 7)


@SHELF.put
def round_lid(pen: Pen, look: Look) -> None:
    """A jar's lid from above, printed around its middle."""
    paint = look.paint("gold", "bark", "paper")
    pen.dot((6, 8), 236, darker(COLOURS["kraft"], 0.3))
    pen.dot((0, 0), 236, darker(paint.body, 0.2))
    pen.dot((0, 0), 222, paint.body)
    pen.dot((0, 0), 176, paint.label)
    inscribe(pen, (-140, -128, 140, 128), look, paint.ink)


@SHELF.put
def mill(pen: Pen, look: Look) -> None:
    """A blender's dry mill: a small clear cup on a base with two blades."""
    paint = look.paint("paper", "azure", "sky")
    pen.shadow(150, 14)
    pen.solid((-62, -150, 62, -56), lighter(paint.label, 0.4), 20)
    for x in (-26, 26):
        pen.line([(0, -66), (x, -82)], COLOURS["smoke"], 7)
    pen.solid((-70, -60, 70, 0), paint.trim, 10)


@SHELF.put
def brush(pen: Pen, look: Look) -> None:
    """A long round brush, lying."""
    paint = look.paint("azure", "silver")
    pen.shadow(300, 10)
    pen.line([(-150, -18), (60, -18)], paint.trim, 9)
    pen.solid((-160, -28, -80, -8), paint.body, 8)
    for x in range(40, 150, 9):
        pen.line([(x, -34), (x + 5, -2)], darker(paint.body, 0.1), 4)


@SHELF.put
def install_frame(pen: Pen, look: Look) -> None:
    """The plastic frame that sets a screen glass in its place."""
    paint = look.paint("slate", "steel")
    pen.box((-100, -370, 100, 10), paint.body, 26)
    pen.box((-78, -344, 78, -16), lighter(COLOURS["sky"], 0.4), 16)
    for x in (-100, 84):
        pen.box((x, -210, x + 16, -150), paint.trim, 4)
