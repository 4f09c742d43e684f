"""Let go what a change held, once a person looked and found that it is still right."""

from datetime import datetime

from training.actors import Actor
from training.cases.queries import case_by_slug
from training.cases.services import release_case
from training.errors import NotFound, Refusal
from training.exams.queries import item_by_slug
from training.exams.services import release_item
from training.policy_changes.models import PublishedChange
from training.policy_changes.rules.proposals import ApprovalRefusal


def confirm_case(published: PublishedChange, slug: str, *, by: Actor, now: datetime) -> None:
    """The reference of this case is still right under the rule as it is now. Raises NotFound, and Refusal for whoever wrote the change."""
    _refuse_author(published, by)
    case = case_by_slug(slug)
    if case is None:
        raise NotFound
    release_case(case, reason=_reason(published), by=by, now=now)


def confirm_item(published: PublishedChange, slug: str, *, by: Actor, now: datetime) -> None:
    """The key of this item is still right under the rule as it is now. Raises NotFound, and Refusal for whoever wrote the change or the item."""
    _refuse_author(published, by)
    item = item_by_slug(slug)
    if item is None:
        raise NotFound
    release_item(item, reason=_reason(published), by=by, now=now)


def _refuse_author(published: PublishedChange, by: Actor) -> None:
    if by.id is not None and by.id == published.author_id:
        raise Refusal(ApprovalRefusal.OWN_KEYS)


def _reason(published: PublishedChange) -> str:
    return f"Still right under {published.change.title} {published.version}."
