"""The pages of the trainer's desk."""

from training.authoring.views import batches, commenting, desk, document_forms, exams, item_list, items, modules, reviewing, writing
from training.authoring.views.blueprint import blueprint

__all__ = ["batches", "blueprint", "commenting", "desk", "document_forms", "exams", "item_list", "items", "modules", "reviewing", "writing"]
