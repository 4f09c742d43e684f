"""The pages of evidence packs: who may ask about whom, and what they take along."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.insights.factories import day, file_of, make_pack, make_world
from training import clock
from training.accounts.models import Person, PersonFact
from training.accounts.rules import FactKind, Role
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import db
from training.insights.files import draft_of, files, signed_of
from training.insights.models import EvidencePack
from training.insights.rules import ScopeKind
from training.insights.services.checking import check_pack
from training.insights.tasks import go_on_with_packs, remove_strays


@pytest.fixture
def signed_in(app, sign_in):
    return lambda person: sign_in(app.test_client(), person)


def asked(browser, **fields):
    return browser.post("/evidence", data={"kind": "organisation", "language": "en", "has_names": "y"} | fields)


def packs():
    return db.session.scalars(select(EvidencePack).order_by(EvidencePack.id)).all()


def test_a_pack_is_asked_for_made_and_taken_along(signed_in):
    world = make_world()
    browser = signed_in(world.auditor)
    assert "No packs yet" in browser.get("/evidence").text
    answer = asked(browser, kind="queue", queue="listing-claims-id", at="2026-04-11T09:00")
    page = browser.get(answer.location).text
    assert answer.status_code == 302 and "It is being made" in page
    assert "still being made" in browser.get(answer.location + ".json").text
    go_on_with_packs(clock.now())
    db.session.commit()
    (pack,) = packs()
    page = browser.get(answer.location).text
    assert pack.sha256 in page and pack.facts_sha256 in page and "flask audit verify" in page
    taken = browser.get(answer.location + ".json")
    assert (taken.content_type, hashlib.sha256(taken.data).hexdigest()) == ("application/json", pack.sha256)
    paper = browser.get(answer.location + ".pdf")
    assert (paper.content_type, hashlib.sha256(paper.data).hexdigest()) == ("application/pdf", pack.pdf_sha256)
    assert "Queue Listing claims id" in browser.get("/evidence").text


def test_asking_and_making_are_in_the_audit(signed_in):
    world = make_world()
    make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(5), now=clock.now())
    (pack,) = packs()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.deed.startswith("evidence.")).order_by(AuditEntry.id)).all()
    assert [(entry.deed, entry.actor_id, entry.subject_id) for entry in entries] == [
        ("evidence.asked", world.auditor.id, pack.public_id),
        ("evidence.made", world.auditor.id, pack.public_id),
    ]
    assert entries[1].detail["sha256"] == pack.sha256


@pytest.mark.parametrize("role", ["moderator", "trainer", "qa"])
def test_nobody_else_may(as_role, role):
    browser = as_role(role)
    assert [browser.get("/evidence").status_code, asked(browser).status_code, browser.get("/evidence/x.json").status_code] == [403, 403, 403]


def test_a_lead_asks_about_their_own_people_only(signed_in):
    world = make_world()
    browser = signed_in(world.lead)
    assert "Nobody whom you may see" in asked(browser, kind="person", person=world.stranger.email).text
    assert "Nobody whom you may see" in asked(browser, kind="person", person="nobody@example.org").text
    assert asked(browser, kind="person", person=world.sri.email).status_code == 302
    assert [pack.team_id for pack in packs()] == [world.team.id]


def test_a_lead_sees_their_own_packs_and_only_while_the_team_is_theirs(signed_in):
    world = make_world()
    of_auditor = make_pack(world.auditor, ScopeKind.ORGANISATION, at=day(5), now=clock.now())
    of_lead = make_pack(world.lead, ScopeKind.ORGANISATION, at=day(5), now=clock.now())
    browser = signed_in(world.lead)
    assert [browser.get(f"/evidence/{pack.public_id}{end}").status_code for pack in (of_lead, of_auditor) for end in ("", ".json", ".pdf")] == [200] * 3 + [
        404
    ] * 3
    assert of_auditor.public_id not in browser.get("/evidence").text and of_lead.public_id in browser.get("/evidence").text
    assert signed_in(world.auditor).get(f"/evidence/{of_lead.public_id}.json").status_code == 200
    record_facts(world.lead, {FactKind.TEAM: None}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    db.session.commit()
    assert browser.get(f"/evidence/{of_lead.public_id}.json").status_code == 404
    assert "You lead no team" in asked(browser).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"at": "2027-01-01T00:00"}, "Choose an instant that has come"),
        ({"since": "2026-04-02T00:00", "at": "2026-04-01T00:00"}, "would end before it begins"),
        ({"kind": "queue", "queue": "no-such-queue"}, "There was no such queue"),
        ({"kind": "queue", "queue": "listing-claims-id", "at": "2025-01-01T00:00"}, "There was no such queue"),
        ({"kind": "everything"}, "Not a valid choice"),
        ({"language": "xx"}, "Not a valid choice"),
        ({"at": "yesterday"}, "Not a valid datetime"),
        ({"at": "0001-01-01T00:00"}, "Choose a year between"),
        ({"since": "0001-01-01T00:00", "at": "2026-04-01T00:00"}, "Choose a year between"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(signed_in, fields, words):
    world = make_world()
    answer = asked(signed_in(world.auditor), **fields)
    assert answer.status_code in {400, 409} and words in answer.text
    assert packs() == []


def test_what_an_address_says_beside_the_page_fills_nothing_in(as_role):
    page = as_role("auditor").get("/evidence?at=soon&since=2026-04-01T00:00&kind=person&person=sri&has_names=")
    assert page.status_code == 200 and 'value="soon"' not in page.text


def test_a_second_click_asks_for_nothing_more_and_few_wait_at_once(signed_in):
    world = make_world()
    browser = signed_in(world.auditor)
    assert asked(browser, at="2026-04-11T09:00").location == asked(browser, at="2026-04-11T09:00").location
    for hour in range(10, 14):
        asked(browser, at=f"2026-04-11T{hour}:00")
    assert "5 packs of yours are being made" in asked(browser, at="2026-04-11T15:00").text
    assert len(packs()) == 5


def test_a_pack_whose_job_died_is_made_by_another(signed_in):
    world = make_world()
    asked(signed_in(world.auditor), at="2026-04-11T09:00")
    (pack,) = packs()
    pack.begun_at = clock.now()
    db.session.commit()
    go_on_with_packs(clock.now() + timedelta(minutes=30))
    db.session.commit()
    assert pack.made_at is None
    go_on_with_packs(clock.now() + timedelta(minutes=61))
    db.session.commit()
    assert pack.made_at is not None


def test_a_large_pack_is_made_portion_by_portion_and_lets_a_small_one_pass(signed_in):
    world = make_world()
    db.session.add_all(
        Person(public_id=f"p_many{number}", email=f"many{number}@example.org", name="Many", sort_name="many", created_at=day(-60)) for number in range(250)
    )
    db.session.flush()
    many = db.session.scalars(select(Person.id).where(Person.name == "Many")).all()
    active = {"kind": "status", "value": {"value": "active"}, "term": "active", "effective_from": day(-60), "recorded_at": day(-60)}
    db.session.add_all(PersonFact(person_id=number, **active) for number in many)
    db.session.commit()
    browser = signed_in(world.auditor)
    large = asked(browser, at="2026-04-11T09:00").location
    go_on_with_packs(clock.now())
    db.session.commit()
    assert "200 people so far" in browser.get(large).text
    asked(browser, kind="person", person=world.sri.email, at="2026-04-11T09:00")
    go_on_with_packs(clock.now())
    db.session.commit()
    assert [pack.made_at is not None for pack in packs()] == [False, True]
    with draft_of(packs()[0].public_id).open("ab") as draft:
        draft.write(b"what a job wrote that died")
    go_on_with_packs(clock.now())
    db.session.commit()
    (told, _) = packs()
    assert (told.made_at is not None, told.person_count) == (True, 255)
    taken = browser.get(large + ".json").data
    assert check_pack(taken).holds and len(json.loads(taken)["pack"]["facts"]["people"]) == 255
    assert {path.suffix for number, path in files() if number == told.public_id} == {".json", ".pdf"}


def test_the_files_of_a_pack_go_with_its_row(signed_in):
    world = make_world()
    kept = make_pack(world.auditor, ScopeKind.ORGANISATION, at=day(5), now=clock.now())
    gone = make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(5), now=clock.now())
    number = gone.public_id
    db.session.delete(gone)
    db.session.commit()
    remove_strays(clock.now())
    assert {found for found, _ in files()} >= {kept.public_id} and number not in {found for found, _ in files()}


def test_a_file_that_was_lost_is_said_to_be(signed_in):
    world = make_world()
    pack = make_pack(world.auditor, ScopeKind.ORGANISATION, at=day(5), now=clock.now())
    signed_of(pack.public_id).unlink()
    answer = signed_in(world.auditor).get(f"/evidence/{pack.public_id}.json")
    assert answer.status_code == 409 and "An operator restores it" in answer.text


def test_a_person_takes_away_which_packs_are_about_them(signed_in):
    world = make_world()
    pack = make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(5), now=clock.now())
    (own,) = signed_in(world.sri).get("/account/data.json").json["evidence packs"]
    assert (own["number"], own["is_about_you"], own["was_asked_for_by_you"]) == (pack.public_id, True, False)


def test_the_list_goes_on_behind_a_page(signed_in):
    world = make_world()
    for number in range(31):
        db.session.add(
            EvidencePack(public_id=f"n{number}", scope="organisation", at=day(1), has_names=True, language="en", asked_by_id=world.auditor.id, asked_at=day(1))
        )
    db.session.commit()
    page = signed_in(world.auditor).get("/evidence").text
    older = re.search(r"/evidence\?before=(\d+)", page)
    assert older and len(re.findall(r'href="/evidence/n\d+"', page)) == 30
    assert len(re.findall(r'href="/evidence/n\d+"', signed_in(world.auditor).get(older[0]).text)) == 1


def test_nobody_s_cause_of_unavailability_adaptation_or_address_is_in_a_pack(signed_in):
    world = make_world()
    record_facts(world.sri, {FactKind.ACCOMMODATIONS: {"time_multiplier": 1.75, "extra_break_seconds": 661}}, effective_from=day(-30), by=SYSTEM, now=day(-30))
    db.session.commit()
    told = file_of(make_pack(world.auditor, ScopeKind.ORGANISATION, at=day(60), now=clock.now())).decode()
    assert not any(words in told for words in ("accommodations", "time_multiplier", "1.75", world.sri.email, "Four items", "rationale"))
    assert json.loads(told)["pack"]["facts"]["people"] and db.session.scalar(select(func.count()).select_from(EvidencePack)) == 1


def test_roles_that_may_ask_find_the_place(signed_in):
    for role in (Role.LEAD, Role.ADMIN, Role.AUDITOR):
        assert 'href="/evidence"' in signed_in(PersonFactory(roles=(role,))).get("/").text
