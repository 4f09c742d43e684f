"""Begin many drafts at once, and do with some of them what is done with one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft, DraftBatch, DraftBatchMember, DraftContributor
from training.authoring.queries.batches import slugs_taken
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.states import WRITTEN_STATES, DraftRefusal
from training.authoring.services.bulk import checked_with, publish_together, review_together
from training.authoring.services.drafting import draft_of, may_see, open_to
from training.authoring.services.reviewing import submit
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import Refusal
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.services import note_texts_acquaintance

Text = tuple[str, str]
"""The id of a new document, and its text."""


def begin_batch(kind: Kind, title: str, texts: Sequence[Text], *, by: Actor, now: datetime) -> DraftBatch:
    """Drafts of these new documents, all of them or none, by one person who from then on knows what they ask.

    Raises Refusal where an id is taken.
    """
    assert by.id is not None, "people write drafts"
    if taken := slugs_taken(kind, [slug for slug, _ in texts]):
        raise Refusal(DraftRefusal.SLUG_TAKEN, slug=min(taken))
    batch = DraftBatch(title=title, begun_by_id=by.id, begun_at=now)
    drafts = [draft_of(kind, slug, text, by=by, now=now) for slug, text in texts]
    try:
        with db.session.begin_nested():
            db.session.add_all([batch, *drafts])
    except IntegrityError as error:
        raise Refusal(DraftRefusal.SLUG_TAKEN, slug="") from error
    db.session.add_all(DraftBatchMember(draft_id=draft.id, batch_id=batch.id, position=position) for position, draft in enumerate(drafts))
    db.session.add_all(DraftContributor(draft_id=draft.id, person_id=by.id, since=now) for draft in drafts)
    for draft in drafts:
        record("draft.begun", by=by, subject=("draft", draft.id), now=now, detail={"kind": kind.value, "slug": draft.slug, "batch": batch.id})
    slugs = [draft.slug for draft in drafts if draft.is_exam_material]
    if slugs:
        note_texts_acquaintance(by.id, KnownText(kind.value), slugs, Acquaintance.WROTE, now=now)
    db.session.flush()
    return batch


def open_all(drafts: Sequence[Draft], *, by: Actor, now: datetime) -> int:
    """Let somebody look at all of these; how many they did not know before."""
    unknown = [draft for draft in drafts if by.id is not None and not may_see(draft, by.id)]
    for draft in unknown:
        open_to(draft, by=by, now=now)
    return len(unknown)


def submit_all(drafts: Sequence[Draft], *, words: str, by: Actor, now: datetime) -> int:
    """Submit those of these that are being written; how many. Raises Refusal of the first that cannot be, with its id, and then submits none."""
    written = [draft for draft in drafts if draft.state in WRITTEN_STATES and may_see(draft, by.id or 0)]
    checking = checked_with(written)
    for draft in written:
        try:
            submit(draft, words=words, by=by, now=now, checking=checking)
        except Refusal as refusal:
            raise Refusal(refusal.reason, **refusal.detail, draft=draft.slug) from None
    return _counted(len(written))


def approve_all(drafts: Sequence[Draft], *, by: Actor, now: datetime) -> int:
    """Approve those of these that wait for this person's review; how many. Raises Refusal of the first that cannot be, and then approves none."""
    return _counted(review_together([draft for draft in drafts if may_see(draft, by.id or 0)], Verdict.APPROVED, "", by=by, now=now))


def publish_all(drafts: Sequence[Draft], *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> int:
    """Make those of these that are approved what runs; how many. Raises Refusal of the first that cannot be, and then publishes none."""
    return _counted(publish_together(drafts, allow_public=allow_public, site_url=site_url, by=by, now=now))


def _counted(count: int) -> int:
    if not count:
        raise Refusal(DraftRefusal.NONE_STANDS_SO)
    return count
