"""What every document of the content folder is: fields that are known, never changed once read, and a hash of what it says."""

import hashlib
import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", min_length=3, max_length=60)]
"""A document's id: lower case letters, digits and hyphens."""

AreaCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
LabelCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}$")]
ClauseCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}\.[a-z]{1,2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
SemverText = Annotated[str, StringConstraints(pattern=r"^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$")]
"""A version in three numbers: 1.0.0."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A title or another text of one line."""

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class Part(BaseModel):
    """A part of a document; a field that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Document(Part):
    """One file of the content folder."""

    def content_hash(self) -> str:
        """The same for two documents exactly when they say the same, however they are laid out."""
        return content_hash(self.model_dump(mode="json"))


def content_hash(value: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
