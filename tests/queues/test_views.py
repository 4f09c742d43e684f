"""Queues as moderators and leads meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.practice.factories import ConsentEventFactory
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.queues import queries
from training.queues.rules.decision import Access

Signing = Callable[[Browser, Person], Browser]
WHY = "Promotion day, supervised by the lead."


def local(hours: float) -> str:
    """An instant as a lead in Jakarta enters it."""
    return (clock.now() + timedelta(hours=7 + hours)).strftime("%Y-%m-%dT%H:%M")


def test_my_queues_say_open_until_or_closed_because_with_the_way_to_open_each(browser: Browser, sign_in: Signing) -> None:
    certification = CertificationFactory(title="Claims reviewer")
    person = PersonFactory()
    QueueFactory(title="Claims queue", requires={"all_of": [certification.slug]})
    QueueFactory(title="Open queue")
    client = sign_in(browser, person)
    before = client.get("/queues").get_data(as_text=True)
    assert before.index("Open queue") < before.index("Claims queue")
    assert "The certificate “Claims reviewer” is missing." in before
    assert f'href="/certificates/{certification.slug}"' in before
    award(person.id, certification, now=clock.now() - timedelta(days=1))
    after = client.get("/queues").get_data(as_text=True)
    assert "is missing" not in after
    assert "Open until" in after


def test_without_queues_the_page_says_what_would_fill_it(browser: Browser, sign_in: Signing) -> None:
    assert "No queues yet" in sign_in(browser, PersonFactory()).get("/queues").get_data(as_text=True)


def test_a_lead_sees_a_team_now_and_on_a_day_to_come(browser: Browser, sign_in: Signing) -> None:
    team, other = TeamFactory(), TeamFactory()
    lead, mine, theirs = PersonFactory(roles=[Role.LEAD], team=team), PersonFactory(team=team, name="Mine"), PersonFactory(team=other, name="Theirs")
    certification = CertificationFactory()
    QueueFactory(requires={"all_of": [certification.slug]})
    for person in (lead, mine, theirs):
        award(person.id, certification, now=clock.now() - timedelta(days=170))
    client = sign_in(browser, lead)
    now = client.get("/queues/matrix").get_data(as_text=True)
    assert "Mine" in now and "Theirs" not in now
    assert "badge-good" in now and "badge-bad" not in now
    later = client.get(f"/queues/matrix?team={team.id}&at={local(24 * 30)}").get_data(as_text=True)
    assert "has lapsed" in later and "badge-good" not in later


@pytest.mark.parametrize("query", ["team=999999", "team=x", "at=tomorrow"])
def test_a_question_to_the_matrix_that_is_wrong_is_answered_in_words(browser: Browser, sign_in: Signing, query: str) -> None:
    lead = PersonFactory(roles=[Role.LEAD], team=TeamFactory())
    answer = sign_in(browser, lead).get(f"/queues/matrix?{query}")
    assert answer.status_code == 200
    assert "Please mend this" in answer.get_data(as_text=True)


def grant(person: Person, slug: str, **changes: str) -> dict[str, str]:
    return {"email": person.email, "queue": slug, "effect": "allow", "since": "", "until": local(2), "reason": WHY, **changes}


def test_a_lead_opens_a_queue_for_a_while_and_closes_it_again(as_role: Callable[..., Browser]) -> None:
    person, queue, lead = PersonFactory(), QueueFactory(requires={"languages": ["id"]}), as_role(Role.LEAD)
    public_id, slug = person.public_id, queue.slug
    assert lead.post("/queues/overrides", data=grant(person, slug)).status_code == 302
    assert queries.access_of(public_id, slug, at=clock.now()).access is Access.ALLOW
    page = lead.get("/queues/overrides").get_data(as_text=True)
    assert WHY in page and "Opens" in page
    override = queries.current_overrides(now=clock.now())[0]
    assert lead.post(f"/queues/overrides/{override.id}/end").status_code == 302
    assert queries.access_of(public_id, slug, at=clock.now()).access is Access.DENY
    assert lead.post(f"/queues/overrides/{override.id}/end").status_code == 409
    assert lead.post("/queues/overrides/99999/end").status_code == 404


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"email": "nobody@example.org"}, 400, "Nobody here has this address"),
        ({"email": ""}, 400, "Say whom it is for."),
        ({"queue": "no-such-queue"}, 400, "Not a valid choice"),
        ({"effect": ""}, 400, "Choose one."),
        ({"until": ""}, 400, "Say until when"),
        ({"until": "soon"}, 400, "Say until when"),
        ({"reason": ""}, 400, "Say why."),
        ({"until": "2020-01-01T00:00"}, 409, "The exception would end before it begins"),
        ({"until": "2050-01-01T00:00"}, 409, "72 hours at most"),
    ],
)
def test_an_exception_that_is_wrong_is_refused_in_words(as_role: Callable[..., Browser], changes: dict[str, str], status: int, words: str) -> None:
    person, queue = PersonFactory(), QueueFactory()
    answer = as_role(Role.LEAD).post("/queues/overrides", data=grant(person, queue.slug, **changes))
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert not queries.current_overrides(now=clock.now())


def test_an_auditor_reads_exceptions_but_grants_none(as_role: Callable[..., Browser]) -> None:
    auditor = as_role(Role.AUDITOR)
    assert "Grant an exception" not in auditor.get("/queues/overrides").get_data(as_text=True)
    assert auditor.post("/queues/overrides", data={}).status_code == 403
    assert as_role(Role.MODERATOR).get("/queues/matrix").status_code == 403


def test_why_somebody_is_unavailable_is_on_their_own_page_alone(browser: Browser, as_role: Callable[..., Browser], sign_in: Signing) -> None:
    team = TeamFactory()
    person = PersonFactory(team=team, name="Rani")
    queue = QueueFactory(areas=("HRM",), title="Reported threats")
    ConsentEventFactory(person_id=person.id, sensitivity="violence")
    mine = sign_in(browser, person).get("/queues").text
    assert "Unavailable for this work at the moment." in mine
    assert "You did not agree to see: Violence and cruelty." in mine
    assert 'href="/practice/care#consent"' in mine
    for role in (Role.LEAD, Role.ADMIN, Role.AUDITOR):
        matrix = as_role(role).get(f"/queues/matrix?team={team.id}").text
        assert queue.document.title in matrix
        assert "Unavailable for this work at the moment." in matrix
        assert "Violence" not in matrix and "agree" not in matrix
