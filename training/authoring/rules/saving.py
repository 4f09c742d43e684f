"""What becomes of a text that an editor sends: several windows, each with numbers of its own, write one draft."""

from dataclasses import dataclass
from enum import StrEnum

from training.authoring.rules.merging import merge

TEXT_LIMIT = 400_000
"""Bytes of one document: what is sent holds it twice, with the text that it was written upon, and a request may hold 1 MB."""


class SaveVerdict(StrEnum):
    """What became of a text that was sent."""

    SAVED = "saved"
    MERGED = "merged"
    """Somebody else saved meanwhile, elsewhere in the text: both are in it now."""
    REPEATED = "repeated"
    """This was sent before, and has been dealt with."""
    CONFLICT = "conflict"
    """Somebody else changed the same lines meanwhile: nothing was saved, and the text comes back with both marked."""
    TOO_LONG = "too_long"
    CLOSED = "closed"
    """The draft is not being written any more: it is in review, or published, or discarded."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A text as an editor sends it: its window, its number there, the version of the draft that it was written upon, and that version's text."""

    client_id: str
    sequence: int
    version: int
    seen: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of it, and the text that the draft then has; the marked one where both changed the same lines."""

    verdict: SaveVerdict
    text: str


def plain_lines(text: str) -> str:
    """A text as documents have it: whatever ended its lines, `\\n` does."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decide(sent: Sent, *, version: int, text: str, last_sequence: int | None) -> Decided:
    """What becomes of what was sent, where the draft is at `version` with `text`, and this window was last heard with `last_sequence`."""
    if last_sequence is not None and sent.sequence <= last_sequence:
        return Decided(SaveVerdict.REPEATED, text)
    if len(sent.text.encode()) > TEXT_LIMIT:
        return Decided(SaveVerdict.TOO_LONG, text)
    if sent.version == version or sent.text == text:
        return Decided(SaveVerdict.SAVED, sent.text)
    merged = merge(sent.seen, sent.text, text)
    verdict = SaveVerdict.CONFLICT if merged.conflict_count else SaveVerdict.MERGED
    return Decided(verdict, merged.text(ours="yours", theirs="saved meanwhile"))
