"""The documents that describe queues."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from training.courses.rules.versions import Version
from training.documents import AreaCode, LanguageCode, MarketCode, SemverText, Slug
from training.queues.rules.evidence import Requirements

Surface = Literal["listing", "seller", "video", "live", "review", "comment", "ticket"]


class Demands(BaseModel):
    """What a queue requires of whoever works it."""

    model_config = ConfigDict(extra="forbid")

    all_of: list[Slug] = []
    any_of: list[Slug] = []
    languages: list[LanguageCode] = []
    markets: list[MarketCode] = []
    modules: dict[Slug, SemverText] = {}


class QueueDocument(BaseModel):
    """A live queue: what waits in it, and what it requires."""

    model_config = ConfigDict(extra="forbid")

    id: Slug
    title: Annotated[str, Field(min_length=3, max_length=120)]
    summary: Annotated[str, Field(min_length=10, max_length=600)]
    surfaces: Annotated[list[Surface], Field(min_length=1)]
    areas: Annotated[list[AreaCode], Field(min_length=1)]
    severity_ceiling: Literal["S1", "S2", "S3", "S4"]
    requires: Demands

    @property
    def requirements(self) -> Requirements:
        """What the gate compares a person's evidence with."""
        return Requirements(
            all_of=tuple(self.requires.all_of),
            any_of=tuple(self.requires.any_of),
            languages=frozenset(self.requires.languages),
            markets=frozenset(self.requires.markets),
            modules=tuple((slug, Version.parse(text)) for slug, text in self.requires.modules.items()),
            areas=frozenset(self.areas),
        )
