"""Put pictures and recordings into a draft, and let them become part of what runs with it."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft, DraftFile
from training.authoring.queries.files import draft_file, file_cited, file_count, media_of_drafts
from training.authoring.rules.case_fields import with_shown
from training.authoring.rules.document_forms import value_in
from training.authoring.rules.files import KINDS_WITH_RECORDINGS, MOST_FILES, cited_name
from training.authoring.rules.states import DraftDeed, DraftRefusal
from training.authoring.services.drafting import follow
from training.authoring.services.knowing import contribute
from training.authoring.services.saving import write_whole
from training.content_store.rules.folder import files_of
from training.content_store.rules.kinds import CITING, Kind
from training.content_store.services import name_medium
from training.db import db
from training.errors import Refusal
from training.media.services import store_upload


def add_file(draft: Draft, data: bytes, *, by: Actor, now: datetime) -> DraftFile:
    """Put a file into a draft that is held for change; its text then cites it as `cited`. The same file twice is there once.

    Raises Refusal where the draft is not being written, where documents of its kind show no such file, where it has too many, and as `store_upload` does.
    """
    follow(draft, DraftDeed.SAVE)
    kind = Kind(draft.kind)
    if kind not in CITING:
        raise Refusal(DraftRefusal.SHOWS_NO_FILES)
    if file_count(draft.id) >= MOST_FILES:
        raise Refusal(DraftRefusal.TOO_MANY_FILES, most=MOST_FILES)
    stored = store_upload(data, now=now)
    if stored.seconds is not None and kind not in KINDS_WITH_RECORDINGS:
        raise Refusal(DraftRefusal.SHOWS_PICTURES_ALONE)
    cited = cited_name(draft.slug, stored.sha256, stored.mime)
    if (known := file_cited(draft.id, cited)) is not None:
        return known
    file = DraftFile(draft_id=draft.id, cited=cited, media_file_id=stored.id, by_id=by.id or draft.author_id, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(file)
    except IntegrityError:
        return file_cited(draft.id, cited) or file
    contribute(draft, by=by, now=now)
    record("draft.file_added", by=by, subject=("draft", draft.id), now=now, detail={"cited": cited})
    return file


def show_in_case(draft: Draft, file_id: int, alt: str, *, by: Actor, now: datetime) -> None:
    """Let a draft of a case show one of its files, in these words for who cannot see it; one that it shows already stays as it is.

    Raises NotFound where the draft has no such file, and Refusal where its text cannot be read, or it is not being written.
    """
    file = draft_file(draft.id, file_id)
    value = value_in(Kind.CASE, draft.text) if draft.kind == Kind.CASE else None
    if value is None:
        raise Refusal(DraftRefusal.HAS_FAULTS)
    if file.cited not in draft.text:
        write_whole(draft, with_shown(draft.text, value, file.cited, alt, is_recording=file.file.seconds is not None), by=by, now=now)


def name_files(draft: Draft, document: BaseModel, *, now: datetime) -> None:
    """Give the draft's own files that its document shows the names that they have among all."""
    shown = files_of(document)
    for name, file in media_of_drafts([draft]).items():
        if name in shown:
            name_medium(name, file, now=now)
