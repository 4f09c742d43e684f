"""What this room does: it takes claims and blind reviews, and carries out what they come to."""

from training.disputes.services.carrying import AmendCase, Wording, carry_on, carry_out, to_carry_out
from training.disputes.services.claims import make_claim, withdraw_claim
from training.disputes.services.foreseeing import Change, DryRun, foresee, next_reference
from training.disputes.services.panels import PanelSaid, settle_by_panel
from training.disputes.services.questions import claim_question, open_to_claimant
from training.disputes.services.reviewing import give_review, look_to_review, review_question
from training.disputes.services.wording import answer_remark, remark_on

__all__ = [
    "AmendCase",
    "Change",
    "DryRun",
    "PanelSaid",
    "Wording",
    "answer_remark",
    "carry_on",
    "carry_out",
    "claim_question",
    "foresee",
    "give_review",
    "look_to_review",
    "make_claim",
    "next_reference",
    "open_to_claimant",
    "remark_on",
    "review_question",
    "settle_by_panel",
    "to_carry_out",
    "withdraw_claim",
]
