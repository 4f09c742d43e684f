"""How a case is shown: a plain value without slug, family, label or key, and its texts cut at evidence marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Protocol

from training.cases.rendering.marks import box_words, time_words
from training.cases.rendering.timeline import Timeline, seconds_at, timeline_of
from training.cases.rules import RECORDING, Ask, Extent, Mark, Region, Span, Surface, TextPiece, picture_field, text_pieces, time_target_seconds


@dataclass(frozen=True, slots=True)
class DisplayedImage:
    """A picture of a case. Its address is made per viewer by `media.tokens`."""

    media_id: int
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DisplayedRecording:
    """A video or a sound of a case. A sound has no sides."""

    media_id: int
    alt: str
    seconds: float
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Something that the same people marked: nobody, the expert, oneself, or both."""

    text: str
    is_expert: bool = False
    is_own: bool = False
    is_quote: bool = True
    """Whether it is words of the case; else it says where in the recording or on which picture something is marked."""


@dataclass(frozen=True, slots=True)
class MarkedTime:
    """A stretch of a recording, in seconds, that the same people marked."""

    start: float
    end: float
    is_expert: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class MarkedRegion:
    """A box on a picture, and who marked exactly it."""

    region: Region
    is_expert: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class DisplayedCase:
    """All that a browser may learn of a case before it is answered."""

    surface: Surface
    language: str
    market: str
    content: Mapping[str, Any]
    images: tuple[DisplayedImage, ...]
    recording: DisplayedRecording | None = None
    own: tuple[Mark, ...] = field(default=())
    expert: tuple[Mark, ...] = field(default=())

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        """Every text of it, with its path."""
        return text_pieces(self.surface, self.content)

    @property
    def asks(self) -> frozenset[Ask]:
        """What it asks for beside the decision."""
        return frozenset(map(Ask, self.content.get("asks", ())))

    @property
    def extents(self) -> dict[str, Extent]:
        """How far each field reaches that evidence can be marked in: texts, recording and pictures."""
        extents: dict[str, Extent] = {piece.path: len(piece.text) for piece in self.pieces}
        extents |= {picture_field(position): (image.width, image.height) for position, image in enumerate(self.images)}
        return extents | {RECORDING: self.recording.seconds} if self.recording else extents

    def field_of(self, image: DisplayedImage) -> str:
        """The field that boxes on this picture lie in."""
        return picture_field(self.images.index(image))

    def regions_on(self, image: DisplayedImage) -> tuple[MarkedRegion, ...]:
        """The boxes that anybody marked on this picture."""
        return tuple(marked for marked in self.marked_regions if marked.region.field == self.field_of(image))

    @property
    def marked_regions(self) -> tuple[MarkedRegion, ...]:
        """Every box, and who marked it."""
        return tuple(
            MarkedRegion(mark, is_expert=mark in self.expert, is_own=mark in self.own)
            for mark in dict.fromkeys((*self.expert, *self.own))
            if isinstance(mark, Region)
        )

    @property
    def marked_times(self) -> tuple[MarkedTime, ...]:
        """The recording cut where marks of its time begin and end: the stretches that anybody marked."""
        if self.recording is None:
            return ()
        own, expert = (_pairs(_spans(marks, RECORDING)) for marks in (self.own, self.expert))
        edges = sorted({min(edge, self.recording.seconds) for pair in (*own, *expert) for edge in pair})
        cuts = (MarkedTime(start, end, is_expert=_covers(expert, start, end), is_own=_covers(own, start, end)) for start, end in pairwise(edges))
        return tuple(cut for cut in cuts if cut.is_expert or cut.is_own)

    @property
    def passages(self) -> tuple[Segment, ...]:
        """What anybody marked: words in their order, then stretches of the recording, then boxes, each wholly marked by the same."""
        words = [segment for piece in self.pieces for segment in self.segments(piece.path, piece.text) if segment.is_expert or segment.is_own]
        times = [Segment(time_words(time.start, time.end), time.is_expert, time.is_own, is_quote=False) for time in self.marked_times]
        boxes = [Segment(box_words(box.region), box.is_expert, box.is_own, is_quote=False) for box in self.marked_regions]
        return (*words, *times, *boxes)

    @property
    def timeline(self) -> Timeline:
        """When something is said or written in a clip; empty for what has no length."""
        return timeline_of(self.content, seconds=self.recording.seconds if self.recording else None)

    @property
    def time_target_seconds(self) -> int:
        """How long a decision on it should take."""
        return time_target_seconds(self.surface, self.content)

    def second_of(self, at: str) -> int | None:
        """The second of the recording that this time of the clip is; nothing without a recording, or behind its end."""
        second = seconds_at(at)
        return second if self.recording and second is not None and second <= self.recording.seconds else None

    def segments(self, path: str, text: str) -> tuple[Segment, ...]:
        """This text, cut where marks begin and end."""
        return cut(text, own=_spans(self.own, path), expert=_spans(self.expert, path))

    def marked(self, *, own: Iterable[Mark], expert: Iterable[Mark]) -> "DisplayedCase":
        """The same case with evidence marked."""
        return replace(self, own=tuple(own), expert=tuple(expert))


class Showing(Protocol):
    """A row that holds what a case shows: a version of it, or what colleagues are asked to label."""

    @property
    def surface(self) -> str:
        """Where it is seen."""

    @property
    def language(self) -> str:
        """Of its texts."""

    @property
    def market(self) -> str:
        """Two capitals."""

    @property
    def content(self) -> Mapping[str, Any]:
        """The fields of the surface."""

    @property
    def images(self) -> Sequence[Any]:
        """`{media_id, alt, width, height}`, in their order."""

    @property
    def recording(self) -> Mapping[str, Any] | None:
        """`{media_id, alt, seconds, width, height}`."""


def displayed(version: Showing) -> DisplayedCase:
    """This version as it is shown."""
    return DisplayedCase(
        surface=Surface(version.surface),
        language=version.language,
        market=version.market,
        content=version.content,
        images=tuple(DisplayedImage(**image) for image in version.images),
        recording=DisplayedRecording(**version.recording) if version.recording else None,
    )


def _spans(marks: Iterable[Mark], path: str) -> list[Span]:
    return [mark for mark in marks if isinstance(mark, Span) and mark.field == path]


def cut(text: str, *, own: Iterable[Span], expert: Iterable[Span]) -> tuple[Segment, ...]:
    """The text in segments, each wholly inside or outside every mark. Joined, they are the text."""
    mine, theirs = _pairs(own), _pairs(expert)
    edges = sorted({0, len(text), *(int(edge) for span in (*mine, *theirs) for edge in span if 0 < edge < len(text))})
    return tuple(
        Segment(text[start:end], is_expert=_covers(theirs, start, end), is_own=_covers(mine, start, end)) for start, end in pairwise(edges) if start < end
    )


def _pairs(spans: Iterable[Span]) -> list[tuple[float, float]]:
    return [(span.start, span.end) for span in spans]


def _covers(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    return any(first <= start and end <= last for first, last in spans)
