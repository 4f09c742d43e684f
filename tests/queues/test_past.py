"""Every answer about the past equals what was answered then, whatever happened since."""

import contextlib
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory
from tests.courses.factories import ModuleFactory
from tests.exams.factories import ExamFactory
from tests.queues.deeds import KIND, MORE, Scene
from tests.queues.factories import QueueFactory
from training.accounts import services as accounts
from training.accounts.models import Absence, Person
from training.accounts.queries import shift, shift_names
from training.accounts.rules import AbsenceEntry, AbsenceKind, FactKind, Hours, Role, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries, services
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind
from training.certification.services import ExamPassed
from training.db import db
from training.errors import NotFound, Refusal
from training.queues import services as gate
from training.queues.queries import gather, queue_by_slug
from training.queues.queries.evidence import BEGINNING
from training.queues.rules.decision import Decision
from training.queues.services import Grant, Row

START = datetime(2026, 2, 1, 3, tzinfo=UTC)
DAY = timedelta(days=1)
QUEUES = ("claims", "reviews", "either")
REASON = "It is what the history says."
numbers = count(1)

LIVED = [
    ("work", 8, "claims", 1),
    ("sign off", 2, "claims", 0),
    ("promote", 20, "claims", 0),
    ("work", 20, "claims", 2),
    ("pass", 20, "reviews", 0),
    ("correct", 20, "claims", 2),
]
"""A history in which work moves the end, the shadow ends, and a correction lets the certificate lapse after all."""
ENDED = [
    ("pass", 20, "reviews", 0),
    ("suspend", 3, "reviews", 0),
    ("reinstate", 9, "reviews", 0),
    ("override", 1, "claims", 4),
    ("leave", 1, "claims", 0),
    ("return", 5, "claims", 0),
    ("revoke", 5, "reviews", 0),
]
AWAY = [
    ("pause", 0, "claims", 0),
    ("back", 1, "claims", 0),
    ("shift", 1, "claims", 8),
    ("absence", 2, "claims", 7),
    ("shift changes", 1, "claims", 3),
    ("absence ends", 4, "claims", 0),
    ("shift", 3, "claims", 5),
]
RULED = [
    ("certification changes", 1, "claims", 1),
    ("policy changes", 1, "claims", 3),
    ("ask for reading", 5, "claims", 1),
    ("read", 0, "claims", 0),
    ("override", 0, "claims", 0),
    ("override ends", 1, "claims", 0),
    ("certification changes", 4, "claims", 2),
    ("languages", 1, "claims", 5),
    ("ask for consent", 1, "claims", 2),
    ("consent", 1, "claims", 1),
]
FAILED = [
    ("revoke", 0, "claims", 0),
    ("sit", 0, "claims", 0),
    ("hand in", 0, "claims", 0),
    ("sit", 2, "claims", 0),
    ("sit", 1, "claims", 0),
    ("sweep", 4, "claims", 0),
    ("sit", 1, "claims", 0),
    ("hand in", 5, "claims", 0),
    ("allow again", 0, "claims", 0),
]
"""A history of attempts: one is handed in at once, another expires and is found later, and the attempts of a month are used up."""
DEEDS = (
    *MORE,
    "pass",
    "work",
    "suspend",
    "reinstate",
    "revoke",
    "work",
    "correct",
    "sign off",
    "promote",
    "extend",
    "override",
    "leave",
    "return",
    "pause",
    "back",
    "absence",
    "absence ends",
    "shift",
    "shift changes",
    "ask more",
    "nothing",
)
History = list[tuple[str, int, str, int]]


def histories(longest: int) -> st.SearchStrategy[History]:
    """Deeds, each with the days until the next one, which queue or certificate it is about, and how much."""
    deed = st.tuples(st.sampled_from(DEEDS), st.integers(0, 25), st.sampled_from(QUEUES[:2]), st.integers(0, 20))
    return st.lists(deed, min_size=1, max_size=longest)


def absence_ids(person_id: int) -> list[int]:
    return list(db.session.scalars(select(Absence.id).where(Absence.person_id == person_id)))


class World(Scene):
    """One person with two certifications: one ends by disuse and begins in shadow, the other ends by the calendar."""

    def __init__(self) -> None:
        number = self.number = next(numbers)
        self.person: Person = PersonFactory(languages=["en", "id"])
        self.lead: Person = PersonFactory(roles=[Role.LEAD])
        self.admin: Person = PersonFactory(roles=[Role.ADMIN])
        self.names = {queue: f"{queue}-{number}" for queue in QUEUES}
        self.exam, self.module = f"exam-of-{number}", ModuleFactory(area="CLM", now=START - DAY).slug
        needs = {"exam": self.exam}
        self.held: dict[str, PublishedCertification] = {
            "claims": CertificationFactory(needs=needs, ends={"mode": "disuse", "days": 30}, renewal_window_days=10, nesting={"days": 7, "decisions": 50}),
            "reviews": CertificationFactory(needs=needs, ends={"mode": "calendar", "dates": ["03-31", "06-30", "12-31"]}),
        }
        slugs = [certification.slug for certification in self.held.values()]
        ExamFactory(id=self.exam, certification=slugs[0])
        for queue, requires in zip(QUEUES, ({"all_of": slugs[:1]}, {"all_of": slugs[1:]}, {"any_of": slugs}), strict=True):
            QueueFactory(id=self.names[queue], requires=requires, sensitivities=[KIND] if queue == "either" else [])

    def do(self, deed: str, queue: str, amount: int, now: datetime) -> None:
        """One deed of the history; what the rules refuse does not happen."""
        by, certification = Actor(ActorKind.PERSON, self.lead.id), self.held[queue]
        entries = {"suspend": EventKind.SUSPENDED, "reinstate": EventKind.REINSTATED, "revoke": EventKind.REVOKED}
        nesting = {"sign off": services.sign_off, "promote": services.promote}
        try:
            if deed == "pass":
                passed = ExamPassed(self.exam, f"attempt-{self.person.id}-{next(numbers)}", now)
                services.consider(self.person.id, certification, exam=passed, by=SYSTEM, now=now)
            elif deed in entries:
                services.enter(self.person.id, certification, entries[deed], reason=REASON, by=by, now=now)
            elif deed in nesting:
                nesting[deed](self.person.id, certification, reason=REASON, by=by, now=now)
            elif deed == "extend":
                services.extend(self.person.id, certification, days=amount, reason=REASON, by=by, now=now)
            else:
                self._do_elsewhere(deed, queue, amount, now)
        except (Refusal, NotFound):
            db.session.rollback()
        db.session.commit()

    def _do_elsewhere(self, deed: str, queue: str, amount: int, now: datetime) -> None:
        by = Actor(ActorKind.PERSON, self.lead.id)
        if deed in MORE:
            MORE[deed](self, queue, amount, now)
        elif deed in ("work", "correct"):
            day, decisions = (now - amount % 4 * DAY).date(), 0 if deed == "correct" else 20 + amount
            gate.report_work([Row(0, self.person.public_id, self.names[queue], day, decisions)], by=SYSTEM, now=now)
        elif deed == "override":
            grant = Grant(amount % 2 == 0, REASON, now + amount * DAY, now + amount * DAY + 2 * DAY)
            gate.grant_override(self.person.id, queue_by_slug(self.names[queue], now=now), grant, by=by, now=now)
        elif deed in ("leave", "return"):
            status = Status.DEACTIVATED if deed == "leave" else Status.ACTIVE
            accounts.record_facts(self.person, {FactKind.STATUS: status}, effective_from=now, by=SYSTEM, now=now)
        elif deed in ("pause", "back", "absence", "absence ends", "shift", "shift changes"):
            self._come_and_go(deed, amount, now)
        elif deed == "ask more":
            document = queue_by_slug(self.names[queue], now=now).document
            requires = document.requires.model_copy(update={"languages": ("id", "vi")[: 1 + amount % 2]})
            gate.publish_queue(document.model_copy(update={"requires": requires}), by=SYSTEM, now=now)

    def _come_and_go(self, deed: str, amount: int, now: datetime) -> None:
        by, until = Actor(ActorKind.PERSON, self.lead.id), now + amount * DAY / 3 if amount % 3 else None
        if deed == "pause":
            accounts.start_pause(self.person.id, until=until, now=now)
        elif deed == "back":
            accounts.end_pause(self.person.id, now=now)
        elif deed == "absence":
            kind = (AbsenceKind.LEAVE, AbsenceKind.HOLD)[amount % 2]
            accounts.record_absence(self.person, AbsenceEntry(kind, now + amount % 4 * DAY, until, REASON), by=by, now=now)
        elif deed == "absence ends":
            self._end_absences(now)
        else:
            self._work_hours(deed, amount, now)

    def _end_absences(self, now: datetime) -> None:
        by = Actor(ActorKind.PERSON, self.admin.id)
        for absence_id in absence_ids(self.person.id):
            with contextlib.suppress(Refusal, NotFound):
                accounts.end_absence(self.person, absence_id, is_admin=True, by=by, now=now)

    def _work_hours(self, deed: str, amount: int, now: datetime) -> None:
        hours = Hours("Europe/Berlin", frozenset(range(1, 2 + amount % 7)), time(amount % 24), time((amount + 9) % 24), is_binding=amount % 2 == 0)
        name = f"Shift {self.number}"
        made = {name: shift_id for shift_id, name in shift_names().items()}.get(name)
        found = shift(made) if made else accounts.create_shift(name, hours, by=SYSTEM, now=now)
        if deed == "shift changes":
            accounts.change_hours(found, hours, by=SYSTEM, now=now)
        else:
            given_shift = None if amount % 5 == 0 else found
            accounts.assign_shift(self.person, given_shift, effective_from=now + amount % 3 * DAY, by=SYSTEM, now=now)

    def answers(self, at: datetime, *, is_narrow: bool) -> dict[str, Decision]:
        """What the gate says of every queue at an instant as known then; narrowly read, as programs ask, or from everything."""
        since = at if is_narrow else BEGINNING
        gathered = gather([self.person.public_id], list(self.names.values()), known_from=since, asked_from=since)
        return {queue: gathered.decide(self.person.public_id, name, at=at, known_at=at) for queue, name in self.names.items()}

    def hold_to(self, at: datetime, answers: dict[str, Decision]) -> None:
        """What was said of the next change comes true where nothing else happens, and not a second before."""
        gathered = gather([self.person.public_id], list(self.names.values()))
        for queue, answer in answers.items():
            for instant, is_changed in (answer.next_change_at, True), (answer.next_change_at and answer.next_change_at - timedelta(seconds=1), False):
                if instant is not None:
                    then = gathered.decide(self.person.public_id, self.names[queue], at=instant, known_at=at)
                    assert (then.access is not answer.access) is is_changed

    def standings(self, at: datetime) -> list[object]:
        """How the person stands with both certifications, as pages tell it."""
        return [queries.standing_of(self.person.id, certification.id, at=at) for certification in self.held.values()]


def hold_to_the_past(history: History) -> None:
    """Live through a history with the clock moved, ask the gate before and after each deed, and ask all of it again afterwards."""
    world, now, told = World(), START, {}
    world.do("pass", "claims", 0, now)
    for deed, later, queue, amount in history:
        world.do(deed, queue, amount, now)
        told[now] = world.answers(now, is_narrow=True), world.standings(now)
        now += later * DAY + timedelta(seconds=1)
        told[now] = world.answers(now, is_narrow=True), world.standings(now)
        now += timedelta(seconds=1)
    for at, (answers, standings) in told.items():
        assert world.answers(at, is_narrow=True) == answers
        assert world.answers(at, is_narrow=False) == answers
        assert world.standings(at) == standings
        world.hold_to(at, answers)


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(histories(14))
@example(LIVED)
@example(ENDED)
@example(AWAY)
@example(RULED)
@example(FAILED)
def test_every_answer_about_the_past_equals_what_was_answered_then(app: Flask, history: History) -> None:
    hold_to_the_past(history)


@pytest.mark.full
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(histories(40))
def test_every_answer_about_the_past_equals_what_was_answered_then_over_long_lives(app: Flask, history: History) -> None:
    hold_to_the_past(history)


@pytest.mark.parametrize(("history", "codes"), [(RULED, {"PREREQUISITE_MISSING", "DELTA_DUE", "POLICY_UNREAD", "UNAVAILABLE"}), (FAILED, {"COOLDOWN"})])
def test_the_histories_bring_about_what_they_are_for(app: Flask, history: History, codes: set[str]) -> None:
    world, now, met = World(), START, set()
    world.do("pass", "claims", 0, now)
    for deed, later, queue, amount in history:
        world.do(deed, queue, amount, now)
        now += later * DAY + timedelta(minutes=1)
        met |= {reason.code.value for answer in world.answers(now, is_narrow=True).values() for reason in answer.reasons}
    assert codes <= met
