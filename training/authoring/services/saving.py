"""Save what an editor sends, hear who has a draft open, and bring a draft up to what runs."""

from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft, DraftWindow
from training.authoring.queries.drafts import window_of
from training.authoring.rules.documents import title_of
from training.authoring.rules.merging import merge
from training.authoring.rules.saving import SaveVerdict, Sent, decide
from training.authoring.rules.states import WRITTEN_STATES, DraftDeed, DraftState
from training.authoring.services.drafting import follow
from training.authoring.services.knowing import contribute
from training.content_store.models import StoredDocument
from training.content_store.queries import stored_document
from training.content_store.rules.examined import may_be_examined
from training.content_store.rules.kinds import Kind
from training.db import db

KEPT_VERDICTS = frozenset({SaveVerdict.SAVED, SaveVerdict.MERGED})


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was sent, the draft's version and text since, and when that was saved."""

    verdict: SaveVerdict
    version: int
    text: str
    saved_at: datetime


def save(draft: Draft, sent: Sent, *, by: Actor, now: datetime) -> Saved:
    """Save a text into a draft that is held for change. A verdict and no refusal: the editor keeps what was not saved, and says so."""
    window = hear(draft, sent.client_id, by=by, now=now)
    if DraftState(draft.state) not in WRITTEN_STATES:
        return Saved(SaveVerdict.CLOSED, draft.version, draft.text, draft.saved_at)
    decided = decide(sent, version=draft.version, text=draft.text, last_sequence=window.sequence or None)
    if decided.verdict in KEPT_VERDICTS:
        window.sequence = sent.sequence
        write(draft, decided.text, by=by, now=now)
    db.session.flush()
    text = decided.text if decided.verdict is SaveVerdict.CONFLICT else draft.text
    return Saved(decided.verdict, draft.version, text, draft.saved_at)


def write(draft: Draft, text: str, *, by: Actor, now: datetime) -> None:
    """Let a draft that is being written have this text; whoever writes it is a contributor from then on."""
    if text == draft.text or by.id is None:
        return
    kind = Kind(draft.kind)
    draft.text, draft.title, draft.version = text, title_of(kind, draft.slug, text), draft.version + 1
    draft.is_exam_material = draft.is_exam_material or may_be_examined(kind, text)
    draft.saved_at, draft.saved_by_id = now, by.id
    contribute(draft, by=by, now=now)


def write_whole(draft: Draft, text: str, *, by: Actor, now: datetime) -> None:
    """Let a draft that is held for change have this text, which was written upon the one it has. Raises Refusal where it is not being written."""
    follow(draft, DraftDeed.SAVE)
    write(draft, text, by=by, now=now)
    db.session.flush()


def hear(draft: Draft, client_id: str, *, by: Actor, now: datetime) -> DraftWindow:
    """Somebody has this draft open in this window now."""
    window = window_of(draft.id, client_id)
    if window is None:
        window = DraftWindow(draft_id=draft.id, client_id=client_id, sequence=0)
        db.session.add(window)
    window.person_id, window.seen_at = by.id or draft.author_id, now
    db.session.flush()
    return window


def what_runs(draft: Draft) -> StoredDocument | None:
    """The document that runs and that the draft would replace."""
    return stored_document(Kind(draft.kind), draft.slug)


def is_stale(draft: Draft) -> bool:
    """Whether what runs is no longer what the draft came from."""
    stored = what_runs(draft)
    return (stored.content_hash if stored else None) != draft.base_hash


def bring_up_to_date(draft: Draft, *, by: Actor, now: datetime) -> int:
    """Bring the draft together with what runs now; how many places are left that a person has to decide, each marked in the text.

    What was submitted or approved was another text: the draft is written again. Raises Refusal where it is closed.
    """
    stored = what_runs(draft)
    if stored is None or not is_stale(draft):
        return 0
    if DraftState(draft.state) not in WRITTEN_STATES:
        follow(draft, DraftDeed.TAKE_BACK)
    merged = merge(draft.base_text or "", draft.text, stored.text)
    write(draft, merged.text(ours="this draft", theirs="what runs"), by=by, now=now)
    draft.base_text, draft.base_hash, draft.path = stored.text, stored.content_hash, stored.path
    record("draft.merged", by=by, subject=("draft", draft.id), now=now, detail={"conflicts": merged.conflict_count})
    db.session.flush()
    return merged.conflict_count
