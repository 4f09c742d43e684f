"""Kitchen, furniture, tools and food."""

from drawing.labels import inscribe
from drawing.look import SHELF, Look
from drawing.palette import COLOURS, darker, lighter, mixed, veil
from drawing.pen import Pen, glow


@SHELF.put
def mushroom_lamp(pen: Pen, look: Look) -> None:
    """A lamp with a round cap; `style: woven` gives it a rattan foot."""
    paint = look.paint("orange", "rattan")
    glow(pen, (0, -230), 210, paint.body)
    pen.shadow(220, 18)
    pen.blob([(-24, -170), (24, -170), (34, -60), (90, -4), (0, 4), (-90, -4), (-34, -60)], paint.trim)
    if look.style == "woven":
        for row in range(8):
            half = 24 + 3 * row + max(0, row - 5) * 16
            for x in range(-half, half - 8, 16):
                pen.box((x + 8 * (row % 2), -160 + row * 20, x + 9 + 8 * (row % 2), -150 + row * 20), darker(paint.trim, 0.25), 3)
    pen.blob([(-150, -176), (-138, -250), (-70, -310), (0, -322), (70, -310), (138, -250), (150, -176), (0, -158)], paint.body)
    pen.blob([(-118, -206), (-104, -252), (-60, -288), (-40, -280), (-84, -236), (-96, -200)], veil("white", 0.4))
    pen.oval((-148, -188, 148, -156), darker(paint.body, 0.16))


@SHELF.put
def lounge_chair(pen: Pen, look: Look) -> None:
    """A low chair of bent wood with a woven seat, from the side."""
    paint = look.paint("brown", "cream")
    pen.shadow(400, 24)
    pen.curve([(-170, 0), (-140, -110), (-96, -150), (60, -130), (140, -110)], darker(paint.body, 0.2), 18)
    pen.shape([(-150, -152), (90, -118), (96, -142), (-146, -176)], paint.trim)
    pen.shape([(84, -120), (176, -330), (198, -322), (112, -112)], paint.trim)
    for i in range(11):
        pen.line([(-140 + i * 22, -172 + i * 3), (-142 + i * 22, -152 + i * 3)], darker(paint.trim, 0.2), 3)
        pen.line([(96 + i * 8, -136 - i * 18), (116 + i * 8, -128 - i * 18)], darker(paint.trim, 0.2), 3)
    pen.curve([(-176, -150), (-60, -196), (90, -196), (150, -190)], paint.body, 17)
    pen.curve([(190, -340), (150, -190), (96, -96), (130, -30), (160, 0)], paint.body, 20)
    pen.curve([(-176, -150), (-186, -80), (-150, -4)], paint.body, 18)


@SHELF.put
def rice_cooker(pen: Pen, look: Look) -> None:
    """A rice cooker; `style: open` lifts its lid."""
    paint = look.paint("white", "silver", "coral")
    pen.shadow(330, 22)
    if look.style == "open":
        pen.oval((-120, -330, 120, -150), darker(paint.body, 0.1))
        pen.oval((-96, -308, 96, -176), paint.trim)
        pen.dot((0, -244), 12, COLOURS["slate"])
    else:
        pen.blob([(-134, -176), (-110, -236), (0, -262), (110, -236), (134, -176)], paint.body)
        pen.box((-36, -276, 36, -252), paint.trim, 10)
    pen.solid((-144, -186, 144, 0), paint.body, 46)
    pen.box((-144, -190, 144, -170), paint.trim, 8)
    pen.box((-52, -126, 52, -24), mixed(paint.label, COLOURS["white"], 0.1), 14)
    inscribe(pen, (-50, -124, 50, -58), look, COLOURS["white"])
    pen.box((-18, -50, 18, -34), COLOURS["white"], 6)


@SHELF.put
def blender(pen: Pen, look: Look) -> None:
    """A blender; `style: cube` is a small square one without a handle."""
    paint = look.paint("white", "azure", "sky")
    pen.shadow(220, 18)
    if look.style == "cube":
        pen.solid((-74, -330, 74, -130), (*lighter(paint.label, 0.4)[:3], 230), 14)
        pen.solid((-66, -356, 66, -324), paint.trim, 10)
        pen.solid((-80, -146, 80, 0), paint.body, 14)
    else:
        pen.arc((64, -330, 132, -200), (270, 450), paint.trim, 15)
        pen.shape([(-62, -140), (62, -140), (90, -360), (-90, -360)], (*lighter(paint.label, 0.4)[:3], 230))
        pen.shape([(-50, -150), (-38, -150), (-56, -346), (-74, -346)], veil("white", 0.7))
        pen.solid((-94, -392, 94, -356), paint.trim, 12)
        pen.blob([(-66, -146), (66, -146), (98, -10), (0, 4), (-98, -10)], paint.body)
    for x in (-26, 26):
        pen.line([(0, -158), (x, -176)], COLOURS["smoke"], 7)
    pen.dot((0, -44), 22, paint.trim)
    pen.line([(0, -44), (9, -58)], COLOURS["white"], 5)
    pen.write(look.word, (0, -96), 21, darker(paint.trim, 0.3), "bold", fit=110)


@SHELF.put
def regulator(pen: Pen, look: Look) -> None:
    """A gas regulator with a gauge and hose; `style: near` shows only its body, with raised letters."""
    paint = look.paint("silver", "red", "white")
    if look.style == "near":
        pen.box((-250, -300, 250, 0), paint.body, 60)
        pen.box((-236, -286, 236, -200), veil("white", 0.25), 50)
        pen.write(look.word, (3, -147), 96, darker(paint.body, 0.35), "bold", fit=380)
        pen.write(look.word, (0, -150), 96, lighter(paint.body, 0.35), "bold", fit=380)
        for i, line in enumerate(look.lines):
            pen.write(line, (0, -70 + i * 34), 25, darker(paint.body, 0.4), fit=400)
        return
    pen.curve([(70, -118), (160, -128), (210, -60), (300, -30), (380, -60)], COLOURS["orange"], 24)
    pen.shadow(240, 18)
    pen.solid((-70, -150, 80, -84), paint.body, 20)
    pen.solid((-50, -90, 50, 0), darker(paint.body, 0.2), 10)
    pen.solid((-84, -212, 20, -146), paint.trim, 22)
    pen.line([(50, -150), (50, -190)], paint.body, 16)
    pen.dot((50, -226), 48, darker(paint.body, 0.3))
    pen.dot((50, -226), 40, paint.label)
    pen.arc((22, -254, 78, -198), (140, 260), COLOURS["green"], 7)
    pen.arc((22, -254, 78, -198), (270, 400), COLOURS["red"], 7)
    pen.line([(50, -226), (34, -244)], COLOURS["ink"], 5)
    pen.write(look.word, (-32, -180), 20, COLOURS["white"], "bold", fit=90)


@SHELF.put
def pump(pen: Pen, look: Look) -> None:
    """A submersible water pump with a coil of cable beside it."""
    paint = look.paint("silver", "teal", "teal")
    for i in range(4):
        pen.ring((80 + i * 4, -96 - i * 14, 230 - i * 4, -26 - i * 14), COLOURS["ink"], 8)
    pen.curve([(0, -400), (40, -430), (130, -330), (156, -150)], COLOURS["ink"], 9)
    pen.shadow(160, 16)
    pen.solid((-52, -390, 52, 0), paint.body, 14)
    pen.solid((-56, -410, 56, -356), paint.trim, 10)
    pen.solid((-56, -40, 56, 0), paint.trim, 10)
    for y in range(-196, -150, 12):
        pen.box((-52, y, 52, y + 5), darker(paint.body, 0.4))
    pen.box((-44, -340, 44, -212), COLOURS["paper"], 4)
    inscribe(pen, (-42, -338, 42, -214), look, paint.label)


@SHELF.put
def pan(pen: Pen, look: Look) -> None:
    """A frying pan on the counter."""
    paint = look.paint("slate", "wood")
    pen.shadow(330, 18)
    pen.line([(120, -66), (290, -96)], paint.trim, 24)
    pen.blob([(-150, -84), (150, -84), (116, -10), (0, 0), (-116, -10)], paint.body)
    pen.oval((-152, -108, 152, -60), lighter(paint.body, 0.2))
    pen.oval((-134, -100, 134, -68), darker(paint.body, 0.2))
    for x, y in ((-70, -86), (10, -92), (60, -80), (-20, -78), (100, -88)):
        pen.dot((x, y), 3, COLOURS["silver"])
    pen.write(look.word, (0, -34), 18, COLOURS["silver"], "bold", fit=180)


@SHELF.put
def knife(pen: Pen, look: Look) -> None:
    """A kitchen blade lying flat; `style: broad` is a long cleaver in its sheath."""
    paint = look.paint("silver", "brown", "oak")
    pen.shadow(340, 10)
    if look.style == "broad":
        pen.blob([(-70, -40), (150, -52), (176, -34), (160, -6), (-70, -8)], paint.label)
        for x in (-30, 60, 130):
            pen.box((x, -50, x + 12, -5), darker(paint.label, 0.3))
        pen.blob([(-70, -38), (-160, -44), (-182, -20), (-160, -4), (-70, -10)], paint.trim)
        return
    pen.shape([(-50, -34), (120, -34), (176, -14), (-50, -10)], paint.body)
    pen.solid((-160, -38, -48, -8), paint.trim, 8)


@SHELF.put
def coconut(pen: Pen, look: Look) -> None:
    """Half a coconut, and beside it a piece of bamboo."""
    paint = look.paint("bark", "white", "leaf")
    pen.shadow(300, 14)
    pen.solid((70, -150, 104, 0), paint.label, 4)
    for y in (-100, -48):
        pen.box((66, y, 108, y + 6), darker(paint.label, 0.25), 2)
    pen.oval((-110, -110, 40, 0), paint.body)
    pen.oval((-100, -110, 30, -46), paint.trim)
    pen.oval((-80, -100, 10, -58), darker(paint.trim, 0.1))


@SHELF.put
def snack_bag(pen: Pen, look: Look) -> None:
    """A puffed bag of snacks."""
    paint = look.paint("orange", "white", "orange")
    pen.shadow(210, 14)
    pen.blob([(-92, 0), (-104, -130), (-90, -262), (90, -262), (104, -130), (92, 0), (0, 6)], paint.body)
    for y in (-272, -8):
        pen.box((-92, y, 92, y + 16), darker(paint.body, 0.16), 3)
    pen.blob([(56, -20), (70, -130), (56, -250), (84, -246), (94, -130), (86, -14)], veil("black", 0.09))
    inscribe(pen, (-78, -236, 78, -30), look, paint.ink)


@SHELF.put
def pillow(pen: Pen, look: Look) -> None:
    """A plump pillow."""
    paint = look.paint("white", "sea")
    pen.shadow(380, 22)
    pen.blob([(-176, -8), (-160, -80), (-182, -150), (-90, -142), (0, -160), (90, -142), (182, -150), (160, -80), (176, -8), (0, 4)], paint.body)
    pen.curve([(-150, -124), (-60, -112), (0, -124)], darker(paint.body, 0.1), 4)
    pen.curve([(60, -30), (110, -40), (146, -28)], darker(paint.body, 0.1), 4)
    pen.write(look.word, (0, -74), 26, paint.trim, "bold", fit=240)


@SHELF.put
def gallon(pen: Pen, look: Look) -> None:
    """A water gallon with a rechargeable pump on top."""
    paint = look.paint("sky", "white", "azure")
    pen.shadow(270, 20)
    pen.solid((-110, -260, 110, 0), mixed(paint.body, paint.label, 0.25), 40)
    for y in (-190, -130, -70):
        pen.box((-110, y, 110, y + 8), mixed(paint.body, paint.label, 0.5))
    pen.solid((-34, -292, 34, -250), paint.label, 6)
    pen.solid((-44, -376, 44, -288), paint.trim, 18)
    pen.dot((0, -336), 13, COLOURS["azure"])
    pen.curve([(40, -356), (110, -372), (138, -330), (138, -290)], COLOURS["silver"], 14)


@SHELF.put
def cup_sealer(pen: Pen, look: Look) -> None:
    """A hand press that seals plastic cups."""
    paint = look.paint("red", "silver")
    pen.shadow(300, 22)
    pen.solid((-120, -40, 120, 0), paint.body, 8)
    pen.solid((50, -280, 110, -30), paint.body, 10)
    pen.solid((-110, -290, 110, -226), paint.body, 14)
    pen.line([(96, -276), (170, -350)], COLOURS["ink"], 16)
    pen.dot((172, -352), 15, COLOURS["ink"])
    pen.solid((-76, -226, 4, -190), paint.trim, 4)
    pen.shape([(-62, -176), (-10, -176), (-20, -48), (-52, -48)], COLOURS["amber"])
    pen.box((-78, -182, 6, -170), COLOURS["white"], 4)
    pen.write(look.word, (0, -258), 18, COLOURS["white"], "bold", fit=180)


@SHELF.put
def picture_frame(pen: Pen, look: Look) -> None:
    """A framed certificate on the wall or table."""
    paint = look.paint("gold", "paper", "paper")
    pen.box((-120, -180, 120, 0), paint.body, 4)
    pen.frame((-112, -172, 112, -8), darker(paint.body, 0.25), 3)
    pen.box((-100, -160, 100, -20), paint.label)
    inscribe(pen, (-94, -156, 94, -44), look, COLOURS["ink"])
    pen.dot((70, -40), 12, COLOURS["red"])
