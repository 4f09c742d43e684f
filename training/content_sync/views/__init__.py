"""The content folder beside the desk: what differs, on which side, field by field; and taking a side."""

from training.content_sync.views import differences, settling  # noqa: F401  # Their routes.
from training.content_sync.views.blueprint import blueprint

__all__ = ["blueprint"]
