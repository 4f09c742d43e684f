"""Evidence marked in a text, a recording or a picture, against what the author marked (MEASUREMENT.md, section 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from training.cases.rules import Span
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
    if len(key.extent) == 1:
        return evidence_score([_span(mark) for mark in marks], [_span(mark) for mark in key.marks], {_FIELD: key.extent[0]})
    return area_overlap(marks, key.marks, (key.extent[0], key.extent[1]))


def _span(mark: Mark) -> Span:
    return Span(_FIELD, mark[0], mark[1])


def area_overlap(left: Sequence[Mark], right: Sequence[Mark], extent: tuple[float, float]) -> float:
    """Intersection over union of the areas that two sets of boxes cover, each cut to the picture; boxes of one set may overlap.

    Exact: the picture is cut along every edge of every box, and each piece lies wholly inside or outside of each set.
    """
    ours, theirs = _clipped(left, extent), _clipped(right, extent)
    across = sorted({edge for box in (*ours, *theirs) for edge in (box[0], box[2])})
    down = sorted({edge for box in (*ours, *theirs) for edge in (box[1], box[3])})
    shared = united = 0.0
    for x, x_end in pairwise(across):
        for y, y_end in pairwise(down):
            is_ours, is_theirs = _covers(ours, x, y), _covers(theirs, x, y)
            area = (x_end - x) * (y_end - y)
            shared += area * (is_ours and is_theirs)
            united += area * (is_ours or is_theirs)
    return shared / united if united else 0.0


def _clipped(boxes: Sequence[Mark], extent: tuple[float, float]) -> list[tuple[float, float, float, float]]:
    """Corners instead of sizes, cut to the picture."""
    width, height = extent
    corners = ((max(x, 0.0), max(y, 0.0), min(x + wide, width), min(y + high, height)) for x, y, wide, high in boxes)
    return [(x, y, x_end, y_end) for x, y, x_end, y_end in corners if x < x_end and y < y_end]


def _covers(boxes: Sequence[tuple[float, float, float, float]], x: float, y: float) -> bool:
    return any(left <= x < right and top <= y < bottom for left, top, right, bottom in boxes)
