"""The documents that describe certifications."""

from datetime import date, tzinfo
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, StringConstraints, WrapSerializer, model_validator

from training.accounts.rules import Role
from training.certification.rules import Asked, Ending, NestingRule, TermRule
from training.courses.rules.versions import Version
from training.documents import MONTH_DAY, Document, FieldFaults, LanguageCode, Line, Part, Prose, SemverText, Slug

VALIDITY_DAYS = 180
"""How long a certificate lasts that does not say."""
USUAL_RENEWAL_WINDOW_DAYS = 30


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
    def asked(self) -> Asked:
        """What kinds of things it asks for."""
        named = (self.courses, self.modules, self.languages, self.prerequisites)
        return Asked(gating_exam=self.exam is not None, supporting_exams=bool(self.supporting_exams), others=any(named))

    @property
    def module_versions(self) -> tuple[tuple[str, Version], ...]:
        """The modules and the versions that must have been acknowledged."""
        return tuple((slug, Version.parse(text)) for slug, text in self.modules.items())


MonthDay = Annotated[str, StringConstraints(pattern=MONTH_DAY)]
SHORTEST_DISUSE_DAYS = 7
COMMON_YEAR = 2026
"""Any year without a 29 February."""


class CalendarEnd(Part):
    """The certificate ends with the last instant of a date that comes every year, in the organisation's zone."""

    mode: Literal["calendar"]
    dates: Annotated[tuple[MonthDay, ...], Field(min_length=1, max_length=12)]
    at_least_days: Annotated[int, Field(ge=0, le=365)] = 0
    """No term is shorter: what would be ends on the next of the dates."""

    @model_validator(mode="after")
    def names_days_of_every_year(self) -> "CalendarEnd":
        """Each date is one that every year has."""
        missing = [(position, text) for position, text in enumerate(self.dates) if not _is_in_every_year(text)]
        if missing:
            raise FieldFaults([(("dates", position), f"`{text}` is no date of every year; write a day that each year has") for position, text in missing])
        return self


def _is_in_every_year(text: str) -> bool:
    try:
        return bool(date.fromisoformat(f"{COMMON_YEAR}-{text}"))
    except ValueError:
        return False


class DisuseEnd(Part):
    """The certificate ends so many days after the last work that was reported, or after the award where there was none."""

    mode: Literal["disuse"]
    days: Annotated[int, Field(ge=SHORTEST_DISUSE_DAYS, le=3650)]


class NoEnd(Part):
    """The certificate never ends by itself."""

    mode: Literal["never"]


class NestingDocument(Part):
    """How long the holder of a first award works in shadow: so many days or reported decisions, whichever comes first, and well enough."""

    days: Annotated[int, Field(ge=1, le=365)] = 14
    decisions: Annotated[int, Field(ge=1, le=100_000)] = 200
    quality_percent: Annotated[int, Field(ge=1, le=99)] = 85
    """What the lower bound of their share of right decisions must reach, where it is known."""

    @property
    def rule(self) -> NestingRule:
        """As the rules read it."""
        return NestingRule(self.days, self.decisions, self.quality_percent)


def _nothing_for_none(value: object) -> object:
    """`nesting: none` is how a document says that awards count at once."""
    return None if value == "none" else value


def _none_for_nothing(value: NestingDocument | None, write: SerializerFunctionWrapHandler) -> object:
    return "none" if value is None else write(value)


class CertificationDocument(Document):
    """A certification: what it needs, how long it lasts, and who may see it."""

    id: Slug
    title: Line
    summary: Prose
    needs: Needs
    validity_days: Annotated[int, Field(ge=1, le=3650)] = VALIDITY_DAYS
    ends: Annotated[CalendarEnd | DisuseEnd | NoEnd | None, Field(discriminator="mode", exclude_if=lambda ends: ends is None)] = None
    """What ends it instead of `validity_days`. Left out of what is stored where it says nothing, as documents from before do."""
    renewal_window_days: Annotated[int, Field(ge=0, le=365)] = USUAL_RENEWAL_WINDOW_DAYS
    nesting: Annotated[NestingDocument | None, BeforeValidator(_nothing_for_none), WrapSerializer(_none_for_nothing)] = None
    visible_to: Annotated[tuple[Role, ...], Field(exclude_if=lambda roles: not roles)] = ()
    """Who finds it among what may be earned; everybody where no role is named. Whoever holds it sees it always."""

    @model_validator(mode="after")
    def says_once_how_it_ends(self) -> "CertificationDocument":
        """Nobody has to guess which of two ends counts."""
        if self.ends is not None and self.validity_days != VALIDITY_DAYS:
            raise FieldFaults([(("validity_days",), "says a second time how the certificate ends; leave it out, or leave `ends` out")])
        return self

    def term_rule(self, zone: tzinfo) -> TermRule:
        """How long a term lasts, where dates are those of this zone."""
        window = self.renewal_window_days
        match self.ends:
            case CalendarEnd(dates=dates, at_least_days=least):
                month_days = tuple((int(text[:2]), int(text[3:])) for text in dates)
                return TermRule(Ending.CALENDAR, dates=month_days, at_least_days=least, zone=zone, renewal_window_days=window)
            case DisuseEnd(days=days):
                return TermRule(Ending.DISUSE, days, renewal_window_days=window)
            case NoEnd():
                return TermRule(Ending.NEVER)
            case None:
                return TermRule(Ending.DURATION, self.validity_days, renewal_window_days=window)
