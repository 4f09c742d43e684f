"""What the pages of this room share: their blueprint, and how marks and fates are named."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from training.accounts.rules import Role
from training.cases.rules import HoldRefusal
from training.certification.models import Obligation
from training.certification.queries import open_deltas
from training.certification.rules import DeltaKind
from training.courses.rendering.extension import check_address
from training.courses.rules.clause_changes import ClauseFate, ClauseMark
from training.courses.rules.versions import Step
from training.policy_changes.rules.proposals import ApprovalRefusal, ProposalState
from training.web.access import principal
from training.web.navigation import Group, Place, add_place
from training.web.wording import give_words

MAY_READ = (Role.TRAINER, Role.LEAD, Role.ADMIN, Role.AUDITOR)
MAY_APPROVE = (Role.TRAINER, Role.ADMIN)

blueprint = Blueprint("policy_changes", __name__, template_folder="../templates", url_prefix="/policy-changes")

add_place(Place("policy_changes.index", "Policy changes", Group.TEAM, 40, roles=frozenset(MAY_READ)))

give_words(
    {
        ApprovalRefusal.OWN_CHANGE: "You wrote this change, so somebody else approves it.",
        ApprovalRefusal.APPROVED_ALREADY: "It is approved already. Somebody may have been quicker.",
        ApprovalRefusal.PLAN_NOT_APPROVED: "What this change would ask of people is not what was approved. Let a colleague look at it again.",
        ApprovalRefusal.OWN_KEYS: "You wrote this change, so somebody else looks at what it held.",
        HoldRefusal.NOT_HELD: "This case is not held any more. Somebody may have been quicker.",
        ApprovalRefusal.OVERTAKEN: "Another version was published meanwhile, so this plan cannot be carried out any more. Plan it again.",
    }
)

STATES = {
    ProposalState.WAITING: ("Waits for a second person", "warn"),
    ProposalState.APPROVED: ("Approved, not published yet", "info"),
    ProposalState.PUBLISHED: ("Published", "good"),
    ProposalState.OVERTAKEN: ("Overtaken by another version", "neutral"),
}
"""Where a plan stands, in words and with the tone of its badge."""
STEPS = {Step.PATCH: "corrections only, nothing to learn", Step.MINOR: "changes to read", Step.MAJOR: "changes to the rules themselves"}
"""What a version asks, in words."""
KINDS = {DeltaKind.READING: "Read what changed", DeltaKind.EXAM: "Sit the delta exam"}
"""How a change is learned, in words."""

FATES = {
    ClauseFate.ADDED: ("New", "info"),
    ClauseFate.REMOVED: ("Removed", "bad"),
    ClauseFate.CHANGED: ("Changed", "warn"),
    ClauseFate.RENAMED: ("Another number", "neutral"),
}
"""What happened to a clause, in words and with the tone of its badge."""
MARKS = {
    ClauseMark.EDITORIAL: "Better words for the same rule",
    ClauseMark.CLARIFIED: "The same rule, told more clearly",
    ClauseMark.CHANGED: "Another rule",
}
"""How much a change weighs, in words."""


def changes_to_learn() -> dict[str, Obligation]:
    """What the reader is still to learn, by module; of several versions the one that is due first."""
    return {owed.module_slug: owed for owed in reversed(open_deltas(principal().person_id))}


@blueprint.record_once
def _give_changes(state: BlueprintSetupState) -> None:
    """Let the pages of courses, below this room, say what is to be learned by when, and those of rooms above show a clause that changed."""
    state.app.jinja_env.globals.update(changes_to_learn=changes_to_learn, FATES=FATES, MARKS=MARKS)


@blueprint.context_processor
def words_of_changes() -> dict[str, object]:
    """What templates of this room call upon."""
    return {"STATES": STATES, "STEPS": STEPS, "KINDS": KINDS, "check_address": check_address}
