"""One module's next version, written on the web: its plan, the approval of exactly that plan, and its publication, as the content folder has them."""

from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.content_store.rules.folder import Folder, Source
from training.content_store.rules.kinds import Kind
from training.content_store.services import Written, publish_text
from training.courses.documents import ModuleDocument
from training.courses.queries import known_module
from training.courses.rules.versions import may_publish
from training.documents.faults import Fault
from training.errors import Refusal
from training.policy_changes import queries
from training.policy_changes.models import PolicyApproval
from training.policy_changes.rules.changes import PolicyChange
from training.policy_changes.rules.proposals import ApprovalRefusal, PlannedStep
from training.policy_changes.services.carrying import carry_out
from training.policy_changes.services.foreseeing import foresee
from training.policy_changes.services.reviewing import approve, digest_of_plan, keep_proposal

KINDS_ASKED = frozenset({Kind.TAXONOMY, Kind.MODULE, Kind.CHECK, Kind.EXAM})
"""What a plan of one module looks at."""


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """What publishing a module's text would do, everything that forbids it, and by what an approval knows it."""

    source: Source[ModuleDocument]
    changes: tuple[PolicyChange, ...]
    """Its step from the version that is published; none where it is new."""
    faults: tuple[Fault, ...]
    digest: str

    @property
    def needs_approval(self) -> bool:
        """Whether it asks anything of people: then it is published only upon an approval of exactly this plan."""
        return any(change.asks_something for change in self.changes)


def plan_of_module(folder: Folder, slug: str) -> ModulePlan:
    """The plan of this module of a folder: everything that runs of the kinds asked, with the module as it is to be."""
    source = folder.of(ModuleDocument)[slug]
    module = known_module(slug)
    latest = module.current_version.version if module and module.current_version else None
    is_same = module is not None and module.current_version is not None and module.current_version.content_hash == source.document.content_hash()
    faults: tuple[Fault, ...] = ()
    if not is_same and may_publish(source.document.number, latest=latest, is_same_text=False) is not None:
        faults = (source.fault(("version",), f"{source.document.version} is not above {latest}, which is published", "choose how far this version goes"),)
    changes, mark_faults = foresee(folder, [slug] if latest is not None and source.document.number > latest else [])
    step = PlannedStep(Kind.MODULE.value, slug, "update" if latest else "create", folder.hash_of(source))
    return ModulePlan(source, changes, (*faults, *mark_faults), digest_of_plan([step], changes))


def approve_plan(plan: ModulePlan, *, author_id: int, by: Actor, now: datetime) -> PolicyApproval | None:
    """Approve exactly this plan; nothing where it asks nothing of anybody. One that was approved already stays so.

    For those who let a second person review the text itself: their review is the approval, so the plan never waits anywhere else. Raises Refusal as
    `approve` does.
    """
    if not plan.needs_approval:
        return None
    known = queries.approval_of(plan.digest)
    if known is not None:
        return known
    proposal = keep_proposal(plan.digest, plan.changes, rekeyed=(), author_id=author_id, now=now)
    return approve(queries.review(proposal.id), by=by, now=now)


def publish_module_text(plan: ModulePlan, *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> None:
    """Make the module's text what runs, and carry out what follows. Raises Refusal where nobody approved exactly this plan, and as the room refuses it."""
    approval = queries.approval_of(plan.digest) if plan.needs_approval else None
    if plan.needs_approval and approval is None:
        raise Refusal(ApprovalRefusal.PLAN_NOT_APPROVED)
    source = plan.source
    publish_text(Written(source.kind, source.slug, source.path, source.text), allow_public=allow_public, by=by, now=now)
    for change in plan.changes:
        if change.asks_something and approval is not None:
            carry_out(change, approval=approval, rekeyed=frozenset(), site_url=site_url, now=now)
