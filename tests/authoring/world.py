"""A small content folder that runs, and trainers who work on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.accounts.factories import PersonFactory
from tests.content_store.folders import CASE, ITEM, MODULE, write_folder
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM, Actor, ActorKind
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.rules.reviewing import ReviewSaid, Verdict
from training.authoring.rules.saving import Sent
from training.authoring.services import Saved
from training.content_store.rules.kinds import Kind
from training.content_sync import services as sync
from training.db import db
from training.errors import Refusal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SITE = "https://touchstone.example"
PRACTICE_CASE = CASE.format(slug="case-one", pool="practice")
EXAM_CASE = CASE.format(slug="case-two", pool="exam")
COURSE_TEXT = "id: more\ntitle: More\nsummary: What comes next.\nlanguage: en\nmodules: [goods]\nexpected_minutes: 10\n"
__all__ = ["COURSE_TEXT", "EXAM_CASE", "ITEM", "MODULE", "NOW", "PRACTICE_CASE", "SITE", "Desk", "refused"]


def trainer(**values: object) -> Person:
    return PersonFactory(roles=[Role.TRAINER], **values)


def actor(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


class Desk:
    """What runs, and Ana, who writes, with Budi and Citra, who review."""

    def __init__(self, root: Path) -> None:
        self.root, self.at = write_folder(root), clock.now() - timedelta(hours=1)
        self.bring_in()
        self.ana, self.budi, self.citra = trainer(name="Ana"), trainer(name="Budi"), trainer(name="Citra")
        self.sequence = 0

    def bring_in(self) -> None:
        """Bring the folder in, as the training team does who keeps it in git."""
        sync.apply(sync.propose(self.root), allow_public=True, site_url=SITE, by=SYSTEM, now=self.at)
        db.session.commit()

    def later(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def begin(self, kind: Kind = Kind.COURSE, slug: str = "onboarding", *, by: Person | None = None) -> Draft:
        return services.begin(kind, slug, by=actor(by or self.ana), now=self.later())

    def write(self, draft: Draft, text: str, *, by: Person | None = None, version: int | None = None, seen: str | None = None) -> Saved:
        self.sequence += 1
        person = by or self.ana
        sent = Sent(f"window-of-{person.id}", self.sequence, version or draft.version, draft.text if seen is None else seen, text)
        return services.save(queries.draft_for_change(draft.id), sent, by=actor(person), now=self.later())

    def submit(self, draft: Draft, *, by: Person | None = None) -> int:
        return services.submit(draft, words="", by=actor(by or self.ana), now=self.later()).number

    def review(self, draft: Draft, verdict: Verdict = Verdict.APPROVED, *, by: Person | None = None, number: int | None = None, words: str = "") -> None:
        revision = queries.revision_of(draft.id)
        assert revision is not None
        services.review(draft, ReviewSaid(number or revision.number, verdict, words), by=actor(by or self.budi), now=self.later())

    def publish(self, draft: Draft, *, by: Person | None = None) -> None:
        services.publish(draft, allow_public=True, site_url=SITE, by=actor(by or self.ana), now=self.later())


@contextmanager
def refused(reason: object) -> Iterator[None]:
    """Whatever is refused for this reason changes nothing."""
    db.session.commit()
    with pytest.raises(Refusal) as caught:
        yield
    db.session.rollback()
    assert caught.value.reason is reason
