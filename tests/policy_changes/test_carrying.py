"""A policy change, carried out: who is asked to learn it, and what the gate says until they have."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.policy_changes.changing import AWARDED, CHANGED, SITE, World
from tests.statements import counted
from training.actors import SYSTEM
from training.certification.models import Obligation
from training.certification.queries import delta_counts, holder_count_ending, holders, holders_ending, open_deltas, still_to_learn
from training.certification.rules import Delta, DeltaKind, EventKind, Worked
from training.certification.services import enter, follow_studies, owe_delta, record_work
from training.courses import queries as courses_queries
from training.courses import services as courses
from training.courses.rules.clause_changes import ClauseMark
from training.courses.rules.versions import Version
from training.db import db
from training.outbox.models import OutboxMail
from training.policy_changes.models import PolicyApproval, PublishedChange
from training.policy_changes.services.carrying import carry_out
from training.practice.queries import known_check
from training.queues.queries.evidence import access_of
from training.queues.rules.decision import Access

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)
DUE = CHANGED + 14 * DAY


def learn(world: World, *, at) -> None:
    courses.acknowledge(world.person.id, courses_queries.module_by_slug("goods").current_version, by=SYSTEM, now=at)
    follow_studies(world.person.id, by=SYSTEM, now=at)
    db.session.commit()


def test_a_minor_change_is_noted_while_it_is_due_and_denied_once_it_is_overdue_for_the_queues_of_its_area_alone() -> None:
    world = World()
    world.change("1.1.0")
    assert world.codes("listings", CHANGED) == {"DELTA_DUE"} and world.ask("listings", CHANGED).access is Access.ALLOW
    assert world.ask("listings", CHANGED).valid_until == DUE, "time alone closes the queue"
    assert world.codes("listings", DUE) == {"DELTA_OVERDUE"} and world.ask("listings", DUE).access is Access.DENY
    assert world.codes("claims", DUE + DAY) == set()
    learn(world, at=DUE + 2 * DAY)
    assert world.ask("listings", DUE + 2 * DAY).access is Access.ALLOW


def test_answers_about_the_past_stay_what_they_were() -> None:
    world, before = World(), CHANGED - DAY
    instants = [before, CHANGED, DUE - DAY, DUE, DUE + DAY, DUE + 3 * DAY]
    answered = {}
    for at in instants:
        if at == CHANGED:
            world.change("1.1.0")
        if at == DUE + 3 * DAY:
            learn(world, at=DUE + 2 * DAY)
        answered[at] = world.ask("listings", at)
    assert [world.ask("listings", at) for at in instants[:-1]] == [answered[at] for at in instants[:-1]]
    assert [answer.access.value for answer in answered.values()] == ["allow", "allow", "allow", "deny", "deny", "allow"]


def test_a_patch_asks_nothing_of_anybody() -> None:
    world = World()
    world.change("1.0.1", ClauseMark.EDITORIAL)
    assert open_deltas(world.person.id) == [] and world.codes("listings", DUE) == set()
    assert db.session.scalar(select(func.count()).select_from(PublishedChange)) == 0


def test_a_date_is_never_later_than_the_end_of_the_certificate() -> None:
    world = World()
    ends_at = AWARDED + 180 * DAY
    world.change("1.1.0", at=ends_at - 5 * DAY)
    assert [owed.due_at for owed in open_deltas(world.person.id)] == [ends_at]


def test_whoever_once_read_the_module_is_asked_and_whoever_never_did_is_not() -> None:
    world = World()
    reader, stranger, revoked = PersonFactory(), PersonFactory(), world.holder()
    courses.acknowledge(reader.id, world.module.current_version, by=SYSTEM, now=AWARDED)
    enter(revoked.id, world.certification, EventKind.REVOKED, reason="Gave cases away.", by=SYSTEM, now=AWARDED + DAY)
    assert holders([world.certification.id], now=CHANGED) == {world.person.id: AWARDED + 180 * DAY}
    world.change("1.1.0")
    assert [len(open_deltas(each.id)) for each in (reader, stranger, revoked)] == [1, 0, 1]


def test_whose_certificate_ended_by_disuse_holds_none_and_whoever_worked_since_does() -> None:
    world = World(ends={"mode": "disuse", "days": 20})
    worker, day = world.holder(), (CHANGED - 5 * DAY).date()
    early = (AWARDED + DAY).date()
    for each, on in ((worker, early), (worker, (AWARDED + 15 * DAY).date()), (worker, day), (world.person, day)):
        record_work([Worked(each.id, "listings", on, 40)], {("listings", on): ["moderator"]}, by=SYSTEM, now=CHANGED - DAY)
    ids = [world.certification.id]
    assert holders(ids, now=CHANGED) == {worker.id: None}, "work after the lapse brings nothing back"
    assert sorted(holders(ids, now=AWARDED + DAY)) == sorted([worker.id, world.person.id])
    assert holder_count_ending(ids, now=CHANGED, by=CHANGED + 400 * DAY) == 0


def test_a_change_tells_a_hundred_people_in_as_many_statements_as_one() -> None:
    world = World()
    with counted() as for_one:
        world.change("1.1.0")
    for _ in range(99):
        world.holder()
    with counted() as for_hundred:
        world.change("1.2.0", at=CHANGED + DAY)
    assert len(for_hundred) <= len(for_one) and db.session.scalar(select(func.count()).select_from(OutboxMail)) == 101


def test_everybody_asked_who_is_active_gets_one_mail_with_the_date_and_the_page() -> None:
    world = World()
    gone = world.holder(status="deactivated")
    change = world.change("1.1.0")
    carry_again = [owed.id for owed in open_deltas(world.person.id)]
    (mail,) = db.session.scalars(select(OutboxMail))
    assert mail.recipient == world.person.email and "14 April 2026" in mail.body and f"{SITE}/policy-changes/mine/goods" in mail.body
    assert len(open_deltas(gone.id)) == 1, "whoever comes back learns it first"
    with pytest.raises(IntegrityError), db.session.begin_nested():
        carry_out(change, approval=PolicyApproval(author_id=gone.id, approved_by_id=gone.id), rekeyed=(), site_url=SITE, now=CHANGED + DAY)
    assert [owed.id for owed in open_deltas(world.person.id)] == carry_again


def test_asking_twice_asks_once() -> None:
    world = World()
    world.change("1.1.0")
    owe_delta(Delta("goods", Version(1, 1, 0), ("PRO",), DeltaKind.READING), {world.person.id: DUE}, now=CHANGED + DAY)
    assert len(open_deltas(world.person.id)) == 1


def test_a_later_version_that_is_acknowledged_covers_the_one_before() -> None:
    world = World()
    world.change("1.1.0")
    world.change("1.2.0", at=CHANGED + DAY)
    assert len(open_deltas(world.person.id)) == 2
    learn(world, at=CHANGED + 2 * DAY)
    assert open_deltas(world.person.id) == []


def test_the_short_check_asks_about_what_was_told_better_and_must_be_passed_too() -> None:
    world = World()
    case = CaseFactory(concept="PRO-01.a")
    world.change("1.1.0", ClauseMark.CLARIFIED)
    _, version = known_check("delta-1-1-0-goods")
    assert (version.case_ids, version.pass_count) == ([case.id], 1)
    learn(world, at=CHANGED + DAY)
    assert len(open_deltas(world.person.id)) == 1
    courses.record_check_pass(world.person.id, "delta-1-1-0-goods", now=CHANGED + 2 * DAY)
    assert follow_studies(world.person.id, by=SYSTEM, now=CHANGED + 2 * DAY)
    assert open_deltas(world.person.id) == [] and not follow_studies(world.person.id, by=SYSTEM, now=CHANGED + 2 * DAY)


def test_no_case_whose_key_the_change_may_have_made_wrong_is_in_the_check() -> None:
    world = World()
    CaseFactory(concept="PRO-01.a")
    world.change("1.1.0", ClauseMark.CHANGED)
    assert [owed.check_slug for owed in open_deltas(world.person.id)] == [None]


def test_how_far_everybody_is_and_who_is_missing_is_counted() -> None:
    world = World()
    other = world.holder(at=AWARDED + DAY)
    world.change("1.1.0")
    learn(world, at=CHANGED + DAY)
    version = Version(1, 1, 0)
    counts = delta_counts("goods", version, now=DUE)
    assert (counts.asked, counts.met, counts.overdue) == (2, 1, 1)
    missing = still_to_learn("goods", version, among=None, skipped=0, count=30)
    assert [person.id for _, person in missing] == [other.id]
    assert still_to_learn("goods", version, among={world.person.id}, skipped=0, count=30) == []
    assert [person.id for person, _ in holders_ending([world.certification.id], now=CHANGED, by=AWARDED + 180 * DAY)] == [world.person.id]


def test_the_gate_still_asks_one_statement() -> None:
    world = World()
    world.change("1.1.0")
    subject = world.person.public_id
    with counted() as statements:
        access_of(subject, "listings", at=CHANGED)
    assert len(statements) == 1


def test_what_was_asked_is_kept_as_it_was_published() -> None:
    world = World()
    change = world.change("1.1.0")
    (published,) = db.session.scalars(select(PublishedChange))
    assert published.change == change and published.due_at == DUE
    assert db.session.scalar(select(Obligation.module_version)) == "1.1.0"
