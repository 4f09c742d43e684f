"""How far marked evidence agrees with what the expert marked (MEASUREMENT.md, section 1): intersection over union."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from training.cases.rules import Extent, Mark, Region, Span

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def evidence_score(answer: Iterable[Mark], reference: Iterable[Mark], extents: Mapping[str, Extent]) -> float:
    """Intersection over union of what was marked, of each kind by itself, and the mean of the kinds that either side marked.

    The kinds are the texts together, in characters; the recording, in seconds; and the pictures together, in pixels: they have no common measure. Marks
    are cut to the content, and merged where they overlap. Nothing marked on either side is 1, by one alone 0.
    """
    chosen, gold = list(answer), list(reference)
    kinds = (
        _shared_length(_texts(chosen), _texts(gold), extents),
        _shared_length(_times(chosen), _times(gold), extents),
        _shared_area(_boxes(chosen), _boxes(gold), extents),
    )
    scores = [shared / united for shared, united in kinds if united]
    return sum(scores) / len(scores) if scores else 1.0


def _texts(marks: Iterable[Mark]) -> list[Span]:
    return [mark for mark in marks if isinstance(mark, Span) and not mark.is_time]


def _times(marks: Iterable[Mark]) -> list[Span]:
    return [mark for mark in marks if isinstance(mark, Span) and mark.is_time]


def _boxes(marks: Iterable[Mark]) -> list[Region]:
    return [mark for mark in marks if isinstance(mark, Region)]


def _shared_length(answer: Sequence[Span], reference: Sequence[Span], extents: Mapping[str, Extent]) -> tuple[float, float]:
    """How much both cover, and how much either does."""
    chosen, gold = _merged_by_field(answer, extents), _merged_by_field(reference, extents)
    shared = sum(_overlap(stretches, gold.get(name, [])) for name, stretches in chosen.items())
    return shared, _length(chosen) + _length(gold) - shared


def _merged_by_field(spans: Iterable[Span], extents: Mapping[str, Extent]) -> dict[str, list[tuple[float, float]]]:
    merged: dict[str, list[tuple[float, float]]] = {}
    for span in sorted(spans, key=lambda each: (each.field, each.start, each.end)):
        extent = extents.get(span.field, span.end)
        start, end = max(span.start, 0), min(span.end, extent) if isinstance(extent, float | int) else 0
        if start >= end:
            continue
        stretches = merged.setdefault(span.field, [])
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return merged


def _overlap(left: Collection[tuple[float, float]], right: Collection[tuple[float, float]]) -> float:
    return sum(max(0.0, min(a_end, b_end) - max(a_start, b_start)) for a_start, a_end in left for b_start, b_end in right)


def _length(fields: Mapping[str, Collection[tuple[float, float]]]) -> float:
    return sum(end - start for stretches in fields.values() for start, end in stretches)


def _shared_area(answer: Sequence[Region], reference: Sequence[Region], extents: Mapping[str, Extent]) -> tuple[float, float]:
    """How much of all pictures both cover, and how much either does."""
    chosen, gold = _corners_by_field(answer, extents), _corners_by_field(reference, extents)
    areas = [_areas(chosen.get(name, []), gold.get(name, [])) for name in sorted(chosen.keys() | gold.keys())]
    return sum(shared for shared, _ in areas), sum(united for _, united in areas)


def _corners_by_field(regions: Iterable[Region], extents: Mapping[str, Extent]) -> dict[str, list[Box]]:
    """Corners instead of sizes, cut to their picture."""
    found: dict[str, list[Box]] = {}
    for region in regions:
        extent = extents.get(region.field)
        right, bottom = region.x + region.width, region.y + region.height
        across, down = extent if isinstance(extent, tuple) else (right, bottom)
        box = max(region.x, 0.0), max(region.y, 0.0), min(right, across), min(bottom, down)
        if box[0] < box[2] and box[1] < box[3]:
            found.setdefault(region.field, []).append(box)
    return found


def _areas(ours: Sequence[Box], theirs: Sequence[Box]) -> tuple[float, float]:
    """What both sets of boxes cover of one picture, and what either does; boxes of one set may overlap.

    Exact: the picture is cut along every edge of every box, and each piece lies wholly inside or outside of each set.
    """
    across = sorted({edge for box in (*ours, *theirs) for edge in (box[0], box[2])})
    down = sorted({edge for box in (*ours, *theirs) for edge in (box[1], box[3])})
    shared = united = 0.0
    for x, x_end in pairwise(across):
        for y, y_end in pairwise(down):
            is_ours, is_theirs = _covers(ours, x, y), _covers(theirs, x, y)
            area = (x_end - x) * (y_end - y)
            shared += area * (is_ours and is_theirs)
            united += area * (is_ours or is_theirs)
    return shared, united


def _covers(boxes: Sequence[Box], x: float, y: float) -> bool:
    return any(left <= x < right and top <= y < bottom for left, top, right, bottom in boxes)
