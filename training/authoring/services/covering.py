"""Black out parts of a picture of a draft, where somebody could be known by them: what is beneath is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft, DraftFile
from training.authoring.queries.files import draft_file, file_cited, is_shown_elsewhere
from training.authoring.rules.files import cited_name
from training.authoring.rules.states import DraftDeed
from training.authoring.services.drafting import follow
from training.authoring.services.saving import write_whole
from training.content_store.queries import is_named
from training.db import db
from training.media.models import MediaFile
from training.media.rules import Box
from training.media.services import forget, store_covered
from training.quality.queries.panels import is_shown_to_label


@dataclass(frozen=True, slots=True)
class Covered:
    """The file that takes a picture's place, and the hash of the bytes of which nothing is left to be found, where nothing else shows them."""

    file: DraftFile
    forgotten: str | None


def cover_file(draft: Draft, file_id: int, boxes: Sequence[Box], *, by: Actor, now: datetime) -> Covered:
    """Let a picture of a draft that is held for change, with these boxes black, take its place, in its text too.

    Its old file is forgotten, but where it is shown already: by what runs, by another draft, or to whoever labels. The caller deletes its bytes once that
    is certain. Raises NotFound where the draft has no such file, and Refusal where it is not being written, and as `store_covered` does.
    """
    old = draft_file(draft.id, file_id)
    follow(draft, DraftDeed.SAVE)
    stored = store_covered(old.file, boxes, now=now)
    cited, before, original = cited_name(draft.slug, stored.sha256, stored.mime), old.cited, old.file
    if stored.id == original.id:
        return Covered(old, None)
    new = file_cited(draft.id, cited) or DraftFile(draft_id=draft.id, cited=cited, media_file_id=stored.id, by_id=by.id or draft.author_id, at=now)
    db.session.add(new)
    db.session.delete(old)
    db.session.flush()
    write_whole(draft, draft.text.replace(before, cited), by=by, now=now)
    record("draft.file_covered", by=by, subject=("draft", draft.id), now=now, detail={"cited": cited, "boxes": len(boxes)})
    return Covered(new, _forgotten(draft, original))


def _forgotten(draft: Draft, original: MediaFile) -> str | None:
    if is_named(original.id) or is_shown_elsewhere(original.id) or is_shown_to_label(draft.slug, original.id):
        return None
    forget(original)
    return original.sha256
