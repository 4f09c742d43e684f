"""What the pages of the desk share: their blueprint, and the words of its states and refusals."""

from flask import Blueprint

from training.accounts.rules import Role
from training.authoring import queries
from training.authoring.rules.states import DraftRefusal
from training.web.personal import add_section
from training.web.wording import give_words

MAY_WRITE = (Role.TRAINER,)

blueprint = Blueprint("authoring", __name__, template_folder="../templates", url_prefix="/desk")

add_section("drafts", queries.personal_record)

give_words(
    {
        DraftRefusal.NOT_IN_THIS_STATE: "This cannot be done with the draft as it stands now. Somebody may have been quicker: look at it again.",
        DraftRefusal.HAS_FAULTS: "Something is wrong with the text. Mend what the list beside it says, and try again.",
        DraftRefusal.HOLDS_CONFLICTS: "Two versions of some lines stand in the text. Keep what is right, take the marks out, and try again.",
        DraftRefusal.CHANGES_NOTHING: "The text says what runs already. Change something, or discard the draft.",
        DraftRefusal.BASE_IS_STALE: "Something else runs by now than this draft came from. Bring the two together first.",
        DraftRefusal.SLUG_TAKEN: "There is a document or a draft with the id {slug} already. Choose another id.",
        DraftRefusal.NO_SUCH_PLACE: "There is only one document of this kind. Change the one there is.",
        DraftRefusal.OWN_DRAFT: "You wrote at this draft, so somebody else reviews it.",
        DraftRefusal.REVIEWED_ALREADY: "You have said what you think of this revision. Wait for the next, or comment on a line.",
        DraftRefusal.REVISION_IS_OLD: "The draft was submitted again meanwhile. Read what it says now, and then decide.",
        DraftRefusal.WORDS_MISSING: "Say what should change, so that the author knows.",
        DraftRefusal.PLAN_IS_ANOTHER: "What this version would ask of people is no longer what was approved. Take the draft back and submit it again.",
        DraftRefusal.NOT_YOURS: "Only who wrote at a draft discards it.",
        DraftRefusal.LINE_IS_GONE: "The text has no line {line} any more. Comment on another line.",
    }
)
