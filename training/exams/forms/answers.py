"""What scripts and forms send during an exam."""

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, field_validator

from training.exams.rules.saving import HIGHEST_SEQUENCE, Saving

LARGEST_BODY = 64_000
"""Bytes of one request; what a browser's beacon carries."""
MOST_ANSWERS = 300

ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Sequence53 = Annotated[int, Field(ge=1, le=HIGHEST_SEQUENCE)]


NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL character as JSON writes it; the same letters behind another backslash are text."""
UNWRITABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without control characters, which no page may hold; lines and tabs stay."""
    return UNWRITABLE.sub("", text)


class SavingBody(BaseModel):
    """One answer: from which window, the how-manieth from there, and what it says."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True)

    client_id: ClientId
    sequence: Sequence53
    response: dict[str, Any]
    is_flagged: bool = False

    @field_validator("response")
    @classmethod
    def can_be_kept(cls, response: dict[str, Any]) -> dict[str, Any]:
        """Every database takes it, and every page can show it: no NUL characters, no numbers that are none, no characters that no keyboard writes."""
        if NUL.search(json.dumps(response, allow_nan=False)):
            raise ValueError("holds a NUL character")
        return {name: writable(value) if isinstance(value, str) else value for name, value in response.items()}

    def saving(self, position: int) -> Saving:
        """The answer as a value."""
        return Saving(position, self.client_id, self.sequence, self.response, self.is_flagged)


class BatchEntry(SavingBody):
    """One answer of several that are sent together."""

    position: Annotated[int, Field(ge=-(2**31), lt=2**31)]


_BATCH = TypeAdapter(Annotated[list[BatchEntry], Field(min_length=1, max_length=MOST_ANSWERS)])


def read_batch(text: str) -> Sequence[Saving]:
    """The answers of a batch, in their order. Raises pydantic's ValidationError."""
    return [entry.saving(entry.position) for entry in _BATCH.validate_json(text)]


class ClaimBody(BaseModel):
    """A window that wants to write; `takes_over` where the candidate said so."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True)

    client_id: ClientId
    sequence: Annotated[int, Field(ge=0, le=HIGHEST_SEQUENCE)] = 0
    takes_over: bool = False


class ConfirmBody(BaseModel):
    """A window that makes the answer at a place final."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True)

    client_id: ClientId
    position: Annotated[int, Field(ge=1, lt=2**31)]


class SubmitBody(BaseModel):
    """A window that submits."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True)

    client_id: ClientId
