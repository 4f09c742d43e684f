"""How a case is shown: a plain value without slug, family, label or key, and its texts cut at evidence marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from training.cases.rendering.timeline import Timeline, seconds_at, timeline_of
from training.cases.rules import Span, Surface, TextPiece, text_pieces, time_target_seconds


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
    """A stretch of text that the same people marked: nobody, the expert, oneself, or both."""

    text: str
    is_expert: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class DisplayedCase:
    """All that a browser may learn of a case before it is answered."""

    surface: Surface
    language: str
    market: str
    content: Mapping[str, Any]
    images: tuple[DisplayedImage, ...]
    recording: DisplayedRecording | None = None
    own: tuple[Span, ...] = field(default=())
    expert: tuple[Span, ...] = field(default=())

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        """Every text of it, with its path."""
        return text_pieces(self.surface, self.content)

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
        return cut(text, own=[span for span in self.own if span.field == path], expert=[span for span in self.expert if span.field == path])

    def marked(self, *, own: Iterable[Span], expert: Iterable[Span]) -> "DisplayedCase":
        """The same case with evidence marked."""
        return replace(self, own=tuple(own), expert=tuple(expert))


def cut(text: str, *, own: Iterable[Span], expert: Iterable[Span]) -> tuple[Segment, ...]:
    """The text in segments, each wholly inside or outside every mark. Joined, they are the text."""
    mine = [(int(span.start), int(span.end)) for span in own]
    theirs = [(int(span.start), int(span.end)) for span in expert]
    edges = sorted({0, len(text), *(edge for span in (*mine, *theirs) for edge in span if 0 < edge < len(text))})
    return tuple(
        Segment(text[start:end], is_expert=_covers(theirs, start, end), is_own=_covers(mine, start, end)) for start, end in pairwise(edges) if start < end
    )


def _covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
