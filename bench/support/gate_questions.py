"""What the gate is asked in its bench, each question with the answer that the organisation's arithmetic says it must have; and its cost in statements."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jwt
from sqlalchemy import Engine, event

from support.databases import application
from support.load import Question, post
from support.organisation import LiveQueue, Organisation, Person
from support.settling import TOKEN
from training.queues.rules.tickets import AUDIENCE

SINGLE_QUESTIONS = 20_000
BATCHES = 400
BATCH = 100
"""What is drawn for each turn anew, so that hardly anything is asked twice."""
SINGLES_AGAIN = 2_000
BATCHES_AGAIN = 20
"""What is asked over and over, as tools ask about those who are at work."""
PAGE = 100
TICKETS = 2_000
VERIFIED = 2_000
FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of one kind, and how many evaluations each is."""

    name: str
    questions: Sequence[Question]
    evaluations: int = 1
    drawn: Callable[[int], Sequence[Question]] | None = None
    """The questions of a turn by its number, where each has its own."""

    def turn(self, number: int) -> Sequence[Question]:
        """What this turn asks."""
        return self.drawn(number) if self.drawn else self.questions


def bare_questions() -> Asked:
    """The bare view is sent a question of the same shape and size."""
    body = json.dumps(_evaluation(Person(1), LiveQueue(1))).encode()
    return Asked("bare", [post("/bare/answer", body, b'"decision":true', Authorization=f"Bearer {TOKEN}")])


def gate_questions(organisation: Organisation) -> list[Asked]:
    """Single evaluations, other ones each turn and the same over and over, batches of 100 likewise, searches of one queue's people, and tickets."""
    chosen = random.Random(7)

    def singles(turn: int, count: int = SINGLE_QUESTIONS) -> list[Question]:
        drawn = random.Random(turn)
        return [_single(organisation, *_pair(organisation, drawn)) for _ in range(count)]

    def batches(turn: int, count: int = BATCHES) -> list[Question]:
        drawn = random.Random(-1 - turn)
        return [_batch(organisation, [_pair(organisation, drawn) for _ in range(BATCH)]) for _ in range(count)]

    searches = [_search(organisation, queue) for queue in organisation.queues]
    tickets = [_ticket(*pair) for pair in (_pair(organisation, chosen) for _ in range(TICKETS)) if organisation.is_allowed(*pair)]
    few, few_batches = singles(0, SINGLES_AGAIN), batches(0, BATCHES_AGAIN)
    return [
        Asked("single", few, drawn=singles),
        Asked("single, asked again", few),
        Asked("batch of 100", few_batches, BATCH, drawn=batches),
        Asked("batch of 100, asked again", few_batches, BATCH),
        Asked("search, page of 100", searches),
        Asked("ticket", tickets),
    ]


def _pair(organisation: Organisation, chosen: random.Random) -> tuple[Person, LiveQueue]:
    return Person(chosen.randint(1, organisation.people_count)), LiveQueue(chosen.randrange(organisation.queue_count))


def _evaluation(person: Person, queue: LiveQueue) -> dict[str, Any]:
    subject = {"type": "moderator", "id": person.email if person.number % 2 else person.public_id}
    return {"subject": subject, "action": {"name": "work"}, "resource": {"type": "queue", "id": queue.slug}}


def _ask(path: str, body: dict[str, Any], expected: str) -> Question:
    return post(path, json.dumps(body).encode(), expected.encode(), Authorization=f"Bearer {TOKEN}")


def _decision(organisation: Organisation, person: Person, queue: LiveQueue) -> str:
    return f'{{"decision":{str(organisation.is_allowed(person, queue)).lower()}'


def _single(organisation: Organisation, person: Person, queue: LiveQueue) -> Question:
    return _ask("/access/v1/evaluation", _evaluation(person, queue), _decision(organisation, person, queue))


def _batch(organisation: Organisation, pairs: Sequence[tuple[Person, LiveQueue]]) -> Question:
    expected = f'{{"evaluations":[{_decision(organisation, *pairs[0])}'
    return _ask("/access/v1/evaluations", {"evaluations": [_evaluation(*pair) for pair in pairs]}, expected)


def _search(organisation: Organisation, queue: LiveQueue) -> Question:
    first = next(person for person in organisation.people if organisation.is_allowed(person, queue))
    body = {"subject": {"type": "moderator"}, "action": {"name": "work"}, "resource": {"type": "queue", "id": queue.slug}, "page": {"limit": PAGE}}
    return _ask("/access/v1/search/subject", body, f'"results":[{{"type":"moderator","id":"{first.public_id}"}}')


def _ticket(person: Person, queue: LiveQueue) -> Question:
    return _ask("/api/v1/access/tickets", {"subject": person.public_id, "action": "work", "queues": [queue.slug]}, '"ticket":"ey')


def tickets_verified_a_second(database_url: str, ticket_question: Question) -> float:
    """How many tickets one core verifies, by a library that is not ours."""
    with application(database_url).app_context() as context:
        client = context.app.test_client()
        token = json.loads(_answer(client, ticket_question).data)["tickets"][0]["ticket"]
        key = jwt.PyJWKSet.from_dict(json.loads(client.get("/.well-known/jwks.json").data))[jwt.get_unverified_header(token)["kid"]]
    started = time.process_time()
    for _ in range(VERIFIED):
        jwt.decode(token, key, algorithms=["EdDSA"], audience=AUDIENCE)
    return VERIFIED / (time.process_time() - started)


def statement_counts(database_url: str, asked: Sequence[Asked]) -> dict[str, int]:
    """The most statements that one of the first questions of each kind takes, when each kind was asked once: the first signature makes the key."""
    with application(database_url).app_context() as context:
        client = context.app.test_client()
        for kind in asked:
            _answer(client, kind.questions[0])
        return {kind.name: max(_statements(client, question) for question in kind.questions[:10]) for kind in asked}


def _statements(client: Any, question: Question) -> int:
    with _counting() as statements:
        answer = _answer(client, question)
    assert question.expected in answer.data, answer.data
    return len(statements)


def _answer(client: Any, question: Question) -> Any:
    head, _, body = question.request.partition(b"\r\n\r\n")
    path = head.split(b" ")[1].decode()
    return client.post(path, data=body, content_type="application/json", headers={"Authorization": f"Bearer {TOKEN}"})


@contextmanager
def _counting() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(FRAMES):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
