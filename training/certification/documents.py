"""The documents that describe certifications."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from training.courses.rules.versions import Version
from training.documents import LanguageCode, SemverText, Slug


class Needs(BaseModel):
    """What a person must have done and be to hold the certificate."""

    model_config = ConfigDict(extra="forbid")

    courses: list[Slug] = []
    modules: dict[Slug, SemverText] = {}
    exam: Slug | None = None
    languages: list[LanguageCode] = []
    prerequisites: list[Slug] = []

    @property
    def module_versions(self) -> tuple[tuple[str, Version], ...]:
        """The modules and the versions that must have been acknowledged."""
        return tuple((slug, Version.parse(text)) for slug, text in self.modules.items())


class CertificationDocument(BaseModel):
    """A certification: what it needs, and how long it lasts."""

    model_config = ConfigDict(extra="forbid")

    id: Slug
    title: Annotated[str, Field(min_length=3, max_length=120)]
    summary: Annotated[str, Field(min_length=10, max_length=600)]
    needs: Needs
    validity_days: Annotated[int, Field(ge=1, le=3650)] = 180
    renewal_window_days: Annotated[int, Field(ge=0, le=365)] = 30
    nesting: Literal["none"] = "none"
