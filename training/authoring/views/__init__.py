"""The pages of the trainer's desk."""

from training.authoring.views.blueprint import blueprint

__all__ = ["blueprint"]
