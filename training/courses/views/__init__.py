"""The pages of this room: the handbook, and courses."""

from training.courses.views import assigning, courses, handbook, reading
from training.courses.views.blueprint import blueprint

__all__ = ["assigning", "blueprint", "courses", "handbook", "reading"]
