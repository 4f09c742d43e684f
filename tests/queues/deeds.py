"""Further things that happen to somebody in a history of the gate: exceptions that end, rules that change, exams, consent. Each by the services that do it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from tests.courses.factories import ModuleFactory
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services as certification
from training.certification.queries import PublishedCertification, certification_by_slug
from training.certification.rules import Delta, DeltaKind
from training.courses import queries as courses
from training.courses.rules.versions import Version
from training.courses.services import acknowledge
from training.db import db
from training.exams import queries as exams
from training.exams import services as exam_services
from training.practice import services as practice
from training.practice.rules import Sensitivity
from training.queues import services as gate
from training.queues.models import QueueOverride
from training.queues.queries import queue_by_slug

DAY = timedelta(days=1)
KIND = Sensitivity.VIOLENCE


class Scene:
    """Whom and what a history is about."""

    person: Person
    lead: Person
    names: dict[str, str]
    held: dict[str, PublishedCertification]
    module: str
    exam: str
    """The exam that earns the certificate `claims`."""

    @property
    def by(self) -> Actor:
        """Whoever decides about others."""
        return Actor(ActorKind.PERSON, self.lead.id)


def end_override(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """The exception that was granted last ends early."""
    asked = select(QueueOverride).where(QueueOverride.person_id == scene.person.id).order_by(QueueOverride.id.desc()).limit(1)
    granted = db.session.scalar(asked)
    if granted is not None:
        gate.revoke_override(granted.id, by=scene.by, now=now)


def change_policy(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """A minor version is published, and the person is to learn it."""
    current = courses.module_by_slug(scene.module).current_version
    assert current is not None
    version = Version(1, current.version.minor + 1, 0)
    ModuleFactory(id=scene.module, version=str(version), now=now)
    delta = Delta(scene.module, version, ("CLM",), DeltaKind.READING)
    certification.owe_delta(delta, {scene.person.id: now + (amount + 1) * DAY}, now=now)


def read_policy(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """They acknowledge the module as it stands."""
    current = courses.module_by_slug(scene.module).current_version
    assert current is not None
    acknowledge(scene.person.id, current, by=SYSTEM, now=now)
    certification.follow_studies(scene.person.id, by=SYSTEM, now=now)


def ask_for_reading(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """The queue asks for a version of the module, or for none any more."""
    document = queue_by_slug(scene.names[queue], now=now).document
    modules = {scene.module: f"1.{amount % 3}.0"} if amount % 4 else {}
    requires = document.requires.model_copy(update={"modules": modules})
    gate.publish_queue(document.model_copy(update={"requires": requires}), by=SYSTEM, now=now)


def learn_language(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """Their languages are written down, for some days ago or to come."""
    languages = [["en"], ["en", "id"], ["id", "vi"]][amount % 3]
    accounts.record_facts(scene.person, {FactKind.LANGUAGES: languages}, effective_from=now + (amount - 10) * DAY, by=SYSTEM, now=now)


def change_certification(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """One certification is built on the other from now on, or is not, and has another renewal window."""
    other = scene.held["reviews" if queue == "claims" else "claims"].slug
    document = scene.held[queue].document
    needs = document.needs.model_copy(update={"prerequisites": (other,) if amount % 2 else ()})
    changed = document.model_copy(update={"needs": needs, "renewal_window_days": 5 + amount})
    certification.publish_certification(changed, by=SYSTEM, now=now)
    scene.held[queue] = certification_by_slug(document.id)


def sit(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """They begin the exam."""
    exam_services.start_attempt(scene.person.id, exams.exam_by_slug(scene.exam), allow_public=True, by=SYSTEM, now=now)


def hand_in(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """They hand in what they began, empty; where its time is over, it expires."""
    for attempt in exams.attempts_of(scene.person.id):
        held = exams.attempt_to_finish(scene.person.id, attempt.public_id)
        exam_services.submit_attempt(held, client_id="window", by=SYSTEM, now=now)


def sweep(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """The job ends attempts whose time is over."""
    exam_services.sweep_expired(now)


def allow_again(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """A trainer allows one attempt more."""
    exam_services.allow_again(scene.person.id, exams.exam_by_slug(scene.exam), reason="Ill on the day.", by=scene.by, now=now)


def consent(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """They agree to see hard material, or no longer."""
    (practice.give_consent if amount % 2 else practice.withdraw_consent)(scene.person.id, KIND, now=now)


def ask_for_consent(scene: Scene, queue: str, amount: int, now: datetime) -> None:
    """The organisation asks first, or does not."""
    practice.ask_for_consent(KIND, is_asked=amount % 2 == 0, by=SYSTEM, now=now)


MORE: Mapping[str, Callable[[Scene, str, int, datetime], None]] = {
    "override ends": end_override,
    "policy changes": change_policy,
    "read": read_policy,
    "ask for reading": ask_for_reading,
    "languages": learn_language,
    "certification changes": change_certification,
    "sit": sit,
    "hand in": hand_in,
    "sweep": sweep,
    "allow again": allow_again,
    "consent": consent,
    "ask for consent": ask_for_consent,
}
