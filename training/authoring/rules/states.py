"""Where a draft stands, and what may be done with it there."""

from collections.abc import Mapping
from enum import StrEnum


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    PUBLISHED = "published"
    DISCARDED = "discarded"


OPEN_STATES = frozenset({DraftState.DRAFT, DraftState.IN_REVIEW, DraftState.CHANGES_ASKED, DraftState.APPROVED})
"""Of a draft that may still become what runs: a document has one such draft at most."""
WRITTEN_STATES = frozenset({DraftState.DRAFT, DraftState.CHANGES_ASKED})
"""In which the text may be changed."""


class DraftDeed(StrEnum):
    """What somebody does with a draft."""

    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    """Go on writing what was submitted: whatever was approved of it is approved no longer."""
    ASK_FOR_CHANGES = "ask_for_changes"
    APPROVE = "approve"
    """The last of the approvals that it needs; one before that changes nothing yet."""
    PUBLISH = "publish"
    DISCARD = "discard"


class DraftRefusal(StrEnum):
    """Why something is not done with a draft."""

    NOT_IN_THIS_STATE = "draft_not_in_this_state"
    HAS_FAULTS = "draft_has_faults"
    HOLDS_CONFLICTS = "draft_holds_conflicts"
    CHANGES_NOTHING = "draft_changes_nothing"
    BASE_IS_STALE = "draft_base_is_stale"
    SLUG_TAKEN = "draft_slug_taken"
    NO_SUCH_PLACE = "draft_has_no_such_place"
    OWN_DRAFT = "review_of_own_draft"
    REVIEWED_ALREADY = "draft_reviewed_already"
    REVISION_IS_OLD = "review_of_old_revision"
    WORDS_MISSING = "review_without_words"
    PLAN_IS_ANOTHER = "draft_plan_is_another"
    NOT_YOURS = "draft_not_yours"
    IN_ANOTHER_BATCH = "drafts_of_two_batches"
    LINE_IS_GONE = "comment_on_missing_line"
    LABEL_UNKNOWN = "clause_of_unknown_label"
    NO_CODE_LEFT = "clause_codes_used_up"
    SHOWS_NO_FILES = "draft_shows_no_files"
    SHOWS_PICTURES_ALONE = "draft_shows_pictures_alone"
    TOO_MANY_FILES = "draft_has_too_many_files"
    NO_FILE_SENT = "draft_file_missing"
    NONE_STANDS_SO = "no_draft_of_the_batch_stands_so"


_AFTER: Mapping[DraftDeed, Mapping[DraftState, DraftState]] = {
    DraftDeed.SAVE: {state: state for state in WRITTEN_STATES},
    DraftDeed.SUBMIT: dict.fromkeys(WRITTEN_STATES, DraftState.IN_REVIEW),
    DraftDeed.TAKE_BACK: dict.fromkeys((DraftState.IN_REVIEW, DraftState.APPROVED), DraftState.DRAFT),
    DraftDeed.ASK_FOR_CHANGES: dict.fromkeys((DraftState.IN_REVIEW, DraftState.APPROVED), DraftState.CHANGES_ASKED),
    DraftDeed.APPROVE: {DraftState.IN_REVIEW: DraftState.APPROVED},
    DraftDeed.PUBLISH: {DraftState.APPROVED: DraftState.PUBLISHED},
    DraftDeed.DISCARD: dict.fromkeys(OPEN_STATES, DraftState.DISCARDED),
}


def after(state: DraftState, deed: DraftDeed) -> DraftState | None:
    """Where a draft stands once this is done; nothing where it cannot be done there."""
    return _AFTER[deed].get(state)
