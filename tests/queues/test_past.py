"""Every answer about the past equals what was answered then, whatever happened since."""

from datetime import UTC, datetime, timedelta
from itertools import count

from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory
from tests.queues.factories import QueueFactory
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries, services
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind
from training.certification.services import ExamPassed
from training.db import db
from training.errors import Refusal
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
DEEDS = (
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
    "ask more",
    "nothing",
)
histories = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 25), st.sampled_from(QUEUES[:2]), st.integers(0, 20)), min_size=1, max_size=14)


class World:
    """One person with two certifications: one ends by disuse and begins in shadow, the other ends by the calendar."""

    def __init__(self) -> None:
        number = next(numbers)
        self.person: Person = PersonFactory(languages=["en", "id"])
        self.lead: Person = PersonFactory(roles=[Role.LEAD])
        self.names = {queue: f"{queue}-{number}" for queue in QUEUES}
        needs = {"exam": "the-exam"}
        self.held: dict[str, PublishedCertification] = {
            "claims": CertificationFactory(needs=needs, ends={"mode": "disuse", "days": 30}, renewal_window_days=10, nesting={"days": 7, "decisions": 50}),
            "reviews": CertificationFactory(needs=needs, ends={"mode": "calendar", "dates": ["03-31", "06-30", "12-31"]}),
        }
        slugs = [certification.slug for certification in self.held.values()]
        for queue, requires in zip(QUEUES, ({"all_of": slugs[:1]}, {"all_of": slugs[1:]}, {"any_of": slugs}), strict=True):
            QueueFactory(id=self.names[queue], requires=requires)

    def do(self, deed: str, queue: str, amount: int, now: datetime) -> None:
        """One deed of the history; what the rules refuse does not happen."""
        by, certification = Actor(ActorKind.PERSON, self.lead.id), self.held[queue]
        entries = {"suspend": EventKind.SUSPENDED, "reinstate": EventKind.REINSTATED, "revoke": EventKind.REVOKED}
        nesting = {"sign off": services.sign_off, "promote": services.promote}
        try:
            if deed == "pass":
                passed = ExamPassed("the-exam", f"attempt-{self.person.id}-{next(numbers)}", now)
                services.consider(self.person.id, certification, exam=passed, by=SYSTEM, now=now)
            elif deed in entries:
                services.enter(self.person.id, certification, entries[deed], reason=REASON, by=by, now=now)
            elif deed in nesting:
                nesting[deed](self.person.id, certification, reason=REASON, by=by, now=now)
            elif deed == "extend":
                services.extend(self.person.id, certification, days=amount, reason=REASON, by=by, now=now)
            else:
                self._do_elsewhere(deed, queue, amount, now)
        except Refusal:
            db.session.rollback()
        db.session.commit()

    def _do_elsewhere(self, deed: str, queue: str, amount: int, now: datetime) -> None:
        by = Actor(ActorKind.PERSON, self.lead.id)
        if deed in ("work", "correct"):
            day, decisions = (now - amount % 4 * DAY).date(), 0 if deed == "correct" else 20 + amount
            gate.report_work([Row(0, self.person.public_id, self.names[queue], day, decisions)], by=SYSTEM, now=now)
        elif deed == "override":
            grant = Grant(amount % 2 == 0, REASON, now + amount * DAY, now + amount * DAY + 2 * DAY)
            gate.grant_override(self.person.id, queue_by_slug(self.names[queue], now=now), grant, by=by, now=now)
        elif deed in ("leave", "return"):
            status = Status.DEACTIVATED if deed == "leave" else Status.ACTIVE
            accounts.record_facts(self.person, {FactKind.STATUS: status}, effective_from=now, by=SYSTEM, now=now)
        elif deed == "ask more":
            document = queue_by_slug(self.names[queue], now=now).document
            requires = document.requires.model_copy(update={"languages": ("id", "vi")[: 1 + amount % 2]})
            gate.publish_queue(document.model_copy(update={"requires": requires}), by=SYSTEM, now=now)

    def answers(self, at: datetime, *, is_narrow: bool) -> dict[str, Decision]:
        """What the gate says of every queue at an instant as known then; narrowly read, as programs ask, or from everything."""
        gathered = gather([self.person.public_id], list(self.names.values()), known_from=at if is_narrow else BEGINNING)
        return {queue: gathered.decide(self.person.public_id, name, at=at, known_at=at) for queue, name in self.names.items()}

    def standings(self, at: datetime) -> list[object]:
        """How the person stands with both certifications, as pages tell it."""
        return [queries.standing_of(self.person.id, certification.id, at=at) for certification in self.held.values()]


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(histories)
@example(LIVED)
@example(ENDED)
def test_every_answer_about_the_past_equals_what_was_answered_then(app: Flask, history: list[tuple[str, int, str, int]]) -> None:
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
