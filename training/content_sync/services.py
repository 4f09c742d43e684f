"""Gather, decide, apply: the content folder into the database, all of it or nothing; and back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel

from training.actors import Actor
from training.audit.services import record
from training.content_store import queries
from training.content_store import services as content
from training.content_store.models import StoredDocument
from training.content_store.rules.folder import Folder, Source
from training.content_store.rules.kinds import Kind, media_path
from training.content_sync.rules import Deed, InFolder, Name, Plan, Stored, decide
from training.courses.documents import ModuleDocument
from training.courses.queries import current_modules
from training.courses.rules.versions import may_publish
from training.db import db
from training.documents.faults import Fault
from training.errors import Refusal
from training.exams.documents import ExamDocument, ItemDocument
from training.exams.queries import exam_by_slug, has_exam_version, stored_exam
from training.exams.rules.pool import BankWorth
from training.exams.services import pilots_of_bank, worth_of
from training.media import files
from training.policy_changes.queries import approval_of
from training.policy_changes.rules.changes import PolicyChange
from training.policy_changes.rules.proposals import PlannedStep
from training.policy_changes.services.carrying import carry_out
from training.policy_changes.services.foreseeing import foresee
from training.policy_changes.services.reviewing import digest_of_plan


@dataclass(frozen=True, slots=True)
class Proposal:
    """A folder, what bringing it in would do, and everything that forbids it."""

    root: Path
    folder: Folder
    plan: Plan
    faults: tuple[Fault, ...]
    changes: tuple[PolicyChange, ...] = ()
    """The steps that modules which are published are to take."""

    @property
    def needs_approval(self) -> bool:
        """Whether it asks anything of people: then somebody other than its author approves it first."""
        return any(change.asks_something for change in self.changes)

    @property
    def digest(self) -> str:
        """By what an approval knows the plan: everything that it does, and from which versions."""
        sources = {_name(source.kind, source.slug): source for source in self.folder.sources}
        planned = [
            PlannedStep(step.name.kind, step.name.slug, step.deed.value, self.folder.hash_of(sources[step.name]) if step.name in sources else "")
            for step in self.plan.steps
            if step.deed is not Deed.SAME
        ]
        return digest_of_plan(planned, self.changes)

    @property
    def rekeyed(self) -> frozenset[str]:
        """The cases and items that it gives another text or key; an item that labels a case with it."""
        cases = {step.name.slug for step in self.plan.of(Deed.CREATE, Deed.UPDATE) if step.name.kind == Kind.CASE}
        items = {step.name.slug for step in self.plan.of(Deed.CREATE, Deed.UPDATE) if step.name.kind == Kind.ITEM}
        return frozenset(cases | items | {slug for slug, item in self.folder.of(ItemDocument).items() if item.document.case in cases})


class NotApplied(Exception):
    """Rooms refused documents; nothing was applied. Each refusal with the file it is about."""

    def __init__(self, refusals: Sequence[tuple[str, Refusal]]) -> None:
        super().__init__(f"{len(refusals)} documents were refused")
        self.refusals = tuple(refusals)


class NotApproved(Exception):
    """The plan changes what policies ask of people, and nobody but its author has looked at it."""


class NotExported(Exception):
    """Files that say something else than the database, and that the export would have overwritten."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = tuple(paths)


def _name(kind: Kind, slug: str) -> Name:
    return Name(kind.position, kind.value, slug)


def propose(root: Path, *, folder_wins: bool = False) -> Proposal:
    """What bringing this folder in would do, and what forbids it."""
    folder = content.gather(root)
    plan = decide(_ours(folder), _stored(), folder_wins=folder_wins)
    faults = {*folder.faults, *_version_faults(folder, plan)}
    changes, mark_faults = foresee(folder, _raised_modules(folder, plan))
    return Proposal(root, folder, plan, tuple(sorted({*faults, *mark_faults})), changes)


def _ours(folder: Folder) -> list[InFolder]:
    return [InFolder(_name(source.kind, source.slug), folder.hash_of(source), source.path, source.text) for source in folder.sources]


def _stored() -> list[Stored]:
    return [
        Stored(_name(Kind(row.kind), row.slug), row.content_hash, row.synced_hash, row.path, row.text, row.retired_at is not None)
        for row in queries.stored_documents()
    ]


def _raised_modules(folder: Folder, plan: Plan) -> list[str]:
    """The modules that are published and are to have another text under a higher version."""
    changed = {step.name.slug for step in plan.of(Deed.UPDATE) if step.name.kind == Kind.MODULE}
    current, modules = {module.slug: module.version for module in current_modules()}, folder.of(ModuleDocument)
    return [slug for slug in changed if slug in modules and slug in current and modules[slug].document.number > current[slug]]


def _version_faults(folder: Folder, plan: Plan) -> Iterator[Fault]:
    """Modules and exams whose text changed without their version being raised."""
    changed = {(step.name.kind, step.name.slug) for step in plan.of(Deed.UPDATE)}
    current = {module.slug: module.version for module in current_modules()}
    for slug, module in folder.of(ModuleDocument).items():
        if (Kind.MODULE, slug) in changed and may_publish(module.document.number, latest=current.get(slug), is_same_text=False) is not None:
            problem = f"the text changed, but {module.document.version} is not above {current[slug]}, which is published"
            yield module.fault(
                ("version",), problem, "raise it: the third number for a correction, the second for news to acknowledge, the first for a new exam"
            )
    for slug, exam in folder.of(ExamDocument).items():
        published = stored_exam(slug) if (Kind.EXAM, slug) in changed else None
        if published is not None and has_exam_version(published.id, exam.document.version):
            yield exam.fault(("version",), f"the exam changed, but {exam.document.version} is published already", "raise it")


def apply(proposal: Proposal, *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> None:
    """Carry out a plan that nothing forbids. `allow_public` lets gating exams use items that are shipped with the source; `site_url` begins links in mails.

    Raises NotApproved where it asks something of people and nobody approved exactly this plan, and NotApplied with every refusal; the caller then rolls back.
    """
    approval = approval_of(proposal.digest) if proposal.needs_approval else None
    if proposal.needs_approval and approval is None:
        raise NotApproved
    sources = {_name(source.kind, source.slug): source for source in proposal.folder.sources}
    todo = [sources[step.name] for step in proposal.plan.of(Deed.CREATE, Deed.UPDATE, Deed.REWRITE, Deed.RESTORE, Deed.AGREE)]
    _store_medias(proposal, now=now)
    _store_all(todo, allow_public=allow_public, by=by, now=now)
    for step in proposal.plan.of(Deed.RETIRE):
        stored = queries.stored_document(Kind(step.name.kind), step.name.slug)
        if stored is not None:
            content.retire(stored, by=by, now=now)
    for change in proposal.changes:
        if change.asks_something and approval is not None:
            carry_out(change, approval=approval, rekeyed=proposal.rekeyed, site_url=site_url, now=now)
    if not proposal.plan.is_empty:
        counts = {deed.value: len(proposal.plan.of(deed)) for deed in Deed}
        record("content.applied", by=by, subject=("content", "folder"), now=now, detail=counts)


def _store_all(sources: Iterable[Source[BaseModel]], *, allow_public: bool, by: Actor, now: datetime) -> None:
    terms = content.Terms(queries.media_by_name(), allow_public)
    refusals: list[tuple[str, Refusal]] = []
    for source in sources:
        try:
            with db.session.begin_nested():
                content.store(source, terms, by=by, now=now)
        except Refusal as refusal:
            refusals.append((source.path, refusal))
    if refusals:
        raise NotApplied(refusals)


def _store_medias(proposal: Proposal, *, now: datetime) -> None:
    known = {name: file.sha256 for name, file in queries.media_by_name().items()}
    for name, medium in proposal.folder.media.items():
        if known.get(name) != medium.sha256:
            content.store_media(name, (proposal.root / medium.path).read_bytes(), now=now)


def export(to: Path, *, is_overwriting: bool = False) -> list[str]:
    """Write what runs into a folder; the files written, by their paths in it.

    Raises NotExported where files there say something that was never brought in, unless `is_overwriting`.
    """
    folder = content.gather(to) if to.is_dir() else Folder((), {})
    kept = {(step.name.kind, step.name.slug) for step in decide(_ours(folder), _stored()).of(Deed.KEEP)}
    places = {(source.kind.value, source.slug): source.path for source in folder.sources}
    wanted = {places.get((row.kind, row.slug), row.path): row for row in queries.stored_documents() if row.retired_at is None}
    differing = {path: row for path, row in wanted.items() if _text_at(to / path) != row.text}
    clashes = [path for path, row in differing.items() if (to / path).exists() and (row.kind, row.slug) not in kept]
    if clashes and not is_overwriting:
        raise NotExported(clashes)
    return [*_write_documents(to, differing), *_write_media(to)]


def _text_at(path: Path) -> str | None:
    """What a file says, as the folder would be read; nothing where there is none, or no text."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _write_documents(to: Path, documents: dict[str, StoredDocument]) -> Iterator[str]:
    for path, row in documents.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_text(row.text, encoding="utf-8", newline="\n")
        yield path


def _write_media(to: Path) -> Iterator[str]:
    for name, file in queries.media_by_name().items():
        path = to / media_path(name)
        if path.exists() and sha256(path.read_bytes()).hexdigest() == file.sha256:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files.get(file.sha256))
        yield media_path(name)


def _published_now(proposal: Proposal) -> list[ExamDocument]:
    slugs = [step.name.slug for step in proposal.plan.of(Deed.CREATE, Deed.UPDATE) if step.name.kind == Kind.EXAM.value]
    return [exam_by_slug(slug).document for slug in slugs]


def small_banks(proposal: Proposal) -> list[tuple[ExamDocument, BankWorth]]:
    """The exams that were just published over a bank in which the caps on exposure and sharing only warn."""
    found = [(document, worth_of(document)) for document in _published_now(proposal)]
    return [(document, worth) for document, worth in found if not worth.is_binding]


def missing_pilots(proposal: Proposal) -> list[tuple[ExamDocument, int]]:
    """The exams that were just published with more places for items on trial than the bank can fill, and how many it can."""
    found = [(document, pilots_of_bank(document)) for document in _published_now(proposal) if document.pilot_items]
    return [(document, count) for document, count in found if count < document.pilot_items]
