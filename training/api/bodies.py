"""What programs send: read strictly where it matters, with unknown fields ignored as the AuthZEN standard has it."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from flask import request
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from werkzeug.exceptions import BadRequest

LARGEST_BATCH = 1_000
"""How many questions one batch may hold."""
USUAL_PAGE = 100
LARGEST_PAGE = 1_000
"""How many results of a search one page holds: where nothing is said, and at most."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EARLIEST_DAY = date(2000, 1, 1)
MOST_DECISIONS = 100_000
"""More than anybody makes in a day."""

Body = TypeVar("Body", bound=BaseModel)


CONTROL_CHARACTER = re.compile(r"[\x00-\x1f]")


def _printable(text: str) -> str:
    if CONTROL_CHARACTER.search(text):
        raise ValueError("must not hold control characters")
    return text


Name = Annotated[str, Field(min_length=1, max_length=254), AfterValidator(_printable)]
Properties = dict[str, Any]


class Subject(BaseModel):
    """Who asks to do something: type `moderator`, id an e-mail address or our id."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    type: Name
    id: Name
    properties: Properties | None = None


class Action(BaseModel):
    """What they ask to do: `work`, or `work_in_shadow`."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    name: Name
    properties: Properties | None = None


class Resource(BaseModel):
    """What they ask to do it to: type `queue`, id its slug."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    type: Name
    id: Name
    properties: Properties | None = None


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be an instant of the years 1 to 9999 in UTC") from None


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Context(BaseModel):
    """The instant the question is about; left out: now. A past instant is answered as it was known then, unless `known_at` says as of when else.

    Frozen, because pydantic copies a default that could change into every question.
    """

    model_config = ConfigDict(defer_build=True, extra="ignore", frozen=True)

    at: Instant | None = None
    known_at: Instant | None = None

    def instants(self, now: datetime) -> tuple[datetime, datetime]:
        """The instant that is asked about, and the one as of whose knowledge; nothing is known from beyond now."""
        at = self.at or now
        return at, min(self.known_at or at, now)


class Evaluation(BaseModel):
    """One question."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    subject: Subject
    action: Action
    resource: Resource
    context: Context = Context.model_construct()


def _day(value: object) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("must be a day such as 2026-11-22")
    day = date.fromisoformat(value)
    if day < EARLIEST_DAY:
        raise ValueError(f"must not lie before {EARLIEST_DAY}")
    return day


class WorkRow(BaseModel):
    """How many decisions a person (an e-mail address or our id) made in a queue on a day of the organisation's zone."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    person: Name
    queue: Name
    day: Annotated[date, BeforeValidator(_day)]
    decisions: Annotated[int, Field(strict=True, ge=0, le=MOST_DECISIONS)]


class WorkReport(BaseModel):
    """Counts of decisions, each row `person`, `queue`, `day` and `decisions`."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    reports: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=LARGEST_BATCH)]


class AuditReport(BaseModel):
    """What audits of live decisions found; the fields of each are those of `AuditRow`."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    audits: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=LARGEST_BATCH)]


class Kind(BaseModel):
    """What a search looks for: its type. An id is ignored, as the standard demands."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    type: Name


class Page(BaseModel):
    """Which part of what a search finds: at most `limit` results, from where `token`, the `next_token` of the page before, says."""

    model_config = ConfigDict(defer_build=True, extra="ignore", frozen=True)

    token: Annotated[str, Field(max_length=2_000)] | None = None
    limit: Annotated[int, Field(strict=True, ge=0)] | None = None
    """Left out: as on the page before, and 100 on the first. Never more than 1,000, however many are asked for."""

    @property
    def size(self) -> int | None:
        """How many results the page holds at most, if that is said."""
        return None if self.limit is None else min(self.limit, LARGEST_PAGE)


class SubjectSearch(BaseModel):
    """Who may do this to this resource?"""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    subject: Kind
    action: Action
    resource: Resource
    context: Context = Context.model_construct()
    page: Page = Page.model_construct()


class ResourceSearch(BaseModel):
    """To which resources may this subject do this?"""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    subject: Subject
    action: Action
    resource: Kind
    context: Context = Context.model_construct()
    page: Page = Page.model_construct()


class ActionSearch(BaseModel):
    """What may this subject do to this resource?"""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    subject: Subject
    resource: Resource
    context: Context = Context.model_construct()
    page: Page = Page.model_construct()


LARGEST_TICKETING = 100
"""For how many queues tickets are signed at once: a signature costs some ten times an answer."""


class TicketRequest(BaseModel):
    """Who (an e-mail address or our id) wants to do what in which queues."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    subject: Name
    queues: Annotated[list[Name], Field(min_length=1, max_length=LARGEST_TICKETING)]
    action: Name = "work"


class Semantic(StrEnum):
    """How a batch is carried out."""

    EXECUTE_ALL = "execute_all"
    DENY_ON_FIRST_DENY = "deny_on_first_deny"
    PERMIT_ON_FIRST_PERMIT = "permit_on_first_permit"


class Options(BaseModel):
    """How a batch is carried out; all of it by default."""

    model_config = ConfigDict(defer_build=True, extra="ignore", frozen=True)

    evaluations_semantic: Semantic = Semantic.EXECUTE_ALL


class Evaluations(BaseModel):
    """Several questions; what stands at the top is the default for each. Without any, it is one question."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    subject: dict[str, Any] | None = None
    action: dict[str, Any] | None = None
    resource: dict[str, Any] | None = None
    context: dict[str, Any] | None = None
    evaluations: Annotated[list[dict[str, Any]], Field(max_length=LARGEST_BATCH)] = []
    options: Options = Options.model_construct()

    def questions(self) -> list[dict[str, Any]]:
        """Each question with the defaults filled in, not yet read."""
        given = {"subject": self.subject, "action": self.action, "resource": self.resource, "context": self.context}
        defaults = {name: value for name, value in given.items() if value is not None}
        return [{**defaults, **question} for question in self.evaluations] or [defaults]


def faults_of(error: ValidationError) -> str:
    """What is wrong with a body, each fault with its place."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(str(part) for part in fault['loc']) or 'body'}: {fault['msg']}" for fault in faults[:5])


def read_body(kind: type[Body]) -> Body:
    """The request's JSON body as this kind. Raises BadRequest that says what is wrong where."""
    try:
        return kind.model_validate_json(request.get_data())
    except ValidationError as error:
        raise BadRequest(faults_of(error)) from error


def read_context(arguments: Mapping[str, str]) -> Context:
    """The instants `at` and `known_at` from a query string. Raises BadRequest where one has no zone or is no instant."""
    try:
        return Context.model_validate({name: arguments[name] for name in ("at", "known_at") if arguments.get(name)})
    except ValidationError as error:
        raise BadRequest(faults_of(error)) from error
