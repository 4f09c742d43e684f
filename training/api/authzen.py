"""The OpenID AuthZEN Authorization API 1.0: may this person take work from this queue?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from pydantic import ValidationError

from training import clock
from training.api.answers import answered, decision_json
from training.api.bodies import Evaluation, Evaluations, Semantic, faults_of, read_body
from training.queues.queries import Gathered, gather
from training.queues.rules.decision import Action, Code, Decision, Reason
from training.web.access import opens_to_clients

blueprint = Blueprint("authzen", __name__)

SUBJECT_TYPE = "moderator"
RESOURCE_TYPE = "queue"
SCOPE = "access:read"
ACTIONS = {action.value: action for action in Action}


@blueprint.after_request
def echo_request_id(response: Response) -> Response:
    """Give the caller's request id back, as the standard demands."""
    request_id = request.headers.get("X-Request-ID")
    if request_id:
        response.headers["X-Request-ID"] = request_id
    return response


@blueprint.post("/access/v1/evaluation")
@opens_to_clients(SCOPE)
def evaluation() -> Response:
    """One question."""
    question = read_body(Evaluation)
    now = clock.now()
    return answered(_answer(question, _gathered([question], now), now))


@blueprint.post("/access/v1/evaluations")
@opens_to_clients(SCOPE)
def evaluations() -> Response:
    """Several questions, all read in one statement; without a list, one question."""
    batch = read_body(Evaluations)
    if not batch.evaluations:
        return evaluation()
    return answered({"evaluations": _answer_batch(batch.questions(), batch.options.evaluations_semantic, clock.now())})


def _gathered(questions: Iterable[Evaluation], now: datetime) -> Gathered:
    asked = [question for question in questions if question.subject.type == SUBJECT_TYPE]
    instants = [question.context.instants(now) for question in asked]
    known_from = min((known_at for _, known_at in instants), default=now)
    asked_from = min((min(each) for each in instants), default=now)
    subjects, queues = {question.subject.id for question in asked}, {question.resource.id for question in asked}
    return gather(subjects, queues, known_from=known_from, asked_from=asked_from)


def _answer(question: Evaluation, gathered: Gathered, now: datetime) -> dict[str, Any]:
    at, known_at = question.context.instants(now)
    action = ACTIONS.get(question.action.name)
    unknown = [
        Reason(code)
        for code, is_unknown in (
            (Code.UNKNOWN_SUBJECT, question.subject.type != SUBJECT_TYPE),
            (Code.UNKNOWN_ACTION, action is None),
            (Code.UNKNOWN_QUEUE, question.resource.type != RESOURCE_TYPE),
        )
        if is_unknown
    ]
    decision = Decision(at, tuple(unknown)) if unknown else gathered.decide(question.subject.id, question.resource.id, at=at, known_at=known_at)
    return decision_json(decision, action)


def _answer_batch(raw: Sequence[dict[str, Any]], semantic: Semantic, now: datetime) -> list[dict[str, Any]]:
    read = [_read(question) for question in raw]
    gathered = _gathered((question for question in read if isinstance(question, Evaluation)), now)
    answers: list[dict[str, Any]] = []
    for question in read:
        answer = _answer(question, gathered, now) if isinstance(question, Evaluation) else question
        answers.append(answer)
        if answer["decision"] is (semantic is Semantic.PERMIT_ON_FIRST_PERMIT) and semantic is not Semantic.EXECUTE_ALL:
            break
    return answers


def _read(question: dict[str, Any]) -> Evaluation | dict[str, Any]:
    """One question of a batch; one that cannot be read is denied by itself and says why, the others are answered."""
    try:
        return Evaluation.model_validate(question)
    except ValidationError as error:
        return {"decision": False, "context": {"error": {"status": 400, "message": faults_of(error)}}}
