"""What an app lays over a picture: live badges, captions, tags and plain words."""

from drawing.labels import emblem
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, veil
from drawing.pen import Pen


@SHELF.put
def live_frame(pen: Pen, look: Look) -> None:
    """The frame of a live (at the top left corner): badge, host, viewers in `count`, two chat lines."""
    pen.box((20, 20, 36 + 60 + pen.length(look.word, 22) + 40, 64), veil("black", 0.5), 22)
    pen.box((28, 27, 96, 57), COLOURS["red"], 15)
    pen.write("LIVE", (62, 42), 18, COLOURS["white"], "bold")
    pen.write(look.word, (108, 42), 22, COLOURS["white"], "left")
    if look.count:
        text = f"{look.count:,}".replace(",", ".")
        pen.box((690 - pen.length(text, 20), 22, 780, 62), veil("black", 0.5), 20)
        pen.oval((704 - pen.length(text, 20), 34, 730 - pen.length(text, 20), 50), COLOURS["white"])
        pen.dot((717 - pen.length(text, 20), 42), 5, COLOURS["ink"])
        pen.write(text, (766, 42), 20, COLOURS["white"], "right")
    for i, line in enumerate(look.lines):
        y = 562 - (len(look.lines) - 1 - i) * 44
        pen.box((20, y - 19, 44 + pen.length(line, 19), y + 19), veil("black", 0.5), 19)
        pen.write(line, (32, y), 19, COLOURS["white"], "left")


@SHELF.put
def video_frame(pen: Pen, look: Look) -> None:
    """The frame of a short video (at the top left corner): creator, time in the first line, buttons, a play bar."""
    pen.box((20, 520, 44 + pen.length(look.word, 22), 562), veil("black", 0.5), 20)
    pen.write(look.word, (32, 541), 22, COLOURS["white"], "left")
    for i, mark in enumerate(("heart", "star")):
        pen.dot((756, 400 + i * 66), 26, veil("black", 0.45))
        emblem(pen.moved(756, 400 + i * 66, 0.3), mark, COLOURS["white"])
    pen.box((0, 586, 800, 594), veil("black", 0.35))
    share, time = (*look.lines, "0.3", "")[:2]
    pen.box((0, 586, 800 * float(share), 594), COLOURS["white"])
    pen.dot((800 * float(share), 590), 9, COLOURS["white"])
    pen.box((770 - pen.length(time, 18), 550, 788, 580), veil("black", 0.5), 14)
    pen.write(time, (779, 565), 18, COLOURS["white"], "right")


@SHELF.put
def caption(pen: Pen, look: Look) -> None:
    """Words in a rounded band, centred on the place."""
    paint = look.paint("ink", "white", "ink")
    width = pen.length(look.word, 30) * 1.06 + 44
    pen.box((-width / 2, -30, width / 2, 30), (*paint.body[:3], 225), 12)
    pen.write(look.word, (0, 0), 30, paint.trim, "bold")


@SHELF.put
def words(pen: Pen, look: Look) -> None:
    """Plain words, centred on the place; lines follow below."""
    paint = look.paint("ink")
    style = "bold" if look.style != "plain" else ""
    pen.write(look.word, (0, 0), 30, paint.body, style)
    for i, line in enumerate(look.lines):
        pen.write(line, (0, 38 + i * 32), 24, paint.body)


@SHELF.put
def watermark(pen: Pen, look: Look) -> None:
    """Half-transparent words across a picture."""
    pen.write(look.word, (2, 2), 30, veil("black", 0.35), "bold")
    pen.write(look.word, (0, 0), 30, veil("white", 0.85), "bold")


@SHELF.put
def divider(pen: Pen, look: Look) -> None:
    """A white line down the middle, for two halves side by side; `body` colours the right half's ground."""
    paint = look.paint("mist")
    if look.body:
        pen.box((0, -600, 400, 0), paint.body)
    pen.box((-3, -600, 3, 0), COLOURS["white"])


@SHELF.put
def notice(pen: Pen, look: Look) -> None:
    """A pop-up card: an app's name, then lines."""
    paint = look.paint("white", "azure")
    height = 62 + 32 * len(look.lines)
    pen.box((-246, 6, 254, height + 8), veil("black", 0.14), 18)
    pen.box((-250, 0, 250, height), paint.body, 18)
    pen.box((-232, 16, -200, 48), paint.trim, 9)
    pen.write(look.word, (-186, 32), 22, COLOURS["ink"], "bold left", fit=400)
    for i, line in enumerate(look.lines):
        pen.write(line, (-232, 72 + i * 32), 20, COLOURS["slate"], "left", fit=470)
