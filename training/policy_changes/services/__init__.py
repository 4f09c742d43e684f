"""What pages do with a policy change. What only a content folder needs is in the modules beside this one, and is not brought along by every process."""

from training.policy_changes.services.confirming import confirm_case, confirm_item
from training.policy_changes.services.reviewing import approve

__all__ = ["approve", "confirm_case", "confirm_item"]
