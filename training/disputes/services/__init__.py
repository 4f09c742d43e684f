"""What this room does: it takes claims and blind reviews, and carries out what they come to."""

from training.disputes.services.claims import make_claim, withdraw_claim
from training.disputes.services.reviewing import give_review

__all__ = ["give_review", "make_claim", "withdraw_claim"]
