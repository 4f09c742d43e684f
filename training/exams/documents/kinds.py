"""What items of each kind say beside what every item says: options, marks, steps, answers, rubrics, passages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from training.documents import FieldFaults, FieldPath, Line, Part, Prose
from training.exams.rules.blueprint import Criterion
from training.exams.rules.typing_test import CHARACTERS_A_WORD
from training.media.rules import Medium, medium_of

MediaName = Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""A file below `exams/`: `media/clip.webm`."""

Length = Annotated[float, Field(ge=0, le=100_000)]


class OptionDocument(Part):
    """One option of a choice item."""

    id: Literal["a", "b", "c", "d", "e", "f"]
    text: Prose
    correct: bool = False
    critical: bool = False
    """Choosing it is a critical miss."""


class StretchDocument(Part):
    """A stretch of a recording, in seconds, half open."""

    start: Length
    end: Length

    @model_validator(mode="after")
    def goes_forward(self) -> Self:
        """It ends after it begins."""
        if self.start >= self.end:
            raise ValueError("`end` is not after `start`; a stretch has a length")
        return self


class RegionDocument(Part):
    """A box in a picture, in its pixels, from its upper left corner."""

    x: Length
    y: Length
    width: Annotated[float, Field(gt=0, le=100_000)]
    height: Annotated[float, Field(gt=0, le=100_000)]


FITTING_MARKS = {None: "quotes", Medium.PICTURE: "regions", Medium.VIDEO: "ranges", Medium.AUDIO: "ranges"}


class EvidenceDocument(Part):
    """What is shown, which parts of it have to be marked, and how well: a text with quotes, a recording with stretches, a picture with regions."""

    text: Prose | None = None
    file: MediaName | None = None
    alt: Line | None = None
    """What the file shows, for who cannot see or hear it: never what it means."""
    transcript: Prose | None = None
    """What is said in a recording."""
    quotes: Annotated[tuple[Prose, ...], Field(max_length=10)] = ()
    ranges: Annotated[tuple[StretchDocument, ...], Field(max_length=10)] = ()
    regions: Annotated[tuple[RegionDocument, ...], Field(max_length=10)] = ()
    needed_overlap: Annotated[float, Field(ge=0.1, le=1)] = 0.5

    @property
    def medium(self) -> Medium | None:
        """What kind of file it shows by its name; nothing for a text."""
        return medium_of(self.file) if self.file else None

    @model_validator(mode="after")
    def shows_one_thing_and_marks_it(self) -> Self:
        """One of text and file; the marks that fit it, and no others."""
        faults = [*self._shown_faults(), *self._mark_faults(), *self._quote_faults()]
        if faults:
            raise FieldFaults(faults)
        return self

    def _shown_faults(self) -> list[tuple[FieldPath, str]]:
        if (self.text is None) == (self.file is None):
            return [((), "shows one thing; write either `text` or `file`")]
        if self.file is not None and self.medium is None:
            return [(("file",), "is no picture, video or sound by its name; end it in .png, .jpg, .webp, .webm or .wav")]
        if self.file is not None and self.alt is None:
            return [(("alt",), "`alt` is missing; say what the file shows, never what it means")]
        return []

    def _mark_faults(self) -> list[tuple[FieldPath, str]]:
        fitting = FITTING_MARKS[self.medium]
        faults: list[tuple[FieldPath, str]] = [] if getattr(self, fitting) else [((fitting,), f"`{fitting}` is missing; say what has to be marked")]
        for name in {"quotes", "ranges", "regions"} - {fitting}:
            if getattr(self, name):
                faults.append(((name,), f"`{name}` does not fit what is shown; write `{fitting}`"))
        return faults

    def _quote_faults(self) -> list[tuple[FieldPath, str]]:
        text = self.text or ""
        return [
            (("quotes", position), f"“{quote}” occurs {text.count(quote)} times in the text; quote it exactly, and long enough to occur once")
            for position, quote in enumerate(self.quotes)
            if text.count(quote) != 1
        ]

    @property
    def marks(self) -> list[list[float]]:
        """What has to be marked, as answers say it: `[start, end]`, or `[x, y, width, height]`."""
        if self.text is not None:
            return [[self.text.index(quote), self.text.index(quote) + len(quote)] for quote in self.quotes]
        ranges = [[stretch.start, stretch.end] for stretch in self.ranges]
        return ranges or [[region.x, region.y, region.width, region.height] for region in self.regions]


class AnswerDocument(Part):
    """A short exact answer: a number with a tolerance, or the texts that are right."""

    number: Decimal | None = None
    tolerance: Annotated[Decimal, Field(ge=0)] | None = None
    units: Annotated[tuple[Line, ...], Field(max_length=10)] = ()
    texts: Annotated[tuple[Line, ...], Field(max_length=30)] = ()

    @model_validator(mode="after")
    def is_a_number_or_a_text(self) -> Self:
        """One of the two."""
        if (self.number is None) == (not self.texts):
            raise ValueError("an answer is one thing; write either `number` or `texts`")
        if self.number is None and (self.tolerance is not None or self.units):
            raise ValueError("`tolerance` and `units` belong to a number; leave them out beside `texts`")
        return self


class ReplyDocument(Part):
    """A ticket to be answered, and what markers look for, criterion by criterion."""

    ticket: Prose
    rubric: Mapping[Criterion, Prose]
    longest: Annotated[int, Field(ge=100, le=4_000)] = 1_200
    """Characters of the reply at most."""

    @model_validator(mode="after")
    def has_the_whole_rubric(self) -> Self:
        """Markers judge every criterion."""
        missing = [criterion.value for criterion in Criterion if criterion not in self.rubric]
        faults: list[tuple[FieldPath, str]] = [(("rubric", name), f"`{name}` is missing; say what a marker looks for") for name in missing]
        if faults:
            raise FieldFaults(faults)
        return self


class TypingDocument(Part):
    """A passage to be typed, for how long, and how fast and how right that has to be."""

    passage: Annotated[str, StringConstraints(strip_whitespace=True, min_length=100, max_length=3_000)]
    seconds: Annotated[int, Field(ge=30, le=300)] = 60
    words_a_minute: Annotated[int, Field(ge=5, le=150)] = 40
    accuracy_percent: Annotated[int, Field(ge=50, le=100)] = 95

    @model_validator(mode="after")
    def lasts_longer_than_needed(self) -> Self:
        """Who types half as fast again does not run out of passage."""
        needed = self.words_a_minute * CHARACTERS_A_WORD * self.seconds * 3 // 120
        if len(self.passage) < needed:
            problem = f"`passage` has {len(self.passage)} characters; write {needed} or more, so that nobody who is a little faster runs out of it"
            raise FieldFaults([(("passage",), problem)])
        return self
