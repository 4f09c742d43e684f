"""Saying that a clause is worded unclearly, and the answer in words."""

from enum import StrEnum


class WordingRefusal(StrEnum):
    """Why a remark is not answered."""

    OWN = "wording_answer_to_oneself"
    ANSWERED_ALREADY = "wording_answered_already"


def answer_refusal(*, is_own: bool, is_answered: bool) -> WordingRefusal | None:
    """Why this trainer does not answer, or nothing."""
    if is_own:
        return WordingRefusal.OWN
    return WordingRefusal.ANSWERED_ALREADY if is_answered else None
