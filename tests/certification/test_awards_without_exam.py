"""Certificates that no exam stands before: awarded with the last need that is met, renewed when their holder asks."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.certification.factories import LONG_AGO, CertificationFactory, award
from tests.certification.test_concurrency import at_once
from tests.conftest import Browser
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.practice.factories import CheckFactory
from training import clock
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.accounts.tasks import follow_facts
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.cases.rules import Action, Severity
from training.certification import queries, services
from training.certification.models import CertificateEvent
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, State, TermRefusal
from training.certification.services import ExamPassed
from training.courses import services as courses
from training.courses.models import Module
from training.db import db
from training.errors import Refusal
from training.judgements.rules import CaseAnswer
from training.practice import services as practice

Signing = Callable[[Browser, Person], Browser]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
RIGHT = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3)
pytestmark = pytest.mark.usefixtures("app")


def read(person: Person, module: Module, *, now: datetime = NOW) -> None:
    """Acknowledge a module, as its page does."""
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=now)
    services.follow_studies(person.id, by=SYSTEM, now=now)
    db.session.commit()


def entries_of(person: Person) -> list[tuple[str, str]]:
    """Every entry in this person's ledger in order: its kind and its certification."""
    slugs = {certification.id: certification.slug for certification in queries.certifications()}
    return [(event.kind, slugs[event.certification_id]) for event in reversed(queries.ledger_of(person.id))]


def state_of(person: Person, certification: PublishedCertification, at: datetime) -> State:
    return queries.standing_of(person.id, certification.id, at=at).state


def test_the_page_that_acknowledges_the_last_module_awards(browser: Browser, sign_in: Signing) -> None:
    person, module = PersonFactory(), ModuleFactory(id="goods")
    certification = CertificationFactory(needs={"modules": {"goods": "1.0.0"}})
    page = sign_in(browser, person)
    page.post("/handbook/goods/acknowledge", data={"version": "1.0.0"})
    page.post("/handbook/goods/acknowledge", data={"version": "1.0.0"})
    assert entries_of(person) == [("awarded", certification.slug)], "saying it twice is saying it once"
    event = db.session.scalars(select(CertificateEvent)).one()
    assert event.evidence["modules"] == {module.slug: "1.0.0"}
    assert event.actor_id == person.id
    assert "Rests on goods 1.0.0, read." in page.get(f"/certificates/{certification.slug}").get_data(as_text=True)
    assert "certificate.awarded" in set(db.session.scalars(select(AuditEntry.deed)))


def test_each_need_but_the_last_awards_nothing() -> None:
    person, first, second = PersonFactory(), ModuleFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"modules": {first.slug: "1.0.0", second.slug: "1.0.0"}, "languages": ["id"]})
    read(person, first)
    accounts.record_facts(person, {FactKind.LANGUAGES: ["en", "id"]}, effective_from=NOW, by=SYSTEM, now=NOW)
    assert entries_of(person) == []
    read(person, second)
    assert entries_of(person) == [("awarded", certification.slug)]


def test_a_language_that_is_recorded_last_awards_and_one_that_begins_later_does_so_then() -> None:
    now = clock.now()
    ready, later, module = PersonFactory(), PersonFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"modules": {module.slug: "1.0.0"}, "languages": ["id"]})
    for person in (ready, later):
        read(person, module, now=now)
    accounts.record_facts(ready, {FactKind.LANGUAGES: ["id"]}, effective_from=now, by=SYSTEM, now=now)
    accounts.record_facts(later, {FactKind.LANGUAGES: ["id"]}, effective_from=now + DAY, by=SYSTEM, now=now)
    db.session.commit()
    assert entries_of(ready) == [("awarded", certification.slug)]
    follow_facts(now + DAY / 2)
    assert entries_of(later) == []
    for _ in range(2):
        follow_facts(now + DAY)
        db.session.commit()
    assert entries_of(later) == [("awarded", certification.slug)]


def test_the_check_or_the_practice_that_completes_a_course_awards() -> None:
    person, module = PersonFactory(), ModuleFactory(area="PRO")
    TaxonomyLabelFactory(code="PRO-03")
    check = CheckFactory(version__case_ids=[CaseFactory().id])
    for_check = CertificationFactory(needs={"courses": [CourseFactory(modules=(module.slug,), checks=(check.slug,)).slug]})
    for_practice = CertificationFactory(needs={"courses": [CourseFactory(modules=(module.slug,), practice_count=2).slug]})
    CaseFactory.create_batch(2)
    read(person, module)
    practice.answer_serving(practice.start_check(person.id, check.slug, now=NOW), RIGHT, now=NOW)
    assert entries_of(person) == [("awarded", for_check.slug)]
    practice.answer_serving(practice.next_case(person.id, now=NOW + DAY), RIGHT, now=NOW + DAY)
    assert entries_of(person) == [("awarded", for_check.slug), ("awarded", for_practice.slug)]
    assert queries.ledger_of(person.id)[0].evidence["modules"] == {module.slug: "1.0.0"}


def test_a_typing_gate_is_passed_before_or_after_what_is_read() -> None:
    early, late, module = PersonFactory(), PersonFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"supporting_exams": ["typing"], "modules": {module.slug: "1.0.0"}})
    services.consider(early.id, certification, exam=ExamPassed("typing", "attempt-early", NOW), by=SYSTEM, now=NOW)
    read(early, module)
    read(late, module)
    assert (entries_of(early), entries_of(late)) == ([("awarded", certification.slug)], [])
    services.consider(late.id, certification, exam=ExamPassed("typing", "attempt-late", NOW), by=SYSTEM, now=NOW)
    assert entries_of(late) == [("awarded", certification.slug)]
    assert queries.ledger_of(early.id)[0].evidence["supporting"] == {"typing": "attempt-early"}


def test_a_certificate_awarded_or_reinstated_awards_what_rests_on_it_and_so_on() -> None:
    person, lead = PersonFactory(), PersonFactory()
    first = CertificationFactory(needs={"exam": "the-exam"})
    second = CertificationFactory(id="a-second", needs={"prerequisites": [first.slug]})
    third = CertificationFactory(id="a-first-by-name", needs={"prerequisites": [second.slug]})
    award(person.id, first, now=NOW)
    assert entries_of(person) == [("awarded", first.slug), ("awarded", second.slug), ("awarded", third.slug)]
    assert queries.ledger_of(person.id)[1].evidence["prerequisites"] == {first.slug: queries.ledger_of(person.id)[2].public_id}
    fourth = CertificationFactory(needs={"prerequisites": [first.slug]})
    by = Actor(ActorKind.PERSON, lead.id)
    for kind in (EventKind.SUSPENDED, EventKind.REINSTATED):
        services.enter(person.id, first, kind, reason="Audited and confirmed.", by=by, now=NOW + DAY)
    assert entries_of(person)[-1] == ("awarded", fourth.slug)


def test_nobody_gets_what_asks_for_nothing_what_they_may_not_find_or_what_is_not_met_any_more() -> None:
    person, module = PersonFactory(), ModuleFactory()
    gone = PersonFactory()
    accounts.record_facts(gone, {FactKind.STATUS: Status.DEACTIVATED}, effective_from=NOW, by=SYSTEM, now=NOW)
    CertificationFactory()
    CertificationFactory(needs={"modules": {module.slug: "1.0.0"}}, visible_to=["lead"])
    read(person, module)
    CertificationFactory(needs={"modules": {module.slug: "1.0.0"}})
    read(gone, module)
    assert (entries_of(person), entries_of(gone)) == ([], [])


def test_an_exam_passed_while_another_need_was_missing_awards_when_that_is_met() -> None:
    person, module = PersonFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"exam": "the-exam", "modules": {module.slug: "1.0.0"}})
    services.consider(person.id, certification, exam=ExamPassed("the-exam", "attempt-1", NOW), by=SYSTEM, now=NOW)
    assert entries_of(person) == []
    read(person, module)
    assert queries.ledger_of(person.id)[0].exam_attempt == "attempt-1"


def test_what_several_things_complete_at_once_is_awarded_once(app: Flask) -> None:
    person, module = PersonFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"modules": {module.slug: "1.0.0"}})
    person_id, version_id, now = person.id, module.current_version_id, clock.now()
    courses.acknowledge(person_id, module.current_version, by=SYSTEM, now=now)
    db.session.commit()
    assert version_id is not None
    assert at_once(app, lambda: services.follow_studies(person_id, by=SYSTEM, now=now)) == []
    assert entries_of(person) == [("awarded", certification.slug)]


def holder_of(module: Module) -> tuple[Person, PublishedCertification]:
    """Somebody who read this module at NOW and holds what it earns, for 180 days."""
    person, certification = PersonFactory(), CertificationFactory(needs={"modules": {module.slug: "1.0.0"}})
    read(person, module)
    return person, certification


def ask(person: Person, certification: PublishedCertification, *, now: datetime) -> CertificateEvent:
    return services.ask_for_term(person.id, certification, by=Actor(ActorKind.PERSON, person.id), now=now)


def test_no_term_follows_by_itself_where_nothing_is_done_anew() -> None:
    person, certification = holder_of(ModuleFactory())
    read(person, ModuleFactory(), now=NOW + 170 * DAY)
    read(person, ModuleFactory(), now=NOW + 200 * DAY)
    assert entries_of(person) == [("awarded", certification.slug)]
    assert state_of(person, certification, NOW + 200 * DAY) is State.LAPSED


def test_the_holder_asks_for_another_term_in_the_window_once_and_loses_no_day() -> None:
    person, certification = holder_of(ModuleFactory())
    with pytest.raises(Refusal) as early:
        ask(person, certification, now=NOW + 149 * DAY)
    renewed = ask(person, certification, now=NOW + 160 * DAY)
    assert (renewed.kind, renewed.valid_from, renewed.valid_until) == ("renewed", NOW + 180 * DAY, NOW + 360 * DAY)
    with pytest.raises(Refusal) as twice:
        ask(person, certification, now=NOW + 160 * DAY)
    assert (early.value.reason, twice.value.reason) == (TermRefusal.NOT_DUE, TermRefusal.NOT_DUE)


def test_a_lapsed_one_is_asked_for_and_counts_from_then() -> None:
    person, certification = holder_of(ModuleFactory())
    again = ask(person, certification, now=NOW + 200 * DAY)
    assert (again.kind, again.valid_from) == ("awarded", NOW + 200 * DAY)


def test_a_need_that_is_met_no_more_stands_in_the_way() -> None:
    module = ModuleFactory()
    person, certification = holder_of(module)
    changed = certification.document.model_copy(update={"needs": certification.document.needs.model_copy(update={"modules": {module.slug: "2.0.0"}})})
    services.publish_certification(changed, by=SYSTEM, now=NOW + DAY)
    with pytest.raises(Refusal) as refused:
        ask(person, queries.certification_by_slug(certification.slug), now=NOW + 160 * DAY)
    assert refused.value.reason is TermRefusal.NEEDS_UNMET


@pytest.mark.parametrize("kind", [EventKind.SUSPENDED, EventKind.REVOKED])
def test_what_people_took_away_neither_reading_nor_asking_brings_back(kind: EventKind) -> None:
    person, certification = holder_of(ModuleFactory())
    by = Actor(ActorKind.PERSON, PersonFactory().id)
    services.enter(person.id, certification, kind, reason="Audited and confirmed.", by=by, now=NOW + DAY)
    read(person, ModuleFactory(), now=NOW + 2 * DAY)
    with pytest.raises(Refusal) as refused:
        ask(person, certification, now=NOW + 2 * DAY)
    assert refused.value.reason is TermRefusal.ENDED_BY_PEOPLE
    services.enter(person.id, certification, EventKind.REINSTATED, reason="Heard, and given back.", by=by, now=NOW + 3 * DAY)
    assert state_of(person, certification, NOW + 3 * DAY) is State.IN_FORCE
    assert state_of(person, certification, NOW + 2 * DAY) is not State.IN_FORCE, "the past stays what it was"


def test_what_was_revoked_stays_revoked_when_another_one_is_awarded() -> None:
    person, certification = holder_of(ModuleFactory())
    number = queries.ledger_of(person.id)[0].public_id
    by = Actor(ActorKind.PERSON, PersonFactory().id)
    for kind in (EventKind.REVOKED, EventKind.REINSTATED):
        services.enter(person.id, certification, kind, reason="Audited and confirmed.", by=by, now=NOW + DAY)
    assert [kind for kind, _ in entries_of(person)] == ["awarded", "revoked", "reinstated", "awarded"]
    assert queries.verified_certificate(number, now=NOW + DAY).fate.value == "revoked"


def test_the_page_offers_the_term_and_gives_it_once(browser: Browser, sign_in: Signing) -> None:
    now, module = clock.now(), ModuleFactory(id="goods")
    person = PersonFactory()
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=now - 170 * DAY)
    certification = CertificationFactory(title="Reader of goods", needs={"modules": {"goods": "1.0.0"}})
    page = sign_in(browser, person)
    assert "Everything it needs is done: ask for it" in page.get("/certificates").get_data(as_text=True)
    address = f"/certificates/{certification.slug}/term"
    assert "Get the certificate" in page.get(f"/certificates/{certification.slug}").get_data(as_text=True)
    assert "it counts from now" in page.post(address, follow_redirects=True).get_data(as_text=True)
    twice = page.post(address)
    assert (twice.status_code, "No new term is due now" in twice.get_data(as_text=True)) == (409, True)
    assert entries_of(person) == [("awarded", certification.slug)]


def test_a_holder_in_the_window_finds_how_to_renew(browser: Browser, sign_in: Signing) -> None:
    person, module = PersonFactory(), ModuleFactory()
    certification = CertificationFactory(needs={"modules": {module.slug: "1.0.0"}})
    read(person, module, now=clock.now() - 170 * DAY)
    page = sign_in(browser, person)
    assert "ask for the new term" in page.get("/certificates").get_data(as_text=True)
    assert "Renew it" in page.get(f"/certificates/{certification.slug}").get_data(as_text=True)
    assert "It is renewed" in page.post(f"/certificates/{certification.slug}/term", follow_redirects=True).get_data(as_text=True)
    assert json.loads(page.get("/account/data.json").data)["certificates"]


def test_what_is_for_other_roles_is_not_found_by_asking(browser: Browser, sign_in: Signing) -> None:
    hidden = CertificationFactory(needs={"languages": ["id"]}, visible_to=["lead"])
    page = sign_in(browser, PersonFactory(roles=[Role.MODERATOR], languages=["id"]))
    assert page.post(f"/certificates/{hidden.slug}/term").status_code == 404
    assert page.post("/certificates/no-such-one/term").status_code == 404


def test_what_asks_for_nothing_is_not_there_for_the_asking() -> None:
    with pytest.raises(Refusal) as refused:
        ask(PersonFactory(), CertificationFactory(), now=LONG_AGO)
    assert refused.value.reason is TermRefusal.NOTHING_TO_MEET
