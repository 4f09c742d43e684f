"""The documents that describe certifications."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from training.courses.rules.versions import Version
from training.documents import Document, FieldFaults, LanguageCode, Line, Part, Prose, SemverText, Slug


class Needs(Part):
    """What a person must have done and be to hold the certificate."""

    courses: tuple[Slug, ...] = ()
    modules: dict[Slug, SemverText] = Field(default_factory=dict)
    exam: Slug | None = None
    supporting_exams: Annotated[tuple[Slug, ...], Field(max_length=10, exclude_if=lambda slugs: not slugs)] = ()
    """Exams that do not gate and must be passed as well; left out of what is stored where there are none, as documents from before say nothing of them."""
    languages: tuple[LanguageCode, ...] = ()
    prerequisites: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def asks_for_each_exam_once(self) -> "Needs":
        """The exam that gates is not a supporting one, and none is named twice."""
        named = [*self.supporting_exams, *([self.exam] if self.exam else [])]
        twice = sorted({slug for slug in named if named.count(slug) > 1})
        if twice:
            raise FieldFaults([(("supporting_exams",), f"{', '.join(twice)} is named twice; leave it out once")])
        return self

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
