"""What this room does with a policy change: foresee it, let a second person approve it, and carry it out."""

from training.policy_changes.services.carrying import carry_out
from training.policy_changes.services.foreseeing import foresee
from training.policy_changes.services.reviewing import approve, digest_of_plan, lay_before_people
from training.policy_changes.services.telling import lines_of

__all__ = ["approve", "carry_out", "digest_of_plan", "foresee", "lay_before_people", "lines_of"]
