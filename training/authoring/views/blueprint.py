"""What the pages of the desk share: their blueprint, and the words of its states and refusals."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from training.accounts.rules import Role
from training.authoring import queries, services
from training.authoring.forms import where_of
from training.authoring.models import Draft
from training.authoring.rules.advice import AdviceKind
from training.authoring.rules.document_forms import KINDS_WITH_FORM
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.saving import SaveVerdict
from training.authoring.rules.states import DraftRefusal, DraftState
from training.content_store.rules.kinds import CITING
from training.content_store.rules.wording import KINDS
from training.errors import NotFound
from training.exams.forms import KIND_WORDS, STATE_WORDS
from training.web.access import principal
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

MAY_WRITE = (Role.TRAINER,)

blueprint = Blueprint("authoring", __name__, template_folder="../templates", url_prefix="/desk")

add_section("drafts", queries.personal_record)
add_place(Place("authoring.item_list", "Items", Group.DESK, 2, roles=frozenset(MAY_WRITE)))
add_place(Place("authoring.index", "Drafts and reviews", Group.DESK, 1, roles=frozenset(MAY_WRITE)))

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
        DraftRefusal.LABEL_UNKNOWN: "This module's area has no label {label}. Choose another.",
        DraftRefusal.NO_CODE_LEFT: "Every clause code of {label} was used once. Give the label a sibling in the taxonomy.",
        DraftRefusal.SHOWS_NO_FILES: "Documents of this kind show no pictures and no recordings.",
        DraftRefusal.SHOWS_PICTURES_ALONE: "A module shows pictures alone, and this is a recording.",
        DraftRefusal.TOO_MANY_FILES: "The draft has {most} files already. Publish it, or discard it and begin anew.",
        DraftRefusal.NO_FILE_SENT: "No file came along. Choose one, and try again.",
        DraftRefusal.NONE_STANDS_SO: "No draft on this page waits for that. Somebody may have been quicker: look at it again.",
        DraftRefusal.IN_ANOTHER_BATCH: "Each of the two goes through review with other drafts already. Publish one of them first.",
        DraftRefusal.LINE_IS_GONE: "The text has no line {line} any more. Comment on another line.",
    }
)

STATES = {
    DraftState.DRAFT: ("Being written", "neutral"),
    DraftState.IN_REVIEW: ("In review", "info"),
    DraftState.CHANGES_ASKED: ("Changes asked for", "warn"),
    DraftState.APPROVED: ("Approved", "good"),
    DraftState.PUBLISHED: ("Published", "good"),
    DraftState.DISCARDED: ("Discarded", "neutral"),
}
"""Where a draft stands, in words and with the tone of its badge."""
VERDICTS = {Verdict.APPROVED: ("Approved", "good"), Verdict.CHANGES_ASKED: ("Asked for changes", "warn")}
SAVE_WORDS = {
    SaveVerdict.SAVED: "Saved.",
    SaveVerdict.MERGED: "Saved, together with what a colleague saved meanwhile.",
    SaveVerdict.REPEATED: "This was saved before.",
    SaveVerdict.CONFLICT: "Not saved: a colleague changed the same lines meanwhile. Both are marked in the text. Keep what is right, and save again.",
    SaveVerdict.TOO_LONG: "Not saved: the text is longer than a document may be.",
    SaveVerdict.CLOSED: "Not saved: the draft is not being written any more. Take it back to write on.",
}
"""What became of a text that was sent."""


ADVICE_WORDS = {
    AdviceKind.NO_ESCALATION_SECTION: "Some labels of this module go to somebody else. A section “Escalation” would say when and to whom",
    AdviceKind.CLAUSE_WITHOUT_ESCALATION: "Clause {about} decides a label that usually goes to somebody else, and says nothing of escalating",
    AdviceKind.HARD_PARAGRAPH: "This paragraph is very hard to read (LIX {about}): shorter sentences and words help",
}
"""What could be better, in words."""


def seen_draft(draft_id: int) -> Draft:
    """This draft, for somebody who may look at it. Raises NotFound, also for whoever did not open it."""
    draft = queries.draft_by_id(draft_id)
    return _seen(draft)


def held_draft(draft_id: int) -> Draft:
    """The same, held until the deed is done."""
    return _seen(queries.draft_for_change(draft_id))


def _seen(draft: Draft) -> Draft:
    if not services.may_see(draft, principal().person_id):
        raise NotFound
    return draft


def back_to(draft: Draft, words: str, tone: str = "good") -> ResponseReturnValue:
    """To the draft's page, with a word on what was done."""
    flash(words, tone)
    return redirect(url_for("authoring.draft", draft_id=draft.id))


@blueprint.context_processor
def words_of_drafts() -> dict[str, object]:
    """What templates of this room call upon."""
    named = {"STATES": STATES, "KINDS": KINDS, "KINDS_WITH_FORM": KINDS_WITH_FORM, "CITING": CITING, "VERDICTS": VERDICTS, "ADVICE_WORDS": ADVICE_WORDS}
    named |= {"ITEM_KINDS": KIND_WORDS, "ITEM_STATES": STATE_WORDS}
    return named | {"where_of": where_of, "DraftState": DraftState}
