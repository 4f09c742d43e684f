"""Toys, games, animals and hobbies."""

from drawing.labels import emblem
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, named
from drawing.pen import Pen

CATS = ("cream", "slate", "orange", "kraft", "silver", "amber", "sand", "steel", "oak", "white", "brown", "fawn")
APRONS = ("coral", "sea", "matcha", "azure", "rose", "olive", "violet", "red", "teal", "honey", "leaf", "navy")


@SHELF.put
def foam_blaster(pen: Pen, look: Look) -> None:
    """A chunky toy that shoots foam darts."""
    paint = look.paint("orange", "white", "azure")
    pen.shadow(420, 18)
    pen.solid((-200, -190, -96, -150), paint.trim, 14)
    for y in (-180, -160):
        pen.dot((-200, y), 8, paint.label)
    pen.solid((-130, -220, 96, -112), paint.body, 24)
    pen.dot((-20, -120), 54, paint.trim)
    for x, y in ((0, -30), (26, -15), (26, 15), (0, 30), (-26, 15), (-26, -15)):
        pen.dot((-20 + x, -120 + y), 11, paint.label)
    pen.shape([(50, -116), (104, -116), (120, -4), (64, -4)], paint.trim)
    pen.blob([(90, -214), (186, -196), (214, -150), (206, -80), (176, -84), (160, -140), (92, -140)], paint.body)
    pen.solid((-70, -246, 40, -216), paint.label, 8)
    pen.write(look.word, (30, -190), 25, COLOURS["white"], "bold", fit=120)


@SHELF.put
def foam_darts(pen: Pen, look: Look) -> None:
    """A row of soft darts."""
    paint = look.paint("azure", "orange")
    for i in range(look.count or 6):
        x = i * 34
        pen.box((x, -110, x + 18, -26), paint.body, 5)
        pen.box((x - 2, -126, x + 20, -100), paint.trim, 9)


@SHELF.put
def goggles(pen: Pen, look: Look) -> None:
    """Clear safety goggles."""
    paint = look.paint("sky", "slate")
    pen.arc((-150, -130, 150, 10), (180, 360), paint.trim, 12)
    pen.blob([(-120, -20), (-116, -96), (0, -108), (116, -96), (120, -20), (40, -10), (0, -40), (-40, -10)], paint.trim)
    pen.blob([(-104, -28), (-100, -84), (0, -94), (100, -84), (104, -28), (40, -22), (0, -52), (-40, -22)], lighter(paint.body, 0.3))


@SHELF.put
def sticker_sheet(pen: Pen, look: Look) -> None:
    """A sheet of round stickers with emblems."""
    paint = look.paint("white", "orange", "azure")
    pen.box((-120, -300, 120, 0), paint.body, 8)
    pen.frame((-120, -300, 120, 0), darker(paint.body, 0.12), 2, 8)
    for i, mark in enumerate(("star", "bolt", "sun", "moon", "heart", "bird")):
        x, y = (-56, 56)[i % 2], -250 + (i // 2) * 94
        pen.dot((x, y), 40, mixed(paint.trim if i % 3 else paint.label, COLOURS["white"], 0.15))
        emblem(pen.moved(x, y, 0.48), mark, COLOURS["white"])


def _cat(pen: Pen, fur: tuple[int, ...], apron: tuple[int, ...]) -> None:
    pen.shadow(120, 12)
    for side in (-1, 1):
        pen.shape([(side * 50, -120), (side * 42, -172), (side * 12, -148)], darker(fur, 0.12))
    pen.blob([(-46, -4), (-44, -80), (0, -96), (44, -80), (46, -4), (0, 4)], fur)
    pen.box((-34, -74, 34, -14), apron, 10)
    pen.oval((-58, -158, 58, -68), fur)
    for side in (-1, 1):
        pen.dot((side * 22, -114), 7, COLOURS["ink"])
        pen.line([(side * 34, -96), (side * 56, -100)], darker(fur, 0.4), 2)
    pen.dot((0, -102), 5, COLOURS["rose"])


@SHELF.put
def cat_figure(pen: Pen, look: Look) -> None:
    """A small vinyl cat with an apron."""
    paint = look.paint("cream", "coral")
    _cat(pen, paint.body, paint.trim)


@SHELF.put
def cat_series(pen: Pen, look: Look) -> None:
    """A chart of twelve cats in aprons and one hidden figure, with their names."""
    for i in range(12):
        x, y = -300 + (i % 6) * 100, -230 + (i // 6) * 170
        _cat(pen.moved(x, y, 0.62), named(CATS[i]), named(APRONS[i]))
        if i < len(look.lines):
            pen.write(look.lines[i], (x, y + 18), 14, COLOURS["ink"], fit=96)
    pen.dot((346, -146), 42, COLOURS["gold"])
    pen.write("?", (346, -146), 56, COLOURS["white"], "bold")
    pen.write(look.word, (346, -86), 15, COLOURS["ink"], fit=110)


@SHELF.put
def playing_cards(pen: Pen, look: Look) -> None:
    """A fan of playing cards."""
    paint = look.paint("white", "red")
    pen.shadow(260, 14)
    for i, mark in enumerate(("heart", "star", "heart")):
        x = -90 + i * 62
        pen.box((x, -160 + 8 * i, x + 104, -14 + 8 * i), paint.body, 9)
        pen.frame((x, -160 + 8 * i, x + 104, -14 + 8 * i), COLOURS["silver"], 2, 9)
        emblem(pen.moved(x + 52, -86 + 8 * i, 0.42), mark, paint.trim if mark == "heart" else COLOURS["ink"])
        pen.write("KQJ"[i], (x + 18, -140 + 8 * i), 22, paint.trim if mark == "heart" else COLOURS["ink"], "bold")


@SHELF.put
def coins(pen: Pen, look: Look) -> None:
    """Stacks of coins or chips, `count` stacks of growing height."""
    paint = look.paint("gold", "amber")
    count = look.count or 3
    pen.shadow(count * 96, 14)
    for column in range(count):
        x = (column - (count - 1) / 2) * 92
        for i in range(3 + 2 * column):
            y = -i * 17
            pen.oval((x - 40, y - 30, x + 40, y), darker(paint.body, 0.28))
            pen.oval((x - 40, y - 38, x + 40, y - 8), paint.body)
        top = -(2 + 2 * column) * 17
        pen.oval((x - 27, top - 32, x + 27, top - 14), paint.trim)


@SHELF.put
def dominoes(pen: Pen, look: Look) -> None:
    """Domino tiles in a row, and their wooden box."""
    paint = look.paint("white", "wood")
    pen.shadow(300, 14)
    pen.solid((-150, -64, 40, 0), paint.trim, 6)
    pen.line([(-144, -46), (34, -46)], darker(paint.trim, 0.3), 3)
    for i, pips in enumerate(((1, 2), (3, 1), (2, 3))):
        x = 62 + i * 62
        pen.box((x, -116, x + 52, 0), paint.body, 8)
        pen.line([(x + 8, -58), (x + 44, -58)], COLOURS["steel"], 3)
        for half, count in enumerate(pips):
            for k in range(count):
                pen.dot((x + 14 + k * 12, -100 + half * 58 + k * 13), 5, COLOURS["ink"])


@SHELF.put
def board_game(pen: Pen, look: Look) -> None:
    """A folding board with coloured squares, a ladder and a snake."""
    paint = look.paint("lemon", "leaf")
    colours = ("lemon", "peach", "mint", "sky")
    for row in range(4):
        for column in range(4):
            pen.box((-90 + column * 45, -180 + row * 45, -46 + column * 45, -136 + row * 45), COLOURS[colours[(row + column) % 4]])
    for x in (-60, -44):
        pen.line([(x, -10), (x + 50, -120)], COLOURS["wood"], 4)
    for i in range(5):
        pen.line([(-56 + i * 10, -22 - i * 21), (-40 + i * 10, -22 - i * 21)], COLOURS["wood"], 4)
    pen.curve([(70, -160), (40, -140), (70, -110), (36, -84), (60, -50), (40, -24)], paint.trim, 9)
    pen.frame((-92, -182, 92, 2), COLOURS["slate"], 4)


@SHELF.put
def blocks(pen: Pen, look: Look) -> None:
    """Toy building blocks in a small tower."""
    for x, y, name in ((-110, 0, "coral"), (-20, 0, "azure"), (70, 0, "honey"), (-66, -58, "leaf"), (24, -58, "violet"), (-20, -116, "coral")):
        pen.solid((x, y - 56, x + 84, y), COLOURS[name], 4)
        for stud in (14, 48):
            pen.box((x + stud, y - 66, x + stud + 22, y - 56), darker(COLOURS[name], 0.1), 4)


@SHELF.put
def hamster(pen: Pen, look: Look) -> None:
    """A round hamster, sitting."""
    paint = look.paint("fawn", "white")
    pen.shadow(150, 12)
    for side in (-1, 1):
        pen.dot((side * 44, -122), 18, darker(paint.body, 0.12))
        pen.dot((side * 44, -122), 9, COLOURS["pink"])
    pen.blob([(-66, -10), (-72, -60), (-50, -116), (0, -132), (50, -116), (72, -60), (66, -10), (0, 4)], paint.body)
    pen.oval((-44, -72, 44, 0), paint.trim)
    for side in (-1, 1):
        pen.dot((side * 24, -92), 8, COLOURS["ink"])
        pen.dot((side * 24 - 2, -94), 3, COLOURS["white"])
        pen.dot((side * 30, -52), 9, darker(paint.trim, 0.08))
    pen.dot((0, -78), 6, COLOURS["rose"])


@SHELF.put
def cage(pen: Pen, look: Look) -> None:
    """A wire cage on a tray, with a running wheel; `style: plain` has no wheel."""
    paint = look.paint("azure", "steel")
    pen.shadow(330, 18)
    if look.style != "plain":
        pen.ring((20, -150, 120, -50), paint.body, 9)
        pen.line([(70, -100), (70, -40)], paint.body, 7)
        pen.box((-136, -146, -10, -136), paint.body, 4)
    pen.solid((-156, -46, 156, 0), paint.body, 12)
    for x in range(-144, 150, 24):
        pen.line([(x, -46), (x, -244)], paint.trim, 3)
    for y in (-244, -146):
        pen.line([(-146, y), (146, y)], paint.trim, 5)
    pen.arc((-30, -290, 30, -230), (180, 360), paint.trim, 6)


@SHELF.put
def goat(pen: Pen, look: Look) -> None:
    """A standing goat, head to the left."""
    paint = look.paint("cream", "brown")
    for x in (-62, -34, 40, 66):
        pen.line([(x, -70), (x, -6)], darker(paint.body, 0.14), 14)
    pen.blob([(-86, -96), (-60, -136), (20, -140), (84, -128), (96, -90), (70, -56), (-60, -56)], paint.body)
    pen.blob([(-80, -104), (-96, -160), (-136, -166), (-150, -140), (-116, -122), (-100, -84)], paint.body)
    pen.curve([(-104, -166), (-96, -196), (-70, -204)], paint.trim, 9)
    pen.blob([(-100, -160), (-72, -156), (-66, -146), (-92, -144)], darker(paint.body, 0.16))
    pen.dot((-124, -150), 5, COLOURS["ink"])
    pen.line([(-132, -130), (-130, -112)], darker(paint.body, 0.25), 6)
    pen.line([(92, -120), (108, -134)], paint.body, 10)
