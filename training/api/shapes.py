"""What programs get back, for the description and its tests."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Shape(BaseModel):
    """What an answer holds; made ready when somebody asks for the description."""

    model_config = ConfigDict(defer_build=True)


class ReasonShape(Shape):
    """One reason: a code, what it does to the answer, what it is about, a sentence for people who read logs, and the page on which the person mends it."""

    code: str
    effect: Literal["deny", "shadow", "note"]
    subject: str | None
    since: AwareDatetime | None
    until: AwareDatetime | None
    detail: str
    page: str | None


class Fault(Shape):
    """Why one question of a batch could not be read."""

    status: int
    message: str


class AnswerContext(Shape):
    """Why, and for how long."""

    access: Literal["allow", "shadow", "deny"] | None = None
    reasons: list[ReasonShape] = []
    at: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    next_change_at: AwareDatetime | None = None
    error: Fault | None = None


class GateAnswer(Shape):
    """The gate's answer. `valid_until` is when a granted access ends by time alone; `next_change_at` when the answer changes."""

    decision: bool
    context: AnswerContext


class GateAnswers(Shape):
    """The answers of a batch, in its order; fewer where the semantic stopped early."""

    evaluations: list[GateAnswer]


class PageShape(Shape):
    """How many results this page holds, and what to ask for the next one with: nothing at the end."""

    next_token: str
    count: int


class SearchContext(Shape):
    """The instant that the search is about, and as known when; the same on every page."""

    at: AwareDatetime
    known_at: AwareDatetime


class FoundEntity(Shape):
    """A subject or a resource: its type, and its id, which evaluations take."""

    type: str
    id: str


class FoundAction(Shape):
    """Something that may be done."""

    name: str


class FoundSubjects(Shape):
    """Who may, in a stable order."""

    page: PageShape
    context: SearchContext
    results: list[FoundEntity]


class FoundResources(Shape):
    """Where somebody may, by name."""

    page: PageShape
    context: SearchContext
    results: list[FoundEntity]


class FoundActions(Shape):
    """What somebody may do."""

    page: PageShape
    context: SearchContext
    results: list[FoundAction]


class DemandsShape(Shape):
    """What a queue requires."""

    all_of: list[str]
    any_of: list[str]
    languages: list[str]
    markets: list[str]
    modules: dict[str, str]


class QueueShape(Shape):
    """A queue."""

    slug: str
    name: str
    summary: str
    surfaces: list[str]
    areas: list[str]
    severity_ceiling: str
    requires: DemandsShape


class Queues(Shape):
    """Every queue."""

    queues: list[QueueShape]


class QueueAccess(GateAnswer):
    """The gate's answer with what was asked."""

    queue: str
    subject: str
    asked_at: AwareDatetime


class ChangeShape(Shape):
    """One event: ask the gate about this subject (everybody where there is none) and these queues (all where there are none)."""

    position: int
    at: AwareDatetime
    kind: Literal["person", "certificate", "policy", "override", "availability", "requirements"]
    subject: str | None
    queues: list[str] | None
    certification: str | None
    detail: str


class Changes(Shape):
    """A page of the feed. `next_cursor` leads on from it, also where it is empty."""

    changes: list[ChangeShape]
    next_cursor: str
    has_more: bool


class TicketShape(GateAnswer):
    """The gate's answer for a queue, and the ticket where it grants what was asked."""

    queue: str
    ticket: str | None
    expires_at: AwareDatetime | None


class Tickets(Shape):
    """An answer for each queue, in the order asked."""

    tickets: list[TicketShape]


class RowFaultShape(Shape):
    """A row that was not taken: its place in the batch from 0, a code, and what is wrong."""

    row: int
    code: str
    detail: str


class WorkTaken(Shape):
    """How many rows said something new, corrected a count, or said what was known; and those that were not taken."""

    new: int
    corrected: int
    unchanged: int
    faults: list[RowFaultShape]


class AuditsTaken(Shape):
    """How many audits were new, corrected one that was sent before, or said what was known; and those that were not taken."""

    new: int
    corrected: int
    unchanged: int
    faults: list[RowFaultShape]


class Metadata(Shape):
    """Where the AuthZEN endpoints are; the same once more as a token, which `/.well-known/jwks.json` has the keys for."""

    policy_decision_point: str
    access_evaluation_endpoint: str
    access_evaluations_endpoint: str
    search_subject_endpoint: str
    search_resource_endpoint: str
    search_action_endpoint: str
    signed_metadata: str | None = None


class Health(Shape):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Shape):
    """Whether the database can serve, and which migration it stands at."""

    status: Literal["ok", "not ready"]
    migration: str | None
    needed_migration: str | None


class Failure(Shape):
    """A refusal: a short machine word, and what is wrong in a sentence."""

    error: str
    message: str
