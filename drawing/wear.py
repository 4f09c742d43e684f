"""Shoes, bags, clothes, jewellery and what is worn on the head."""

from math import cos, pi, sin

from drawing.labels import emblem, inscribe
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, veil
from drawing.pen import Pen

UPPER = [(-146, -26), (-152, -52), (-116, -78), (-66, -92), (-26, -124), (-8, -150), (22, -142), (50, -118), (104, -136), (142, -132), (148, -80), (146, -26)]


@SHELF.put
def sneaker(pen: Pen, look: Look) -> None:
    """A running shoe from the side, toe to the left; `style: worn` wears its heel down."""
    paint = look.paint("sea", "white", "coral")
    pen.shadow(340, 20)
    sole = [(-160, -16), (-150, -38), (0, -34), (152, -40), (160, -14), (150, 0), (-140, 0)]
    if look.style == "worn":
        sole = [(-160, -16), (-150, -38), (0, -34), (152, -40), (152, -24), (112, -2), (-140, 0)]
    pen.blob(UPPER, paint.body)
    pen.blob([(84, -126), (142, -128), (146, -40), (100, -40), (92, -84)], darker(paint.body, 0.2))
    pen.blob([(-146, -32), (-148, -54), (-112, -74), (-92, -58), (-100, -34)], darker(paint.body, 0.12))
    pen.blob(sole, paint.trim)
    pen.line([(-140, -14), (140, -14)], darker(paint.trim, 0.14), 4)
    for i in range(4):
        pen.line([(-66 + i * 19, -92 - i * 11), (-46 + i * 19, -76 - i * 11)], COLOURS["white"], 6)
    if look.mark:
        emblem(pen.moved(22, -70, 0.5), look.mark, paint.label)
    pen.write(look.word, (64, -60) if not look.mark else (22, -26 - 18), 17, paint.label, "bold", fit=90)


@SHELF.put
def sole(pen: Pen, look: Look) -> None:
    """The underside of a shoe, heel down; the heel is worn smooth on one side."""
    paint = look.paint("slate", "silver")
    pen.blob([(-66, -60), (-60, -190), (-86, -320), (-40, -420), (40, -424), (88, -330), (60, -190), (64, -60), (0, -8)], paint.body)
    for i in range(9):
        y = -388 + i * 24
        pen.line([(-52, y), (0, y + 14), (52, y)], lighter(paint.body, 0.25), 8)
    for i in range(4):
        pen.line([(-44, -118 + i * 24), (0, -108 + i * 24), (44, -118 + i * 24)], lighter(paint.body, 0.25), 8)
    pen.blob([(4, -104), (54, -100), (58, -54), (10, -16), (0, -60)], paint.trim)


@SHELF.put
def tongue(pen: Pen, look: Look) -> None:
    """A shoe's tongue and laces near by, with a sewn label."""
    paint = look.paint("sea", "white", "white")
    pen.blob([(-250, 40), (-240, -300), (-120, -380), (120, -380), (240, -300), (250, 40)], darker(paint.body, 0.16))
    pen.blob([(-120, 40), (-130, -330), (-60, -420), (60, -420), (130, -330), (120, 40)], paint.body)
    for y in (-90, -10):
        pen.line([(-180, y - 46), (180, y)], paint.trim, 20)
        pen.line([(180, y - 46), (-180, y)], paint.trim, 20)
        for x in (-180, 180):
            pen.dot((x, y - 22), 17, COLOURS["ink"])
    pen.box((-88, -344, 88, -176), paint.label, 6)
    pen.frame((-82, -338, 82, -182), COLOURS["steel"], 2, 4)
    inscribe(pen, (-80, -340, 80, -180), look, COLOURS["ink"])


@SHELF.put
def loafer(pen: Pen, look: Look) -> None:
    """A leather shoe from the side; `style: boot` gives it a high shaft."""
    paint = look.paint("brown", "bark")
    pen.shadow(320, 18)
    if look.style == "boot":
        pen.blob([(-6, -90), (4, -240), (20, -262), (126, -262), (138, -240), (138, -40), (0, -40)], paint.body)
        for y in range(-232, -90, 26):
            pen.line([(2, y), (38, y + 8)], lighter(paint.body, 0.5), 5)
    if look.style != "boot":
        pen.oval((-8, -122, 140, -78), darker(paint.body, 0.45))
    pen.blob([(-150, -20), (-156, -46), (-132, -66), (-78, -76), (-24, -96), (14, -112), (50, -84), (96, -86), (140, -112), (148, -70), (146, -20)], paint.body)
    pen.line([(-44, -88), (-22, -54), (-30, -26)], darker(paint.body, 0.22), 7)
    pen.line([(-18, -98), (4, -60), (-2, -26)], darker(paint.body, 0.22), 7)
    pen.box((-156, -26, 150, -10), paint.trim, 6)
    pen.box((84, -22, 150, 0), paint.trim, 4)


@SHELF.put
def slide(pen: Pen, look: Look) -> None:
    """A slide sandal from above, heel down, with a broad strap full of holes."""
    paint = look.paint("lemon", "lemon")
    foot = [(-58, -40), (-52, -180), (-78, -300), (-44, -398), (30, -408), (80, -330), (54, -180), (60, -40), (0, 4)]
    pen.blob([(x + 6, y + 10) for x, y in foot], darker(paint.body, 0.35))
    pen.blob(foot, darker(paint.body, 0.1))
    for y in range(-150, -20, 26):
        pen.curve([(-40, y), (-14, y - 8), (14, y), (42, y - 8)], darker(paint.body, 0.24), 4)
    pen.blob([(-86, -210), (-98, -320), (-40, -346), (40, -350), (98, -324), (82, -206), (0, -190)], paint.body)
    for x, y in ((-54, -310), (0, -322), (54, -312), (-30, -272), (30, -274), (-54, -234), (0, -226), (54, -236)):
        pen.oval((x - 10, y - 8, x + 10, y + 8), darker(paint.body, 0.45))


@SHELF.put
def handbag(pen: Pen, look: Look) -> None:
    """A handbag with a flap; `style` may hold `quilted`, `sticker` (over the plate) or `tote`."""
    paint = look.paint("wine", "gold", "gold")
    pen.shadow(330, 20)
    pen.arc((-78, -340, 78, -130), (180, 360), darker(paint.body, 0.25), 15)
    pen.blob([(-150, -4), (-142, -120), (-130, -216), (130, -216), (142, -120), (150, -4), (0, 2)], paint.body)
    if "quilted" in look.style:
        for x in range(-298, 120, 44):
            start, end = max(0, -122 - x), min(186, 122 - x)
            for side in (-1, 1):
                pen.line([(side * (x + start), -202 + start), (side * (x + end), -202 + end)], lighter(paint.body, 0.14), 3)
    if "tote" not in look.style:
        pen.blob([(-132, -216), (132, -216), (120, -118), (0, -92), (-120, -118)], darker(paint.body, 0.14))
    pen.solid((-46, -128, 46, -86), COLOURS["white"] if "sticker" in look.style else paint.trim, 6)
    pen.write(look.word, (0, -107), 20, darker(paint.trim, 0.6), "bold", fit=80)


@SHELF.put
def backpack(pen: Pen, look: Look) -> None:
    """A day pack from the front."""
    paint = look.paint("forest", "orange")
    pen.shadow(300, 20)
    pen.arc((-40, -400, 40, -330), (180, 360), darker(paint.body, 0.3), 14)
    pen.blob([(-130, -6), (-140, -180), (-116, -330), (0, -374), (116, -330), (140, -180), (130, -6), (0, 4)], paint.body)
    pen.curve([(-112, -300), (-60, -336), (60, -336), (112, -300)], darker(paint.body, 0.35), 6)
    pen.box((-98, -170, 98, -18), darker(paint.body, 0.16), 26)
    pen.line([(-84, -146), (84, -146)], paint.trim, 5)
    pen.box((-154, -120, -128, -20), darker(paint.body, 0.3), 10)
    pen.write(look.word, (0, -226), 25, COLOURS["white"], "bold", fit=190)


@SHELF.put
def jacket(pen: Pen, look: Look) -> None:
    """A jacket on a hanger; `mark` and `word` sit on its chest, `style: spot` stains a sleeve."""
    paint = look.paint("navy", "sea", "white")
    pen.arc((-16, -342, 16, -310), (150, 400), COLOURS["smoke"], 5)
    pen.line([(-90, -270), (0, -306), (90, -270)], COLOURS["wood"], 10)
    for side in (-1, 1):
        pen.blob([(side * 84, -276), (side * 128, -250), (side * 158, -70), (side * 116, -60), (side * 90, -190)], darker(paint.body, 0.1))
    pen.blob([(-100, -276), (-30, -292), (30, -292), (100, -276), (104, -120), (100, -6), (-100, -6), (-104, -120)], paint.body)
    pen.blob([(-36, -292), (0, -262), (36, -292), (24, -306), (-24, -306)], paint.trim)
    pen.line([(0, -262), (0, -10)], paint.trim, 5)
    pen.box((-104, -30, 104, -4), darker(paint.body, 0.2), 8)
    if look.mark:
        emblem(pen.moved(52, -204, 0.34), look.mark, paint.label)
    pen.write(look.word, (50, -172), 15, paint.label, "bold", fit=72)
    if look.style == "spot":
        pen.blob([(-140, -120), (-124, -128), (-118, -108), (-134, -98)], mixed(paint.body, COLOURS["kraft"], 0.4))


@SHELF.put
def house_dress(pen: Pen, look: Look) -> None:
    """A loose house dress with a printed pattern, on a hanger."""
    paint = look.paint("rose", "lemon", "white")
    pen.arc((-16, -392, 16, -360), (150, 400), COLOURS["smoke"], 5)
    pen.line([(-80, -328), (0, -356), (80, -328)], COLOURS["wood"], 10)
    for side in (-1, 1):
        pen.blob([(side * 70, -334), (side * 130, -290), (side * 150, -224), (side * 98, -206), (side * 72, -250)], darker(paint.body, 0.1))
    pen.blob([(-76, -334), (-26, -346), (26, -346), (76, -334), (92, -200), (140, -6), (0, 4), (-140, -6), (-92, -200)], paint.body)
    pen.blob([(-30, -346), (0, -310), (30, -346)], darker(paint.body, 0.25))
    pen.line([(0, -312), (0, -210)], darker(paint.body, 0.35), 4)
    for x, y in ((-52, -270), (44, -258), (-30, -186), (52, -170), (-74, -110), (6, -116), (-96, -40), (-22, -44), (56, -36), (-2, -226)):
        emblem(pen.moved(x, y, 0.26), look.mark or "flower", paint.trim)
    pen.frame((30, -150, 86, -86), darker(paint.body, 0.2), 4, 4)


@SHELF.put
def trousers(pen: Pen, look: Look) -> None:
    """Work trousers with side pockets in a camouflage pattern."""
    paint = look.paint("olive", "forest", "kraft")
    pen.shape([(-80, -330), (80, -330), (104, 0), (28, 0), (0, -200), (-28, 0), (-104, 0)], paint.body)
    patches = ((-50, -280), (30, -296), (52, -220), (-60, -180), (64, -120), (-72, -84), (76, -44), (-56, -28), (-8, -244))
    for i, (x, y) in enumerate(patches):
        pen.blob([(x - 24, y), (x - 4, y - 18), (x + 22, y - 6), (x + 14, y + 16), (x - 12, y + 14)], paint.trim if i % 2 else paint.label)
    for x in (-104, 56):
        pen.box((x, -150, x + 46, -92), darker(paint.body, 0.18), 4)
        pen.line([(x + 4, -134), (x + 42, -134)], darker(paint.body, 0.4), 3)
    pen.box((-82, -340, 82, -316), darker(paint.body, 0.3), 4)


@SHELF.put
def bush_hat(pen: Pen, look: Look) -> None:
    """A cloth hat with a wide brim."""
    paint = look.paint("olive", "forest")
    pen.shadow(260, 14)
    pen.oval((-136, -58, 136, 0), darker(paint.body, 0.12))
    pen.blob([(-80, -30), (-74, -104), (0, -122), (74, -104), (80, -30), (0, -20)], paint.body)
    pen.blob([(-40, -70), (-10, -100), (26, -80), (6, -54)], paint.trim)
    pen.line([(-80, -40), (0, -32), (80, -40)], darker(paint.body, 0.4), 7)


@SHELF.put
def bangle(pen: Pen, look: Look) -> None:
    """A broad bangle, mottled (`style: mottled`) or an open cuff with small round magnets."""
    paint = look.paint("amber", "bark")
    pen.ring((-110, -120, 110, 0), darker(paint.body, 0.3), 30)
    pen.ring((-110, -128, 110, -8), paint.body, 24)
    if look.style == "mottled":
        for i in range(14):
            x, y = 97 * cos(i * 0.46), -68 + 48 * sin(i * 0.46)
            pen.oval((x - 11, y - 6, x + 6 + 4 * (i % 2), y + 6), paint.trim)
        return
    pen.box((-22, -134, 22, -96), COLOURS["cream"])
    for x, y in ((-84, -42), (-46, -26), (46, -26), (84, -42), (-98, -70), (98, -70)):
        pen.dot((x, y), 9, COLOURS["silver"])
        pen.dot((x - 2, y - 2), 4, COLOURS["white"])


@SHELF.put
def wrist_watch(pen: Pen, look: Look) -> None:
    """A watch with a chain strap, standing upright."""
    paint = look.paint("navy", "silver", "silver")
    for sign in (-1, 1):
        for i in range(4):
            half = 44 - i * 4
            pen.solid((-half, -160 + sign * (96 + i * 26) - 12, half, -160 + sign * (96 + i * 26) + 12), paint.trim, 5)
    pen.dot((0, -160), 104, paint.trim)
    pen.dot((0, -160), 92, darker(paint.trim, 0.3))
    pen.dot((0, -160), 76, paint.body)
    for hour in range(12):
        x, y = cos(hour * pi / 6), sin(hour * pi / 6)
        pen.line([(62 * x, -160 + 62 * y), (70 * x, -160 + 70 * y)], COLOURS["white"], 4)
    pen.box((100, -170, 116, -150), paint.trim, 4)
    pen.line([(0, -160), (-26, -186)], COLOURS["white"], 6)
    pen.line([(0, -160), (36, -196)], COLOURS["white"], 4)
    pen.write(look.word, (0, -130), 14, COLOURS["white"], "bold", fit=86)
    for line in look.lines[:1]:
        pen.write(line, (0, -112), 9, COLOURS["silver"], fit=70)
    pen.arc((-92, -252, 92, -68), (200, 250), veil("white", 0.5), 6)
