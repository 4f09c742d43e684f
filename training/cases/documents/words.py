"""The words that every document of this room is made of."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from training.documents import AreaCode, ClauseCode, LabelCode, MarketCode, Slug

__all__ = ["AreaCode", "ClauseCode", "LabelCode", "Line", "MarketCode", "Rationale", "Seconds", "Slug", "Strict", "Text"]


def _plain(text: str) -> str:
    if any(ord(character) < 32 and character not in "\n\t" for character in text):
        raise ValueError("holds a control character; remove it")
    return text


Plain = AfterValidator(_plain)
"""No character that no page and not every database can hold."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True), AfterValidator(_plain)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True), AfterValidator(_plain)]
Rationale = Annotated[str, StringConstraints(min_length=20, max_length=10_000, strip_whitespace=True), AfterValidator(_plain)]
Seconds = Annotated[int, Field(ge=1, le=86_400)]


class Strict(BaseModel):
    """What all parts of these documents share."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, coerce_numbers_to_str=True)
