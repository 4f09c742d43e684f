"""The pages of the trainer's desk."""

from training.authoring.views import cases, commenting, desk, modules, reviewing, writing
from training.authoring.views.blueprint import blueprint

__all__ = ["blueprint", "cases", "commenting", "desk", "modules", "reviewing", "writing"]
