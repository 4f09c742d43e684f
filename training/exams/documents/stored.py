"""What is kept of an item with its version: what its document says, with what marking needs worked out once."""

from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any, Protocol

from training.exams.documents.items import ItemDocument
from training.exams.documents.kinds import EvidenceDocument


class ShownFile(Protocol):
    """A stored file as far as an item needs it."""

    id: Any
    mime: Any
    width: Any
    height: Any
    seconds: Any


def stored_document(document: ItemDocument, media: Mapping[str, ShownFile]) -> dict[str, Any]:
    """The document of an item version. `media` holds the stored file for each that the document names."""
    said = document.said()
    if document.steps is not None:
        said["steps"] = [{"id": letter, "text": step} for letter, step in zip(ascii_lowercase, document.steps, strict=False)]
    if document.evidence is not None:
        said["evidence"] = _evidence(document.evidence, media)
    return said


def _evidence(evidence: EvidenceDocument, media: Mapping[str, ShownFile]) -> dict[str, Any]:
    key = {"marks": evidence.marks, "needed_overlap": evidence.needed_overlap}
    if evidence.text is not None:
        return {"text": evidence.text, "extent": [len(evidence.text)], **key}
    file = media[f"exams/{evidence.file}"]
    return {
        "media_id": file.id,
        "mime": file.mime,
        "width": file.width,
        "height": file.height,
        "alt": evidence.alt,
        "transcript": evidence.transcript,
        "extent": [file.seconds] if file.seconds is not None else [file.width, file.height],
        **key,
    }
