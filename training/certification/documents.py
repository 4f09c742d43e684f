"""The documents that describe certifications."""

from typing import Annotated, Literal

from pydantic import Field

from training.courses.rules.versions import Version
from training.documents import Document, LanguageCode, Line, Part, Prose, SemverText, Slug


class Needs(Part):
    """What a person must have done and be to hold the certificate."""

    courses: tuple[Slug, ...] = ()
    modules: dict[Slug, SemverText] = Field(default_factory=dict)
    exam: Slug | None = None
    languages: tuple[LanguageCode, ...] = ()
    prerequisites: tuple[Slug, ...] = ()

    @property
    def module_versions(self) -> tuple[tuple[str, Version], ...]:
        """The modules and the versions that must have been acknowledged."""
        return tuple((slug, Version.parse(text)) for slug, text in self.modules.items())


class CertificationDocument(Document):
    """A certification: what it needs, and how long it lasts."""

    id: Slug
    title: Line
    summary: Prose
    needs: Needs
    validity_days: Annotated[int, Field(ge=1, le=3650)] = 180
    renewal_window_days: Annotated[int, Field(ge=0, le=365)] = 30
    nesting: Literal["none"] = "none"
