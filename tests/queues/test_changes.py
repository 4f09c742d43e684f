"""The feed of changes: a mirror that follows it and asks the gate only for what it names is equal to the gate."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.courses.factories import ModuleFactory
from tests.queues.factories import LONG_AGO, QueueDocumentFactory, QueueFactory
from tests.queues.test_past import AWAY, DAY, DEEDS, ENDED, LIVED, REASON, START, World
from tests.statements import counted
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services as certification
from training.certification.rules.deltas import Delta, DeltaKind
from training.courses import services as courses
from training.db import begin_writing, db
from training.practice import services as practice
from training.practice.rules import Sensitivity
from training.queues import queries, services
from training.queues.models import AccessCause, QueueOverride
from training.queues.queries import SequencedChange, changes_after, gather, queue_by_slug
from training.queues.rules.changes import ChangeKind
from training.queues.rules.decision import Decision
from training.queues.rules.reasons import Code
from training.queues.services import Grant
from training.queues.services.sequencing import KEPT
from training.queues.tasks import forget_old_changes, sequence_changes

Instants = list[tuple[str, int, str, int]]
terms = count()
"""Histories follow one another, because the feed never goes back in time."""
MORE_DEEDS = ("read", "owe", "learn", "speak later", "withdraw", "consent", "ask first", "ask no more", "end override")


def follow_feed(now: datetime) -> None:
    """What the job does."""
    sequence_changes(now)
    db.session.commit()


class Watched(World):
    """The same with a colleague, and a queue that asks for a module, a language and consent."""

    def __init__(self) -> None:
        super().__init__()
        self.colleague: Person = PersonFactory(languages=["en"])
        self.read_module = ModuleFactory()
        self.names["hard"] = f"hard-{self.person.id}"
        requires = {"modules": {self.read_module.slug: "1.0.0"}, "languages": ["id"]}
        QueueFactory(id=self.names["hard"], requires=requires, areas=("SXM",), severity_ceiling="S4")

    def _do_elsewhere(self, deed: str, queue: str, amount: int, now: datetime) -> None:
        delta = Delta(self.read_module.slug, self.read_module.current_version.version, ("SXM", "CLM")[amount % 2 :], DeltaKind.READING)
        if deed in ("read", "learn"):
            courses.acknowledge(self.person.id, self.read_module.current_version, by=SYSTEM, now=now)
            certification.follow_studies(self.person.id, by=SYSTEM, now=now)
        elif deed == "owe":
            due = {self.person.id: now + amount * DAY, self.colleague.id: now + (amount if amount % 3 else 5) * DAY}
            certification.owe_delta(delta, due, now=now)
        elif deed == "speak later":
            languages = ["en", "id"] if amount % 2 else ["en"]
            accounts.record_facts(self.person, {FactKind.LANGUAGES: languages}, effective_from=now + amount * DAY, by=SYSTEM, now=now)
        elif deed in ("withdraw", "consent"):
            (practice.withdraw_consent if deed == "withdraw" else practice.give_consent)(self.person.id, Sensitivity.SEXUAL, now=now)
        elif deed in ("ask first", "ask no more"):
            practice.ask_for_consent(Sensitivity.SEXUAL, is_asked=deed == "ask first", by=SYSTEM, now=now)
        elif deed == "end override":
            for override_id in db.session.scalars(select(QueueOverride.id).where(QueueOverride.revoked_at.is_(None), QueueOverride.effective_until > now)):
                services.revoke_override(override_id, by=Actor(ActorKind.PERSON, self.lead.id), now=now)
        else:
            super()._do_elsewhere(deed, queue, amount, now)

    @property
    def subjects(self) -> list[str]:
        return [self.person.public_id, self.colleague.public_id]

    def decisions(self, subjects: Iterable[str], names: Iterable[str], at: datetime) -> dict[tuple[str, str], Decision]:
        subjects, names = list(subjects), list(names)
        gathered = gather(subjects, names, known_from=at, asked_from=at)
        return {(subject, name): gathered.decide(subject, name, at=at, known_at=at) for subject in subjects for name in names}


class Mirror:
    """A tool that keeps the gate's answers, and asks again only about what the feed names."""

    def __init__(self, world: Watched, now: datetime) -> None:
        follow_feed(now)
        self.world, self.cursor = world, queries.feed_span().last
        self.answers = world.decisions(world.subjects, world.names.values(), now)

    def follow(self, now: datetime) -> None:
        follow_feed(now)
        for change in changes_after(self.cursor, limit=1000):
            assert change.position == self.cursor + 1
            assert change.at <= now
            subjects = [change.subject] if change.subject else self.world.subjects
            names = self.world.names.values() if change.queues is None else set(change.queues) & set(self.world.names.values())
            self.answers |= self.world.decisions(set(subjects) & set(self.world.subjects), names, now)
            self.cursor = change.position

    def said(self) -> dict[tuple[str, str], object]:
        return {pair: essence(decision) for pair, decision in self.answers.items()}


def essence(decision: Decision) -> tuple[object, ...]:
    """The answer without when an exam may be begun again, which the feed does not follow."""
    return decision.access, sorted((reason.code, reason.subject or "", reason.effect) for reason in decision.reasons if reason.code is not Code.COOLDOWN)


deeds = st.sampled_from((*DEEDS, *MORE_DEEDS, *MORE_DEEDS))
histories = st.lists(st.tuples(deeds, st.integers(0, 25), st.sampled_from(("claims", "reviews")), st.integers(0, 20)), min_size=1, max_size=12)
OWED = [("read", 0, "claims", 0), ("owe", 4, "claims", 5), ("owe", 4, "claims", 9), ("ask first", 3, "claims", 0), ("consent", 2, "claims", 0)]
SPOKEN = [("speak later", 1, "claims", 3), ("speak later", 9, "claims", 6), ("override", 2, "claims", 4), ("end override", 9, "claims", 0)]


@settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(histories)
@example(LIVED)
@example(ENDED)
@example(AWAY)
@example(OWED)
@example(SPOKEN)
def test_a_mirror_that_asks_only_for_what_the_feed_names_equals_the_gate_at_every_instant(app: Flask, history: Instants) -> None:
    world, now = Watched(), START + next(terms) * 1000 * DAY
    world.do("pass", "claims", 0, now)
    mirror = Mirror(world, now)
    for deed, later, queue, amount in history:
        world.do(deed, queue, amount, now)
        end = now + later * DAY + timedelta(seconds=1)
        changing = {decision.next_change_at for decision in world.decisions(world.subjects, world.names.values(), now).values()}
        edges = {instant for instant in changing if instant is not None and instant < end}
        for instant in sorted({now, *edges, now + (end - now) / 3, end}):
            mirror.follow(instant)
            asked = world.decisions(world.subjects, world.names.values(), instant)
            assert mirror.said() == {pair: essence(decision) for pair, decision in asked.items()}
        now = end + timedelta(seconds=1)


def told(after: int = 0) -> list[SequencedChange]:
    return list(changes_after(after, limit=1000))


@pytest.fixture
def person(app: Flask) -> Person:
    return PersonFactory(now=LONG_AGO)


def test_what_time_alone_brings_is_told_once_and_in_order_although_no_job_ran(person: Person) -> None:
    held = CertificationFactory(id="by-the-calendar", validity_days=90)
    QueueFactory(id="claims", requires={"all_of": [held.slug]})
    QueueFactory(id="reviews")
    award(person.id, held, now=START)
    follow_feed(START)
    before = queries.feed_span().last
    granted = Grant(True, REASON, START + DAY, START + 3 * DAY)
    services.grant_override(person.id, queue_by_slug("reviews", now=START), granted, by=Actor(ActorKind.PERSON, PersonFactory().id), now=START)
    db.session.commit()
    follow_feed(START + 200 * DAY)
    edges = [(change.at - START, change.kind, change.queues, change.certification) for change in told(before) if change.subject == person.public_id]
    assert edges == [
        (DAY, ChangeKind.OVERRIDE, ("reviews",), None),
        (3 * DAY, ChangeKind.OVERRIDE, ("reviews",), None),
        (60 * DAY, ChangeKind.CERTIFICATE, ("claims",), held.slug),
        (90 * DAY, ChangeKind.CERTIFICATE, ("claims",), held.slug),
    ]
    follow_feed(START + 400 * DAY)
    assert len(told(before)) == len({change.position for change in told(before)})
    assert [change.position for change in told()] == list(range(1, queries.feed_span().last + 1))
    assert db.session.scalar(select(func.count()).select_from(AccessCause)) == 0


def test_requirements_and_a_change_of_policy_are_one_event_about_everybody(person: Person) -> None:
    people = [PersonFactory().id for _ in range(3)]
    QueueFactory(id="claims", areas=("CLM",))
    QueueFactory(id="other", areas=("PRO",))
    module = ModuleFactory()
    follow_feed(START)
    before = queries.feed_span().last
    services.publish_queue(QueueDocumentFactory(id="claims", requires={"languages": ["id"]}), by=SYSTEM, now=START)
    delta = Delta(module.slug, module.current_version.version, ("CLM",), DeltaKind.READING)
    certification.owe_delta(delta, dict.fromkeys(people, START + 14 * DAY) | {person.id: START + 3 * DAY}, now=START)
    db.session.commit()
    follow_feed(START + 20 * DAY)
    assert [(change.kind, change.subject, change.queues, change.at - START) for change in told(before)] == [
        (ChangeKind.REQUIREMENTS, None, ("claims",), timedelta()),
        (ChangeKind.POLICY, None, ("claims",), timedelta()),
        (ChangeKind.POLICY, person.public_id, ("claims",), 3 * DAY),
        (ChangeKind.POLICY, None, ("claims",), 14 * DAY),
    ]


def test_work_that_only_moves_a_far_end_is_not_told_and_the_end_it_moved_to_is(person: Person) -> None:
    held = CertificationFactory(needs={"exam": "the-exam"}, ends={"mode": "disuse", "days": 60})
    QueueFactory(id="claims", requires={"all_of": [held.slug]})
    award(person.id, held, now=START)
    follow_feed(START)
    before = queries.feed_span().last
    for day in range(1, 20):
        services.report_work([services.Row(0, person.public_id, "claims", (START + day * DAY).date(), 50)], by=SYSTEM, now=START + day * DAY)
        db.session.commit()
        follow_feed(START + day * DAY)
    assert told(before) == []
    follow_feed(START + 365 * DAY)
    ends = [(change.at - START).days for change in told(before)]
    assert ends == [49, 79]


def test_consent_is_told_as_availability_alone(person: Person) -> None:
    follow_feed(START)
    before = queries.feed_span().last
    practice.withdraw_consent(person.id, Sensitivity.SEXUAL, now=START)
    db.session.commit()
    follow_feed(START)
    (change,) = told(before)
    assert (change.kind, change.subject, change.queues, change.certification) == (ChangeKind.AVAILABILITY, person.public_id, None, None)


def test_the_feed_forgets_what_is_old_but_never_where_it_ends(person: Person) -> None:
    follow_feed(START)
    end = queries.feed_span().last
    assert end > 0
    forget_old_changes(START + KEPT + DAY)
    db.session.commit()
    assert queries.feed_span() == queries.FeedSpan(end, end)
    PersonFactory(now=START + KEPT)
    follow_feed(START + KEPT)
    assert queries.feed_span().last == end + 1


def test_a_deed_of_many_people_notes_its_causes_in_as_many_statements_as_the_deed_itself(app: Flask) -> None:
    people = [PersonFactory().id for _ in range(30)]
    delta = Delta("a-module", ModuleFactory().current_version.version, ("CLM",), DeltaKind.READING)
    begin_writing()
    with counted() as statements:
        certification.owe_delta(delta, dict.fromkeys(people, START + DAY), now=START)
    assert len([statement for statement in statements if statement.startswith("INSERT")]) == 1
    assert db.session.scalar(select(func.count()).select_from(AccessCause).where(AccessCause.shared_key.is_not(None))) == 2
