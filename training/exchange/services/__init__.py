"""Bring files of questions in as drafts, and take items away."""

from training.exchange.services.checking import Taken, checked_through, look_through, note_broken, note_rows, something_waits, take_waiting
from training.exchange.services.exporting import Export, foresee, take_away
from training.exchange.services.importing import Upload, bring_in, give_up, make_drafts, say_terms

__all__ = [
    "Export",
    "Taken",
    "Upload",
    "bring_in",
    "checked_through",
    "foresee",
    "give_up",
    "look_through",
    "make_drafts",
    "note_broken",
    "note_rows",
    "say_terms",
    "something_waits",
    "take_away",
    "take_waiting",
]
