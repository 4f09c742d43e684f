"""Settle what differs, document by document: take the folder's, or let the desk's stand."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel

from training.actors import Actor
from training.content_store import queries
from training.content_store import services as content
from training.content_store.documents.rendered import rendering_faults
from training.content_store.rules.folder import Folder, MediaSource, Source, files_of, meaning_hash
from training.content_store.rules.kinds import Kind
from training.content_store.rules.soundness import faults_between
from training.content_sync.rules import decide
from training.content_sync.rules.sides import Difference, SyncRefusal
from training.content_sync.services.applying import apply
from training.content_sync.services.comparing import Compared
from training.content_sync.services.proposing import Proposal, in_folder, raised_modules, stored_as, version_faults
from training.documents.faults import Fault
from training.errors import Refusal
from training.policy_changes.queries import approval_of
from training.policy_changes.services.foreseeing import foresee
from training.policy_changes.services.reviewing import lay_before_people

MOST_AT_ONCE = 500
"""Documents that one request settles; `flask content apply` has no such limit."""


class NotSound(Exception):
    """Taking these documents would leave something wrong, with every fault."""

    def __init__(self, faults: Collection[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(sorted(faults))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: taken, or laid before a second person as the plan with this id."""

    count: int
    waits_as: int | None = None


def propose_taking(compared: Compared, chosen: Collection[Difference]) -> Proposal:
    """What bringing these documents of the folder in would do, the others standing as they run, and what forbids it."""
    running = queries.running_folder(frozenset(Kind))
    names = {(each.name.kind, each.name.slug) for each in chosen}
    sources = [source for each in chosen if (source := _source(each)) is not None]
    folder = replace(
        running,
        sources=(*(source for source in running.sources if (source.kind.value, source.slug) not in names), *sources),
        media={**running.media, **_media_of(compared, sources)},
    )
    stored = [stored_as(row) for row in queries.stored_documents() if (row.kind, row.slug) in names]
    plan = decide([file for file in in_folder(folder) if (file.name.kind, file.name.slug) in names], stored, folder_wins=True)
    changes, mark_faults = foresee(folder, raised_modules(folder, plan))
    new = Folder(tuple(sources), {})
    faults = {*_new_faults(folder, running), *rendering_faults(new), *version_faults(folder, plan), *mark_faults}
    return Proposal(compared.root, folder, plan, tuple(sorted(faults)), changes)


def _source(difference: Difference) -> Source[BaseModel] | None:
    if difference.folder_text is None:
        return None
    return queries.known_document(difference.kind, difference.path, difference.folder_text).source


def _media_of(compared: Compared, sources: Collection[Source[BaseModel]]) -> dict[str, MediaSource]:
    """The pictures and recordings of the folder that these documents show."""
    return {name: compared.media[name] for source in sources for name in files_of(source.document) if name in compared.media}


def _new_faults(folder: Folder, running: Folder) -> set[Fault]:
    """What is wrong between the documents then, and is not now."""
    return set(faults_between(folder)) - set(faults_between(running))


def take(compared: Compared, chosen: Collection[Difference], *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> Taken:
    """Make what the folder has of these documents what runs, all of them or none, as `content apply` does.

    Where that asks something of people and nobody but its author approved exactly this plan, it is laid before them instead. Raises Refusal where the folder
    has nothing to take, NotSound where something would be wrong then, and NotApplied with what the rooms refuse; the caller then rolls back.
    """
    if any(not each.may_take for each in chosen):
        raise Refusal(SyncRefusal.NOT_IN_FOLDER)
    _refuse_wrong_count(chosen)
    proposal = propose_taking(compared, chosen)
    if proposal.faults:
        raise NotSound(proposal.faults)
    if proposal.needs_approval and approval_of(proposal.digest) is None:
        assert by.id is not None, "people take the folder's text here"
        laid = lay_before_people(proposal.digest, proposal.changes, rekeyed=proposal.rekeyed, author_id=by.id, site_url=site_url, now=now)
        return Taken(len(chosen), laid.id)
    apply(proposal, allow_public=allow_public, site_url=site_url, by=by, now=now)
    return Taken(len(chosen))


def keep(compared: Compared, chosen: Collection[Difference], *, by: Actor, now: datetime) -> int:
    """Let the desk's text of these documents stand: the folder is behind from now on, and an export writes them there; how many.

    Nothing that runs changes. Raises Refusal where the desk has none, or none that does not stand already.
    """
    if any(not each.may_keep for each in chosen):
        raise Refusal(SyncRefusal.DESK_HAS_NONE)
    _refuse_wrong_count(chosen)
    hashes = {name: medium.sha256 for name, medium in compared.media.items()}
    for each in chosen:
        stored = queries.stored_document(each.kind, each.name.slug)
        if stored is not None:
            source = _source(each)
            content.keep_desks(stored, source, meaning_hash(source.document, hashes) if source else "", by=by, now=now)
    return len(chosen)


def _refuse_wrong_count(chosen: Collection[Difference]) -> None:
    if not chosen:
        raise Refusal(SyncRefusal.NOTHING_CHOSEN)
    if len(chosen) > MOST_AT_ONCE:
        raise Refusal(SyncRefusal.TOO_MANY, most=MOST_AT_ONCE)
