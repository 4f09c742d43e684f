"""Erasing people: afterwards nothing names them, and everything that was decided stands."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, select, text

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.demo.serving import flask, prepared_demo
from tests.demo.serving import settings as demo_settings
from tests.exams.factories import AttemptFactory, right_response
from tests.queues.factories import QueueFactory
from tests.upkeep.scanning import places_naming
from training.accounts import queries as accounts
from training.accounts import services as account_services
from training.accounts.models import Person, SignInSession
from training.accounts.rules import FactKind, Role, Site, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.certification import services as certification
from training.certification.rules import CalendarKind, Shows
from training.db import db
from training.disputes import services as disputes
from training.errors import Refusal
from training.exams import services as exams
from training.exams.rules.saving import Saving
from training.outbox.services import queue_mail
from training.practice.models import PracticePreference
from training.queues import services as gate
from training.queues.queries import access_of
from training.queues.rules.decision import Access, Code
from training.queues.services import Grant
from training.upkeep.documents import read_rules
from training.upkeep.rules import UpkeepRefusal, without_names
from training.upkeep.services import Erasing, erase

__all__ = ["prepared_demo"]

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = read_rules(None)
REASON = "Asked for it in writing, ticket 4711."
NAME, FORMER, EMAIL = "Ángela Widyastuti", "Ángela dela Cruz", "angela.widyastuti@example.org"


@pytest.fixture(autouse=True)
def clock_at():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def boss(app):
    return PersonFactory(roles=[Role.ADMIN], name="Hendra Wijaya")


@pytest.fixture
def lived(app, boss):
    """Somebody who has left traces in many rooms, and whom others have written about."""
    person = PersonFactory(
        name=FORMER, email=EMAIL, languages=["id"], markets=["ID"], accommodations={"time_multiplier": 1.5, "extra_break_seconds": 60}, time_zone="Asia/Jakarta"
    )
    by = Actor(ActorKind.PERSON, boss.id)
    account_services.record_facts(person, {FactKind.NAME: NAME}, effective_from=NOW - 9 * HOUR, by=by, now=NOW - 9 * HOUR)
    account_services.open_session(person, address="192.0.2.7", browser="Firefox", now=NOW)
    account_services.ask_for_reset(EMAIL, site=Site("Touchstone", "https://example.org"), by=SYSTEM, now=NOW)
    account_services.count_try(EMAIL, doorstep=account_services.Doorstep("192.0.2.7", "", "address 192.0.2.7"), now=NOW)
    queue_mail(to="lead@example.org", subject=f"{NAME} must renew", body=f"Hello,\n\nthe certificate of {NAME.upper()} ({EMAIL}) ends.", now=NOW)
    attempt = AttemptFactory(person=person, now=NOW - HOUR)
    exams.save_answer(attempt, Saving(1, "window-1", 1, right_response(attempt, 1)), by=SYSTEM, now=NOW - HOUR)
    exams.extend_attempt(attempt, minutes=5, reason=f"{NAME} lost the line.", by=by, now=NOW - HOUR)
    exams.submit_attempt(attempt, client_id="window-1", by=SYSTEM, now=NOW - HOUR)
    disputes.claim_question(attempt, 2, reason=f"I, {NAME}, think that both are right.", by=Actor(ActorKind.PERSON, person.id), now=NOW)
    gate.grant_override(person.id, QueueFactory(id="claims"), Grant(True, f"{EMAIL} knows this queue well.", NOW, NOW + 5 * HOUR), by=by, now=NOW)
    awarded = award(person.id, CertificationFactory(title="Moderator of claims"), now=NOW - HOUR)
    certification.choose_disclosure(person.id, Shows.NAME, by=SYSTEM, now=NOW)
    certification.open_calendar(person.id, CalendarKind.OWN, by=SYSTEM, now=NOW)
    db.session.add(PracticePreference(person_id=person.id, is_blurring=True, changed_at=NOW))
    db.session.commit()
    return person, awarded


def named_anywhere():
    db.session.commit()
    return list(places_naming(db.session.connection(), NAME, FORMER, EMAIL))


def erased(person, boss, reason=REASON):
    outcome = erase(person, RULES, reason=reason, by=Actor(ActorKind.PERSON, boss.id), now=NOW)
    db.session.commit()
    return outcome


def test_afterwards_no_column_of_any_table_names_them(lived, boss):
    person, _ = lived
    assert len(named_anywhere()) > 10
    assert erased(person, boss) is Erasing.DONE
    assert named_anywhere() == []
    assert db.session.get(Person, person.id).name == f"Erased person {person.id}"


@pytest.mark.parametrize("written", ["Ángela\n  Widyastuti", "ÁNGELA WIDYASTUTI", "ángela widyastuti", "Ángela\u00a0Widyastuti"])
def test_a_name_is_found_over_the_end_of_a_line_and_in_other_cases(app, boss, written):
    person, by = PersonFactory(name=NAME, email=EMAIL), Actor(ActorKind.PERSON, boss.id)
    kept = gate.grant_override(
        PersonFactory().id, QueueFactory(id="claims"), Grant(True, f"Stands in for {written} today.", NOW, NOW + 5 * HOUR), by=by, now=NOW
    )
    db.session.commit()
    assert erased(person, boss) is Erasing.DONE
    assert kept.reason == f"Stands in for Erased person {person.id} today."
    assert [entry.detail["reason"] for entry in db.session.scalars(select(AuditEntry)) if entry.deed == "override.granted"] == ["forgotten"]


def test_others_keep_what_is_theirs(app, lived, boss):
    person, _ = lived
    before = {other.id: (other.name, other.email) for other in db.session.scalars(select(Person)) if other.id != person.id}
    erased(person, boss)
    assert {other.id: (other.name, other.email) for other in db.session.scalars(select(Person)) if other.id != person.id} == before
    assert db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.deed == "person.erased")) == 1


def test_the_audit_says_who_did_it_and_why_and_names_nobody(lived, boss):
    person, _ = lived
    erased(person, boss)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "person.erased")).one()
    assert (entry.actor_id, entry.subject_id, entry.detail) == (boss.id, str(person.id), {"reason": REASON})


def test_they_cannot_sign_in_nor_get_a_link_and_their_sessions_are_gone(browser, lived, boss):
    person, _ = lived
    erased(person, boss)
    assert db.session.scalars(select(SignInSession).where(SignInSession.person_id == person.id)).all() == []
    assert browser.post("/sign-in", data={"email": EMAIL, "password": "three calm unrelated words"}).status_code == 403
    account_services.ask_for_reset(EMAIL, site=Site("Touchstone", "https://example.org"), by=SYSTEM, now=NOW)
    assert named_anywhere() == []


def test_nobody_else_ever_gets_their_address(lived, boss):
    person, _ = lived
    erased(person, boss)
    with pytest.raises(Refusal) as refused:
        account_services.create_person(email=EMAIL, name="Somebody Else", facts={}, by=SYSTEM, now=NOW)
    assert refused.value.reason == "email_taken"


def test_the_gate_answers_about_the_past_as_before(lived, boss):
    person, _ = lived
    asked = [NOW - 10 * HOUR, NOW - HOUR / 2, NOW]
    before = [access_of(person.public_id, "claims", at=at, known_at=at) for at in asked]
    erased(person, boss)
    assert [access_of(person.public_id, "claims", at=at, known_at=at) for at in asked[:2]] == before[:2]
    later = access_of(person.public_id, "claims", at=NOW + HOUR)
    assert later.access is Access.DENY and Code.DEACTIVATED in {reason.code for reason in later.reasons}


def test_the_public_page_says_the_certificate_without_a_name(browser, lived, boss):
    person, awarded = lived
    path = f"/verify/{awarded.public_id}"
    assert NAME in browser.get(path).text
    erased(person, boss)
    page = browser.get(path).text
    assert "Moderator of claims" in page and NAME not in page and "Erased person" not in page


def test_wellbeing_and_choices_go_at_once_and_judgements_of_others_stay(lived, boss):
    person, _ = lived
    erased(person, boss)
    assert db.session.get(PracticePreference, person.id) is None
    state = accounts.state_of(person.id, at=NOW)
    assert (state.status, state.time_multiplier, state.time_zone, state.languages) == (Status.DEACTIVATED, 1.0, None, frozenset({"id"}))


def test_doing_it_again_does_nothing(lived, boss):
    person, _ = lived
    erased(person, boss)
    assert erased(person, boss) is Erasing.DONE_BEFORE
    assert db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.deed == "person.erased")) == 1


def test_nothing_about_them_changes_any_more(lived, boss):
    person, _ = lived
    erased(person, boss)
    with pytest.raises(Refusal) as refused:
        account_services.record_facts(db.session.get(Person, person.id), {FactKind.STATUS: Status.ACTIVE}, effective_from=NOW, by=SYSTEM, now=NOW)
    assert refused.value.reason == "erased"


def test_nobody_erases_themselves_nor_the_last_administrator_nor_says_the_name_in_the_reason(lived, boss):
    person, _ = lived
    for whom, by, reason, refusal in (
        (boss, Actor(ActorKind.PERSON, boss.id), REASON, UpkeepRefusal.OWN_ERASURE),
        (boss, SYSTEM, REASON, UpkeepRefusal.LAST_ADMINISTRATOR),
        (person, SYSTEM, f"{FORMER} asked for it.", UpkeepRefusal.REASON_NAMES_THEM),
        (person, SYSTEM, f"Mail from {EMAIL.upper()}", UpkeepRefusal.REASON_NAMES_THEM),
    ):
        with pytest.raises(Refusal) as refused:
            erase(whom, RULES, reason=reason, by=by, now=NOW)
        assert refused.value.reason is refusal
        db.session.rollback()
    second = PersonFactory(roles=[Role.ADMIN])
    assert erase(boss, RULES, reason=REASON, by=Actor(ActorKind.PERSON, second.id), now=NOW) is Erasing.DONE


def test_the_ledgers_are_guarded_afterwards(lived, boss):
    person, _ = lived
    erased(person, boss)
    with pytest.raises(Exception, match="never edited"):
        db.session.execute(text("UPDATE person_facts SET term = 'x'"))
    db.session.rollback()


def test_an_administrator_erases_in_two_steps_and_types_the_address(app, lived, boss, sign_in, browser):
    person, _ = lived
    sign_in(browser, boss)
    path = f"/people/{person.public_id}/erasing"
    assert path in browser.get(f"/people/{person.public_id}").text
    assert EMAIL in browser.get(path).text
    wrong = browser.post(path, data={"reason": REASON, "confirmation": "somebody@example.org"})
    assert wrong.status_code == 400 and "not the address of the person" in wrong.text
    named = browser.post(path, data={"reason": f"{NAME} asked for it.", "confirmation": EMAIL})
    assert named.status_code == 409 and "The reason names the person" in named.text
    assert browser.post(path, data={"reason": REASON, "confirmation": EMAIL.upper()}).status_code == 302
    page = browser.get(f"/people/{person.public_id}").text
    assert "Their name, address" in page and "Reactivate" not in page and NAME not in page
    assert browser.get(path).status_code == 404 and browser.post(path, data={}).status_code == 404
    assert named_anywhere() == []


def test_the_command_takes_data_away_as_the_person_would_and_erases(app, lived, browser, sign_in, tmp_path):
    person, _ = lived
    run = app.test_cli_runner().invoke
    own = sign_in(browser, person).get("/account/data.json").json
    assert run(args=["people", "export", EMAIL, "-o", str(tmp_path / "data.json")]).exit_code == 0
    taken = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    assert set(taken) == set(own) and taken["account"] == own["account"] and taken["exams"] == own["exams"]
    assert json.loads(run(args=["people", "export", person.public_id]).output) == taken
    assert run(args=["people", "export", "nobody@example.org"]).exit_code == 1
    refused = run(args=["people", "erase", EMAIL, "--reason", f"It is {NAME}.", "--yes"])
    assert refused.exit_code == 1 and "The reason names the person" in refused.output
    assert run(args=["people", "erase", EMAIL, "--reason", REASON], input="n\n").exit_code == 1
    assert f"{person.public_id} is erased." in run(args=["people", "erase", EMAIL, "--reason", REASON, "--yes"]).output
    assert "was erased before" in run(args=["people", "erase", person.public_id, "--reason", REASON, "--yes"]).output
    assert named_anywhere() == []


def test_a_name_goes_as_a_whole_word_however_it_is_written():
    text = "Lina Sari and LINA  SARI's lead; Salina Sarita; lina@example.org, not xlina@example.org"
    assert without_names(text, {"Lina Sari", "lina@example.org"}, "–") == "– and –'s lead; Salina Sarita; –, not xlina@example.org"
    assert without_names("Li lists", {"Li"}, "–") == "Li lists", "too short to be looked for"


NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=4, max_size=20)


@settings(max_examples=100)
@given(st.lists(NAMES, min_size=1, max_size=3), st.lists(st.text(max_size=20), max_size=5))
def test_no_text_names_them_however_it_is_put_together(names, around):
    text = " ".join(part for pair in zip([*around, ""], [*names, *names, *names], strict=False) for part in pair)
    left = without_names(text, set(names), "-")
    assert not any(f" {name} " in f" {left} " for name in names)


@pytest.mark.long
@pytest.mark.machine_clock
def test_somebody_of_the_demo_is_gone_from_every_table(app, prepared_demo, tmp_path):
    shutil.copytree(prepared_demo, tmp_path, dirs_exist_ok=True)
    done = flask("people", "erase", "renewing@example.org", "--reason", REASON, "--yes", environment=demo_settings(tmp_path, SECRET_KEYS="x"))
    assert done.returncode == 0, done.stderr
    engine = create_engine(f"sqlite:///{tmp_path / 'demo.sqlite'}")
    with engine.connect() as connection:
        assert list(places_naming(connection, "Bagas Pratama", "renewing@example.org")) == []
    engine.dispose()
    checked = flask("audit", "verify", environment=demo_settings(tmp_path, SECRET_KEYS="x"))
    assert "The chain holds." in checked.stdout, checked.stderr
