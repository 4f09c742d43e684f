"""The description of this API as OpenAPI 3.1: written from the same classes that read the bodies."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from training.api.bodies import ActionSearch, AuditReport, Evaluation, Evaluations, ResourceSearch, SubjectSearch, TicketRequest, WorkReport
from training.api.shapes import (
    AuditsTaken,
    Changes,
    Failure,
    FoundActions,
    FoundResources,
    FoundSubjects,
    GateAnswer,
    GateAnswers,
    Health,
    Metadata,
    QueueAccess,
    Queues,
    Readiness,
    Tickets,
    WorkTaken,
)
from training.web.access import opens_to_everyone
from training.web.markdown import render

blueprint = Blueprint("api_reference", __name__, template_folder="templates")

VERSION = "1.0.0"
FAILURES = {
    400: "The body could not be read; the message says what is wrong where.",
    401: "The token is missing, unknown, expired or revoked.",
    403: "The token lacks the scope.",
    404: "There is nothing of that name.",
    409: "The same is being sent twice at this moment; send it again.",
    413: "The body is over 1 MB.",
    503: "The database cannot be reached, or its migrations are not current.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One address a program may call: what it takes, what it answers, how it refuses. The summary is Markdown."""

    method: str
    path: str
    name: str
    summary: str
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    scope: str | None = "access:read"
    failures: tuple[int, ...] = (401, 403)
    query: dict[str, str] = field(default_factory=dict)
    example: str | None = None


ACT = '"subject":{"type":"moderator","id":"newhire@example.org"},"action":{"name":"work"}'
CLAIMS = '{"type":"queue","id":"listing-claims-id"}'
RISKY = '{"type":"queue","id":"listing-risk-id"}'

OPERATIONS = (
    Operation(
        "POST",
        "/access/v1/evaluation",
        "evaluate",
        "May this person take work from this queue, and if not, why? What is unknown is denied with its reason; `context.at` asks about another instant.",
        GateAnswer,
        body=Evaluation,
        failures=(400, 401, 403, 413),
        example=f'{{{ACT},"resource":{CLAIMS}}}',
    ),
    Operation(
        "POST",
        "/access/v1/evaluations",
        "evaluateMany",
        "Up to 1,000 questions at once. What stands at the top is the default for each; `options.evaluations_semantic` stops at the first deny or permit.",
        GateAnswers,
        body=Evaluations,
        failures=(400, 401, 403, 413),
        example=f'{{{ACT},"evaluations":[{{"resource":{CLAIMS}}},{{"resource":{RISKY}}}]}}',
    ),
    Operation(
        "POST",
        "/access/v1/search/subject",
        "searchSubjects",
        "Who may work this queue? A page of people by our id, in a stable order; `page.next_token` is what the next page is asked for with, as `page.token`, "
        "and empty at the end. A page may hold fewer than `page.limit` although more follow. All pages are about the instant of the first.",
        FoundSubjects,
        body=SubjectSearch,
        failures=(400, 401, 403, 413),
        example=f'{{"subject":{{"type":"moderator"}},"action":{{"name":"work"}},"resource":{CLAIMS},"page":{{"limit":100}}}}',
    ),
    Operation(
        "POST",
        "/access/v1/search/resource",
        "searchResources",
        "Which queues may this person work? By slug, page by page.",
        FoundResources,
        body=ResourceSearch,
        failures=(400, 401, 403, 413),
        example=f'{{{ACT},"resource":{{"type":"queue"}}}}',
    ),
    Operation(
        "POST",
        "/access/v1/search/action",
        "searchActions",
        "What may this person do in this queue: `work`, `work_in_shadow`, or nothing?",
        FoundActions,
        body=ActionSearch,
        failures=(400, 401, 403, 413),
        example=f'{{"subject":{{"type":"moderator","id":"newhire@example.org"}},"resource":{CLAIMS}}}',
    ),
    Operation("GET", "/api/v1/queues", "listQueues", "Every queue and what it requires.", Queues),
    Operation(
        "GET",
        "/api/v1/queues/{queue}/access/{subject}",
        "queueAccess",
        "The same question as an address: `subject` is an e-mail address or our id.",
        QueueAccess,
        failures=(400, 401, 403, 404),
        query={
            "at": "An instant with its zone, such as 2026-11-11T09:00:00+07:00; left out: now.",
            "known_at": "As of whose knowledge; left out: that instant's, or now's where it lies ahead.",
        },
    ),
    Operation(
        "GET",
        "/api/v1/access/changes",
        "listChanges",
        "What changed at the gate behind a cursor, the passing of time included, in order and at least once: ask the gate again about what each event names.",
        Changes,
        failures=(400, 401, 403),
        query={
            "cursor": "What the page before gave as next_cursor; latest begins at the end; left out: from the first event that is kept.",
            "limit": "How many events at most, 1 to 1,000; left out: 100.",
        },
    ),
    Operation(
        "POST",
        "/api/v1/access/tickets",
        "issueTickets",
        "For tools that cannot ask each time: the gate's answer for each queue, and where it grants the `action` (`work` or `work_in_shadow`), a signed token "
        "that says so for five minutes at most.",
        Tickets,
        body=TicketRequest,
        failures=(400, 401, 403, 413),
        example='{"subject":"newhire@example.org","queues":["listing-claims-id"],"action":"work"}',
    ),
    Operation(
        "POST",
        "/api/v1/work",
        "reportWork",
        "How many decisions people made, up to 1,000 rows of `person`, `queue`, `day` and `decisions`. The same report again changes nothing; another count "
        "for the same person, queue and day counts from now on. Rows that cannot be taken are listed, the rest is.",
        WorkTaken,
        body=WorkReport,
        scope="work:write",
        failures=(400, 401, 403, 413),
        example='{"reports":[{"person":"newhire@example.org","queue":"listing-claims-id","day":"2026-11-20","decisions":120}]}',
    ),
    Operation(
        "POST",
        "/api/v1/quality/audits",
        "reportAudits",
        "What audits of live decisions found, up to 1,000 at once: `id` (yours), `person`, `queue`, `at` (when the decision was made), `sampling` (`random`, "
        "`targeted`, `complaint`, `appeal`, `other`), `expected_decisions` (accepted sets of actions, the preferred one first), `given_decision`; and where "
        "known `expected_labels`, `given_labels`, `technical`, `policy_version`, `language`, `clause`, `note`. The same audit again changes nothing; another "
        "verdict under the same `id` corrects it. Audits that cannot be taken are listed, the rest is.",
        AuditsTaken,
        body=AuditReport,
        scope="quality:write",
        failures=(400, 401, 403, 409, 413),
        example='{"audits":[{"id":"qa-4711","person":"newhire@example.org","queue":"listing-claims-id","at":"2026-11-20T09:30:00+07:00","sampling":"random",'
        '"expected_decisions":[["REMOVE"]],"given_decision":["APPROVE"],"expected_labels":["CLM-01"],"given_labels":["OUT-00"]}]}',
    ),
    Operation("GET", "/.well-known/authzen-configuration", "metadata", "Where the AuthZEN endpoints are.", Metadata, scope=None, failures=()),
    Operation("GET", "/healthz", "health", "The process answers.", Health, scope=None, failures=()),
    Operation("GET", "/readyz", "readiness", "The database answers and its migrations are current; 503 until then.", Readiness, scope=None, failures=(503,)),
)


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    names = [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]
    in_path = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    in_query = [{"name": name, "in": "query", "description": text, "schema": {"type": "string"}} for name, text in operation.query.items()]
    return in_path + in_query


def _failure(code: int) -> dict[str, Any]:
    return {"description": FAILURES[code], "content": _content(Readiness if code == 503 else Failure)}


def _described(operation: Operation) -> dict[str, Any]:
    failures = {str(code): _failure(code) for code in operation.failures}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": {"200": {"description": "The answer.", "content": _content(operation.answer)}, **failures},
        "security": [{"bearer": []}] if operation.scope else [],
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": _content(operation.body)}
    return described


def description(server: str) -> dict[str, Any]:
    """The whole document, for a deployment at this address."""
    shapes: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Failure, "serialization")]
    shapes += [(operation.answer, "serialization") for operation in OPERATIONS]
    shapes += [(operation.body, "validation") for operation in OPERATIONS if operation.body]
    _, schemas = models_json_schema(shapes, ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Touchstone",
            "version": VERSION,
            "description": "Who may work which queue, and why not. OpenID AuthZEN Authorization API 1.0, and addresses for curl.",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


@blueprint.get("/api/openapi.json")
@opens_to_everyone
def document() -> Response:
    """The description for programs."""
    return jsonify(description(current_app.config["PUBLIC_URL"]))


@blueprint.get("/api/")
@opens_to_everyone
def reference() -> str:
    """The description for people."""
    server = current_app.config["PUBLIC_URL"]
    summaries = {operation.name: render(operation.summary).html for operation in OPERATIONS}
    return render_template("api/reference.html", operations=OPERATIONS, summaries=summaries, failures=FAILURES, server=server)
