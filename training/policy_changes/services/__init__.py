"""What this room does with a policy change: foresee it, and carry it out."""

from training.policy_changes.services.carrying import carry_out
from training.policy_changes.services.foreseeing import foresee

__all__ = ["carry_out", "foresee"]
