"""What in a case can be marked as evidence: stretches of its texts and of its recording, and boxes on its pictures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from training.cases.rules.vocabulary import Surface

RECORDING = "recording"
"""The field that stretches of a recording's time lie in."""

NOT_TEXTS = frozenset({"images", RECORDING, "asks", "macros"})
"""What of a content is shown without being one of its texts."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text of a case, in characters, or of its recording, in seconds: half open, from `start` to before `end`."""

    field: str
    start: float
    end: float

    @property
    def is_time(self) -> bool:
        """Whether it is a stretch of the recording."""
        return self.field == RECORDING


@dataclass(frozen=True, slots=True)
class Region:
    """A box on one picture of a case, in the picture's pixels from its upper left corner."""

    field: str
    x: float
    y: float
    width: float
    height: float


Mark = Span | Region

Extent = float | tuple[float, float]
"""How far a field reaches: a text in characters, a recording in seconds, a picture in pixels across and down."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """One text of a case's content, and the path that evidence addresses it by."""

    path: str
    text: str


def picture_field(position: int) -> str:
    """The field that boxes on this picture lie in: `images.0` is the first."""
    return f"images.{position}"


def mark_of(written: Mapping[str, Any]) -> Mark:
    """The mark that a stored JSON object says."""
    if "x" in written:
        return Region(written["field"], written["x"], written["y"], written["width"], written["height"])
    return Span(written["field"], written["start"], written["end"])


def text_pieces(surface: Surface, content: Mapping[str, Any]) -> tuple[TextPiece, ...]:
    """Every text of this content in its order, each with its path (`title`, `attributes.Size`, `chat.0.text`).

    Pictures and recordings have no text here: evidence is what the case itself says. `surface` fixes which fields there are.
    """
    return tuple(TextPiece(path, text) for path, text in _texts("", {name: value for name, value in content.items() if name not in NOT_TEXTS}))


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    if isinstance(value, Mapping):
        steps: Iterable[tuple[object, Any]] = value.items()
    elif isinstance(value, list | tuple):
        steps = enumerate(value)
    else:
        return
    for step, inner in steps:
        yield from _texts(f"{path}.{step}" if path else str(step), inner)


def quote_span(pieces: Iterable[TextPiece], *, quote: str, field: str | None = None) -> Span | None:
    """Where this exact quote stands, in `field` or anywhere: nothing unless it occurs exactly once."""
    if not quote:
        return None
    found = [Span(piece.path, at, at + len(quote)) for piece in pieces if field in (None, piece.path) for at in _occurrences(piece.text, quote)]
    return found[0] if len(found) == 1 else None


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)
