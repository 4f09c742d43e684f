"""Gather, decide, apply: the content folder into the database, all of it or nothing; and back. Or document by document, as somebody settles what differs."""

from training.content_sync.services.applying import NotApplied, NotApproved, apply, missing_pilots, small_banks
from training.content_sync.services.comparing import Compared, Opened, Unsound, compare, counts_of, of_kind_and_side, open_difference
from training.content_sync.services.exporting import NotExported, export
from training.content_sync.services.opening import is_open_to, is_wanted_blind, open_to
from training.content_sync.services.proposing import Proposal, propose
from training.content_sync.services.settling import NotSound, Taken, keep, propose_taking, take

__all__ = [
    "Compared",
    "NotApplied",
    "NotApproved",
    "NotExported",
    "NotSound",
    "Opened",
    "Proposal",
    "Taken",
    "Unsound",
    "apply",
    "compare",
    "counts_of",
    "export",
    "is_open_to",
    "is_wanted_blind",
    "keep",
    "missing_pilots",
    "of_kind_and_side",
    "open_difference",
    "open_to",
    "propose",
    "propose_taking",
    "small_banks",
    "take",
]
