"""What this room does: it takes claims and blind reviews, and carries out what they come to."""

from training.disputes.services.carrying import AmendCase, Wording, carry_on, carry_out, to_carry_out
from training.disputes.services.claims import make_claim, withdraw_claim
from training.disputes.services.foreseeing import Change, DryRun, foresee, next_reference
from training.disputes.services.reviewing import give_review
from training.disputes.services.wording import answer_remark, remark_on

__all__ = [
    "AmendCase",
    "Change",
    "DryRun",
    "Wording",
    "answer_remark",
    "carry_on",
    "carry_out",
    "foresee",
    "give_review",
    "make_claim",
    "next_reference",
    "remark_on",
    "to_carry_out",
    "withdraw_claim",
]
