"""The pages of policy changes."""

from training.policy_changes.views import mine, plans
from training.policy_changes.views.blueprint import blueprint

__all__ = ["blueprint", "mine", "plans"]
