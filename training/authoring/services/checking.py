"""What is wrong with a text: the same checks as `flask content check`, against the documents that run with this one among them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pydantic import BaseModel

from training.authoring.models import Draft
from training.authoring.queries.drafts import open_draft_of
from training.authoring.queries.files import media_of_drafts
from training.authoring.rules.documents import checked_against, contrast_of
from training.authoring.rules.merging import conflict_lines
from training.content_store.documents.reading import ReadDocument, read_document
from training.content_store.documents.rendered import rendering_faults
from training.content_store.queries import media_source, running_folder
from training.content_store.rules.folder import Folder, Source
from training.content_store.rules.kinds import Kind
from training.content_store.rules.soundness import faults_between
from training.documents.faults import Fault
from training.media.models import MediaFile


@dataclass(frozen=True, slots=True)
class Checked:
    """A text read: its document where it holds one, all that runs with it, and everything that is wrong in it or comes to be wrong by it."""

    path: str
    source: Source[BaseModel] | None
    folder: Folder
    faults: tuple[Fault, ...]

    @property
    def here(self) -> tuple[Fault, ...]:
        """What is wrong in the text itself, by line."""
        return tuple(sorted((fault for fault in self.faults if fault.path == self.path), key=lambda fault: (fault.line, fault.field)))

    @property
    def elsewhere(self) -> tuple[Fault, ...]:
        """What comes to be wrong in other documents, by file and line."""
        return tuple(sorted(fault for fault in self.faults if fault.path != self.path))


def check_draft(draft: Draft, *, is_thorough: bool = False) -> Checked:
    """A draft's text checked; where it is thorough also against what names it, and not only what it names.

    A case whose near-miss is being written is checked with it while it is written: neither runs without the other.
    """
    near = None if is_thorough else _near_miss_in_work(draft)
    if near is not None:
        return check_together([draft, near], kinds=checked_against(Kind.CASE))[draft.id]
    kinds = frozenset(Kind) if is_thorough else checked_against(Kind(draft.kind))
    return check_text(Kind(draft.kind), draft.slug, draft.path, draft.text, kinds=kinds, media=media_of_drafts([draft]))


Checking = Callable[[Draft], Checked]
"""How a draft is checked before a deed: by itself, or as one of several that were checked together."""


def checked_alone(draft: Draft) -> Checked:
    """A draft thoroughly checked by itself."""
    return check_draft(draft, is_thorough=True)


def check_text(kind: Kind, slug: str, path: str, text: str, *, kinds: Collection[Kind], media: Mapping[str, MediaFile] | None = None) -> Checked:
    """A text checked as the document of this kind and id, among what runs of these kinds; `media` are files that come with it, by name."""
    running = _with_media(running_folder(kinds), media or {})
    others = tuple(source for source in running.sources if (source.kind, source.slug) != (kind, slug))
    broken = tuple(document for document in running.broken if (document.kind, document.slug) != (kind, slug))
    read = read_document(PurePosixPath(path), text, kind)
    faults = {*read.faults, *_undecided(path, text)}
    if read.source is None:
        return Checked(path, None, replace(running, sources=others, broken=(*broken, *([read.broken] if read.broken else ()))), tuple(faults))
    folder = replace(running, sources=(*others, read.source), broken=broken)
    faults |= set(_other_id(read.source, slug)) | _between(folder, running, path) | set(rendering_faults(Folder((read.source,), {})))
    return Checked(path, read.source, folder, tuple(faults))


def _with_media(folder: Folder, media: Mapping[str, MediaFile]) -> Folder:
    return replace(folder, media={**folder.media, **{name: media_source(name, file) for name, file in media.items()}}) if media else folder


def _near_miss_in_work(draft: Draft) -> Draft | None:
    """The open draft of the case that a draft of a case names as its near-miss."""
    named = contrast_of(draft.text) if draft.kind == Kind.CASE else None
    found = open_draft_of(Kind.CASE, named) if named else None
    return found if found is not draft else None


def check_together(drafts: Sequence[Draft], *, kinds: Collection[Kind] = frozenset(Kind)) -> dict[int, Checked]:
    """Drafts of different documents thoroughly checked as if all of them ran already, by their ids: what is between documents is looked at once for all."""
    running = _with_media(running_folder(kinds), media_of_drafts(drafts))
    read = {draft.id: read_document(PurePosixPath(draft.path), draft.text, Kind(draft.kind)) for draft in drafts}
    names = {(Kind(draft.kind), draft.slug) for draft in drafts}
    kept = tuple(source for source in running.sources if (source.kind, source.slug) not in names)
    broken = tuple(document for document in running.broken if (document.kind, document.slug) not in names)
    broken += tuple(each.broken for each in read.values() if each.broken)
    folder = replace(running, sources=(*kept, *(each.source for each in read.values() if each.source)), broken=broken)
    known = set(faults_between(running))
    paths = {draft.path for draft in drafts}
    between = {fault for fault in faults_between(folder) if fault.path in paths or fault not in known}
    return {draft.id: _checked_among(draft, read[draft.id], folder, between, paths) for draft in drafts}


def _checked_among(draft: Draft, read: ReadDocument, folder: Folder, between: set[Fault], paths: set[str]) -> Checked:
    faults = {*read.faults, *_undecided(draft.path, draft.text), *(fault for fault in between if fault.path == draft.path or fault.path not in paths)}
    if read.source is not None:
        faults |= set(_other_id(read.source, draft.slug)) | set(rendering_faults(Folder((read.source,), {})))
    return Checked(draft.path, read.source, folder, tuple(faults))


def _between(folder: Folder, running: Folder, path: str) -> set[Fault]:
    """What is wrong between documents in this one, and what was not wrong in others before."""
    known = set(faults_between(running))
    return {fault for fault in faults_between(folder) if fault.path == path or fault not in known}


def _undecided(path: str, text: str) -> Iterator[Fault]:
    for line in conflict_lines(text):
        yield Fault(path, line, "", "two versions of these lines stand here, and nobody decided yet", "keep what is right, and take the marks out")


def _other_id(source: Source[BaseModel], slug: str) -> Iterator[Fault]:
    if source.slug != slug:
        yield source.fault(("id",), "is the id of another document", f"keep `{slug}`")
