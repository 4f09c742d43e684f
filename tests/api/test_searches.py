"""Who may, where, and how: the searches of the standard, each result as the gate itself answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.factories import PersonFactory
from tests.api.test_authzen import NOW, Ask, ask, question
from tests.certification.factories import CertificationFactory, award
from tests.queues.factories import QueueFactory
from tests.statements import asked, counted, scans_in
from training.accounts.models import Person
from training.accounts.rules import Status
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services as certification
from training.certification.rules import EventKind
from training.db import db
from training.queues import queries, services
from training.queues.queries import searching
from training.queues.rules.decision import Action
from training.queues.services import Grant

__all__ = ["ask"]
DAY = timedelta(days=1)
MODERATOR = {"type": "moderator"}
QUEUE = {"type": "queue"}


def who(ask: Ask, queue: str, action: str = "work", **more: Any) -> Any:
    return ask({"subject": MODERATOR, "action": {"name": action}, "resource": {**QUEUE, "id": queue}, **more}, "/access/v1/search/subject")


def where(ask: Ask, subject: str, action: str = "work", **more: Any) -> Any:
    return ask({"subject": {**MODERATOR, "id": subject}, "action": {"name": action}, "resource": QUEUE, **more}, "/access/v1/search/resource")


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json
    assert answer.json["page"]["count"] == len(answer.json["results"])
    return [result.get("id") or result["name"] for result in answer.json["results"]]


@pytest.fixture
def crowd() -> dict[str, Person]:
    """People whom a certificate lets in or not, each for a reason of its own, and a queue that asks for it."""
    certification_, names = (
        CertificationFactory(validity_days=30, renewal_window_days=5),
        ("holder", "never", "lapsed", "suspended", "foreign", "gone", "excepted", "closed", "later"),
    )
    people = {name: PersonFactory(languages=["en"] if name == "foreign" else ["id"]) for name in names if name != "gone"}
    people["gone"] = PersonFactory(languages=["id"], status=Status.DEACTIVATED)
    queue = QueueFactory(id="claims", requires={"all_of": [certification_.slug], "languages": ["id"]})
    for name in ("holder", "suspended", "foreign", "gone", "closed"):
        award(people[name].id, certification_, now=NOW - DAY)
    award(people["lapsed"].id, certification_, now=NOW - 50 * DAY)
    award(people["later"].id, certification_, now=NOW + DAY)
    certification.enter(people["suspended"].id, certification_, EventKind.SUSPENDED, reason="Audits of last week.", by=SYSTEM, now=NOW - DAY / 2)
    by = Actor(ActorKind.PERSON, people["never"].id)
    for name, allows in (("excepted", True), ("closed", False)):
        services.grant_override(people[name].id, queue, Grant(allows, "A day of promotions.", NOW - DAY, NOW + DAY), by=by, now=NOW - DAY)
    db.session.commit()
    return people


def test_a_search_finds_exactly_those_whom_the_gate_lets_in(ask: Ask, crowd: dict[str, Person]) -> None:
    assert set(ids(who(ask, "claims"))) >= {crowd["holder"].public_id, crowd["excepted"].public_id}
    everybody = db.session.query(Person).order_by(Person.id).all()
    let_in = [person.public_id for person in everybody if ask(question(person.public_id, "claims")).json["decision"]]
    assert ids(who(ask, "claims")) == let_in
    assert crowd["gone"].public_id not in let_in and crowd["suspended"].public_id not in let_in


def test_an_open_queue_is_everybodys_who_is_active(ask: Ask) -> None:
    people, _gone = [PersonFactory() for _ in range(3)], PersonFactory(status=Status.DEACTIVATED)
    QueueFactory(id="open")
    assert ids(who(ask, "open")) == [person.public_id for person in people]


def test_either_of_two_certificates_finds_the_holders_of_both_once(ask: Ask) -> None:
    one, two = CertificationFactory(), CertificationFactory()
    first, second, both = PersonFactory(), PersonFactory(), PersonFactory()
    for person, held in ((first, one), (second, two), (both, one), (both, two)):
        award(person.id, held, now=NOW - DAY)
    QueueFactory(id="either", requires={"any_of": [one.slug, two.slug]})
    QueueFactory(id="each", requires={"all_of": [one.slug, two.slug]})
    assert ids(who(ask, "either")) == [first.public_id, second.public_id, both.public_id]
    assert ids(who(ask, "each")) == [both.public_id]


def test_a_search_about_another_instant_finds_who_was_or_will_be_let_in(ask: Ask, crowd: dict[str, Person]) -> None:
    names = {person.public_id: name for name, person in crowd.items()}
    then, coming = ({"at": (NOW + days * DAY).isoformat()} for days in (-40, 2))
    assert [names[found] for found in ids(who(ask, "claims", context=then))] == ["lapsed"]
    assert {names[found] for found in ids(who(ask, "claims", context=coming))} == {"holder", "closed"}
    hindsight = {"at": (NOW + 2 * DAY).isoformat(), "known_at": (NOW - 2 * DAY).isoformat()}
    assert ids(who(ask, "claims", context=hindsight)) == []


def test_in_shadow_is_found_by_its_own_action(ask: Ask) -> None:
    nested, person = CertificationFactory(nesting={"days": 14}), PersonFactory()
    award(person.id, nested, now=NOW - DAY)
    QueueFactory(id="claims", requires={"all_of": [nested.slug]})
    assert (ids(who(ask, "claims")), ids(who(ask, "claims", "work_in_shadow"))) == ([], [person.public_id])
    asked_ = {"subject": {**MODERATOR, "id": person.public_id}, "resource": {**QUEUE, "id": "claims"}}
    assert ids(ask(asked_, "/access/v1/search/action")) == ["work_in_shadow"]


def test_a_person_finds_their_queues_by_name(ask: Ask) -> None:
    person = PersonFactory(email="sri@example.org", languages=["id"])
    QueueFactory(id="closed", requires={"languages": ["vi"]})
    for slug in ("reviews", "claims"):
        QueueFactory(id=slug, requires={"languages": ["id"]})
    assert ids(where(ask, "sri@example.org")) == ids(where(ask, person.public_id, "work_in_shadow")) == ["claims", "reviews"]


@pytest.mark.parametrize(
    "search",
    [
        lambda ask: who(ask, "no-such-queue"),
        lambda ask: who(ask, "claims", "manage"),
        lambda ask: where(ask, "nobody@example.org"),
        lambda ask: where(ask, "sri@example.org", "manage"),
        lambda ask: ask({"subject": {"type": "user"}, "action": {"name": "work"}, "resource": {**QUEUE, "id": "claims"}}, "/access/v1/search/subject"),
        lambda ask: ask({"subject": {"type": "user", "id": "sri@example.org"}, "resource": {**QUEUE, "id": "claims"}}, "/access/v1/search/action"),
        lambda ask: ask({"subject": {**MODERATOR, "id": "sri@example.org"}, "resource": {"type": "shelf", "id": "claims"}}, "/access/v1/search/action"),
    ],
)
def test_what_is_unknown_finds_nothing(ask: Ask, search: Any) -> None:
    PersonFactory(email="sri@example.org")
    QueueFactory(id="claims")
    answer = search(ask)
    assert (ids(answer), answer.json["page"]["next_token"]) == ([], "")


def pages(ask: Ask, first: dict[str, Any], path: str, limit: int) -> list[list[str]]:
    """Every page of a search, as the standard has them asked for."""
    found, page = [], {"limit": limit}
    while True:
        answer = ask({**first, "page": page}, path)
        found.append(ids(answer))
        if not answer.json["page"]["next_token"]:
            return found
        page = {"limit": limit, "token": answer.json["page"]["next_token"]}


def test_pages_hold_everybody_once_in_one_order(ask: Ask) -> None:
    people = [PersonFactory().public_id for _ in range(7)]
    for number in range(4):
        QueueFactory(id=f"open-{number}")
    search = {"subject": {**MODERATOR, "id": people[0]}, "action": {"name": "work"}, "resource": {**QUEUE, "id": "open-0"}}
    assert pages(ask, search, "/access/v1/search/subject", 3) == [people[:3], people[3:6], people[6:]]
    assert pages(ask, search, "/access/v1/search/subject", 7) == [people]
    assert pages(ask, search, "/access/v1/search/resource", 3) == [["open-0", "open-1", "open-2"], ["open-3"]]
    assert pages(ask, search, "/access/v1/search/action", 1) == [["work"], ["work_in_shadow"]]


def test_a_page_that_looked_at_enough_ends_and_says_where_the_next_begins(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 4)
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    people = [PersonFactory(languages=["id"] if number in (1, 9) else ["en"]).public_id for number in range(11)]
    QueueFactory(id="claims", requires={"languages": ["id"]})
    search = {"subject": MODERATOR, "action": {"name": "work"}, "resource": {**QUEUE, "id": "claims"}}
    assert pages(ask, search, "/access/v1/search/subject", 5) == [[people[1]], [], [people[9]]]


def test_later_pages_are_about_the_instant_of_the_first_and_take_its_size(ask: Ask) -> None:
    certification_, people = CertificationFactory(), [PersonFactory() for _ in range(4)]
    QueueFactory(id="claims", requires={"all_of": [certification_.slug]})
    for person in people[:3]:
        award(person.id, certification_, now=NOW - DAY)
    first = who(ask, "claims", page={"limit": 2})
    award(people[3].id, certification_, now=NOW + DAY / 2)
    with time_machine.travel(NOW + DAY, tick=False):
        second = who(ask, "claims", page={"token": first.json["page"]["next_token"]})
    names = [person.public_id for person in people]
    assert (ids(first), ids(second)) == (names[:2], names[2:3])
    assert first.json["context"] == second.json["context"] == {"at": "2026-03-01T09:00:00Z", "known_at": "2026-03-01T09:00:00Z"}


def test_a_token_that_is_not_ours_or_of_another_search_is_a_400(ask: Ask) -> None:
    for _ in range(3):
        PersonFactory()
    QueueFactory(id="open")
    QueueFactory(id="other")
    token = who(ask, "open", page={"limit": 1}).json["page"]["next_token"]
    wrong = [
        who(ask, "other", page={"limit": 1, "token": token}),
        who(ask, "open", page={"limit": 2, "token": token}),
        who(ask, "open", "work_in_shadow", page={"limit": 1, "token": token}),
        who(ask, "open", page={"limit": 1, "token": token[:-2]}),
        who(ask, "open", page={"token": "x"}),
        where(ask, "sri@example.org", page={"limit": 1, "token": token}),
    ]
    assert [answer.status_code for answer in wrong] == [400] * len(wrong)
    assert all("page.token" in answer.json["message"] for answer in wrong)


@pytest.mark.parametrize("page", [{"limit": -1}, {"limit": "many"}, {"token": 5}, 7])
def test_a_page_that_cannot_be_read_is_a_400(ask: Ask, page: Any) -> None:
    assert who(ask, "open", page=page).status_code == 400


def test_nothing_at_all_is_a_page_too(ask: Ask) -> None:
    PersonFactory()
    QueueFactory(id="open")
    answer = who(ask, "open", page={"limit": 0})
    assert ids(answer) == [] and answer.json["page"]["next_token"]


def test_a_page_costs_as_many_statements_in_a_large_organisation_as_in_a_small_one(ask: Ask) -> None:
    certification_ = CertificationFactory()
    QueueFactory(id="claims", requires={"all_of": [certification_.slug]})
    costs = []
    for newcomers in (1, 30):
        for _ in range(newcomers):
            award(PersonFactory().id, certification_, now=NOW - DAY)
        with counted() as statements:
            ids(who(ask, "claims", page={"limit": 1}))
        costs.append(len(statements))
    assert costs == [4, 4], "the token, what the queue requires, whom it could let in, and what is known of them"


def test_candidates_are_found_by_index(ask: Ask) -> None:
    one, two = CertificationFactory(), CertificationFactory()
    QueueFactory(id="each", requires={"all_of": [one.slug, two.slug]})
    QueueFactory(id="either", requires={"any_of": [one.slug, two.slug]})
    for queue in ("each", "either"):
        with asked() as statements:
            who(ask, queue)
        (candidates,) = [statement for statement in statements if "SELECT DISTINCT" in statement[0]]
        assert [table for table in scans_in(*candidates) if "events" in table or table == "people"] == []


awards = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.sampled_from(EventKind), st.integers(-60, 5)), max_size=10)
shapes = st.sampled_from([("all_of", 1), ("all_of", 2), ("any_of", 2), ("languages", 0)])


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(awards, shapes, st.integers(-50, 100), st.integers(0, 30))
def test_narrowing_never_changes_the_answer(app: Any, history: list[tuple[int, int, EventKind, int]], shape: tuple[str, int], at: int, knew: int) -> None:
    held = [CertificationFactory(needs={"exam": "the-exam"}, validity_days=30) for _ in range(2)]
    people = [PersonFactory(languages=["id"]) for _ in range(4)]
    requires = {shape[0]: ["id"] if shape[0] == "languages" else [each.slug for each in held[: shape[1]]]}
    queue = QueueFactory(requires=requires)
    for who_, which, kind, day in sorted(history, key=lambda entry: entry[3]):
        _enter(people[who_], held[which], kind, NOW + day * DAY)
    instant = NOW + at * DAY
    moment = {"at": instant, "known_at": instant - knew * DAY}
    for action in Action:
        found, after = [], people[0].id - 1
        page = queries.people_let_in(queue.slug, action, **moment, after=after, size=100)
        found += page.names
        asked_ = [person.public_id for person in people if queries.access_of(person.public_id, queue.slug, **moment).grants(action)]
        assert (found, page.next_after) == (asked_, None)


def _enter(person: Person, held: Any, kind: EventKind, now: datetime) -> None:
    """What the rules refuse does not happen."""
    assert now.tzinfo is UTC
    try:
        if kind in (EventKind.AWARDED, EventKind.RENEWED):
            certification.consider(person.id, held, exam=certification.ExamPassed("the-exam", f"{person.id}-{held.id}-{now:%m%d}", now), by=SYSTEM, now=now)
        else:
            certification.enter(person.id, held, kind, reason="It is what happened.", by=SYSTEM, now=now)
    except Exception:
        db.session.rollback()
    db.session.commit()
