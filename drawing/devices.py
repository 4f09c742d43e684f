"""Phones, chargers and other small machines."""

from drawing.labels import inscribe
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, veil
from drawing.pen import Pen


@SHELF.put
def phone(pen: Pen, look: Look) -> None:
    """A phone from the front with words on its screen; `style: back` shows its camera side."""
    paint = look.paint("ink", "slate", "sky")
    pen.shadow(200, 14)
    pen.box((-88, -350, 88, 0), paint.body, 24)
    if look.style == "back":
        pen.box((-82, -344, 82, -6), paint.trim, 20)
        for x, y in ((-46, -304), (-46, -254), (0, -304)):
            pen.dot((x, y), 20, darker(paint.trim, 0.4))
            pen.dot((x, y), 11, COLOURS["black"])
        return
    pen.box((-80, -340, 80, -10), paint.label, 16)
    pen.dot((0, -330), 5, paint.body)
    inscribe(pen, (-74, -300, 74, -40), look, paint.ink)


@SHELF.put
def power_bank(pen: Pen, look: Look) -> None:
    """A power bank lying with its two sockets to the front; `word` is on its body, the first line on its screen."""
    paint = look.paint("ink", "slate", "sea")
    pen.shadow(330, 22)
    pen.shape([(-136, -66), (-104, -190), (152, -190), (136, -66)], lighter(paint.body, 0.16))
    pen.solid((-140, -72, 140, 0), paint.body, 14)
    for x in (-96, -30):
        pen.box((x, -48, x + 48, -26), COLOURS["black"], 3)
        pen.box((x + 6, -42, x + 42, -36), COLOURS["silver"], 2)
    pen.box((50, -54, 116, -18), darker(paint.label, 0.5), 5)
    pen.write((*look.lines, "88")[0], (83, -36), 22, paint.label, "bold", fit=56)
    pen.write(look.word, (16, -128), 26, COLOURS["silver"], "bold", fit=200)


@SHELF.put
def serial_back(pen: Pen, look: Look) -> None:
    """The back of a device seen from above, with its plate of small print."""
    paint = look.paint("ink", "slate", "silver")
    pen.box((-170, -340, 170, 0), paint.body, 30)
    pen.frame((-162, -332, 162, -8), paint.trim, 3, 24)
    pen.box((-124, -268, 124, -76), paint.label, 8)
    inscribe(pen, (-116, -262, 116, -82), look, COLOURS["ink"])


@SHELF.put
def headphones(pen: Pen, look: Look) -> None:
    """Headphones from the front; `style: wired` adds a cable, `mic` a microphone."""
    paint = look.paint("ink", "steel", "slate")
    pen.shadow(300, 16)
    pen.arc((-130, -330, 130, -60), (180, 360), paint.body, 26)
    pen.arc((-118, -318, 118, -72), (200, 340), paint.trim, 5)
    for side in (-1, 1):
        pen.solid((side * 134 - 34, -206, side * 134 + 34, -40), paint.body, 30)
        pen.box((side * 104 - 16, -190, side * 104 + 16, -56), paint.label, 14)
    if "wired" in look.style:
        pen.curve([(-134, -40), (-130, -8), (-60, 6), (20, -14), (96, 8), (170, -4)], paint.body, 6)
    if "mic" in look.style:
        pen.curve([(-134, -60), (-110, -14), (-50, -6)], paint.body, 8)
        pen.dot((-44, -6), 11, paint.body)
    pen.write(look.word, (0, -322), 15, COLOURS["white"], "bold", fit=150)


@SHELF.put
def earbuds(pen: Pen, look: Look) -> None:
    """A pair of earbuds in an open case."""
    paint = look.paint("white", "silver", "ink")
    pen.shadow(220)
    pen.box((-90, -190, 90, -96), lighter(paint.trim, 0.4), 40)
    pen.solid((-100, -110, 100, 0), paint.body, 34)
    for x in (-42, 42):
        pen.dot((x, -130), 25, paint.body)
        pen.dot((x, -130), 12, darker(paint.trim, 0.2))
        pen.box((x - 10, -116, x + 10, -86), darker(paint.body, 0.06), 8)
    pen.write(look.word, (0, -44), 20, COLOURS["smoke"], "bold", fit=150)


@SHELF.put
def tv_box(pen: Pen, look: Look) -> None:
    """A small black box for a television, with its remote beside it."""
    paint = look.paint("black", "slate", "azure")
    pen.shadow(330, 22)
    pen.shape([(-136, -52), (-104, -150), (104, -150), (136, -52)], lighter(paint.body, 0.14))
    pen.solid((-140, -58, 140, 0), paint.body, 10)
    pen.dot((104, -28), 6, paint.label)
    pen.write(look.word, (0, -104), 28, COLOURS["silver"], "bold", fit=190)
    for line in look.lines[:1]:
        pen.write(line, (-40, -28), 16, COLOURS["steel"], fit=170)


@SHELF.put
def remote(pen: Pen, look: Look) -> None:
    """A remote control standing up."""
    paint = look.paint("ink", "slate", "red")
    pen.shadow(90, 10)
    pen.solid((-34, -240, 34, 0), paint.body, 18)
    pen.dot((0, -212), 10, paint.label)
    pen.ring((-24, -182, 24, -134), paint.trim, 8)
    for y in range(-112, -20, 28):
        for x in (-16, 0, 16):
            pen.dot((x, y), 5, COLOURS["silver"])


@SHELF.put
def monitor(pen: Pen, look: Look) -> None:
    """A television or computer screen with words on it."""
    paint = look.paint("ink", "slate", "navy")
    pen.shadow(300, 16)
    pen.shape([(-30, -70), (30, -70), (44, -6), (-44, -6)], paint.trim)
    pen.box((-100, -12, 100, 0), paint.trim, 5)
    pen.box((-230, -340, 230, -58), paint.body, 14)
    pen.box((-218, -328, 218, -70), paint.label, 6)
    inscribe(pen, (-204, -318, 204, -80), look, paint.ink)


@SHELF.put
def tripod(pen: Pen, look: Look) -> None:
    """A phone tripod; `style: phone` has a phone in its clamp, `light` a ring light."""
    paint = look.paint("ink", "slate", "paper")
    pen.shadow(250, 18)
    for x in (-110, 110, 16):
        pen.line([(0, -170), (x, -6)], paint.body, 10)
        pen.dot((x, -6), 9, COLOURS["black"])
    pen.line([(0, -150), (0, -350)], paint.trim, 12)
    pen.box((-16, -186, 16, -156), paint.body, 4)
    pen.box((-13, -290, 13, -268), paint.body, 4)
    if look.style == "light":
        pen.ring((-104, -470, 104, -262), paint.label, 30)
        pen.ring((-104, -470, 104, -262), paint.body, 4)
        return
    pen.box((-22, -370, 22, -346), paint.body, 5)
    if look.style == "phone":
        pen.box((-86, -456, 86, -362), COLOURS["black"], 12)
        pen.box((-78, -449, 78, -369), COLOURS["sky"], 8)
    pen.box((-92 if look.style == "phone" else -60, -378, 92 if look.style == "phone" else 60, -362), paint.trim, 5)


@SHELF.put
def pocket_scale(pen: Pen, look: Look) -> None:
    """A small digital scale with its cover open; `word` is on its display."""
    paint = look.paint("slate", "silver", "mint")
    pen.shadow(280, 20)
    pen.box((-118, -286, 118, -150), darker(paint.body, 0.3), 14)
    pen.box((-104, -272, 104, -164), darker(paint.body, 0.12), 10)
    pen.solid((-124, -164, 124, 0), paint.body, 14)
    pen.box((-104, -150, 104, -62), paint.trim, 8)
    pen.box((-104, -150, 104, -142), lighter(paint.trim, 0.5), 4)
    pen.box((-104, -50, 30, -12), paint.label, 4)
    pen.write(look.word, (20, -30), 30, COLOURS["ink"], "bold right", fit=110)
    for x, name in ((54, "azure"), (88, "coral")):
        pen.dot((x, -31), 12, COLOURS[name])


@SHELF.put
def glass_sheet(pen: Pen, look: Look) -> None:
    """A clear screen protector; `style` is `edge` for a close look at its rounded edge."""
    paint = look.paint("sky", "azure")
    if look.style == "edge":
        pen.box((-330, -104, 330, -36), mixed(paint.body, paint.trim, 0.35), 34)
        pen.box((-330, -104, 330, -44), lighter(paint.body, 0.3), 30)
        pen.line([(-296, -92), (296, -92)], COLOURS["white"], 8)
        return
    pen.box((-84, -344, 84, 0), (*lighter(paint.body, 0.4)[:3], 170), 20)
    pen.frame((-84, -344, 84, 0), mixed(paint.body, paint.trim, 0.6), 4, 20)
    pen.dot((0, -322), 11, mixed(paint.body, paint.trim, 0.5))
    pen.shape([(-66, -250), (-20, -330), (8, -330), (-66, -200)], veil("white", 0.6))


@SHELF.put
def air_fryer(pen: Pen, look: Look) -> None:
    """An air fryer with its drawer."""
    paint = look.paint("ink", "silver")
    pen.shadow(260, 20)
    pen.solid((-112, -270, 112, 0), paint.body, 44)
    pen.dot((0, -210), 30, COLOURS["slate"])
    pen.line([(0, -210), (14, -228)], COLOURS["white"], 5)
    pen.box((-92, -158, 92, -34), lighter(paint.body, 0.12), 16)
    pen.solid((-18, -128, 18, -50), paint.trim, 10)
    pen.write(look.word, (0, -20), 17, COLOURS["silver"], "bold", fit=150)


@SHELF.put
def purifier(pen: Pen, look: Look) -> None:
    """An upright air purifier with a grille."""
    paint = look.paint("white", "sea")
    pen.shadow(230, 18)
    pen.solid((-96, -300, 96, 0), paint.body, 34)
    for y in range(-150, -20, 16):
        pen.box((-70, y, 70, y + 6), darker(paint.body, 0.16), 3)
    pen.ring((-36, -262, 36, -190), paint.trim, 7)
    pen.write(look.word, (0, -226), 15, paint.trim, "bold", fit=50)
    for x, top in ((-40, -336), (0, -352), (40, -336)):
        pen.curve([(x, -308), (x + 8, top + 26), (x - 6, top + 12), (x + 4, top)], mixed(paint.trim, COLOURS["white"], 0.5), 5)
