"""Boxes, strips, bags and parcels."""

from drawing.labels import inscribe, label
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, veil
from drawing.pen import Pen

SIZES = {"tall": (84, 270), "wide": (170, 170), "flat": (150, 92), "": (125, 200)}


@SHELF.put
def carton(pen: Pen, look: Look) -> None:
    """A printed box seen a little from above; `style` is `tall`, `wide`, `flat`, with `dented` or `wet` beside it."""
    paint = look.paint("azure", "white", "paper")
    half, height = next(size for name, size in SIZES.items() if name in look.style)
    depth = 46
    pen.shadow(half * 2.5, 20)
    pen.shape([(half, 0), (half + depth, -26), (half + depth, -height - 22), (half, -height)], darker(paint.body, 0.26))
    pen.shape([(-half, -height), (-half + depth, -height - 22), (half + depth, -height - 22), (half, -height)], lighter(paint.body, 0.3))
    pen.box((-half, -height, half, 0), paint.body)
    if "dented" in look.style:
        pen.shape([(-half, -58), (-half + 24, -26), (-half + 64, 0), (-half, 0)], darker(paint.body, 0.2))
        pen.shape([(-half, -58), (-half + 24, -26), (-half, -10)], darker(paint.body, 0.38))
        pen.line([(-half + 24, -26), (-half + 46, -44)], darker(paint.body, 0.3), 2)
    if "wet" in look.style:
        pen.blob([(-half + 4, -70), (-20, -40), (30, -76), (half - 6, -30), (half - 4, -4), (-half + 4, -4)], darker(paint.body, 0.2))
    margin = half * 0.12
    if look.label:
        label(pen, (-half + margin, -height * 0.86, half - margin, -height * 0.14), look, paint)
    else:
        inscribe(pen, (-half + margin, -height * 0.9, half - margin, -height * 0.1), look, paint.trim)


@SHELF.put
def parcel(pen: Pen, look: Look) -> None:
    """A brown parcel with tape and a waybill; `style: holes` gives it air holes."""
    paint = look.paint("kraft", "oak", "white")
    pen.shadow(360, 22)
    pen.shape([(140, 0), (190, -30), (190, -196), (140, -172)], darker(paint.body, 0.24))
    pen.shape([(-140, -172), (-90, -198), (190, -198), (140, -172)], lighter(paint.body, 0.22))
    pen.box((-140, -172, 140, 0), paint.body)
    pen.box((-14, -172, 14, 0), mixed(paint.trim, COLOURS["white"], 0.35))
    pen.shape([(-14, -172), (36, -198), (62, -198), (14, -172)], mixed(paint.trim, COLOURS["white"], 0.5))
    if "holes" in look.style:
        for x in (-112, -84, -56, 56, 84, 112):
            for y in (-34, -62):
                pen.dot((x, y), 7, darker(paint.body, 0.55))
    if look.word or look.lines:
        pen.box((-118, -150, 26, -50), paint.label, 3)
        for i in range(22):
            pen.box((-110 + i * 6, -68, -110 + i * 6 + 2 + i % 3, -56), COLOURS["ink"])
        inscribe(pen, (-114, -150, 22, -72), look, paint.ink)


@SHELF.put
def crate(pen: Pen, look: Look) -> None:
    """A closed wooden packing crate."""
    paint = look.paint("oak", "wood", "paper")
    pen.shadow(400, 22)
    pen.box((-180, -200, 180, 0), darker(paint.body, 0.4), 4)
    for y in (-196, -147, -98, -49):
        pen.box((-178, y, 178, y + 44), paint.body, 3)
        pen.line([(-120, y + 15), (60, y + 18)], darker(paint.body, 0.14), 2)
    for x in (-172, 138):
        pen.box((x, -200, x + 34, 0), paint.trim, 3)
        for y in (-176, -28):
            pen.dot((x + 17, y), 5, darker(paint.trim, 0.5))
    label(pen, (-92, -150, 92, -54), look, paint)


@SHELF.put
def open_box(pen: Pen, look: Look) -> None:
    """An open box from above, with a lining; other things are laid into it."""
    paint = look.paint("kraft", "cream", "paper")
    pen.box((-230, -310, 230, 10), veil("black", 0.08), 12)
    pen.box((-236, -320, 236, 0), darker(paint.body, 0.12), 8)
    pen.box((-212, -298, 212, -22), paint.trim, 6)
    if look.style == "foam":
        for left, right in ((-180, 40), (64, 180)):
            pen.box((left, -268, right, -52), darker(paint.trim, 0.18), 22)
            pen.box((left + 8, -256, right - 4, -52), darker(paint.trim, 0.28), 18)
    pen.write(look.word, (0, -10), 15, darker(paint.body, 0.6), "bold")


@SHELF.put
def blister(pen: Pen, look: Look) -> None:
    """A strip of tablets in foil: two rows of them, `count` in all; `body` is their colour."""
    paint = look.paint("white", "silver", "silver")
    columns = (look.count or 10) // 2
    half = columns * 27 + 12
    pen.shadow(half * 2.1, 12)
    pen.box((-half, -150, half, 0), paint.trim, 10)
    pen.box((-half + 5, -145, half - 5, -5), lighter(paint.trim, 0.3), 8)
    for i in range(columns):
        for y in (-112, -54):
            x = -half + 39 + i * 54
            pen.dot((x, y), 22, darker(paint.trim, 0.12))
            pen.dot((x, y - 2), 18, paint.body)
            pen.arc((x - 13, y - 15, x + 13, y + 11), (190, 280), lighter(paint.body, 0.6), 3)
    pen.write(look.word, (-half + 14, -16), 15, COLOURS["slate"], "bold left", fit=half)
    for line in look.lines[:1]:
        pen.write(line, (half - 12, -16), 15, COLOURS["slate"], "bold right", fit=half)


@SHELF.put
def tray(pen: Pen, look: Look) -> None:
    """A sealed food tray with a sleeve; `count` round pieces show beside it."""
    paint = look.paint("red", "paper", "paper")
    pen.shadow(430, 20)
    pen.box((-200, -250, 200, 0), COLOURS["fog"], 22)
    for i in range(look.count or 8):
        x, y = (-168 if i % 2 else 168), -214 + (i // 2) * 60
        pen.dot((x, y), 25, COLOURS["cream"])
        for dx, dy in ((-9, 0), (9, 0), (0, -9)):
            pen.line([(x, y), (x + dx, y + dy)], darker(COLOURS["cream"], 0.2), 3)
    pen.box((-132, -256, 132, 6), paint.body, 4)
    inscribe(pen, (-124, -246, 124, -4), look, paint.trim)


@SHELF.put
def zip_bags(pen: Pen, look: Look) -> None:
    """A stack of small clear zip bags."""
    paint = look.paint("sky", "azure")
    for i in range(look.count or 4):
        pen.box((-40 + i * 14, -104 - i * 10, 30 + i * 14, -i * 10), (*lighter(paint.body)[:3], 225), 4)
        pen.frame((-40 + i * 14, -104 - i * 10, 30 + i * 14, -i * 10), paint.trim, 2, 4)
        pen.line([(-36 + i * 14, -90 - i * 10), (26 + i * 14, -90 - i * 10)], paint.trim, 3)


@SHELF.put
def tape(pen: Pen, look: Look) -> None:
    """Rolls of clear tape, `count` in a pile."""
    paint = look.paint("oak", "kraft", "paper")
    count = look.count or 3
    pen.shadow(210)
    for i in range(count):
        y = -i * 46
        pen.solid((-90, y - 44, 90, y), mixed(paint.body, COLOURS["white"], 0.35), 8)
    top = -count * 46
    pen.oval((-90, top - 22, 90, top + 26), mixed(paint.body, COLOURS["white"], 0.5))
    pen.oval((-48, top - 10, 48, top + 14), paint.trim)
    pen.oval((-42, top - 6, 42, top + 12), darker(paint.trim, 0.35))


@SHELF.put
def envelope(pen: Pen, look: Look) -> None:
    """An envelope with its flap up or down (`style: open`)."""
    paint = look.paint("cream", "sand")
    pen.shadow(330, 16)
    if look.style == "open":
        pen.shape([(-160, -196), (0, -290), (160, -196)], darker(paint.body, 0.16))
    pen.box((-160, -200, 160, 0), paint.body, 5)
    pen.line([(-158, -4), (-20, -104), (20, -104), (158, -4)], darker(paint.body, 0.18), 3)
    if look.style != "open":
        pen.shape([(-158, -198), (0, -84), (158, -198)], darker(paint.body, 0.08))
        pen.line([(-158, -198), (0, -84), (158, -198)], darker(paint.body, 0.2), 3)
    pen.write(look.word, (0, -48), 26, COLOURS["ink"], "bold", fit=300)


@SHELF.put
def basket(pen: Pen, look: Look) -> None:
    """A shallow woven basket or box, open at the top."""
    paint = look.paint("rattan", "wood")
    pen.shadow(400, 22)
    pen.oval((-176, -116, 176, -56), darker(paint.body, 0.45))
    pen.shape([(-176, -88), (176, -88), (148, -4), (-148, -4)], paint.body)
    for row in range(4):
        for x in range(-140 - 6 * row % 12, 140, 34):
            pen.box((x + 17 * (row % 2), -80 + row * 20, x + 22 + 17 * (row % 2), -68 + row * 20), darker(paint.body, 0.16), 4)
    pen.line([(-176, -88), (176, -88)], paint.trim, 9)


@SHELF.put
def mystery_box(pen: Pen, look: Look) -> None:
    """A closed cube with a large question mark."""
    paint = look.paint("violet", "yellow")
    pen.shadow(230)
    pen.shape([(86, 0), (124, -24), (124, -186), (86, -164)], darker(paint.body, 0.28))
    pen.shape([(-86, -164), (-48, -188), (124, -188), (86, -164)], lighter(paint.body, 0.25))
    pen.box((-86, -164, 86, 0), paint.body, 3)
    pen.write(look.word or "?", (0, -88), 110, paint.trim, "bold", fit=150)
    for line in look.lines[:1]:
        pen.write(line, (0, -18), 17, paint.trim, "bold", fit=160)
