"""Plain silhouettes, and what is shown on them: a helmet, a wig, a before and after."""

from drawing.labels import emblem
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, veil
from drawing.pen import Pen, smooth


@SHELF.put
def host(pen: Pen, look: Look) -> None:
    """The silhouette of a person behind a table; `style` is `veil`, `bun`, `cap` or plain."""
    paint = look.paint("slate", "smoke")
    if look.style == "veil":
        pen.blob([(-76, -150), (-78, -270), (-50, -340), (0, -358), (50, -340), (78, -270), (76, -150), (0, -120)], darker(paint.body, 0.15))
    if look.style == "bun":
        pen.dot((0, -352), 26, darker(paint.body, 0.15))
    shoulders = smooth([(-150, 0), (-146, -80), (-110, -160), (-44, -188), (44, -188), (110, -160), (146, -80), (150, 0)])
    pen.shape(shoulders, paint.body)
    pen.box((-26, -220, 26, -160), paint.body)
    pen.oval((-58, -340, 58, -204), paint.body)
    if look.style == "cap":
        pen.blob([(-62, -278), (-54, -336), (0, -354), (54, -336), (62, -278), (0, -286)], darker(paint.body, 0.25))
        pen.line([(40, -280), (96, -274)], darker(paint.body, 0.25), 12)


@SHELF.put
def figure(pen: Pen, look: Look) -> None:
    """A standing silhouette; `style: broad` is wider."""
    paint = look.paint("smoke")
    wide = 0.95 if look.style == "broad" else 0.8
    pen.shadow(150, 12)
    pen.oval((-34, -372, 34, -296), paint.body)
    pen.box((-14, -306, 14, -270), paint.body)
    torso = [(-66, -262), (0, -286), (66, -262), (54, -190), (60, -120), (46, -4), (10, -4), (0, -120), (-10, -4), (-46, -4), (-60, -120), (-54, -190)]
    pen.blob([(x * wide, y) for x, y in torso], paint.body)
    for side in (-1, 1):
        pen.line([(side * 60 * wide, -250), (side * 92 * wide, -140)], paint.body, 22)


@SHELF.put
def forearm(pen: Pen, look: Look) -> None:
    """A forearm and closed hand, laid flat, fingers to the right; `style: hand` shows the back of an open hand."""
    paint = look.paint("tan")
    if look.style == "hand":
        pen.blob([(-120, -36), (-30, -46), (40, -60), (70, -30), (70, 30), (40, 56), (-30, 44), (-120, 36)], paint.body)
        for y, reach in ((-44, 140), (-14, 164), (16, 158), (44, 132)):
            pen.line([(50, y), (reach, y)], paint.body, 26)
        pen.line([(10, -44), (56, -96)], paint.body, 28)
        return
    pen.shape([(-190, -58), (70, -38), (70, 38), (-190, 58)], paint.body)
    pen.box((50, -46, 176, 46), paint.body, 36)
    pen.line([(70, -40), (128, -58)], paint.body, 26)
    for y in (-20, 2, 24):
        pen.line([(122, y), (166, y)], darker(paint.body, 0.12), 3)


@SHELF.put
def helmet(pen: Pen, look: Look) -> None:
    """A half-face helmet; `style` may hold `dino` (spikes), `back` (seen from behind, with a sticker)."""
    paint = look.paint("matcha", "sky", "white")
    pen.shadow(300, 20)
    if "dino" in look.style:
        spikes = ((0, -268),) if "back" in look.style else ((-90, -236), (-34, -266), (26, -268), (82, -240), (122, -192))
        for x, y in spikes:
            pen.shape([(x - 30, y + 26), (x, y - 34), (x + 30, y + 26)], COLOURS["orange"])
    pen.blob([(-140, -40), (-146, -130), (-106, -220), (0, -258), (106, -220), (146, -130), (140, -40), (60, -20), (-60, -20)], paint.body)
    pen.blob([(80, -48), (96, -130), (70, -214), (106, -206), (136, -130), (130, -48)], veil("black", 0.1))
    if "back" in look.style:
        pen.box((-62, -150, 62, -66), paint.label, 10)
        pen.write(look.word, (0, -108), 52, COLOURS["navy"], "bold", fit=108)
        return
    pen.box((-150, -120, 60, -52), (*lighter(paint.trim, 0.3)[:3], 215), 24)
    pen.dot((84, -120), 17, darker(paint.body, 0.3))
    pen.curve([(60, -28), (20, 10), (-60, 6), (-70, -22)], COLOURS["ink"], 10)
    if "dino" in look.style:
        pen.dot((-70, -172), 22, COLOURS["white"])
        pen.dot((-74, -172), 11, COLOURS["ink"])
    pen.write(look.word, (20, -196), 24, paint.label, "bold", fit=140)


@SHELF.put
def wig(pen: Pen, look: Look) -> None:
    """A wig on a plain stand; `body` is the colour of the hair."""
    paint = look.paint("black", "sand")
    pen.shadow(190, 16)
    pen.solid((-80, -18, 80, 0), paint.trim, 8)
    pen.box((-30, -120, 30, -14), darker(paint.trim, 0.08))
    pen.oval((-74, -336, 74, -104), paint.trim)
    left = [(-6, -372), (-84, -352), (-126, -262), (-130, -150), (-112, -60), (-60, -70), (-66, -160), (-70, -240), (-44, -300), (0, -330)]
    pen.blob(left, paint.body)
    pen.blob([(-x, y) for x, y in left], lighter(paint.body, 0.05))
    for x in (-106, -88, 88, 106):
        pen.curve([(x * 0.6, -330), (x, -250), (x * 1.06, -160), (x * 0.86, -84)], lighter(paint.body, 0.22), 3)
    pen.line([(0, -368), (0, -332)], lighter(paint.body, 0.3), 3)


@SHELF.put
def comb(pen: Pen, look: Look) -> None:
    """A comb of horn with an animal's head carved at its handle."""
    paint = look.paint("bark", "brown")
    pen.box((-210, -150, 120, -84), paint.body, 26)
    for i in range(23):
        pen.box((-200 + i * 13, -100, -192 + i * 13, 0), paint.body, 4)
    for points in ([(-190, -132), (-60, -122), (100, -134)], [(-150, -108), (-20, -102), (90, -112)]):
        pen.curve(points, lighter(paint.trim, 0.1), 4)
    pen.dot((160, -128), 66, paint.body)
    for side in (-1, 1):
        pen.dot((160 + side * 44, -184), 20, paint.body)
        pen.dot((160 + side * 24, -142), 7, COLOURS["oak"])
        for i in range(3):
            pen.line([(160 + side * 58, -126 + i * 16), (160 + side * 36, -122 + i * 14)], COLOURS["oak"], 4)
    pen.blob([(146, -116), (160, -122), (174, -116), (160, -102)], COLOURS["oak"])
    pen.curve([(140, -90), (160, -84), (180, -90)], COLOURS["oak"], 4)


@SHELF.put
def badge_wallet(pen: Pen, look: Look) -> None:
    """A leather wallet, open: a plain shield on one side, a card behind a window on the other."""
    paint = look.paint("brown", "gold")
    for side in (-1, 1):
        pen.box((min(0, side * 220), -280, max(0, side * 220), 0), darker(paint.body, 0.1 if side > 0 else 0), 16)
        pen.frame((min(side * 10, side * 210), -270, max(side * 10, side * 210), -10), lighter(paint.body, 0.25), 2, 12)
    pen.box((-6, -280, 6, 0), darker(paint.body, 0.35))
    emblem(pen.moved(-112, -140, 1.55), "shield", paint.trim)
    pen.box((36, -216, 190, -64), COLOURS["paper"], 8)
    pen.box((50, -200, 100, -130), COLOURS["fog"], 3)
    for y in (-194, -172, -150, -112, -92):
        pen.box((110 if y < -130 else 50, y, 176, y + 9), veil("slate", 0.3), 3)
