"""Deeds of upkeep."""

from training.upkeep.services.erasing import Erasing, erase
from training.upkeep.services.keeping import TableReport, keep_rules, keep_rules_of_night, report, rules_in_force
from training.upkeep.services.moving import back_up, move, refuse_unlike

__all__ = ["Erasing", "TableReport", "back_up", "erase", "keep_rules", "keep_rules_of_night", "move", "refuse_unlike", "report", "rules_in_force"]
