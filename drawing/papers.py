"""Documents, receipts, charts and pages."""

from drawing.labels import emblem
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, Colour, darker, mixed, veil
from drawing.pen import Box, Pen

RULE = "---"


def _column(pen: Pen, box: Box, look: Look, ink: Colour, size: float) -> None:
    """The lines below one another; `---` is a line too small to read, a leading `*` makes one bold."""
    left, top, right, _ = box
    for i, line in enumerate(look.lines):
        y = top + i * size * 1.62
        if line == RULE:
            pen.box((left, y - 5, right - (40 + 53 * (i % 3)), y + 4), veil("slate", 0.22), 4)
        else:
            pen.write(line.removeprefix("*"), (left, y), size, ink, "bold left" if line.startswith("*") else "left", fit=right - left)


def _stamp(pen: Pen, colour: Colour) -> None:
    pen.ring((-46, -46, 46, 46), colour, 5)
    pen.ring((-34, -34, 34, 34), colour, 2)
    emblem(pen.moved(0, 0, 0.4), "star", colour)


def _signature(pen: Pen, colour: Colour) -> None:
    pen.curve([(-60, 6), (-44, -26), (-34, 16), (-14, -20), (-4, 12), (14, -10), (28, 8), (60, -4)], colour, 4)


@SHELF.put
def document(pen: Pen, look: Look) -> None:
    """A letter on paper; `style` may hold `stamp`, `sign`, `seal` and `wide`."""
    paint = look.paint("paper", "navy", "paper")
    half, height = (300, 440) if "wide" in look.style else (210, 540)
    pen.box((-half + 8, -height + 10, half + 8, 10), veil("black", 0.12), 3)
    pen.box((-half, -height, half, 0), paint.body, 3)
    if "wide" in look.style:
        pen.frame((-half + 16, -height + 16, half - 16, -16), paint.trim, 4, 6)
    if look.mark:
        emblem(pen.moved(0, -height + 62, 0.56), look.mark, paint.trim)
    top = -height + (118 if look.mark else 64)
    pen.write(look.word, (0, top), 28, paint.trim, "bold", fit=half * 1.72)
    pen.line([(-half + 40, top + 26), (half - 40, top + 26)], paint.trim, 3)
    _column(pen, (-half + 42, top + 58, half - 42, 0), look, COLOURS["ink"], 18)
    if "sign" in look.style:
        _signature(pen.moved(half - 110, -64), COLOURS["blue"])
    if "stamp" in look.style:
        _stamp(pen.moved(half - 190, -68, 0.9), COLOURS["violet"])
    if "seal" in look.style:
        pen.dot((-half + 90, -70), 38, COLOURS["gold"])
        pen.dot((-half + 90, -70), 27, darker(COLOURS["gold"], 0.15))


@SHELF.put
def receipt(pen: Pen, look: Look) -> None:
    """A narrow shop receipt; `style: covered` hides a line under a strip of paper."""
    paint = look.paint("white", "ink")
    pen.box((-124, -416, 140, 8), veil("black", 0.1))
    pen.box((-132, -424, 132, 0), paint.body)
    for x in range(-132, 132, 22):
        pen.shape([(x, 0), (x + 11, 12), (x + 22, 0)], paint.body)
    pen.write(look.word, (0, -388), 24, paint.trim, "bold", fit=230)
    _column(pen, (-112, -338, 112, 0), look, COLOURS["slate"], 17)
    if look.style == "covered":
        pen.box((-116, -324, 90, -296), COLOURS["lemon"], 2)


@SHELF.put
def magazine(pen: Pen, look: Look) -> None:
    """A magazine page with a heading, columns and a table of bars; `count` bars."""
    paint = look.paint("paper", "coral", "azure")
    pen.box((-222, -532, 238, 8), veil("black", 0.12))
    pen.box((-230, -540, 230, 0), paint.body)
    pen.box((-230, -540, 230, -484), paint.trim)
    pen.write(look.word, (-206, -512), 28, COLOURS["white"], "bold left", fit=400)
    for i, line in enumerate(look.lines[:2]):
        pen.write(line, (-206, -454 + i * 34), 28 - 8 * i, COLOURS["ink"], "bold left" if i == 0 else "left", fit=412)
    for i, line in enumerate(look.lines[2:]):
        y = -376 + i * 32
        pen.write(line, (-206, y), 16, COLOURS["ink"], "left", fit=130)
        pen.box((-66, y - 9, -66 + 250 - i * 15, y + 9), paint.label if i == 0 else mixed(paint.label, COLOURS["white"], 0.55), 3)
    pen.write("22", (206, -18), 14, COLOURS["smoke"])


@SHELF.put
def size_chart(pen: Pen, look: Look) -> None:
    """A table: the first line is its heading row, cells parted by `|`."""
    paint = look.paint("white", "teal")
    rows = [line.split("|") for line in look.lines]
    width, height = 560 / len(rows[0]), 44
    top = -len(rows) * height
    pen.write(look.word, (0, top - 40), 32, COLOURS["ink"], "bold", fit=560)
    for i, row in enumerate(rows):
        ground = paint.trim if i == 0 else mixed(paint.body, COLOURS["fog"], 0.5 * (i % 2))
        pen.box((-280, top + i * height, 280, top + (i + 1) * height), ground)
        for k, cell in enumerate(row):
            ink = COLOURS["white"] if i == 0 else COLOURS["ink"]
            pen.write(cell.strip(), (-280 + (k + 0.5) * width, top + (i + 0.5) * height), 22, ink, "bold" if i == 0 else "", fit=width * 0.9)


@SHELF.put
def card(pen: Pen, look: Look) -> None:
    """A small printed card or tag lying flat; `style` may hold `tag` (a hole and string) or `id` (a plain portrait field)."""
    paint = look.paint("white", "navy", "white")
    pen.box((-144, -174, 156, 6), veil("black", 0.1), 10)
    pen.box((-150, -180, 150, 0), paint.body, 10)
    pen.box((-150, -180, 150, -140), paint.trim, 10, (True, True, False, False))
    pen.write(look.word, (0, -160), 22, COLOURS["white"], "bold", fit=280)
    left = -128
    if "id" in look.style:
        pen.box((-132, -124, -52, -20), COLOURS["fog"], 4)
        pen.dot((-92, -88), 18, COLOURS["steel"])
        pen.blob([(-124, -22), (-112, -56), (-92, -64), (-72, -56), (-60, -22)], COLOURS["steel"])
        left = -36
    if "tag" in look.style:
        pen.dot((0, -196), 8, COLOURS["smoke"])
    _column(pen, (left, -116, 140, 0), look, COLOURS["ink"], 17)


@SHELF.put
def brochure(pen: Pen, look: Look) -> None:
    """A folded brochure cover with an emblem over a coloured field."""
    paint = look.paint("sea", "white", "white")
    pen.box((-172, -472, 200, 8), veil("black", 0.12), 4)
    pen.shape([(180, -480), (210, -466), (210, 4), (180, 0)], darker(COLOURS["paper"], 0.14))
    pen.box((-180, -480, 180, 0), COLOURS["paper"], 4)
    pen.box((-180, -480, 180, -210), paint.body, 4, (True, True, False, False))
    emblem(pen.moved(0, -345, 1.7), look.mark or "house", paint.trim)
    pen.write(look.word, (0, -170), 30, COLOURS["ink"], "bold", fit=330)
    for i, line in enumerate(look.lines):
        pen.write(line, (0, -126 + i * 34), 19, COLOURS["slate"], fit=320)


@SHELF.put
def poster(pen: Pen, look: Look) -> None:
    """A panel of words: a large one over smaller lines."""
    paint = look.paint("navy", "yellow")
    pen.box((-330, -250, 330, 0), paint.body, 18)
    pen.write(look.word, (0, -190), 54, paint.trim, "bold", fit=600)
    for i, line in enumerate(look.lines):
        pen.write(line, (0, -122 + i * 46), 30, COLOURS["white"], fit=600)


@SHELF.put
def sketch(pen: Pen, look: Look) -> None:
    """A black line drawing on white paper: a `cup`, a `chair` or a `cat`."""
    ink = COLOURS["ink"]
    pen.box((-104, -250, 112, 8), veil("black", 0.1))
    pen.box((-110, -258, 110, 0), COLOURS["white"])
    if look.style == "cup":
        pen.line([(-50, -170), (-40, -80), (30, -80), (40, -170), (-50, -170)], ink, 5)
        pen.arc((26, -156, 76, -104), (250, 470), ink, 5)
    elif look.style == "chair":
        pen.line([(-40, -210), (-40, -70)], ink, 5)
        pen.line([(-40, -140), (44, -140), (44, -70)], ink, 5)
        pen.line([(-40, -210), (-20, -204), (-20, -140)], ink, 5)
    else:
        pen.curve([(-50, -90), (-54, -150), (-46, -196), (-26, -170), (10, -170), (30, -196), (38, -150), (34, -90), (-8, -74), (-50, -90)], ink, 5)
        pen.dot((-28, -134), 5, ink)
        pen.dot((14, -134), 5, ink)
        pen.line([(-12, -114), (-4, -114)], ink, 4)
    pen.write(look.word, (0, -28), 17, COLOURS["smoke"], fit=190)
