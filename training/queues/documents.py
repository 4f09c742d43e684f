"""The documents that describe queues."""

from typing import Annotated

from pydantic import Field

from training.cases.rules import Severity, Surface
from training.courses.rules.versions import Version
from training.documents import AreaCode, Document, LanguageCode, Line, MarketCode, Part, Prose, SemverText, Slug
from training.practice.rules import Sensitivity, sensitivities_in
from training.queues.rules.evidence import Requirements


class Demands(Part):
    """What a queue requires of whoever works it."""

    all_of: tuple[Slug, ...] = ()
    any_of: tuple[Slug, ...] = ()
    languages: tuple[LanguageCode, ...] = ()
    markets: tuple[MarketCode, ...] = ()
    modules: dict[Slug, SemverText] = Field(default_factory=dict)


class QueueDocument(Document):
    """A live queue: what waits in it, and what it requires."""

    id: Slug
    title: Line
    summary: Prose
    surfaces: Annotated[tuple[Surface, ...], Field(min_length=1)]
    areas: Annotated[tuple[AreaCode, ...], Field(min_length=1)]
    severity_ceiling: Severity
    requires: Demands
    sensitivities: tuple[Sensitivity, ...] | None = None
    """Kinds of hard material that its work shows, where they are not simply those of its areas."""

    @property
    def takes_two(self) -> bool:
        """Whether an exception takes a second person: its work can be of the highest severity."""
        return self.severity_ceiling is Severity.S4

    @property
    def requirements(self) -> Requirements:
        """What the gate compares a person's evidence with."""
        return Requirements(
            all_of=self.requires.all_of,
            any_of=self.requires.any_of,
            languages=frozenset(self.requires.languages),
            markets=frozenset(self.requires.markets),
            modules=tuple((slug, Version.parse(text)) for slug, text in self.requires.modules.items()),
            areas=frozenset(self.areas),
            sensitivities=sensitivities_in(self.areas) if self.sensitivities is None else frozenset(self.sensitivities),
        )
