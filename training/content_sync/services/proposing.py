"""What bringing a folder in would do, and what forbids it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.content_store import queries
from training.content_store import services as content
from training.content_store.models import StoredDocument
from training.content_store.rules.folder import Folder
from training.content_store.rules.kinds import Kind
from training.content_sync.rules import Deed, InFolder, Name, Plan, Stored, decide
from training.courses.documents import ModuleDocument
from training.courses.queries import current_modules
from training.courses.rules.versions import may_publish
from training.documents.faults import Fault
from training.exams.documents import ExamDocument, ItemDocument
from training.exams.queries import has_exam_version, stored_exam
from training.policy_changes.rules.changes import PolicyChange
from training.policy_changes.rules.proposals import PlannedStep
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
        sources = {name_of(source.kind, source.slug): source for source in self.folder.sources}
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


def name_of(kind: Kind, slug: str) -> Name:
    """By what the plan calls a document."""
    return Name(kind.position, kind.value, slug)


def propose(root: Path, *, folder_wins: bool = False) -> Proposal:
    """What bringing this folder in would do, and what forbids it."""
    folder = content.gather(root)
    plan = decide(in_folder(folder), stored(), folder_wins=folder_wins)
    faults = {*folder.faults, *version_faults(folder, plan)}
    changes, mark_faults = foresee(folder, raised_modules(folder, plan))
    return Proposal(root, folder, plan, tuple(sorted({*faults, *mark_faults})), changes)


def in_folder(folder: Folder) -> list[InFolder]:
    """What a folder holds, to be compared."""
    return [InFolder(name_of(source.kind, source.slug), folder.hash_of(source), source.path, source.text) for source in folder.sources]


def stored_as(row: StoredDocument) -> Stored:
    """What runs of one document, to be compared."""
    return Stored(
        name_of(Kind(row.kind), row.slug), row.content_hash, row.synced_hash, row.path, row.text, row.retired_at is not None, agreed_text=row.agreed_text
    )


def stored() -> list[Stored]:
    """What runs, to be compared."""
    return [stored_as(row) for row in queries.stored_documents()]


def raised_modules(folder: Folder, plan: Plan) -> list[str]:
    """The modules that are published and are to have another text under a higher version."""
    changed = {step.name.slug for step in plan.of(Deed.UPDATE) if step.name.kind == Kind.MODULE}
    current, modules = {module.slug: module.version for module in current_modules()}, folder.of(ModuleDocument)
    return [slug for slug in changed if slug in modules and slug in current and modules[slug].document.number > current[slug]]


def version_faults(folder: Folder, plan: Plan) -> Iterator[Fault]:
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
