"""The pages of disputes."""

from training.disputes.views import claims, disputes, reviewing
from training.disputes.views.blueprint import blueprint

__all__ = ["blueprint", "claims", "disputes", "reviewing"]
