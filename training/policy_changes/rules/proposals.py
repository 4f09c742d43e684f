"""What a second person approves: a plan, known by its digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from training.documents import content_hash


class ApprovalRefusal(StrEnum):
    """Why a plan is not approved, or what it held not let go."""

    OWN_CHANGE = "approval_of_own_change"
    APPROVED_ALREADY = "approved_already"
    OVERTAKEN = "approval_of_overtaken_plan"
    OWN_KEYS = "confirmation_of_own_change"
    PLAN_NOT_APPROVED = "plan_not_approved"


class ProposalState(StrEnum):
    """Where a plan stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    PUBLISHED = "published"
    OVERTAKEN = "overtaken"
    """Another version was published meanwhile, so this plan cannot be carried out any more."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """What a plan does with one document: its kind and id, the deed, and the hash of what it is to say; empty where it is to go."""

    kind: str
    slug: str
    deed: str
    meaning: str


def digest_of(steps: Iterable[PlannedStep], changes: object) -> str:
    """The same for two plans exactly when they do the same from the same versions, marks and dates included. `changes` is JSON."""
    return content_hash([sorted([step.kind, step.slug, step.deed, step.meaning] for step in steps), changes])


def state_of(*, is_approved: bool, published: Iterable[str | None], olds: Iterable[str], news: Iterable[str]) -> ProposalState:
    """Where a plan stands: by the versions that its modules have now, and those from which and to which it leads, module by module."""
    now, old, new = list(published), list(olds), list(news)
    if now == old:
        return ProposalState.APPROVED if is_approved else ProposalState.WAITING
    return ProposalState.PUBLISHED if is_approved and now == new else ProposalState.OVERTAKEN
