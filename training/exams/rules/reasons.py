"""Why something is refused in this room."""

from enum import StrEnum


class BankRefusal(StrEnum):
    """Why an item or an exam is not stored."""

    KIND_IS_FIXED = "item_kind_is_fixed"
    CASE_UNKNOWN = "item_case_unknown"
    CASE_NOT_FOR_EXAMS = "item_case_not_for_exams"
    MEDIA_MISSING = "item_media_missing"
    CORRECTION_SAID_BEFORE = "item_correction_said_before"
    NO_CORRECTION = "item_no_correction"
    KEY_WAS_RULED = "item_key_was_ruled"
    VERSION_NOT_RAISED = "exam_version_not_raised"
    CERTIFICATION_IS_FIXED = "exam_certification_is_fixed"
    DELTA_IS_FIXED = "exam_delta_is_fixed"
    BANK_LACKS = "exam_bank_lacks"
    PUBLIC_ITEMS = "exam_public_items"


class StartRefusal(StrEnum):
    """Why an attempt is not started. None of these costs an attempt."""

    NEEDS_UNMET = "start_needs_unmet"
    RETAKE_WAITS = "start_retake_waits"
    REMEDIAL_DUE = "start_remedial_due"
    HELD_ALREADY = "start_held_already"
    PASSED_ALREADY = "start_passed_already"
    BEING_MARKED = "start_being_marked"
    NOT_HELD = "start_not_held"
    DELTA_PASSED = "start_delta_passed"
    OTHER_EXAM_OPEN = "start_other_exam_open"
    CANNOT_FILL = "start_cannot_fill"
    WINDOW_NOT_OPEN = "start_window_not_open"
    WINDOW_CLOSED = "start_window_closed"


class AllowanceRefusal(StrEnum):
    """Why nobody is allowed one more attempt."""

    NOBODY_FOR_THEMSELVES = "allowance_for_oneself"
    PERSON_UNKNOWN = "allowance_person_unknown"
    NOTHING_USED_UP = "allowance_nothing_used_up"
    ALLOWED_ALREADY = "allowance_given_already"


class SittingRefusal(StrEnum):
    """Why something cannot be done during an attempt."""

    WRITTEN_ELSEWHERE = "sitting_written_elsewhere"
    PAUSED = "sitting_paused"
    OVER = "sitting_over"
    NO_BREAK_LEFT = "sitting_no_break_left"
    FULL = "sitting_full"
    NOT_REACHED = "sitting_not_reached"
    NOTHING_TO_CONFIRM = "sitting_nothing_to_confirm"


class SupervisionRefusal(StrEnum):
    """Why a trainer cannot rule on an attempt."""

    OWN_ATTEMPT = "supervision_own_attempt"
    NOT_RUNNING = "supervision_not_running"
    PAUSED_ALREADY = "supervision_paused_already"
    NOT_PAUSED = "supervision_not_paused"
    END_HAS_MOVED = "supervision_end_has_moved"
    NOTHING_WAITS = "supervision_nothing_waits"
    ANSWERS_ARE_FINAL = "supervision_answers_are_final"
    PASSED_ALREADY = "supervision_passed_already"
    CANNOT_COUNT = "supervision_cannot_count"


class ItemRefusal(StrEnum):
    """Why a trainer cannot do something with an item."""

    HELD_ALREADY = "item_held_already"
    NOT_HELD = "item_not_held"
    HELD_BY_DOCUMENT = "item_held_by_document"
    NOT_DRAWN = "item_not_drawn"
    OWN_ITEM = "item_own"
    OWN_RULE = "item_of_own_rule"
    ON_OWN_FORM = "item_on_own_form"


class TrialRefusal(StrEnum):
    """Why a trainer cannot try out an exam that is being written."""

    SITTING = "trial_while_sitting"
    CANNOT_FILL = "trial_cannot_fill"
    OVER = "trial_over"
