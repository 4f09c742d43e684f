"""Evidence marked in a text, a recording or a picture, against what the author marked (MEASUREMENT.md, section 1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.cases.rules import Region, Span
from training.judgements.rules import evidence_score

Mark = tuple[float, ...]
"""`(start, end)` in characters or seconds, half open; or `(x, y, width, height)` in pixels."""

_FIELD = "content"


@dataclass(frozen=True, slots=True)
class EvidenceKey:
    """What has to be marked, and how well."""

    marks: tuple[Mark, ...]
    extent: tuple[float, ...]
    """How long the content is, in characters or seconds, or how wide and high, in pixels: what lies outside is cut off."""
    needed_overlap: float
    """The least intersection over union that is right."""


def overlap(marks: Sequence[Mark], key: EvidenceKey) -> float:
    """Intersection over union of what was marked and the key, by length or by area; nothing marked, or marked in another way, is 0."""
    fitting = [mark for mark in marks if len(mark) == 2 * len(key.extent)]
    if len(fitting) != len(marks) or not marks:
        return 0.0
    extent = key.extent[0] if len(key.extent) == 1 else (key.extent[0], key.extent[1])
    return evidence_score([_as_evidence(mark) for mark in marks], [_as_evidence(mark) for mark in key.marks], {_FIELD: extent})


def _as_evidence(mark: Mark) -> Span | Region:
    return Span(_FIELD, *mark) if len(mark) == 2 else Region(_FIELD, *mark)
