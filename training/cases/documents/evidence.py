"""The evidence of a reference, as the training team writes it: a quote, a stretch of the recording, or a box on a picture."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from training.cases.documents.words import Line, Strict
from training.cases.rules import RECORDING, Mark, Region, Span, TextPiece, picture_field, quote_span
from training.documents import FieldPath

Number = Annotated[int | float, Field(ge=0, le=1_000_000)]


def _left_out(value: object) -> bool:
    return value is None


class Evidence(Strict):
    """What shows why. `quote` is of a text; `start` and `end` are seconds of the recording; `x`, `y`, `width` and `height` pixels of a picture."""

    field: Line
    quote: Annotated[str | None, Field(min_length=1, max_length=2_000, exclude_if=_left_out)] = None
    start: Annotated[Number | None, Field(exclude_if=_left_out)] = None
    end: Annotated[Number | None, Field(exclude_if=_left_out)] = None
    x: Annotated[Number | None, Field(exclude_if=_left_out)] = None
    y: Annotated[Number | None, Field(exclude_if=_left_out)] = None
    width: Annotated[Number | None, Field(exclude_if=_left_out)] = None
    height: Annotated[Number | None, Field(exclude_if=_left_out)] = None

    @model_validator(mode="after")
    def _marks_one_thing(self) -> Self:
        ways = ("quote",), ("start", "end"), ("x", "y", "width", "height")
        said = tuple(name for way in ways for name in way if getattr(self, name) is not None)
        if said not in ways:
            raise ValueError("marks one thing; write `quote`, or `start` and `end`, or `x`, `y`, `width` and `height`")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("`end` is not after `start`; a stretch has a length")
        if self.width == 0 or self.height == 0:
            raise ValueError("a box has a width and a height")
        return self

    def mark(self, pieces: Sequence[TextPiece]) -> Mark | None:
        """The mark it says; nothing where a quote is not found in these texts exactly once."""
        if self.quote is not None:
            return quote_span(pieces, quote=self.quote, field=self.field)
        if self.start is not None and self.end is not None:
            return Span(self.field, self.start, self.end)
        return Region(self.field, self.x or 0, self.y or 0, self.width or 0, self.height or 0)

    def faults(self, pieces: Sequence[TextPiece], *, picture_count: int, is_recorded: bool) -> Iterator[tuple[FieldPath, str]]:
        """What of it does not fit a content with these texts and pictures, with or without a recording."""
        texts = {piece.path: piece.text for piece in pieces}
        pictures = [picture_field(position) for position in range(picture_count)]
        if self.quote is not None:
            if self.field not in texts:
                yield ("field",), f"{self.field} is not a text of this content; it has {', '.join(texts)}"
            elif self.mark(pieces) is None:
                often = "does not occur" if self.quote not in texts[self.field] else "occurs more than once"
                yield ("quote",), f"“{self.quote}” {often} in {self.field}; quote it exactly, and long enough to occur once"
        elif self.start is not None:
            if self.field != RECORDING or not is_recorded:
                yield ("field",), f"a stretch lies in `{RECORDING}`, {'and this content has one' if is_recorded else 'which this content does not have'}"
        elif self.field not in pictures:
            yield ("field",), f"{self.field} is no picture of this content; it has {', '.join(pictures) or 'none'}"
