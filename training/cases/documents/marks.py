"""Evidence as it travels from a browser and is stored: marked stretches of a case's texts and of its recording, and boxes on its pictures."""

import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, model_validator

from training.cases.documents.words import Strict
from training.cases.rules import RECORDING, Mark, Region, Span, mark_of

MOST_MARKS = 100
MOST_BOXES = 20

MarkedField = Annotated[str, StringConstraints(min_length=1, max_length=600)]
Place = Annotated[int | float, Field(ge=0, le=1_000_000)]
Side = Annotated[int | float, Field(gt=0, le=1_000_000)]


class MarkDocument(Strict):
    """One marked stretch, from `start` to before `end`: in characters (code points) of a text, or in seconds of the recording."""

    field: MarkedField
    start: Place
    end: Place

    @model_validator(mode="after")
    def _texts_are_counted(self) -> Self:
        if self.field != RECORDING and not (isinstance(self.start, int) and isinstance(self.end, int)):
            raise ValueError("a mark in a text begins and ends at whole characters")
        return self


class BoxDocument(Strict):
    """One box on a picture, in its pixels from the upper left corner."""

    field: Annotated[str, StringConstraints(pattern=r"^images\.\d{1,3}$")]
    x: Place
    y: Place
    width: Side
    height: Side


AnyMark = MarkDocument | BoxDocument


def _few_boxes(marks: list[AnyMark]) -> list[AnyMark]:
    """Areas are measured piece by piece, and pieces grow with the square of the boxes."""
    if sum(isinstance(mark, BoxDocument) for mark in marks) > MOST_BOXES:
        raise ValueError(f"holds more than {MOST_BOXES} boxes")
    return marks


Marks = Annotated[list[AnyMark], Field(max_length=MOST_MARKS), AfterValidator(_few_boxes)]
"""All that one answer marks."""

_TIMES = re.compile(r"((?:\d{1,3}:)?\d{1,5}(?:[.,]\d{1,2})?)\s*[-–—]\s*((?:\d{1,3}:)?\d{1,5}(?:[.,]\d{1,2})?)", re.ASCII)

_MARKS: TypeAdapter[list[AnyMark]] = TypeAdapter(Marks)


def marks_said(documents: Iterable[AnyMark]) -> tuple[Mark, ...]:
    """The marks that these documents say."""
    return tuple(mark_of(document.model_dump()) for document in documents)


def mark_document(mark: Mark) -> AnyMark:
    """The document that says this mark; places in texts are whole, as they are counted."""
    if isinstance(mark, Region):
        return BoxDocument(field=mark.field, x=mark.x, y=mark.y, width=mark.width, height=mark.height)
    if mark.is_time:
        return MarkDocument(field=mark.field, start=mark.start, end=mark.end)
    return MarkDocument(field=mark.field, start=int(mark.start), end=int(mark.end))


def read_marks(text: str) -> tuple[Mark, ...]:
    """The marks that this JSON text says; none where it is empty. Raises ValueError where it says something else."""
    return marks_said(_MARKS.validate_json(text)) if text.strip() else ()


def read_times(line: str) -> Span | None:
    """The stretch of a recording that a line like `0:06-0:09.5` says; nothing where it says none."""
    found = _TIMES.fullmatch(line.strip())
    if found is None:
        return None
    start, end = _seconds(found[1]), _seconds(found[2])
    return Span(RECORDING, start, end) if start < end else None


def _seconds(text: str) -> float:
    minutes, _, seconds = text.replace(",", ".").rpartition(":")
    return int(minutes or 0) * 60 + float(seconds)


def write_marks(marks: Sequence[dict[str, Any]]) -> str:
    """The JSON text that says these marks."""
    return _MARKS.dump_json(_MARKS.validate_python(list(marks))).decode() if marks else ""
