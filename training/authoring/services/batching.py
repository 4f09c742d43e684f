"""Drafts that stand together: gathered at once, and a page of them opened, submitted, reviewed and published, all of it or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring import queries
from training.authoring.models import Draft, DraftBatch, DraftBatchMember, DraftContributor
from training.authoring.queries.batches import size_of, slugs_taken
from training.authoring.rules.bulk import told_changes
from training.authoring.rules.reviewing import ReviewSaid, Verdict
from training.authoring.rules.states import OPEN_STATES, WRITTEN_STATES, DraftRefusal, DraftState
from training.authoring.services.checking import Checking, check_together
from training.authoring.services.drafting import draft_of, may_see, open_to
from training.authoring.services.publishing import publish
from training.authoring.services.reviewing import review, submit
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import Refusal
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.services import note_texts_acquaintance

Text = tuple[str, str]
"""The id of a new document, and its text."""
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of a deed on several drafts: with how many it was done, and which refused it, by their ids; where one did, all of it is to be rolled back."""

    count: int
    refusals: Mapping[str, Refusal]


def gather(title: str, drafts: Sequence[Draft], *, by: Actor, now: datetime) -> DraftBatch:
    """Let these drafts, which are kept and belong to no batch, be reviewed together, in this order."""
    assert by.id is not None, "people write drafts"
    batch = DraftBatch(title=title[:LONGEST_TITLE], begun_by_id=by.id, begun_at=now)
    db.session.add(batch)
    db.session.flush()
    db.session.add_all(DraftBatchMember(draft_id=draft.id, batch_id=batch.id, position=position) for position, draft in enumerate(drafts))
    db.session.flush()
    return batch


def join_batch(batch: DraftBatch, draft: Draft) -> None:
    """Let a draft that belongs to no batch be reviewed with those of this one, behind them."""
    db.session.add(DraftBatchMember(draft_id=draft.id, batch_id=batch.id, position=size_of(batch.id)))
    db.session.flush()


def begin_batch(kind: Kind, title: str, texts: Sequence[Text], *, by: Actor, now: datetime) -> DraftBatch:
    """Drafts of these new documents, all of them or none, by one person who from then on knows what they ask.

    Raises Refusal where an id is taken.
    """
    assert by.id is not None, "people write drafts"
    if taken := slugs_taken(kind, [slug for slug, _ in texts]):
        raise Refusal(DraftRefusal.SLUG_TAKEN, slug=min(taken))
    drafts = [draft_of(kind, slug, text, by=by, now=now) for slug, text in texts]
    try:
        with db.session.begin_nested():
            db.session.add_all(drafts)
    except IntegrityError as error:
        raise Refusal(DraftRefusal.SLUG_TAKEN, slug="") from error
    batch = gather(title, drafts, by=by, now=now)
    db.session.add_all(DraftContributor(draft_id=draft.id, person_id=by.id, since=now) for draft in drafts)
    for draft in drafts:
        record("draft.begun", by=by, subject=("draft", draft.id), now=now, detail={"kind": kind.value, "slug": draft.slug, "batch": batch.id})
    slugs = [draft.slug for draft in drafts if draft.is_exam_material]
    if slugs:
        note_texts_acquaintance(by.id, KnownText(kind.value), slugs, Acquaintance.WROTE, now=now)
    db.session.flush()
    return batch


def checked_with(drafts: Sequence[Draft]) -> Checking:
    """How each of these drafts is checked: among the others, and once for all.

    Those are with it that stand where it is to stand, or beyond: a case and its near-miss are sound with one another alone, and one can be approved first.
    """
    checked = check_together(drafts)
    return lambda draft: checked[draft.id]


@dataclass(frozen=True, slots=True)
class ToldDraft:
    """A draft as a batch's page tells it to one person: what changes of its state, tags and difficulty, whether more does, and whether it is open to them."""

    draft: Draft
    fields: list[tuple[str, str, str]]
    has_more: bool
    is_open: bool

    @property
    def can_judge(self) -> bool:
        """Whether the page tells them all that the draft would do."""
        return self.is_open or not self.has_more


def told_to(person_id: int, draft: Draft) -> ToldDraft:
    """What a batch's page tells this person of a draft."""
    return ToldDraft(draft, *told_changes(draft.base_text or "", draft.text), may_see(draft, person_id))


def waits_for(person_id: int, told: ToldDraft) -> bool:
    """Whether a batch's page can take this person's review of a draft: it is in review, they can judge it, and they did not yet."""
    return told.draft.state == DraftState.IN_REVIEW and told.can_judge and not queries.has_judged(person_id, told.draft.id)


def open_all(drafts: Sequence[Draft], *, by: Actor, now: datetime) -> BatchOutcome:
    """Let somebody look at those of these that they could not judge; none where they can judge all."""
    closed = [draft for draft in drafts if not told_to(by.id or 0, draft).can_judge]
    return _each(closed, lambda draft: open_to(draft, by=by, now=now))


def submit_all(drafts: Sequence[Draft], *, by: Actor, now: datetime) -> BatchOutcome:
    """Submit those of these that are being written. Raises Refusal where none is."""
    written = _some([draft for draft in drafts if draft.state in WRITTEN_STATES and may_see(draft, by.id or 0)])
    checking = checked_with([draft for draft in drafts if draft.state in OPEN_STATES])
    return _each(written, lambda draft: submit(draft, words="", by=by, now=now, checking=checking))


def review_all(drafts: Sequence[Draft], verdict: Verdict, words: str, *, by: Actor, now: datetime) -> BatchOutcome:
    """Say the same of those of these that wait for this person.

    Raises Refusal where none does, and where changes are asked for without words.
    """
    if verdict is Verdict.CHANGES_ASKED and not words.strip():
        raise Refusal(DraftRefusal.WORDS_MISSING)
    waiting = _some([draft for draft in drafts if waits_for(by.id or 0, told_to(by.id or 0, draft))])
    checking = checked_with([draft for draft in drafts if draft.state in {DraftState.IN_REVIEW, DraftState.APPROVED}])
    return _each(waiting, lambda draft: review(draft, _said(draft, verdict, words), by=by, now=now, checking=checking))


def _said(draft: Draft, verdict: Verdict, words: str) -> ReviewSaid:
    revision = queries.revision_of(draft.id)
    return ReviewSaid(revision.number if revision else 0, verdict, words)


def publish_all(drafts: Sequence[Draft], *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> BatchOutcome:
    """Make those of these that are approved what runs. Raises Refusal where none is."""
    approved = _some([draft for draft in drafts if draft.state == DraftState.APPROVED])
    checking = checked_with(approved)
    return _each(approved, lambda draft: publish(draft, allow_public=allow_public, site_url=site_url, by=by, now=now, checking=checking))


def _some(drafts: list[Draft]) -> list[Draft]:
    if not drafts:
        raise Refusal(DraftRefusal.NONE_STANDS_SO)
    return drafts


def _each(drafts: Sequence[Draft], deed: Callable[[Draft], object]) -> BatchOutcome:
    """Do it with each, also after one refused it, so that all that do are named."""
    refusals = {}
    for draft in drafts:
        try:
            deed(draft)
        except Refusal as refusal:
            refusals[draft.slug] = refusal
    return BatchOutcome(len(drafts), refusals)
