"""Submit a draft, take it back, and say of it what a colleague thinks."""

import hashlib
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring import queries
from training.authoring.models import Draft, DraftReview, DraftRevision
from training.authoring.queries.reviews import verdicts_on
from training.authoring.rules.merging import conflict_lines
from training.authoring.rules.reviewing import ReviewSaid, Verdict, approvals_needed, is_approved, review_refusal, severities_of
from training.authoring.rules.states import DraftDeed, DraftRefusal, DraftState, after
from training.authoring.services.checking import Checked, Checking, checked_alone
from training.authoring.services.drafting import follow
from training.authoring.services.knowing import know
from training.authoring.services.publishing import plan_of
from training.authoring.services.saving import is_stale
from training.content_store.rules.folder import Source
from training.db import db
from training.errors import Refusal
from training.exams.rules.acquaintance import Acquaintance
from training.policy_changes.services.of_one_module import approve_plan


def submit(draft: Draft, *, words: str, by: Actor, now: datetime, checking: Checking = checked_alone) -> DraftRevision:
    """Let colleagues review a draft that is held for change, as its text is now.

    Raises Refusal where it is not being written, where something else runs by now than it came from, where it says what runs already, and where anything
    is wrong with it.
    """
    follow(draft, DraftDeed.SUBMIT)
    if is_stale(draft):
        raise Refusal(DraftRefusal.BASE_IS_STALE)
    if draft.text == draft.base_text:
        raise Refusal(DraftRefusal.CHANGES_NOTHING)
    if conflict_lines(draft.text):
        raise Refusal(DraftRefusal.HOLDS_CONFLICTS)
    _sound(draft, checking)
    last = queries.revision_of(draft.id)
    revision = DraftRevision(draft_id=draft.id, number=last.number + 1 if last else 1, text=draft.text, words=words)
    revision.text_hash = hashlib.sha256(draft.text.encode()).hexdigest()
    revision.submitted_by_id, revision.submitted_at = by.id or draft.author_id, now
    db.session.add(revision)
    record("draft.submitted", by=by, subject=("draft", draft.id), now=now, detail={"revision": revision.number, "text_hash": revision.text_hash})
    db.session.flush()
    return revision


def _sound(draft: Draft, checking: Checking) -> tuple[Checked, Source[BaseModel]]:
    """The draft, thoroughly checked, with its document. Raises Refusal where anything is wrong with it."""
    checked = checking(draft)
    plan = plan_of(draft, checked)
    if checked.source is None or checked.faults or (plan is not None and plan.faults):
        raise Refusal(DraftRefusal.HAS_FAULTS)
    return checked, checked.source


def take_back(draft: Draft, *, by: Actor, now: datetime) -> None:
    """Write on at what was submitted or approved: no approval of it counts any longer. Raises Refusal where it is neither."""
    follow(draft, DraftDeed.TAKE_BACK)
    record("draft.taken_back", by=by, subject=("draft", draft.id), now=now)
    db.session.flush()


def review(draft: Draft, said: ReviewSaid, *, by: Actor, now: datetime, checking: Checking = checked_alone) -> DraftReview:
    """Say what a colleague thinks of the revision that they read, while the draft is held for change.

    The last approval that is needed approves the draft, and with it the plan of a module: of exactly what its text does now. Raises Refusal for whoever
    wrote at it, where this revision is not the one that waits, where changes are asked for without words, and where it cannot be published as it stands.
    """
    revision = _waiting(draft, said.number)
    verdicts = verdicts_on(revision.id)
    contributors = queries.contributors_of(draft.id)
    reviewer_id = by.id or draft.author_id
    if reason := review_refusal(reviewer_id, author_id=draft.author_id, contributors=contributors, reviewed_by=verdicts):
        raise Refusal(reason)
    if said.verdict is Verdict.CHANGES_ASKED:
        _ask_for_changes(draft, said.words)
    else:
        _approve(draft, {**verdicts, reviewer_id: said.verdict}, by=by, now=now, checking=checking)
    know(draft, Acquaintance.REVIEWED, by=by, now=now)
    opinion = DraftReview(revision_id=revision.id, revision_hash=revision.text_hash, reviewer_id=reviewer_id, at=now)
    opinion.verdict, opinion.words = said.verdict.value, said.words
    _keep(opinion)
    detail = {"revision": said.number, "text_hash": revision.text_hash, "verdict": said.verdict.value}
    record("draft.reviewed", by=by, subject=("draft", draft.id), now=now, detail=detail)
    db.session.flush()
    return opinion


def _waiting(draft: Draft, number: int) -> DraftRevision:
    """The revision of this number, where it is the one that waits."""
    if after(DraftState(draft.state), DraftDeed.ASK_FOR_CHANGES) is None:
        raise Refusal(DraftRefusal.NOT_IN_THIS_STATE)
    revision = queries.revision_of(draft.id)
    if revision is None or revision.number != number or revision.text != draft.text:
        raise Refusal(DraftRefusal.REVISION_IS_OLD)
    return revision


def _keep(opinion: DraftReview) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(opinion)
    except IntegrityError as error:
        raise Refusal(DraftRefusal.REVIEWED_ALREADY) from error


def _ask_for_changes(draft: Draft, words: str) -> None:
    if not words.strip():
        raise Refusal(DraftRefusal.WORDS_MISSING)
    follow(draft, DraftDeed.ASK_FOR_CHANGES)


def _approve(draft: Draft, verdicts: dict[int, Verdict], *, by: Actor, now: datetime, checking: Checking) -> None:
    if after(DraftState(draft.state), DraftDeed.APPROVE) is None:
        raise Refusal(DraftRefusal.NOT_IN_THIS_STATE)
    if is_stale(draft):
        raise Refusal(DraftRefusal.BASE_IS_STALE)
    checked, source = _sound(draft, checking)
    if not is_approved(verdicts, needed=approvals_needed(severities_of(source.document, checked.folder))):
        return
    follow(draft, DraftDeed.APPROVE)
    plan = plan_of(draft, checked)
    if plan is not None:
        approve_plan(plan, author_id=draft.author_id, by=by, now=now)
