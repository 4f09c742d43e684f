"""Why practising does not go on."""

from enum import StrEnum


class PracticeRefusal(StrEnum):
    """Why practising does not go on."""

    NOTHING_TO_PRACTISE = "nothing_to_practise"
    TOO_MUCH_AT_ONCE = "too_much_at_once"
    ALREADY_SKIPPED = "already_skipped"
    NO_NEAR_MISS = "no_near_miss"
    CHECK_CASE_MISSING = "check_case_missing"
    NOT_CONSENTED = "not_consented"
    SEVERE_ENOUGH = "severe_enough"
    CHECKS_ARE_NOT_SKIPPED = "checks_are_not_skipped"


class SetRefusal(StrEnum):
    """Why a trainer's set is not made, or not given."""

    CASE_UNKNOWN = "set_case_unknown"
    ALREADY_GIVEN = "set_already_given"
