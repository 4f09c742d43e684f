"""What packs tell: who was qualified, when, on what evidence."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.insights.factories import SPRING, by, day, file_of, make_pack, make_world
from tests.quality.factories import DECIDED, audit
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts import services as accounts
from training.accounts.rules import FactKind, Role
from training.actors import SYSTEM
from training.certification.queries import certification_by_slug
from training.courses import services as courses
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience
from training.db import db
from training.insights.rules import ScopeKind
from training.insights.services.checking import check_pack
from training.judgements.models import Judgement
from training.queues.services import Grant, confirm_override, propose_override, revoke_override

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


def test_an_exception_that_takes_two_names_both_and_cites_both_entries():
    world = make_world()
    queue = QueueFactory(severity_ceiling="S4", requires={"all_of": [world.certification]})
    second = PersonFactory(name="Ayu Lestari", roles=(Role.LEAD,))
    proposal = propose_override(world.budi.id, queue, Grant(True, "Nobody else speaks it.", day(50), day(52)), by=by(world.lead), now=day(50))
    granted = confirm_override(proposal.id, by=by(second), now=day(50) + timedelta(hours=1))
    revoke_override(granted.id, by=by(second), now=day(51))
    db.session.commit()
    pack = make_pack(world.auditor, ScopeKind.QUEUE, queue.slug, since=day(49), at=day(60), now=clock.now())
    budi = next(person for person in facts_of(pack)["people"] if person["person"] == world.budi.public_id)
    (exception,) = budi["exceptions"]
    assert (exception["by"], exception["confirmed_by"]) == (world.lead.public_id, second.public_id)
    assert exception["ended_at"] == "2026-04-21T09:00:00Z" and None not in (exception["entry"], exception["proposal_entry"], exception["end_entry"])
    assert {actor["name"] for actor in facts_of(pack)["actors"]} >= {"Wayan Sudira", "Ayu Lestari"}
    report = check_pack(file_of(pack))
    assert report.holds, report.findings
    at_its_time = make_pack(world.auditor, ScopeKind.QUEUE, queue.slug, at=day(50) + timedelta(hours=2), now=clock.now())
    (acting,) = next(person for person in facts_of(at_its_time)["people"] if person["person"] == world.budi.public_id)["exceptions"]
    assert (acting["ended_at"], acting["end_entry"]) == (None, None)


def test_random_audits_of_live_work_are_told_apart_from_exams_and_practice():
    world = make_world()
    held, known = certification_by_slug(world.certification), DECIDED + timedelta(days=1)
    audit(world.sri, held, [True, False], now=known, language="id")
    audit(world.sri, held, [False], begin=2, now=known, language="id", sampling="targeted")
    before = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=known - timedelta(hours=1), now=clock.now()))
    assert before["unknown"] == ["audit"]
    facts = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=known + timedelta(hours=1), now=clock.now()))
    assert [(fact["language"], fact["right"], fact["count"]) for fact in facts["people"][0]["accuracy"] if fact["source"] == "audit"] == [("id", 1, 2)]
    assert facts["unknown"] == []
    assert [(fact["language"], fact["person_count"]) for fact in facts["languages"]] == [("en", 1), ("id", 1)]


def test_judgements_that_were_corrected_later_are_told_as_they_were_known():
    world = make_world()
    (before,) = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(5), now=clock.now()))["people"]
    wrong = db.session.scalars(select(Judgement).where(Judgement.person_id == world.sri.id, ~Judgement.is_strict)).one()
    columns = {column.name: getattr(wrong, column.name) for column in Judgement.__table__.columns if column.name != "id"}
    db.session.add(Judgement(**(columns | {"is_strict": True, "error": None, "corrects_id": wrong.id, "corrected_at": day(8)})))
    db.session.commit()
    (same,) = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(5), now=clock.now()))["people"]
    (after,) = facts_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(9), now=clock.now()))["people"]
    assert same == before
    assert [(fact["right"], fact["count"]) for fact in after["accuracy"] if fact["source"] == "practice"] == [(3, 3)]


def test_a_pack_tells_of_what_was_asked_of_each_audience_and_cites_it():
    world, asked = make_world(), day(-15)
    cohort = accounts.name_cohort(name="Spring hires", by=SYSTEM, now=asked)
    accounts.join_cohort(cohort, [world.sri.id], by=SYSTEM, now=asked)
    accounts.record_facts(world.sri, {FactKind.MARKETS: ["ID"]}, effective_from=asked, by=SYSTEM, now=asked)
    module, other = ModuleFactory(), ModuleFactory()
    works = (
        (module, Audience(cohort_id=cohort.id)),
        (other, Audience(rule=AudienceRule("ID", "id"))),
        (other, Audience(rule=AudienceRule("SG", ""))),
        (CourseFactory(), Audience(team_id=world.team.id)),
    )
    for work, audience in works:
        courses.assign(work, audience, due_at=day(30), by=SYSTEM, now=asked)
    db.session.commit()
    pack = make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(1), now=clock.now())
    given = facts_of(pack)["people"][0]["training"]["assignments"]
    told = [(fact["module"], fact["cohort_number"], fact["rule"], fact["team_number"]) for fact in given]
    assert told[1:] == [(module.slug, cohort.id, None, None), (other.slug, None, "ID/id", None), (None, None, None, world.team.id)]
    assert all(fact["entry"] for fact in given)
    assert check_pack(file_of(pack)).holds
