"""Many items changed alike: a batch of drafts that are submitted at once, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.rules.bulk import BulkChange, BulkProblem, changed
from training.authoring.services.batching import checked_with, gather
from training.authoring.services.drafting import begin
from training.authoring.services.reviewing import submit
from training.authoring.services.saving import write_whole
from training.content_store.queries import stored_document
from training.content_store.rules.kinds import Kind
from training.exams.queries.bank import item_by_slug
from training.exams.queries.rulings import rulings_in_force
from training.exams.rules.acquaintance import KnownText
from training.exams.services.opening import is_on_own_form


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of a change to many items: the batch in which it is reviewed, or what could not be changed, and then nothing was."""

    batch_id: int | None
    problems: Mapping[str, BulkProblem]
    unchanged: Sequence[str]
    """Those that said it already."""


def change_items(slugs: Sequence[str], change: BulkChange, *, words: str, by: Actor, now: datetime) -> BulkOutcome:
    """Change these items alike and submit that for review; whoever does it wrote at each, and never sits them. Nothing is done where one cannot be changed.

    A verdict and no refusal. An outcome without a batch and without problems: there was nothing to change. One with problems is to be rolled back.
    """
    found = {slug: _changed(slug, change, by=by) for slug in dict.fromkeys(slugs)}
    problems = {slug: text for slug, text in found.items() if isinstance(text, BulkProblem)}
    unchanged = [slug for slug, text in found.items() if text is None]
    texts = {slug: text for slug, text in found.items() if text is not None}
    if problems or not texts:
        return BulkOutcome(None, problems, unchanged)
    drafts = [_drafted(slug, text, by=by, now=now) for slug, text in texts.items()]
    checking = checked_with(drafts)
    unsound = {draft.slug: BulkProblem.UNSOUND for draft in drafts if checking(draft).faults}
    if unsound:
        return BulkOutcome(None, unsound, unchanged)
    batch = gather(change.title, drafts, by=by, now=now)
    for draft in drafts:
        submit(draft, words=words, by=by, now=now, checking=checking)
    record("drafts.changed_together", by=by, subject=("draft_batch", batch.id), now=now, detail={"count": len(drafts)})
    return BulkOutcome(batch.id, {}, unchanged)


def _changed(slug: str, change: BulkChange, *, by: Actor) -> str | BulkProblem | None:
    """The item's text with the change; nothing where it says all of it already."""
    stored, item = stored_document(Kind.ITEM, slug), item_by_slug(slug)
    if stored is None or stored.retired_at is not None or item is None or item.current_version_id is None:
        return BulkProblem.NOT_RUNNING
    if queries.open_draft_of(Kind.ITEM, slug) is not None:
        return BulkProblem.IN_WORK
    if by.id is not None and is_on_own_form(by.id, KnownText.ITEM, slug):
        return BulkProblem.ON_OWN_FORM
    is_ruled = item.current_version_id in rulings_in_force([item.current_version_id])
    text = changed(stored.text, change, keeps_figures=not is_ruled)
    return None if text == stored.text else text


def _drafted(slug: str, text: str, *, by: Actor, now: datetime) -> Draft:
    draft = begin(Kind.ITEM, slug, by=by, now=now)
    write_whole(draft, text, by=by, now=now)
    return draft
