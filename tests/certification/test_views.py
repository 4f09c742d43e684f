"""Certificates as people meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from tests.statements import counted
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries
from training.certification.rules import EventKind, State
from training.certification.services import ExamPassed, enter, flag_retest
from training.db import db

Signing = Callable[[Browser, Person], Browser]
YESTERDAY = timedelta(days=1)


def text_of(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_the_wall_shows_what_i_hold_and_what_i_could(browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    held, other = CertificationFactory(title="Moderator of claims"), CertificationFactory(title="Moderator of lives", needs={"languages": ["id"]})
    award(person.id, held, now=clock.now() - YESTERDAY)
    page = text_of(sign_in(browser, person), "/certificates")
    assert page.index("Moderator of claims") < page.index("To earn") < page.index("Moderator of lives")
    assert "One thing still to do" in page
    assert other.slug in page


def test_an_empty_wall_says_what_would_fill_it(browser: Browser, sign_in: Signing) -> None:
    assert "You hold no certificate yet" in text_of(sign_in(browser, PersonFactory()), "/certificates")


def test_what_is_for_other_roles_is_found_by_its_holders_alone(browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory(roles=[Role.MODERATOR])
    for_leads = CertificationFactory(title="Head of the appeals desk", visible_to=["lead"])
    signed_in = sign_in(browser, person)
    assert for_leads.slug not in text_of(signed_in, "/certificates")
    assert signed_in.get(f"/certificates/{for_leads.slug}").status_code == 404
    award(person.id, for_leads, now=clock.now() - YESTERDAY)
    assert "Head of the appeals desk" in text_of(signed_in, "/certificates")
    assert "Head of the appeals desk" in text_of(signed_in, f"/certificates/{for_leads.slug}")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends": {"mode": "calendar", "dates": ["06-30", "12-31"]}}, "to the end of 30 June or 31 December"),
        ({"ends": {"mode": "disuse", "days": 60}}, "later with every day of reported work"),
        ({"ends": {"mode": "never"}}, "it does not end by itself"),
        ({"nesting": {"days": 21}}, "in shadow for 21 days or 200 decisions"),
    ],
)
def test_a_certification_says_what_ends_it_and_how_it_begins(browser: Browser, sign_in: Signing, values: dict[str, object], words: str) -> None:
    person, certification = PersonFactory(), CertificationFactory(**values)
    event = award(person.id, certification, now=clock.now() - YESTERDAY)
    assert words in text_of(sign_in(browser, person), f"/certificates/{certification.slug}")
    for path in ("/certificates", f"/verify/{event.public_id}", "/", "/account/data.json"):
        assert browser.get(path).status_code == 200


def test_a_certification_shows_every_need_and_its_state(browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory(languages=["id"])
    prerequisite = CertificationFactory(title="The first one")
    certification = CertificationFactory(needs={"languages": ["id"], "prerequisites": [prerequisite.slug]})
    page = text_of(sign_in(browser, person), f"/certificates/{certification.slug}")
    assert page.count("Still to do") == 1
    assert "The first one" in page


@pytest.mark.parametrize(("days_ago", "count"), [(1, 0), (160, 1)])
def test_an_exam_is_to_do_again_only_when_the_certificate_may_be_renewed(browser: Browser, sign_in: Signing, days_ago: int, count: int) -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "entry-exam"})
    award(person.id, certification, now=clock.now() - timedelta(days=days_ago))
    page = text_of(sign_in(browser, person), f"/certificates/{certification.slug}")
    assert page.count("Still to do") == count
    assert page.count("Done") == 1 - count


def test_a_lead_suspends_with_a_reason_and_the_holder_reads_it(as_role: Callable[..., Browser], browser: Browser, sign_in: Signing) -> None:
    person, certification = PersonFactory(), CertificationFactory()
    award(person.id, certification, now=clock.now() - YESTERDAY)
    address = f"/people/{person.public_id}/certificates"
    lead = as_role(Role.LEAD)
    answer = lead.post(f"{address}/{certification.slug}/entries", data={"kind": "suspended", "reason": "Shared an exam question."})
    assert answer.status_code == 302
    assert queries.standing_of(person.id, certification.id, at=clock.now()).state is State.SUSPENDED
    assert "Shared an exam question." in text_of(sign_in(browser, person), f"/certificates/{certification.slug}")


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"kind": "suspended", "reason": ""}, 400, "Say why."),
        ({"kind": "suspended", "reason": "short"}, 400, "Use between 10 and 400 letters."),
        ({"kind": "awarded", "reason": "Because I like them."}, 400, "Not a valid choice"),
        ({"kind": "reinstated", "reason": "Everything is well."}, 409, "there is nothing to reinstate"),
    ],
)
def test_an_entry_that_is_wrong_is_refused_in_words(as_role: Callable[..., Browser], sent: dict[str, str], status: int, words: str) -> None:
    person, certification = PersonFactory(), CertificationFactory()
    award(person.id, certification, now=clock.now() - YESTERDAY)
    answer = as_role(Role.LEAD).post(f"/people/{person.public_id}/certificates/{certification.slug}/entries", data=sent)
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert queries.standing_of(person.id, certification.id, at=clock.now()).is_in_force


def test_nobody_makes_an_entry_in_their_own_ledger(browser: Browser, sign_in: Signing) -> None:
    lead, certification = PersonFactory(roles=[Role.LEAD]), CertificationFactory()
    award(lead.id, certification, now=clock.now() - YESTERDAY)
    sent = {"kind": "suspended", "reason": "I would like a rest."}
    answer = sign_in(browser, lead).post(f"/people/{lead.public_id}/certificates/{certification.slug}/entries", data=sent)
    assert (answer.status_code, "Nobody makes entries in their own ledger" in answer.get_data(as_text=True)) == (409, True)


@pytest.mark.parametrize(("role", "status"), [(Role.MODERATOR, 403), (Role.AUDITOR, 403), (Role.TRAINER, 403)])
def test_only_leads_and_administrators_make_entries(as_role: Callable[..., Browser], role: Role, status: int) -> None:
    person, certification = PersonFactory(), CertificationFactory()
    assert as_role(role).post(f"/people/{person.public_id}/certificates/{certification.slug}/entries", data={}).status_code == status


def test_an_unknown_person_or_certification_does_not_exist(as_role: Callable[..., Browser]) -> None:
    admin = as_role(Role.ADMIN)
    assert admin.get("/people/p_nobody/certificates").status_code == 404
    assert admin.get("/certificates/no-such-thing").status_code == 404


def flagged(person_id: int) -> str:
    """A certificate earned by a pass that was taken back; its slug."""
    certification = CertificationFactory(needs={"exam": "the-exam"})
    award(person_id, certification, now=clock.now())
    [event] = queries.ledger_of(person_id)
    exam = ExamPassed("the-exam", event.exam_attempt or "", clock.now())
    flag_retest(person_id, certification, exam, reason="A ruling about the key of a question changed this result.", by=SYSTEM, now=clock.now())
    db.session.commit()
    return certification.slug


def test_a_retest_that_is_due_is_shown_to_the_holder(browser: Browser, sign_in: Callable[[Browser, Person], Browser], app: object) -> None:
    person = PersonFactory()
    slug = flagged(person.id)
    holder = sign_in(browser, person)
    for address in ("/certificates", f"/certificates/{slug}"):
        page = holder.get(address).get_data(as_text=True)
        assert "A re-test is due" in page
        assert "In force" in page


def test_a_lead_sees_that_a_retest_is_due(as_role: Callable[..., Browser]) -> None:
    person = PersonFactory(name="Gita")
    flagged(person.id)
    page = as_role("lead").get(f"/people/{person.public_id}/certificates").get_data(as_text=True)
    assert "A re-test is due for Gita" in page


def test_the_wall_says_what_a_certificate_opens_and_when_it_is_renewed(browser: Browser, sign_in: Signing) -> None:
    person, early, late = PersonFactory(), CertificationFactory(title="Early one", needs={"exam": "entry-exam"}), CertificationFactory(title="Late one")
    QueueFactory(title="Claims on listings", requires={"any_of": [early.slug]})
    award(person.id, late, now=clock.now() - timedelta(days=5))
    award(person.id, early, now=clock.now() - timedelta(days=160))
    page = text_of(sign_in(browser, person), "/certificates")
    assert page.index("Early one") < page.index("Renew now") < page.index("One thing") < page.index("For work in: Claims on listings")
    assert page.index("For work in") < page.index("Late one") < page.index("Renew from")


def test_the_history_says_on_what_an_award_rests(browser: Browser, sign_in: Signing) -> None:
    person, certification = PersonFactory(), CertificationFactory(needs={"exam": "entry-exam"})
    event = award(person.id, certification, now=clock.now() - timedelta(days=5))
    page = text_of(sign_in(browser, person), f"/certificates/{certification.slug}")
    assert f'href="/exams/attempts/{event.exam_attempt}/result"' in page
    assert page.count(f'href="/verify/{event.public_id}"') == 2, "beside how they stand, and in the history"


def test_a_larger_team_is_asked_about_as_often(browser: Browser, sign_in: Signing) -> None:
    team, certification = TeamFactory(), CertificationFactory()
    lead = sign_in(browser, PersonFactory(roles=[Role.LEAD], team=team))
    counts = []
    for _ in range(2):
        for _ in range(3):
            award(PersonFactory(team=team).id, certification, now=clock.now() - YESTERDAY)
        text_of(lead, "/team/certificates")
        with counted() as statements:
            page = text_of(lead, "/team/certificates")
        counts.append((page.count('data-label="Person"'), len(statements)))
    (three, few), (six, as_many) = counts
    assert (three, six, as_many) == (3, 6, few)


def test_a_list_of_revoked_badges_costs_the_same_whoever_is_in_it(browser: Browser) -> None:
    certification, counts = CertificationFactory(), []
    for _ in range(2):
        for _ in range(3):
            person = PersonFactory()
            award(person.id, certification, now=clock.now() - YESTERDAY)
            enter(person.id, certification, EventKind.REVOKED, reason="Answers were copied.", by=Actor(ActorKind.PERSON, None), now=clock.now())
        db.session.commit()
        text_of(browser, "/badges/status/revocation/0")
        with counted() as statements:
            text_of(browser, "/badges/status/revocation/0")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_certification_that_needs_nothing_says_so(as_role: Callable[..., Browser]) -> None:
    CertificationFactory(id="free", title="Free")
    page = as_role(Role.MODERATOR).get("/certificates/free").get_data(as_text=True)
    assert "it asks for no course, exam or other certificate" in page
