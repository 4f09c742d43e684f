"""Begin a draft, open it, discard it."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.rules.documents import home_of, title_of
from training.authoring.rules.states import DraftDeed, DraftRefusal, DraftState, after
from training.authoring.services.knowing import contribute, give_blindness_up, is_wanted_blind, know
from training.content_store.queries import stored_document
from training.content_store.rules.examined import may_be_examined
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound, Refusal
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.services.opening import may_read, refuse_own_form


def begin(kind: Kind, slug: str, *, by: Actor, now: datetime) -> Draft:
    """The open draft of a document that runs; a new one of its text where there is none. Whoever begins a draft of exam material never sits it.

    Raises NotFound where no such document runs.
    """
    known = queries.open_draft_of(kind, slug)
    stored = stored_document(kind, slug)
    if known is None and (stored is None or stored.retired_at is not None):
        raise NotFound
    if known is None and stored is not None:
        draft = _draft(kind, slug, stored.path, stored.text, by, now)
        draft.base_text, draft.base_hash = stored.text, stored.content_hash
        known = _keep(draft, by=by, now=now)
    if known is None:
        raise NotFound
    open_to(known, by=by, now=now)
    return known


def begin_new(kind: Kind, slug: str, text: str, *, by: Actor, now: datetime) -> Draft:
    """A draft of a document that there is none of yet. Raises Refusal where the id is taken, and for kinds of which there is only one."""
    made = draft_of(kind, slug, text, by=by, now=now)
    if stored_document(kind, slug) is not None:
        raise Refusal(DraftRefusal.SLUG_TAKEN, slug=slug)
    draft = _keep(made, by=by, now=now)
    if draft is None:
        raise Refusal(DraftRefusal.SLUG_TAKEN, slug=slug)
    contribute(draft, by=by, now=now)
    return draft


def draft_of(kind: Kind, slug: str, text: str, *, by: Actor, now: datetime) -> Draft:
    """A draft of a new document, which nothing keeps yet. Raises Refusal for kinds of which there is only one."""
    path = home_of(kind, slug)
    if path is None:
        raise Refusal(DraftRefusal.NO_SUCH_PLACE)
    return _draft(kind, slug, path, text, by, now)


def _draft(kind: Kind, slug: str, path: str, text: str, by: Actor, now: datetime) -> Draft:
    assert by.id is not None, "people write drafts"
    draft = Draft(kind=kind.value, slug=slug, path=path, text=text, title=title_of(kind, slug, text), state=DraftState.DRAFT.value)
    draft.is_exam_material, draft.author_id, draft.saved_by_id = may_be_examined(kind, text), by.id, by.id
    draft.created_at, draft.saved_at, draft.closed_at, draft.version = now, now, None, 1
    draft.base_text = draft.base_hash = None
    return draft


def _keep(draft: Draft, *, by: Actor, now: datetime) -> Draft | None:
    """The draft, kept; where somebody else began one at the same instant, theirs if it is of something that runs, else nothing."""
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:
        return queries.open_draft_of(Kind(draft.kind), draft.slug) if draft.base_text is not None else None
    record("draft.begun", by=by, subject=("draft", draft.id), now=now, detail={"kind": draft.kind, "slug": draft.slug})
    return draft


def may_see(draft: Draft, person_id: int) -> bool:
    """Whether this person may look at a draft: at exam material only who opened it or knows it anyway; at a case never who is to label it blind."""
    return _is_open(draft, person_id) and not is_wanted_blind(person_id, Kind(draft.kind), draft.slug)


def _is_open(draft: Draft, person_id: int) -> bool:
    return not draft.is_exam_material or may_read(person_id, KnownText(draft.kind), draft.slug)


def open_to(draft: Draft, *, by: Actor, now: datetime) -> None:
    """Let somebody look at a draft; of exam material they are acquainted with it from now on, and a case they label blind no more.

    Raises Refusal where they are sitting an exam with it.
    """
    if by.id is not None and is_wanted_blind(by.id, Kind(draft.kind), draft.slug):
        give_blindness_up(by.id, draft.slug, now=now)
    if by.id is not None and not _is_open(draft, by.id):
        refuse_own_form(by.id, KnownText(draft.kind), draft.slug)
        know(draft, Acquaintance.OPENED, by=by, now=now)
        record("draft.opened", by=by, subject=("draft", draft.id), now=now)
    db.session.flush()


def discard(draft: Draft, *, by: Actor, now: datetime) -> None:
    """Give a draft up; its text stays kept. Raises Refusal for whoever never wrote at it, and where it is closed."""
    if by.id != draft.author_id and by.id not in queries.contributors_of(draft.id):
        raise Refusal(DraftRefusal.NOT_YOURS)
    follow(draft, DraftDeed.DISCARD)
    draft.closed_at = now
    record("draft.discarded", by=by, subject=("draft", draft.id), now=now)
    db.session.flush()


def follow(draft: Draft, deed: DraftDeed) -> None:
    """Let a draft stand where this deed leads. Raises Refusal where it leads nowhere from there."""
    state = after(DraftState(draft.state), deed)
    if state is None:
        raise Refusal(DraftRefusal.NOT_IN_THIS_STATE)
    draft.state = state.value
