"""Deeds upon live quality: take audits down, let follow what follows, decide, talk."""

from training.quality.services.coaching import note_coaching
from training.quality.services.deciding import confirm_proposal, dismiss_proposal
from training.quality.services.judging import judge
from training.quality.services.sheets import Sheet, read_sheet
from training.quality.services.taking import Required, Sent, Taken, take_audits

__all__ = ["Required", "Sent", "Sheet", "Taken", "confirm_proposal", "dismiss_proposal", "judge", "note_coaching", "read_sheet", "take_audits"]
