"""What is on screens: chats, broadcasts, film stills and shop fronts."""

from drawing.labels import emblem
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, veil
from drawing.pen import Pen


@SHELF.put
def chat(pen: Pen, look: Look) -> None:
    """A chat on a phone; a line that opens with `>` is one's own."""
    paint = look.paint("ink", "mint", "mist")
    pen.box((-170, -540, 170, 20), paint.body, 34)
    pen.box((-158, -528, 158, 8), paint.label, 24)
    pen.box((-158, -528, 158, -472), darker(paint.trim, 0.35), 24, (True, True, False, False))
    pen.dot((-126, -498), 17, COLOURS["paper"])
    pen.write(look.word, (-98, -498), 20, COLOURS["white"], "bold left", fit=240)
    for i, line in enumerate(look.lines):
        text, is_own = line.removeprefix(">").strip(), line.startswith(">")
        y, width = -438 + i * 62, min(250, pen.length(text, 18) + 36)
        left = 146 - width if is_own else -146
        pen.box((left, y - 22, left + width, y + 22), paint.trim if is_own else COLOURS["white"], 14)
        pen.write(text, (left + width / 2, y), 18, COLOURS["ink"], fit=width - 20)


@SHELF.put
def match(pen: Pen, look: Look) -> None:
    """A football broadcast: a pitch from the stand, small players, a score line."""
    paint = look.paint("leaf", "ink")
    pen.box((-190, -330, 190, 0), paint.body, 4)
    for i in range(0, 380, 76):
        pen.box((-190 + i, -330, -152 + i, 0), darker(paint.body, 0.06))
    pen.frame((-176, -280, 176, -20), COLOURS["white"], 3)
    pen.line([(0, -280), (0, -20)], COLOURS["white"], 3)
    pen.ring((-46, -196, 46, -104), COLOURS["white"], 3)
    for x, y in ((-120, -200), (-80, -90), (-30, -240), (40, -130), (90, -60), (20, -50)):
        pen.line([(x, y), (x, y - 14)], COLOURS["red" if x < 30 else "white"], 9)
        pen.dot((x, y - 25), 6, COLOURS["bark"])
    pen.dot((64, -120), 5, COLOURS["white"])
    pen.box((-176, -318, 30, -288), paint.trim, 4)
    pen.write(look.word, (-73, -303), 17, COLOURS["white"], "bold", fit=190)
    for line in look.lines[:1]:
        pen.write(line, (174, -303), 16, COLOURS["white"], "bold right", fit=130)


@SHELF.put
def whiteboard(pen: Pen, look: Look) -> None:
    """A whiteboard with a large score, names and a drawn arrow."""
    pen.box((-170, -270, 170, 0), COLOURS["silver"], 8)
    pen.box((-160, -260, 160, -10), COLOURS["white"], 4)
    pen.write(look.word, (0, -196), 72, COLOURS["blue"], "bold", fit=280)
    for i, line in enumerate(look.lines):
        pen.write(line, (0, -134 + i * 30), 22, COLOURS["ink"], fit=290)
    pen.curve([(-110, -40), (-50, -74), (20, -36), (100, -66)], COLOURS["red"], 5)
    pen.line([(82, -76), (100, -66), (88, -48)], COLOURS["red"], 5)
    pen.write("9", (-126, -38), 22, COLOURS["red"], "bold")


@SHELF.put
def shop_front(pen: Pen, look: Look) -> None:
    """A shop with a sign over its awning, a window and a door; `mark` is the emblem on the sign."""
    paint = look.paint("sea", "white", "navy")
    pen.box((-320, -420, 320, 0), COLOURS["cream"])
    pen.box((-320, -420, 320, -300), paint.label, 6)
    pen.write(look.word, (40 if look.mark else 0, -374 if look.lines else -360), 46, COLOURS["white"], "bold", fit=480 if look.mark else 590)
    for line in look.lines[:1]:
        pen.write(line, (40 if look.mark else 0, -326), 24, lighter(paint.label, 0.7), fit=480)
    if look.mark:
        pen.dot((-254, -360), 46, COLOURS["paper"])
        emblem(pen.moved(-254, -360, 0.66), look.mark, mixed(paint.body, COLOURS["ink"], 0.15))
    for i, x in enumerate(range(-340, 340, 68)):
        colour = paint.trim if i % 2 else paint.body
        pen.box((x, -300, x + 68, -240), colour)
        pen.box((x, -262, x + 68, -220), colour, 26, (False, False, True, True))
    pen.box((-290, -190, 60, -40), lighter(COLOURS["sky"], 0.3), 4)
    pen.frame((-290, -190, 60, -40), COLOURS["brown"], 8, 4)
    pen.box((110, -206, 270, 0), COLOURS["brown"], 4)
    pen.box((128, -188, 252, -90), lighter(COLOURS["sky"], 0.3), 4)
    pen.dot((140, -60), 8, COLOURS["gold"])


@SHELF.put
def profile(pen: Pen, look: Look) -> None:
    """A shop's page header: a banner, a round profile picture with an emblem, the shop's name and lines."""
    paint = look.paint("rose", "white", "plum")
    pen.box((-340, -480, 340, 0), COLOURS["white"], 20)
    pen.box((-340, -480, 340, -260), paint.body, 20, (True, True, False, False))
    for x, y, radius in ((-240, -420, 60), (200, -345, 72), (60, -420, 40)):
        pen.dot((x, y), radius, lighter(paint.body, 0.16))
    pen.dot((-220, -240), 92, COLOURS["white"])
    pen.dot((-220, -240), 82, paint.trim)
    emblem(pen.moved(-220, -240, 1.0), look.mark or "flower", paint.label)
    pen.write(look.word, (-104, -210), 36, COLOURS["ink"], "bold left", fit=420)
    for i, line in enumerate(look.lines):
        pen.write(line, (-300 if i else -104, -166 if i == 0 else -130 + i * 40), 23, COLOURS["slate"], "left", fit=580 if i else 420)


@SHELF.put
def banner(pen: Pen, look: Look) -> None:
    """A wide sale banner: a large word, lines below it, burst shapes at the ends."""
    paint = look.paint("red", "yellow")
    pen.box((-340, -190, 340, 0), paint.body, 16)
    for x in (-286, 286):
        for i in range(6):
            pen.line([(x, -95), (x + (44, 22, -22, -44, -22, 22)[i], -95 + (0, 38, 38, 0, -38, -38)[i])], paint.trim, 9)
    pen.write(look.word, (0, -126), 58, paint.trim, "bold", fit=440)
    for i, line in enumerate(look.lines):
        pen.write(line, (0, -68 + i * 36), 27, COLOURS["white"], "bold", fit=440)


@SHELF.put
def salt_field(pen: Pen, look: Look) -> None:
    """A still of a film: shallow salt ponds at dawn, small heaps, a far silhouette with a rake."""
    pen.box((-340, -400, 340, 0), COLOURS["peach"], 6)
    pen.dot((150, -290), 44, COLOURS["paper"])
    pen.box((-340, -230, 340, 0), COLOURS["sky"], 6, (False, False, True, True))
    for y in (-200, -140, -70):
        pen.box((-340, y, 340, y + 6), COLOURS["wood"])
    for x, y in ((-240, -70), (-90, -74), (60, -70), (240, -140), (130, -142)):
        pen.shape([(x - 46, y), (x, y - 44), (x + 46, y)], COLOURS["white"])
    pen.line([(-160, -140), (-160, -196)], COLOURS["slate"], 18)
    pen.dot((-160, -212), 11, COLOURS["slate"])
    pen.shape([(-184, -212), (-160, -232), (-136, -212)], COLOURS["wood"])
    pen.line([(-150, -180), (-90, -142)], COLOURS["bark"], 4)


@SHELF.put
def rice_field(pen: Pen, look: Look) -> None:
    """A printed canvas: pastel rice terraces with a small far figure in a wide hat; `style` 1 to 7 changes the hour."""
    skies = ("blush", "sky", "lemon", "lilac", "peach", "mint", "mist")
    sky = COLOURS[skies[(look.count or 1) - 1]]
    pen.box((-152, -212, 164, 10), veil("black", 0.12))
    pen.box((-160, -220, 160, 0), sky)
    pen.dot((70 - 20 * look.count, -160), 24, lighter(COLOURS["coral"], 0.4))
    pen.shape([(-160, -120), (-60, -168), (30, -126), (100, -150), (160, -118), (160, -80), (-160, -80)], mixed(COLOURS["lilac"], COLOURS["azure"], 0.3))
    for i, share in enumerate((0.55, 0.4, 0.25, 0.1)):
        top = -98 + i * 26
        points = [(-160, top + 8), (-60, top - 6), (50, top + 6), (160, top - 8), (160, 0), (-160, 0)]
        pen.shape(points, mixed(COLOURS["leaf"], COLOURS["white"], share))
    if look.style == "figure":
        pen.shape([(34, -34), (37, -66), (49, -66), (52, -34)], COLOURS["rose"])
        pen.line([(37, -62), (26, -46)], COLOURS["rose"], 4)
        pen.line([(49, -62), (60, -50)], COLOURS["rose"], 4)
        pen.dot((43, -72), 6, COLOURS["bark"])
        pen.shape([(26, -73), (43, -87), (60, -73)], COLOURS["oak"])
    pen.frame((-160, -220, 160, 0), COLOURS["white"], 4)
