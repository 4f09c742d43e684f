"""The documents of this room, as the content folder writes them."""

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from training.courses.rules.blocks import Block, clauses_in
from training.courses.rules.clause_changes import ClauseMark
from training.courses.rules.pictures import pictures_in
from training.courses.rules.translations import Original
from training.courses.rules.versions import Version
from training.documents import AreaCode, ClauseCode, Document, LanguageCode, Line, Part, Prose, SemverText, Slug, TranslatedText, content_hash

MODULE_BODY_LIMIT = 200_000
"""Characters of one module's text."""


RESERVED = frozenset({"search", "clauses"})
"""What the handbook's own pages are called."""


class ChangesDocument(Part):
    """What the author says of a version's changes: which version they are counted from, how much each changed clause weighs, and by when it is learned."""

    since: SemverText
    clauses: dict[ClauseCode, ClauseMark] = Field(default_factory=dict)
    due_days: Annotated[int | None, Field(ge=1, le=90)] = None
    """Days from the publication; nothing takes what a change of this step is usually given."""


class ModuleDocument(Document):
    """A policy module: the front matter, and the Markdown after it as `body`."""

    id: Slug
    title: Line
    area: AreaCode
    language: LanguageCode
    version: SemverText
    summary: Prose
    translates: TranslatedText | None = None
    """Of a translation: its original, and the version of it that this text follows. Its clauses are the original's, told in another language."""
    changes: ChangesDocument | None = None
    """Said of the step to this version; it is no part of what the module says."""
    body: Annotated[str, StringConstraints(min_length=1, max_length=MODULE_BODY_LIMIT)]

    @field_validator("body")
    @classmethod
    def plain_line_ends(cls, body: str) -> str:
        """Line ends and blank lines at the edges say nothing."""
        return body.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"

    @field_validator("id")
    @classmethod
    def free_address(cls, slug: str) -> str:
        """Some names stand in the handbook's own addresses."""
        if slug in RESERVED:
            raise ValueError(f"`{slug}` is an address of the handbook itself; choose another id")
        return slug

    def content_hash(self) -> str:
        """The same for two documents exactly when they say the same; what is said of their changes is none of it."""
        return content_hash(self.model_dump(mode="json", exclude_defaults=True, exclude={"changes"}))

    @property
    def number(self) -> Version:
        """Its version, to be compared."""
        return Version.parse(self.version)

    @property
    def media_files(self) -> tuple[str, ...]:
        """The pictures that it shows, as paths below the content folder, each once."""
        return tuple(dict.fromkeys(f"policies/{picture.cited}" for picture in pictures_in(self.body) if picture.is_own))

    @property
    def original(self) -> Original | None:
        """What it translates, and which version of that; nothing of an original."""
        return Original.parse(self.translates) if self.translates else None

    @property
    def clauses(self) -> tuple[Block, ...]:
        """Its clause blocks as written."""
        return clauses_in(self.body)


class CourseDocument(Document):
    """A course: modules in reading order, checks to pass, and how many practice answers complete it."""

    id: Slug
    title: Line
    summary: Prose
    language: LanguageCode
    modules: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=50)]
    checks: Annotated[tuple[Slug, ...], Field(max_length=100)] = ()
    practice_count: Annotated[int, Field(ge=0, le=1000)] = 0
    expected_minutes: Annotated[int, Field(ge=1, le=10_000)]

    @field_validator("modules", "checks")
    @classmethod
    def named_once(cls, slugs: tuple[str, ...]) -> tuple[str, ...]:
        """A module or check is a step once."""
        if len(set(slugs)) != len(slugs):
            raise ValueError("names the same document twice")
        return slugs
