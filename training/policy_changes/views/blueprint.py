"""What the pages of this room share: their blueprint, and how marks and fates are named."""

from flask import Blueprint

from training.courses.rendering.extension import check_address
from training.courses.rules.clause_changes import ClauseFate, ClauseMark

blueprint = Blueprint("policy_changes", __name__, template_folder="../templates", url_prefix="/policy-changes")

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


@blueprint.context_processor
def words_of_changes() -> dict[str, object]:
    """What templates of this room call upon."""
    return {"FATES": FATES, "MARKS": MARKS, "check_address": check_address}
