"""A small organisation with a past that a pack can tell of."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.accounts.factories import LONG_AGO, PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.exams.factories import AttemptFactory, ExamFactory, right_response
from tests.judgements.factories import JudgementFactory
from tests.queues.factories import QueueFactory
from training.accounts.models import Person, Team
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.certification import queries as certification
from training.certification import services as certificates
from training.certification.rules import EventKind
from training.courses import services as courses
from training.db import db
from training.exams import services as exams
from training.exams.rules.saving import Saving
from training.insights.files import signed_of
from training.insights.models import EvidencePack
from training.insights.rules import Moment, ScopeKind
from training.insights.services import Wish, ask_for_pack
from training.insights.tasks import go_on_with_packs
from training.queues.queries import PublishedQueue
from training.queues.services import Grant, grant_override

SPRING = datetime(2026, 3, 1, 9, tzinfo=UTC)
"""When Sri passes her exam."""


def day(number: int) -> datetime:
    """So many days after."""
    return SPRING + timedelta(days=number)


@dataclass(frozen=True)
class World:
    """Sri passed, was suspended for a week and reinstated; Budi has nothing but an exception; both are Wayan's people."""

    sri: Person
    budi: Person
    stranger: Person
    lead: Person
    auditor: Person
    team: Team
    queue: PublishedQueue
    certification: str


def by(person: Person) -> Actor:
    """Somebody at the keyboard."""
    return Actor(ActorKind.PERSON, person.id)


def make_world(**names: str) -> World:
    """Everything through the services, so that the audit has it."""
    team, other = TeamFactory(), TeamFactory()
    sri = PersonFactory(name=names.get("sri", "Sri Rahayu"), team=team, languages=("id", "en"))
    budi = PersonFactory(name=names.get("budi", "Budi Santoso"), team=team, languages=("id",))
    stranger = PersonFactory(name="Sari Dewi", team=other)
    lead = PersonFactory(name="Wayan Sudira", team=team, roles=(Role.LEAD,))
    auditor = PersonFactory(name="Elin Berg", roles=(Role.AUDITOR,))
    exam = ExamFactory()
    slug = exam.document.certification
    queue = QueueFactory(id="listing-claims-id", requires={"all_of": [slug]})
    module = ModuleFactory()
    courses.acknowledge(sri.id, module.current_version, by=by(sri), now=day(-10))
    courses.assign(CourseFactory(), courses.Audience(person_id=sri.id), due_at=day(30), by=by(lead), now=day(-20))
    _pass_exam(sri, exam)
    for is_strict in (True, True, False):
        JudgementFactory(person_id=sri.id, case=CaseFactory(language="id"), is_strict=is_strict, given_at=day(-5))
    held = certification.certification_by_slug(slug)
    certificates.enter(sri.id, held, EventKind.SUSPENDED, reason="Three critical misses in a week.", by=by(lead), now=day(20))
    certificates.enter(sri.id, held, EventKind.REINSTATED, reason="Passed a fresh exam with the trainer.", by=by(lead), now=day(27))
    grant_override(budi.id, queue, Grant(True, "The peak of the eleventh.", day(40), day(42)), by=by(lead), now=day(40))
    db.session.commit()
    return World(sri, budi, stranger, lead, auditor, team, queue, slug)


def _pass_exam(person: Person, exam: Any) -> None:
    attempt = AttemptFactory(person=person, exam=exam, now=SPRING)
    for position in range(1, exam.document.item_count + 1):
        exams.save_answer(attempt, Saving(position, "window-1", position, right_response(attempt, position)), by=by(person), now=SPRING)
    exams.submit_attempt(attempt, client_id="window-1", by=by(person), now=SPRING)
    db.session.commit()


def make_pack(asker: Person, kind: ScopeKind, subject: str = "", *, at: datetime, now: datetime, **more: Any) -> EvidencePack:
    """A pack that was asked for and made."""
    moment = Moment(at, more.pop("since", None))
    pack = ask_for_pack(Wish(kind, subject, moment, more.pop("has_names", True), more.pop("language", "en")), by=by(asker), now=now)
    db.session.commit()
    for _ in range(50):
        go_on_with_packs(now)
        db.session.commit()
        if pack.made_at is not None:
            break
    assert pack.made_at is not None
    return pack


def file_of(pack: EvidencePack) -> bytes:
    """The signed file."""
    return signed_of(pack.public_id).read_bytes()


__all__ = ["LONG_AGO", "SPRING", "World", "by", "day", "file_of", "make_pack", "make_world"]
