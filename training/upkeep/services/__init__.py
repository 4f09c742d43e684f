"""Deeds of upkeep."""

from training.upkeep.services.erasing import Erasing, erase
from training.upkeep.services.keeping import TableReport, keep_rules, keep_rules_of_night, report

__all__ = ["Erasing", "TableReport", "erase", "keep_rules", "keep_rules_of_night", "report"]
