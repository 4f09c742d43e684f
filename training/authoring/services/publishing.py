"""Make an approved draft what runs."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft
from training.authoring.rules.states import DraftDeed, DraftRefusal
from training.authoring.services.checking import Checked, Checking, checked_alone
from training.authoring.services.drafting import follow
from training.authoring.services.filing import name_files
from training.authoring.services.saving import is_stale
from training.content_store.rules.kinds import Kind
from training.content_store.services import Written, publish_text
from training.courses.documents import ModuleDocument
from training.db import db
from training.errors import Refusal
from training.policy_changes.queries import approval_of
from training.policy_changes.services.of_one_module import ModulePlan, plan_of_module, publish_module_text
from training.quality.services.panels import conclude


def plan_of(draft: Draft, checked: Checked) -> ModulePlan | None:
    """What publishing this draft of a module would do; nothing for other kinds, and where the text holds no module."""
    if checked.source is None or draft.slug not in checked.folder.of(ModuleDocument):
        return None
    return plan_of_module(checked.folder, draft.slug) if draft.kind == Kind.MODULE else None


def publish(draft: Draft, *, allow_public: bool, site_url: str, by: Actor, now: datetime, checking: Checking = checked_alone) -> None:
    """Make an approved draft, which is held for change, what runs.

    Raises Refusal where it is not approved, where something else runs by now than it came from, where it is sound no longer, where a module's plan is
    another than the one that was approved, and as the room that owns it refuses it.
    """
    follow(draft, DraftDeed.PUBLISH)
    if is_stale(draft):
        raise Refusal(DraftRefusal.BASE_IS_STALE)
    checked = checking(draft)
    if checked.source is None or checked.faults:
        raise Refusal(DraftRefusal.HAS_FAULTS)
    name_files(draft, checked.source.document, now=now)
    plan = plan_of(draft, checked)
    if plan is not None:
        _follow_plan(plan, allow_public=allow_public, site_url=site_url, by=by, now=now)
    else:
        publish_text(Written(Kind(draft.kind), draft.slug, draft.path, draft.text), allow_public=allow_public, by=by, now=now)
    if draft.kind == Kind.CASE:
        conclude(draft.slug, by=by, now=now)
    draft.closed_at = now
    record("draft.published", by=by, subject=("draft", draft.id), now=now, detail={"kind": draft.kind, "slug": draft.slug})
    db.session.flush()


def _follow_plan(plan: ModulePlan, *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> None:
    if plan.faults or (plan.needs_approval and approval_of(plan.digest) is None):
        raise Refusal(DraftRefusal.PLAN_IS_ANOTHER)
    publish_module_text(plan, allow_public=allow_public, site_url=site_url, by=by, now=now)
