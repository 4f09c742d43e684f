"""Somebody who works two queues, and a policy that changes under one of them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.courses.factories import ModuleDocumentFactory, ModuleFactory, body, clause
from tests.queues.factories import QueueFactory
from training.accounts.models import Person
from training.actors import SYSTEM
from training.certification.queries import PublishedCertification
from training.courses import services as courses
from training.courses.models import Module
from training.courses.rules.clause_changes import ClauseFate, ClauseMark
from training.courses.rules.versions import Step, Version
from training.db import db
from training.exams.queries import exams
from training.policy_changes.models import PolicyApproval
from training.policy_changes.queries import delta_exams
from training.policy_changes.rules.changes import DeltaExam, MarkedClause, PolicyChange
from training.policy_changes.services.carrying import carry_out
from training.queues.queries.evidence import access_of
from training.queues.rules.decision import Decision

SITE = "https://touchstone.example"
AWARDED = datetime(2026, 3, 1, 9, tzinfo=UTC)
CHANGED = AWARDED + timedelta(days=30)
OLD, NEW = "No offers of firearms.", "No offers of firearms or air guns."


class World:
    """A module about PRO, a certification that asks for it, a queue about PRO and one about CLM, and somebody who works both."""

    def __init__(self, *, at: datetime = AWARDED, ends: dict[str, Any] | None = None, **needs: Any) -> None:
        self.module: Module = ModuleFactory(id="goods", body=body(clause(rule=OLD)), now=at - timedelta(days=1))
        self.certification: PublishedCertification = CertificationFactory(id="moderator", needs={"modules": {"goods": "1.0.0"}, **needs}, ends=ends)
        for slug, area in (("listings", "PRO"), ("claims", "CLM")):
            QueueFactory(id=slug, areas=(area,), requires={"all_of": ["moderator"]})
        self.person = self.holder(at=at)

    def holder(self, *, at: datetime = AWARDED, **values: Any) -> Person:
        """Somebody who has read the module and holds the certificate from then on."""
        person = PersonFactory(**values)
        courses.acknowledge(person.id, self.module.current_version, by=SYSTEM, now=at)
        award(person.id, self.certification, now=at)
        return person

    def change(
        self, version: str, mark: ClauseMark = ClauseMark.CHANGED, *, at: datetime = CHANGED, rekeyed: Collection[str] = (), author: Person | None = None
    ) -> PolicyChange:
        """Publish the module's next version, whose only clause says something else."""
        document = ModuleDocumentFactory(id="goods", version=version, body=body(clause(rule=NEW)))
        change = self.next_change(version, mark)
        courses.publish_module(document, now=at, by=SYSTEM)
        if change.asks_something:
            approval = PolicyApproval(author_id=(author or PersonFactory()).id, approved_by_id=PersonFactory().id)
            carry_out(change, approval=approval, rekeyed=rekeyed, site_url=SITE, now=at)
        db.session.commit()
        return change

    def next_change(self, version: str, mark: ClauseMark = ClauseMark.CHANGED) -> PolicyChange:
        """What the step to this version would change."""
        found = MarkedClause("PRO-01.a", ClauseFate.CHANGED, mark, OLD, NEW, "PRO-01.a", ("PRO-01",), ("PRO-01",))
        change = PolicyChange("goods", self.module.current_version.title, "PRO", "en", self.module.current_version.version, Version.parse(version), (found,))
        if change.step is not Step.MAJOR:
            return change
        asking = delta_exams("PRO", (exam.document for exam in exams()), ["moderator"])
        return replace(change, exams=tuple(DeltaExam(slug, exam.id, exam.number) for slug, exam in asking.items()))

    def ask(self, queue: str, at: datetime, *, known_at: datetime | None = None) -> Decision:
        """What the gate says of the person."""
        return access_of(self.person.public_id, queue, at=at, known_at=known_at)

    def codes(self, queue: str, at: datetime, *, known_at: datetime | None = None) -> set[str]:
        """The reasons it gives."""
        return {reason.code.value for reason in self.ask(queue, at, known_at=known_at).reasons}
