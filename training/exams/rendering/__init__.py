"""How what an item asks is shown: its stem as HTML, and the parts of its kind without the key."""

from training.exams.rendering.asked import Asked, ShownPlace, asked_at
from training.exams.rendering.stems import stem_html

__all__ = ["Asked", "ShownPlace", "asked_at", "stem_html"]
