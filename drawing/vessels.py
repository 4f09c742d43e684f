"""What holds creams, drinks, powders and pills."""

from drawing.labels import inscribe, label
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, veil
from drawing.pen import Pen


@SHELF.put
def pot(pen: Pen, look: Look) -> None:
    """A low cream pot with a wide lid."""
    paint = look.paint("white", "silver", "paper")
    pen.shadow(230)
    pen.solid((-96, -104, 96, 0), paint.body, 20)
    pen.solid((-104, -150, 104, -100), paint.trim, 10)
    label(pen, (-86, -96, 86, -8), look, paint)


@SHELF.put
def jar(pen: Pen, look: Look) -> None:
    """A tall glass jar with a screw lid; `body` is what is in it."""
    paint = look.paint("amber", "gold", "paper")
    pen.shadow(260)
    pen.solid((-105, -262, 105, 0), lighter(paint.body, 0.55), 34)
    pen.solid((-95, -236, 95, -8), paint.body, 28)
    pen.solid((-92, -312, 92, -258), paint.trim, 10)
    for x in range(-80, 90, 16):
        pen.box((x, -306, x + 3, -264), veil("black", 0.12))
    label(pen, (-88, -190, 88, -44), look, paint)


@SHELF.put
def bottle(pen: Pen, look: Look) -> None:
    """A bottle with a cap; `style` is `square` (flat shoulders), `slim`, or round."""
    paint = look.paint("teal", "white", "paper")
    half, shoulder = (58, 46) if look.style == "slim" else (84, 14) if look.style == "square" else (84, 56)
    pen.shadow(half * 2.4)
    pen.solid((-26, -350, 26, -280), mixed(paint.body, COLOURS["white"], 0.2))
    pen.solid((-half, -300, half, 0), paint.body, shoulder)
    pen.solid((-half, -70, half, 0), paint.body, 14, (False, False, True, True))
    pen.solid((-34, -384, 34, -326), paint.trim, 8)
    label(pen, (-half + 10, -226, half - 10, -44), look, paint)


@SHELF.put
def pump_bottle(pen: Pen, look: Look) -> None:
    """A lotion bottle with a pump."""
    paint = look.paint("pink", "white", "paper")
    pen.shadow(200)
    pen.line([(0, -350), (0, -300)], paint.trim, 16)
    pen.line([(0, -352), (-52, -346)], paint.trim, 18)
    pen.solid((-30, -320, 30, -284), paint.trim, 6)
    pen.solid((-82, -290, 82, 0), paint.body, 34)
    label(pen, (-70, -220, 70, -50), look, paint)


@SHELF.put
def dropper(pen: Pen, look: Look) -> None:
    """A serum bottle with a rubber pipette."""
    paint = look.paint("amber", "ink", "paper")
    pen.shadow(150)
    pen.solid((-20, -270, 20, -196), paint.trim, 18)
    pen.solid((-30, -206, 30, -170), darker(paint.trim, 0.25), 4)
    pen.solid((-60, -176, 60, 0), paint.body, 24)
    label(pen, (-52, -132, 52, -28), look, paint)


@SHELF.put
def pipette(pen: Pen, look: Look) -> None:
    """A pipette held over something, with falling drops."""
    paint = look.paint("honey", "ink")
    pen.solid((-16, -190, 16, -118), paint.trim, 14)
    pen.box((-7, -124, 7, -20), lighter(paint.body, 0.6), 4)
    pen.box((-5, -70, 5, -20), paint.body, 3)
    for y in (-4, 24, 54)[: look.count or 3]:
        pen.dot((0, y), 6, paint.body)


@SHELF.put
def tube(pen: Pen, look: Look) -> None:
    """A squeezable tube standing on its cap."""
    paint = look.paint("sea", "white", "sea")
    pen.shadow(170)
    pen.solid((-62, -56, 62, 0), paint.trim, 10)
    pen.shape([(-66, -52), (66, -52), (88, -322), (-88, -322)], paint.body)
    pen.shape([(38, -52), (66, -52), (88, -322), (52, -322)], veil("black", 0.1))
    pen.box((-92, -346, 92, -318), darker(paint.body, 0.12), 4)
    inscribe(pen, (-74, -300, 74, -80), look, paint.ink)


@SHELF.put
def roll_on(pen: Pen, look: Look) -> None:
    """A slim roll-on bottle."""
    paint = look.paint("rose", "gold", "paper")
    pen.shadow(110)
    pen.solid((-34, -330, 34, -220), paint.trim, 10)
    pen.solid((-40, -224, 40, 0), paint.body, 14)
    label(pen, (-35, -196, 35, -24), look, paint)


@SHELF.put
def perfume(pen: Pen, look: Look) -> None:
    """A square perfume bottle of thick glass."""
    paint = look.paint("honey", "orange", "paper")
    pen.shadow(250)
    pen.solid((-42, -330, 42, -246), paint.trim, 8)
    pen.solid((-24, -252, 24, -226), COLOURS["silver"], 3)
    pen.solid((-108, -230, 108, 0), lighter(paint.body, 0.6), 14)
    pen.box((-92, -180, 92, -18), paint.body, 8)
    pen.box((-92, -180, -70, -18), veil("white", 0.3), 8)
    label(pen, (-72, -150, 72, -44), look, paint)


@SHELF.put
def pill_bottle(pen: Pen, look: Look) -> None:
    """A plastic bottle for tablets with a ribbed cap."""
    paint = look.paint("white", "green", "mint")
    pen.shadow(210)
    pen.solid((-88, -236, 88, 0), paint.body, 26)
    pen.solid((-66, -292, 66, -230), paint.trim, 10)
    for x in range(-56, 60, 14):
        pen.box((x, -286, x + 4, -236), veil("black", 0.14))
    label(pen, (-88, -190, 88, -28), look, paint)


@SHELF.put
def vials(pen: Pen, look: Look) -> None:
    """A tray with small glass vials; `count` of them."""
    paint = look.paint("lemon", "silver", "paper")
    count = look.count or 5
    width = count * 46
    pen.shadow(width + 60)
    for i in range(count):
        x = -width / 2 + 23 + i * 46
        pen.solid((x - 16, -112, x + 16, -20), paint.body, 6)
        pen.solid((x - 12, -140, x + 12, -110), paint.trim, 4)
        pen.box((x - 16, -86, x + 16, -52), paint.label)
    pen.solid((-width / 2 - 14, -46, width / 2 + 14, 0), darker(paint.label, 0.08), 8)
    inscribe(pen, (-width / 2, -44, width / 2, -2), look, paint.ink)


@SHELF.put
def pouch(pen: Pen, look: Look) -> None:
    """A stand-up pouch with a sealed top; `style: clear` shows what is in it."""
    paint = look.paint("kraft", "bark", "paper")
    is_clear = look.style == "clear"
    outside = mixed(COLOURS["white"], COLOURS["sky"], 0.5) if is_clear else paint.body
    pen.shadow(270)
    pen.blob([(-118, -8), (-104, -170), (-112, -318), (112, -318), (104, -170), (118, -8), (0, 4)], outside)
    if is_clear:
        pen.blob([(-104, -12), (-98, -150), (0, -166), (98, -150), (104, -12), (0, -2)], paint.body)
    else:
        pen.blob([(60, -20), (64, -170), (62, -300), (106, -306), (100, -170), (112, -14)], veil("black", 0.09))
    pen.box((-112, -330, 112, -300), darker(outside, 0.14), 4)
    pen.line([(-104, -288), (104, -288)], darker(outside, 0.22), 2)
    label(pen, (-84, -256, 84, -54), look, paint)


@SHELF.put
def sack(pen: Pen, look: Look) -> None:
    """A large woven sack, tied at the top."""
    paint = look.paint("cream", "red", "cream")
    pen.shadow(330)
    pen.blob([(-150, -6), (-158, -150), (-128, -296), (-40, -326), (40, -326), (128, -296), (158, -150), (150, -6), (0, 4)], paint.body)
    pen.blob([(90, -10), (104, -150), (84, -300), (120, -292), (150, -150), (144, -8)], veil("black", 0.08))
    pen.blob([(-46, -318), (-70, -372), (0, -356), (70, -372), (46, -318)], paint.body)
    pen.box((-50, -330, 50, -314), paint.trim, 6)
    for y in (-270, -28):
        pen.box((-132, y, 132, y + 8), paint.trim)
    inscribe(pen, (-126, -256, 126, -36), look, paint.ink)


@SHELF.put
def sachet(pen: Pen, look: Look) -> None:
    """A flat sachet with crimped ends."""
    paint = look.paint("coral", "white", "coral")
    pen.shadow(120, 10)
    pen.box((-52, -170, 52, 0), paint.body, 3)
    for y in (-170, -14):
        pen.box((-52, y, 52, y + 14), darker(paint.body, 0.16), 2)
    inscribe(pen, (-46, -150, 46, -20), look, paint.ink)


@SHELF.put
def tin(pen: Pen, look: Look) -> None:
    """A round flat tin seen from the front."""
    paint = look.paint("green", "silver", "paper")
    pen.shadow(230)
    pen.solid((-96, -110, 96, 0), paint.body, 12)
    pen.solid((-102, -140, 102, -100), paint.trim, 10)
    label(pen, (-84, -92, 84, -12), look, paint)


@SHELF.put
def glass(pen: Pen, look: Look) -> None:
    """A drinking glass; `body` is the drink, `style: straw` adds a straw."""
    paint = look.paint("orange", "red")
    pen.shadow(120)
    if "straw" in look.style:
        pen.line([(10, -40), (44, -236)], paint.trim, 8)
    pen.shape([(-48, 0), (48, 0), (64, -190), (-64, -190)], veil("white", 0.75))
    pen.shape([(-45, -6), (45, -6), (59, -150), (-59, -150)], paint.body)
    pen.oval((-59, -158, 59, -142), lighter(paint.body, 0.3))
    pen.shape([(-40, -14), (-28, -14), (-38, -176), (-54, -176)], veil("white", 0.3))


@SHELF.put
def cup(pen: Pen, look: Look) -> None:
    """A tea cup on a saucer with steam."""
    paint = look.paint("white", "amber")
    pen.shadow(170)
    pen.oval((-80, -18, 80, 6), darker(paint.body, 0.08))
    pen.ring((36, -74, 82, -28), paint.body, 9)
    pen.blob([(-56, -88), (56, -88), (44, -28), (18, -8), (-18, -8), (-44, -28)], paint.body)
    pen.oval((-54, -96, 54, -76), paint.trim)
    for x in (-18, 10):
        pen.curve([(x, -108), (x + 10, -124), (x - 4, -140), (x + 8, -158)], veil("white", 0.9), 4)


@SHELF.put
def lipstick(pen: Pen, look: Look) -> None:
    """An open lipstick beside its cap."""
    paint = look.paint("wine", "ink", "gold")
    pen.shadow(150)
    pen.shape([(-22, -150), (22, -150), (22, -228), (-6, -250), (-22, -236)], paint.body)
    pen.solid((-28, -156, 28, -100), paint.label, 3)
    pen.solid((-34, -106, 34, 0), paint.trim, 6)
    pen.solid((62, -120, 130, 0), paint.trim, 8)
    pen.write(look.word, (0, -52), 16, COLOURS["white"], fit=60)
