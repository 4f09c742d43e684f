"""The queues there are, and the exceptions that act."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from training.certification.queries import certifications
from training.courses.queries import current_modules
from training.db import db
from training.errors import NotFound
from training.exams.queries import exams
from training.queues.documents import QueueDocument
from training.queues.models import Queue, QueueVersion
from training.queues.queries.evidence import gather
from training.queues.rules.decision import Decision
from training.queues.rules.evidence import RequirementsVersion, certifications_mentioned


@dataclass(frozen=True, slots=True)
class PublishedQueue:
    """A queue as it is now."""

    id: int
    number: int
    document: QueueDocument

    @property
    def slug(self) -> str:
        """Its stable name."""
        return self.document.id


def queues(*, now: datetime) -> list[PublishedQueue]:
    """Every queue as it is now, by title."""
    statement = (
        select(Queue, QueueVersion)
        .join(QueueVersion, QueueVersion.queue_id == Queue.id)
        .where(QueueVersion.effective_from <= now)
        .order_by(Queue.id, QueueVersion.effective_from, QueueVersion.number)
    )
    latest = {
        queue.id: PublishedQueue(queue.id, version.number, QueueDocument.model_validate(version.document)) for queue, version in db.session.execute(statement)
    }
    return sorted(latest.values(), key=lambda queue: (queue.document.title, queue.slug))


def queue_by_slug(slug: str, *, now: datetime) -> PublishedQueue:
    """The queue of this name as it is now. Raises NotFound."""
    found = next((queue for queue in queues(now=now) if queue.slug == slug), None)
    if found is None:
        raise NotFound(slug)
    return found


def titles_by_certification(now: datetime) -> dict[str, list[str]]:
    """For each certification the titles of the queues that ask for it now, alone or as one of several."""
    found: dict[str, list[str]] = {}
    for queue in queues(now=now):
        for slug in dict.fromkeys((*queue.document.requires.all_of, *queue.document.requires.any_of)):
            found.setdefault(slug, []).append(queue.document.title)
    return found


def queue_titles(now: datetime) -> dict[str, str]:
    """The title of every queue, by slug."""
    return {queue.slug: queue.document.title for queue in queues(now=now)}


def stored_queue(slug: str) -> Queue | None:
    """The row of this name."""
    return db.session.scalar(select(Queue).where(Queue.slug == slug))


def latest_version(queue_id: int) -> QueueVersion | None:
    """The version published last."""
    return db.session.scalar(select(QueueVersion).where(QueueVersion.queue_id == queue_id).order_by(QueueVersion.number.desc()).limit(1))


def demands_of(slugs: Collection[str]) -> dict[str, tuple[RequirementsVersion, ...]]:
    """What each of these queues required, version by version; nothing of one that does not exist."""
    asked = select(Queue.slug, QueueVersion).join(QueueVersion, QueueVersion.queue_id == Queue.id).where(Queue.slug.in_(slugs))
    found: dict[str, tuple[RequirementsVersion, ...]] = {}
    for slug, version in db.session.execute(asked):
        requirements = QueueDocument.model_validate(version.document).requirements
        found[slug] = (*found.get(slug, ()), RequirementsVersion(requirements, version.effective_from, version.recorded_at, version.number))
    return found


def certifications_asked_for(asked: Iterable[tuple[str, datetime]]) -> dict[tuple[str, datetime], tuple[str, ...]]:
    """The certifications that each queue asked for at each instant, as is known now; nothing for a queue that does not exist."""
    pairs = list(asked)
    demands = demands_of({slug for slug, _ in pairs})
    return {(slug, at): certifications_mentioned(demands[slug], at) for slug, at in pairs if slug in demands}


def titles() -> dict[str, str]:
    """The titles of exams, certifications and modules by slug, for reasons and requirements."""
    named = {exam.slug: exam.document.title for exam in exams()}
    return (
        named
        | {certification.slug: certification.document.title for certification in certifications()}
        | {module.slug: module.title for module in current_modules()}
    )


@dataclass(frozen=True, slots=True)
class QueueAnswer:
    """A queue and the gate's answer for somebody."""

    queue: PublishedQueue
    decision: Decision


def answers_for(subject: str, *, at: datetime, known_at: datetime) -> list[QueueAnswer]:
    """The gate's answer for one person and every queue there was at that instant."""
    found = queues(now=at)
    gathered = gather([subject], [queue.slug for queue in found], known_from=known_at, asked_from=min(at, known_at))
    return [QueueAnswer(queue, gathered.decide(subject, queue.slug, at=at, known_at=known_at)) for queue in found]


@dataclass(frozen=True, slots=True)
class Matrix:
    """People by queues: the gate's answer for each pair."""

    queues: list[PublishedQueue]
    cells: dict[tuple[str, str], Decision]


def matrix(subjects: Sequence[str], *, at: datetime, known_at: datetime) -> Matrix:
    """The gate's answers for these people and every queue there was at that instant, from one reading."""
    found = queues(now=at)
    gathered = gather(subjects, [queue.slug for queue in found], known_from=known_at, asked_from=min(at, known_at))
    cells = {(subject, queue.slug): gathered.decide(subject, queue.slug, at=at, known_at=known_at) for subject in subjects for queue in found}
    return Matrix(found, cells)
