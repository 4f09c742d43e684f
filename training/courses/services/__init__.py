"""The deeds of this room."""

from training.courses.services.assigning import assign_course, withdraw_assignment
from training.courses.services.publishing import publish_course, publish_module
from training.courses.services.reading import acknowledge, mark_sections_read, note_practice, record_check_pass

__all__ = [
    "acknowledge",
    "assign_course",
    "mark_sections_read",
    "note_practice",
    "publish_course",
    "publish_module",
    "record_check_pass",
    "withdraw_assignment",
]
