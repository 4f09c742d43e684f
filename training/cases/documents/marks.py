"""Evidence as it travels from a browser: marked stretches of a case's texts."""

from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from training.cases.documents.words import Strict
from training.cases.rules import Span


class MarkDocument(Strict):
    """One marked stretch, in characters (code points) of the field, from `start` to before `end`."""

    field: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    start: Annotated[int, Field(ge=0, le=1_000_000)]
    end: Annotated[int, Field(ge=0, le=1_000_000)]


_MARKS = TypeAdapter(Annotated[list[MarkDocument], Field(max_length=100)])


def read_marks(text: str) -> tuple[Span, ...]:
    """The marks that this JSON text says; none where it is empty. Raises ValueError where it says something else."""
    if not text.strip():
        return ()
    return tuple(Span(mark.field, mark.start, mark.end) for mark in _MARKS.validate_json(text))


def write_marks(marks: list[dict[str, object]]) -> str:
    """The JSON text that says these marks."""
    return _MARKS.dump_json(_MARKS.validate_python(marks)).decode() if marks else ""
