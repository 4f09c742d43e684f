"""Why a deed on an account is refused."""

from enum import StrEnum


class AccountReason(StrEnum):
    """Reasons of this room; their words are given in its views."""

    EMAIL_TAKEN = "email_taken"
    EMAIL_MALFORMED = "email_malformed"
    FACT_MALFORMED = "fact_malformed"
    TEAM_UNKNOWN = "team_unknown"
    TEAM_TAKEN = "team_taken"
    CLIENT_NAME_TAKEN = "client_name_taken"
    SCOPE_UNKNOWN = "scope_unknown"
    OWN_FACTS = "own_facts"
    ABSENCE_FOR_ONESELF = "absence_for_oneself"
    ABSENCE_ENDS_BEFORE_IT_BEGINS = "absence_ends_before_it_begins"
    ABSENCE_OVER = "absence_over"
    ABSENCE_ENDED_BY_OTHERS = "absence_ended_by_others"
    HOLD_WITHOUT_REASON = "hold_without_reason"
    SHIFT_TAKEN = "shift_taken"
    SHIFT_WITHOUT_LENGTH = "shift_without_length"
    LINK_SPENT = "link_spent"
    NOT_INVITED = "not_invited"
    WRONG_CREDENTIALS = "wrong_credentials"
    TOO_MANY_TRIES = "too_many_tries"
    NOT_ACTIVE = "not_active"
    HASHING_BUSY = "hashing_busy"
    PASSWORD_WRONG = "password_wrong"  # noqa: S105
    ERASED = "erased"
    CODE_WRONG = "code_wrong"
    SIGN_IN_TOO_OLD = "sign_in_too_old"
    FACTOR_IS_ON = "factor_is_on"
    FACTOR_IS_OFF = "factor_is_off"
    OWN_FACTOR = "own_factor"
    FACTOR_SEALED = "factor_sealed"
    TOO_MANY_CODES = "too_many_codes"
