"""Carry a plan out: all of it, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import BaseModel

from training.actors import Actor
from training.audit.services import record
from training.content_store import queries
from training.content_store import services as content
from training.content_store.rules.folder import Source
from training.content_store.rules.kinds import Kind
from training.content_sync.rules import Deed
from training.content_sync.services.proposing import Proposal, name_of
from training.courses.documents import ModuleDocument
from training.db import db
from training.errors import Refusal
from training.exams.documents import ExamDocument
from training.exams.queries import exam_by_slug
from training.exams.rules.pool import BankWorth
from training.exams.services import pilots_of_bank, worth_of
from training.policy_changes.queries import approval_of
from training.policy_changes.services.carrying import carry_out


class NotApplied(Exception):
    """Rooms refused documents; nothing was applied. Each refusal with the file it is about."""

    def __init__(self, refusals: Sequence[tuple[str, Refusal]]) -> None:
        super().__init__(f"{len(refusals)} documents were refused")
        self.refusals = tuple(refusals)


class NotApproved(Exception):
    """The plan changes what policies ask of people, and nobody but its author has looked at it."""


def apply(proposal: Proposal, *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> None:
    """Carry out a plan that nothing forbids. `allow_public` lets gating exams use items that are shipped with the source; `site_url` begins links in mails.

    Raises NotApproved where it asks something of people and nobody approved exactly this plan, and NotApplied with every refusal; the caller then rolls back.
    """
    approval = approval_of(proposal.digest) if proposal.needs_approval else None
    if proposal.needs_approval and approval is None:
        raise NotApproved
    sources = {name_of(source.kind, source.slug): source for source in proposal.folder.sources}
    todo = [sources[step.name] for step in proposal.plan.of(Deed.CREATE, Deed.UPDATE, Deed.REWRITE, Deed.RESTORE, Deed.AGREE)]
    _store_medias(proposal, now=now)
    _store_all(todo, allow_public=allow_public, by=by, now=now)
    for step in proposal.plan.of(Deed.RETIRE):
        stored = queries.stored_document(Kind(step.name.kind), step.name.slug)
        if stored is not None:
            content.retire(stored, by=by, now=now)
    for change in proposal.changes:
        if change.asks_something and approval is not None:
            carry_out(change, approval=approval, rekeyed=proposal.rekeyed, site_url=site_url, now=now)
    if not proposal.plan.is_empty:
        counts = {deed.value: len(proposal.plan.of(deed)) for deed in Deed}
        record("content.applied", by=by, subject=("content", "folder"), now=now, detail=counts)


def _store_all(sources: Iterable[Source[BaseModel]], *, allow_public: bool, by: Actor, now: datetime) -> None:
    """What translates a module comes in after all that can be translated."""
    terms = content.Terms(queries.media_by_name(), allow_public)
    refusals: list[tuple[str, Refusal]] = []
    for source in sorted(sources, key=lambda source: (source.kind.position, isinstance(source.document, ModuleDocument) and bool(source.document.translates))):
        try:
            with db.session.begin_nested():
                content.store(source, terms, by=by, now=now)
        except Refusal as refusal:
            refusals.append((source.path, refusal))
    if refusals:
        raise NotApplied(refusals)


def _store_medias(proposal: Proposal, *, now: datetime) -> None:
    known = {name: file.sha256 for name, file in queries.media_by_name().items()}
    for name, medium in proposal.folder.media.items():
        if known.get(name) != medium.sha256:
            content.store_media(name, (proposal.root / medium.path).read_bytes(), now=now)


def _published_now(proposal: Proposal) -> list[ExamDocument]:
    slugs = [step.name.slug for step in proposal.plan.of(Deed.CREATE, Deed.UPDATE) if step.name.kind == Kind.EXAM.value]
    return [exam_by_slug(slug).document for slug in slugs]


def small_banks(proposal: Proposal) -> list[tuple[ExamDocument, BankWorth]]:
    """The exams that were just published over a bank in which the caps on exposure and sharing only warn."""
    found = [(document, worth_of(document)) for document in _published_now(proposal)]
    return [(document, worth) for document, worth in found if not worth.is_binding]


def missing_pilots(proposal: Proposal) -> list[tuple[ExamDocument, int]]:
    """The exams that were just published with more places for items on trial than the bank can fill, and how many it can."""
    found = [(document, pilots_of_bank(document)) for document in _published_now(proposal) if document.pilot_items]
    return [(document, count) for document, count in found if count < document.pilot_items]
