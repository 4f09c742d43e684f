"""The pages of policy changes."""

from training.policy_changes.views import held, mine, plans
from training.policy_changes.views.blueprint import blueprint

__all__ = ["blueprint", "held", "mine", "plans"]
