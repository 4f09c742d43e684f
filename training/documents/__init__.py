"""What every document of the content folder is: fields that are known, never changed once read, and a hash of what it says."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

_SLUG = r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"
_AREA = r"^[A-Z]{3}$"
_LABEL = r"^[A-Z]{3}-\d{2}$"
_CLAUSE = r"^[A-Z]{3}-\d{2}\.[a-z]{1,2}$"
_LANGUAGE = r"^[a-z]{2}$"
_MARKET = r"^[A-Z]{2}$"
_SEMVER = r"^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$"
_TRANSLATED = r"^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])@(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$"
MONTH_DAY = r"^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"

PATTERN_WORDS = {
    _SLUG: "ids are lower case letters, digits and hyphens",
    _AREA: "area codes are three capitals: PRO",
    _LABEL: "label codes are an area and two digits: PRO-03",
    _CLAUSE: "clause codes are a label and a letter: PRO-03.b",
    _LANGUAGE: "languages are two lower case letters: en, id",
    _MARKET: "markets are two capitals: ID",
    MONTH_DAY: "dates of every year are a month and a day in quotes: '12-31'",
    _SEMVER: "versions are three numbers: 1.0.0",
    _TRANSLATED: "a translation names its original and the version that it follows: prohibited-goods@1.2.0",
}
"""How to write what a pattern asks for, by pattern."""


def is_clause_code(text: str) -> bool:
    """Whether this is written as clause codes are."""
    return re.fullmatch(_CLAUSE, text) is not None


Slug = Annotated[str, StringConstraints(pattern=_SLUG, min_length=3, max_length=60)]
"""A document's id: lower case letters, digits and hyphens."""

AreaCode = Annotated[str, StringConstraints(pattern=_AREA)]
LabelCode = Annotated[str, StringConstraints(pattern=_LABEL)]
ClauseCode = Annotated[str, StringConstraints(pattern=_CLAUSE)]
LanguageCode = Annotated[str, StringConstraints(pattern=_LANGUAGE)]
MarketCode = Annotated[str, StringConstraints(pattern=_MARKET)]
SemverText = Annotated[str, StringConstraints(pattern=_SEMVER)]
"""A version in three numbers: 1.0.0."""

TranslatedText = Annotated[str, StringConstraints(pattern=_TRANSLATED)]
"""A document and the version of it that a translation follows: `prohibited-goods@1.2.0`."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A title or another text of one line."""

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


FieldPath = tuple[str | int, ...]
"""Where a value stands in a document: `("reference", "evidence", 0, "quote")`."""


class FieldFaults(ValueError):
    """What a document's own check finds wrong, field by field; each message is `what is wrong; how to mend it`.

    Raised by a validator, below whose own place the paths begin.
    """

    def __init__(self, faults: Sequence[tuple[FieldPath, str]]) -> None:
        super().__init__(" · ".join(message for _, message in faults))
        self.faults = tuple(faults)


class Part(BaseModel):
    """A part of a document; a field that nobody knows is a fault."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)


class Document(Part):
    """One file of the content folder."""

    def content_hash(self) -> str:
        """The same for two documents exactly when they say the same, however they are laid out.

        What a field says by itself, left out, is not said: a field that documents learn to have changes none that was written before.
        """
        return content_hash(self.model_dump(mode="json", exclude_defaults=True))


def content_hash(value: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
