"""What packs tell: who was qualified, when, on what evidence."""

import json
from datetime import timedelta

import pytest

from tests.insights.factories import SPRING, day, file_of, make_pack, make_world
from training import clock
from training.insights.rules import ScopeKind
from training.insights.services.checking import check_pack

pytestmark = pytest.mark.usefixtures("app")


def facts_of(pack):
    return json.loads(file_of(pack))["pack"]["facts"]


def test_a_pack_of_a_person_tells_how_they_stood_and_on_what_evidence():
    world = make_world()
    facts = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(5), now=clock.now()))
    (sri,) = facts["people"]
    assert (sri["person"], sri["name"], sri["languages"]) == (world.sri.public_id, "Sri Rahayu", ["en", "id"])
    assert [(fact["queue"], fact["access"]) for fact in sri["access"]] == [("listing-claims-id", "allow")]
    (award,) = sri["ledger"]
    (exam,) = award["exams"]
    assert (award["kind"], award["by"], award["valid_from"]) == ("awarded", world.sri.public_id, "2026-03-01T09:00:00Z")
    assert (exam["score_per_10000"], exam["cut_percent"], exam["is_passed"], len(exam["item_hashes"])) == (10_000, 75, True, 4)
    assert [(fact["module"], fact["version"]) for fact in sri["training"]["readings"]] and sri["training"]["assignments"]
    assert sri["training"]["practice"] == {
        "answer_count": 3,
        "answering_seconds": 90,
        "first_at": "2026-02-24T09:00:00Z",
        "last_at": "2026-02-24T09:00:00Z",
        "session_count": 0,
    }
    assert [(fact["language"], fact["source"], fact["right"], fact["count"]) for fact in sri["accuracy"]] == [("en", "exam", 4, 4), ("id", "practice", 2, 3)]
    assert facts["unknown"] == ["audit"]


def test_every_pack_holds():
    world = make_world()
    for kind, subject in ((ScopeKind.PERSON, world.sri.public_id), (ScopeKind.QUEUE, world.queue.slug), (ScopeKind.ORGANISATION, "")):
        for since in (None, SPRING):
            report = check_pack(file_of(make_pack(world.auditor, kind, subject, at=day(60), since=since, now=clock.now())))
            assert report.holds, report.findings


def test_what_was_entered_later_is_not_told():
    world = make_world()
    (sri,) = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(22), now=clock.now()))["people"]
    assert [fact["kind"] for fact in sri["ledger"]] == ["awarded", "suspended"]
    assert [(fact["access"], fact["reasons"][0]["code"]) for fact in sri["access"]] == [("deny", "CERTIFICATE_SUSPENDED")]


def test_a_span_tells_stretches_with_from_and_until():
    world = make_world()
    (sri,) = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, since=day(-1), at=day(60), now=clock.now()))["people"]
    assert [(fact["state"], fact["since"][:10], fact["until"][:10]) for fact in sri["stretches"]] == [
        ("in_force", "2026-03-01", "2026-03-21"),
        ("suspended", "2026-03-21", "2026-03-28"),
        ("in_force", "2026-03-28", "2026-04-30"),
    ]
    assert sri["access"] == []


def test_a_queue_tells_of_those_whom_the_gate_let_in_and_of_exceptions_with_who_made_them():
    world = make_world()
    facts = facts_of(make_pack(world.auditor, ScopeKind.QUEUE, world.queue.slug, at=day(41), now=clock.now()))
    assert {person["person"] for person in facts["people"]} == {world.sri.public_id, world.budi.public_id}
    budi = next(person for person in facts["people"] if person["person"] == world.budi.public_id)
    (exception,) = budi["exceptions"]
    assert (exception["by"], exception["reason"], exception["effect"]) == (world.lead.public_id, "The peak of the eleventh.", "allow")
    assert facts["totals"] == [{"queue": "listing-claims-id", "allow_count": 2, "shadow_count": 0}]
    assert [version["all_of"] for version in facts["queues"][0]["versions"]] == [[world.certification]]
    later = facts_of(make_pack(world.auditor, ScopeKind.QUEUE, world.queue.slug, at=day(43), now=clock.now()))
    assert [person["person"] for person in later["people"]] == [world.sri.public_id]
    span = facts_of(make_pack(world.auditor, ScopeKind.QUEUE, world.queue.slug, since=day(38), at=day(60), now=clock.now()))
    assert {person["person"] for person in span["people"]} == {world.sri.public_id, world.budi.public_id}


def test_names_are_left_out_where_that_is_asked():
    world = make_world()
    told = file_of(make_pack(world.auditor, ScopeKind.ORGANISATION, at=day(60), has_names=False, now=clock.now())).decode()
    assert world.sri.public_id in told and not any(name in told for name in ("Sri Rahayu", "Budi Santoso", "Wayan Sudira"))


def test_a_lead_gets_the_people_of_their_own_team_and_nobody_else():
    world = make_world()
    told = facts_of(make_pack(world.lead, ScopeKind.ORGANISATION, at=day(60), now=clock.now()))
    assert {person["person"] for person in told["people"]} == {world.sri.public_id, world.budi.public_id, world.lead.public_id}
    assert told["team"] == world.team.slug
    everybody = facts_of(make_pack(world.auditor, ScopeKind.ORGANISATION, at=day(60), now=clock.now()))
    assert world.stranger.public_id in {person["person"] for person in everybody["people"]} and everybody["team"] is None


def test_asked_twice_the_facts_are_the_same():
    world = make_world()
    now = clock.now()
    first = make_pack(world.auditor, ScopeKind.ORGANISATION, since=day(-30), at=day(60), now=now)
    _something_happens(world, now)
    second = make_pack(world.auditor, ScopeKind.ORGANISATION, since=day(-30), at=day(60), now=now + timedelta(minutes=5))
    assert first.facts_sha256 == second.facts_sha256 and facts_of(first) == facts_of(second)
    assert first.sha256 != second.sha256


def _something_happens(world, now):
    make_pack(world.auditor, ScopeKind.PERSON, world.budi.public_id, at=day(10), now=now)
