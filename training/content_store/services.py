"""Read a content folder, store its documents in the rooms that own them, and remember their texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel

from training.actors import Actor
from training.audit.services import record
from training.cases.importing.writing import yaml_text
from training.cases.rules import CaseRefusal
from training.cases.services import store_case, store_taxonomy
from training.certification.services import publish_certification
from training.content_store import queries
from training.content_store.documents.folder import read_folder
from training.content_store.documents.reading import read_document
from training.content_store.documents.rendered import rendering_faults
from training.content_store.models import StoredDocument, StoredMedium
from training.content_store.rules.folder import Folder, Source, meaning_hash
from training.content_store.rules.kinds import Kind
from training.content_store.rules.soundness import faults_between
from training.courses.rules.versions import ModuleRefusal
from training.courses.services import publish_course, publish_module
from training.db import db
from training.documents.faults import Fault
from training.errors import NotFound, Refusal
from training.exams.documents import ItemDocument
from training.exams.rules.blueprint import ItemState
from training.exams.services import follow_case, publish_exam, store_item
from training.media import services as media_services
from training.media.models import MediaFile
from training.practice.services import publish_check
from training.queues.services import publish_queue

Deed = Callable[..., bool]

STORE: Mapping[Kind, Deed] = {
    Kind.TAXONOMY: store_taxonomy,
    Kind.MODULE: publish_module,
    Kind.CASE: store_case,
    Kind.CHECK: publish_check,
    Kind.COURSE: publish_course,
    Kind.ITEM: store_item,
    Kind.CERTIFICATION: publish_certification,
    Kind.EXAM: publish_exam,
    Kind.QUEUE: publish_queue,
}
"""The service of each room that makes a document what runs."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What documents are stored with: the pictures and recordings there are, by name, and whether gating exams may use public items here."""

    media: Mapping[str, MediaFile]
    allow_public: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A document as somebody wrote it: its kind and id, the file that it will be, and its text."""

    kind: Kind
    slug: str
    path: str
    text: str


class Unsound(Exception):
    """A text that holds no document, with everything that is wrong in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


def gather(root: Path) -> Folder:
    """Everything in this folder, with every fault in it and between its documents."""
    folder = read_folder(root)
    faults = {*folder.faults, *faults_between(folder), *rendering_faults(folder)}
    return replace(folder, faults=tuple(sorted(faults)))


def store_media(name: str, data: bytes, *, now: datetime) -> None:
    """Keep a picture or recording under the name that documents call it."""
    name_medium(name, media_services.store(data, now=now), now=now)


def name_medium(name: str, file: MediaFile, *, now: datetime) -> None:
    """Let a stored picture or recording have the name that documents call it."""
    kept = queries.stored_medium(name) or StoredMedium(name=name)
    kept.media_file_id, kept.synced_at = file.id, now
    db.session.add(kept)
    db.session.flush()


def store(source: Source[BaseModel], terms: Terms, *, by: Actor, now: datetime) -> bool:
    """Make this document of the folder what runs, and remember that folder and database agree on it.

    Returns whether the room that owns it changed anything. Raises that room's Refusal.
    """
    changed = _publish(source, terms, by=by, now=now)
    kept = _keep(source, terms, now=now)
    kept.synced_hash, kept.synced_at, kept.retired_at, kept.agreed_text = kept.content_hash, now, None, None
    db.session.flush()
    return changed


def keep_desks(stored: StoredDocument, folders: Source[BaseModel] | None, meaning: str, *, by: Actor, now: datetime) -> None:
    """Let the desk's text stand against the folder's, whose meaning hash this is: both count as agreed on from then on, so that the folder is behind.

    Where the folder has no such document any more, the desk's counts as made here. Nothing that runs changes.
    """
    stored.synced_hash, stored.agreed_text = (meaning, folders.text) if folders is not None else (None, None)
    stored.synced_at = now
    record("content.kept", by=by, subject=(stored.kind, stored.slug), now=now, detail={"path": stored.path})
    db.session.flush()


def change(kind: Kind, slug: str, text: str, *, allow_public: bool, by: Actor, now: datetime) -> bool:
    """Make a text that was written on the web what runs, and remember that the folder does not have it yet.

    Raises Unsound where the text holds no such document, and the room's Refusal where it does not take it. A module is changed by a plan alone: see
    `policy_changes`, which asks a second person and carries out what follows.
    """
    if kind is Kind.MODULE:
        raise Refusal(ModuleRefusal.NEEDS_A_PLAN, module=slug)
    stored = queries.stored_document(kind, slug)
    if stored is None:
        raise NotFound
    return publish_text(Written(kind, slug, stored.path, text), allow_public=allow_public, by=by, now=now)


def add_case(path: str, slug: str, text: str, *, by: Actor, now: datetime) -> None:
    """Make the text of a new case what runs, and remember that the folder does not have it yet, and where it will.

    Raises Unsound where the text holds no such document, and the room's Refusal where it does not take it.
    """
    publish_text(Written(Kind.CASE, slug, path, text), allow_public=False, by=by, now=now)


def publish_text(written: Written, *, allow_public: bool, by: Actor, now: datetime) -> bool:
    """Make a text of any kind, new or not, what runs, and remember that the folder does not have it yet, and where it will. Says whether anything changed.

    For those who have seen to it that it may: that a module follows its plan, and that nothing else has the id. Raises Unsound where the text holds no
    such document, and the room's Refusal where it does not take it.
    """
    source = _read(written.kind, written.slug, written.path, written.text)
    return _run(source, Terms(queries.media_by_name(), allow_public), by=by, now=now)


def amend_case(slug: str, reference: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Give a case another reference, as its document would say it, and remember that the folder does not have it yet.

    What the expert said beside the decision, where a ticket asks for more, stays as it was. Raises Refusal where no case could have such a reference.
    """
    stored = queries.stored_document(Kind.CASE, slug)
    document = _read(Kind.CASE, slug, stored.path, stored.text).document if stored else None
    if document is None:
        raise Refusal(CaseRefusal.DOCUMENT_MISSING, case=slug)
    written = document.model_dump(mode="json", by_alias=True, exclude_unset=True)
    beside_it = {name: said for name, said in written["reference"].items() if name == "besides"}
    written["reference"] = {**reference, **beside_it}
    written.pop("editorial", None)
    try:
        change(Kind.CASE, slug, yaml_text(written), allow_public=False, by=by, now=now)
    except Unsound as unsound:
        raise Refusal(CaseRefusal.REFERENCE_UNSOUND, case=slug, faults="; ".join(fault.problem for fault in unsound.faults)) from None


def _read(kind: Kind, slug: str, path: str, text: str) -> Source[BaseModel]:
    read = read_document(PurePosixPath(path), text, kind)
    if read.source is None or read.faults or read.source.slug != slug:
        raise Unsound(read.faults or [Fault(path, 1, "id", "is the id of another document", f"keep `{slug}`")])
    return read.source


def _run(source: Source[BaseModel], terms: Terms, *, by: Actor, now: datetime) -> bool:
    known = queries.stored_document(source.kind, source.slug)
    agreed = known.base_text if known is not None else None
    changed = _publish(source, terms, by=by, now=now)
    kept = _keep(source, terms, now=now)
    kept.agreed_text = agreed if agreed != kept.text else None
    db.session.flush()
    return changed


def retire(stored: StoredDocument, *, by: Actor, now: datetime) -> None:
    """Remember that the folder no longer has this document. What uses it goes on using it; an item is drawn no more."""
    stored.retired_at = now
    document = read_document(PurePosixPath(stored.path), stored.text, Kind(stored.kind)).source
    if document is not None and isinstance(document.document, ItemDocument):
        retired = document.document.model_copy(update={"state": ItemState.RETIRED})
        store_item(retired, media=queries.media_by_name(), by=by, now=now)
    record("content.retired", by=by, subject=(stored.kind, stored.slug), now=now, detail={"path": stored.path})
    db.session.flush()


def _publish(source: Source[BaseModel], terms: Terms, *, by: Actor, now: datetime) -> bool:
    media, public = {"media": terms.media}, {"allow_public": terms.allow_public}
    wanted: Mapping[Kind, dict[str, Any]] = {Kind.MODULE: media, Kind.CASE: media, Kind.ITEM: media, Kind.EXAM: public}
    changed = STORE[source.kind](source.document, by=by, now=now, **wanted.get(source.kind, {}))
    if changed and source.kind is Kind.CASE:
        follow_case(source.slug, by=by, now=now)
    return changed


def _keep(source: Source[BaseModel], terms: Terms, *, now: datetime) -> StoredDocument:
    kept = queries.stored_document(source.kind, source.slug) or StoredDocument(kind=source.kind.value, slug=source.slug)
    kept.path, kept.text, kept.changed_at = source.path, source.text, now
    kept.content_hash = meaning_hash(source.document, {name: file.sha256 for name, file in terms.media.items()})
    db.session.add(kept)
    return kept
