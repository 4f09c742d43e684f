"""What a recipe says of one thing: where it stands, what is written on it, and its colours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drawing.palette import Colour, named, readable_on
from drawing.pen import Pen


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of one thing."""

    body: Colour
    trim: Colour
    label: Colour
    ink: Colour


@dataclass(frozen=True, slots=True)
class Look:
    """One vocabulary for all things: each uses the words of it that it has a place for."""

    kind: str
    at: tuple[float, float] = (400, 470)
    size: float = 1
    flip: bool = False
    word: str = ""
    lines: tuple[str, ...] = ()
    mark: str = ""
    style: str = ""
    count: int = 0
    body: str = ""
    trim: str = ""
    label: str = ""
    ink: str = ""

    def paint(self, body: str, trim: str = "ink", label: str = "paper") -> Paint:
        """Its colours: the recipe's where it names them, else these."""
        ground = named(self.label or label)
        return Paint(named(self.body or body), named(self.trim or trim), ground, named(self.ink) if self.ink else readable_on(ground))


Thing = Callable[[Pen, Look], None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The things that recipes can name."""

    things: dict[str, Thing] = field(default_factory=dict)

    def put(self, thing: Thing) -> Thing:
        """Makes a thing known by the name of its function, hyphens for underscores."""
        self.things[thing.__name__.replace("_", "-")] = thing
        return thing

    def draw(self, pen: Pen, look: Look) -> None:
        """Draws one thing in its place."""
        if look.kind not in self.things:
            raise ValueError(f"there is no thing {look.kind}; there are {', '.join(sorted(self.things))}")
        self.things[look.kind](pen.moved(*look.at, look.size, look.flip), look)


SHELF = Shelf()


def look_from(words: Mapping[str, Any]) -> Look:
    """The look that a recipe's mapping describes; an unknown word is a TypeError."""
    lines = tuple(str(line) for line in words.get("lines", ()))
    return Look(**{**words, "lines": lines, "word": str(words.get("word", ""))})
