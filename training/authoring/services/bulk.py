"""Many items changed alike: drafts that are submitted, reviewed and published together, all of them or none."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.rules.bulk import BulkChange, BulkProblem, changed
from training.authoring.rules.reviewing import ReviewSaid, Verdict
from training.authoring.rules.states import DraftState
from training.authoring.services.checking import Checking, check_together
from training.authoring.services.drafting import begin
from training.authoring.services.knowing import is_on_own_form
from training.authoring.services.publishing import publish
from training.authoring.services.reviewing import review, submit
from training.authoring.services.saving import write_whole
from training.content_store.queries import stored_document
from training.content_store.rules.kinds import Kind
from training.exams.queries.bank import item_by_slug
from training.exams.queries.rulings import rulings_in_force
from training.exams.rules.acquaintance import KnownText


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of a change to many items: the name under which it is reviewed, or what could not be changed, and then nothing was."""

    batch: str
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
        return BulkOutcome("", problems, unchanged)
    batch = secrets.token_hex(8)
    drafts = [_drafted(slug, text, batch, by=by, now=now) for slug, text in texts.items()]
    checking = checked_with(drafts)
    unsound = {draft.slug: BulkProblem.UNSOUND for draft in drafts if checking(draft).faults}
    if unsound:
        return BulkOutcome("", unsound, unchanged)
    for draft in drafts:
        submit(draft, words=words, by=by, now=now, checking=checking)
    record("drafts.changed_together", by=by, subject=("drafts", batch), now=now, detail={"count": len(drafts)})
    return BulkOutcome(batch, {}, unchanged)


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


def _drafted(slug: str, text: str, batch: str, *, by: Actor, now: datetime) -> Draft:
    draft = begin(Kind.ITEM, slug, by=by, now=now)
    write_whole(draft, text, by=by, now=now)
    draft.batch = batch
    return draft


def checked_with(drafts: Sequence[Draft]) -> Checking:
    """How each of these drafts is checked: among the others, and once for all."""
    checked = check_together(drafts)
    return lambda draft: checked[draft.id]


def review_together(drafts: Sequence[Draft], verdict: Verdict, words: str, *, by: Actor, now: datetime) -> int:
    """Say the same of every draft that waits for a review; how many that were. Raises Refusal where one of them cannot be reviewed so, and then none is."""
    waiting = [draft for draft in drafts if draft.state == DraftState.IN_REVIEW]
    checking = checked_with(waiting)
    for draft in waiting:
        revision = queries.revision_of(draft.id)
        review(draft, ReviewSaid(revision.number if revision else 0, verdict, words), by=by, now=now, checking=checking)
    return len(waiting)


def publish_together(drafts: Sequence[Draft], *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> int:
    """Publish every draft that is approved; how many that were. Raises Refusal where one of them cannot be published, and then none is."""
    approved = [draft for draft in drafts if draft.state == DraftState.APPROVED]
    checking = checked_with(approved)
    for draft in approved:
        publish(draft, allow_public=allow_public, site_url=site_url, by=by, now=now, checking=checking)
    return len(approved)
