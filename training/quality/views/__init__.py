"""The pages of this room."""

from training.quality.views.blueprint import blueprint

__all__ = ["blueprint"]
