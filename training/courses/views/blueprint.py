"""What the pages of this room share: their blueprint, their places in the navigation, and the words of refusals."""

from flask import Blueprint

from training.courses import queries
from training.courses.rendering.extension import check_address
from training.courses.rules.outline import reading_minutes
from training.courses.rules.versions import AssignmentRefusal, ModuleRefusal
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

MAY_ASSIGN = ("trainer", "lead", "admin")

blueprint = Blueprint("courses", __name__, template_folder="../templates")

add_section("reading and practice", queries.personal_record)
add_section("assignments", queries.personal_assignments)
add_place(Place("courses.handbook", "Handbook", Group.MINE, 10))
add_place(Place("courses.courses", "Courses", Group.MINE, 20))

give_words(
    {
        ModuleRefusal.VERSION_NOT_RAISED: "{module}: the text changed, but version {version} is published already. Raise the version in its front matter.",
        ModuleRefusal.VERSION_WENT_BACK: "{module}: version {version} is below {latest}, which is published. Give the text a higher version.",
        ModuleRefusal.VERSION_IS_NOT_CURRENT: "Version {version} was replaced while you were reading. Go back and acknowledge the new one.",
        ModuleRefusal.NEEDS_A_PLAN: "{module}: a policy changes by a plan that a second person approves. Change it in the content folder, and apply that.",
        ModuleRefusal.PICTURE_MISSING: "{module}: there is no picture {file}. Add it, or take it out of the text.",
        ModuleRefusal.ORIGINAL_MISSING: "{module}: it translates {original}, which is not published. Publish the original first.",
        ModuleRefusal.ORIGINAL_IS_ANOTHER: "{module}: a module stays what it is, an original or a translation of {original}. Give the text another id.",
        AssignmentRefusal.ALREADY_ASSIGNED: "They are asked to complete it already. Withdraw the earlier assignment to give them another date.",
        AssignmentRefusal.DUE_IN_THE_PAST: "That date has passed. Choose a later one.",
    }
)


@blueprint.context_processor
def reading_words() -> dict[str, object]:
    """What templates of this room call upon."""
    return {"reading_minutes": reading_minutes, "check_address": check_address}
