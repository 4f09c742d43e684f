"""The deeds of this room."""

from training.courses.services.assigning import Audience, assign, withdraw_assignment
from training.courses.services.publishing import publish_course, publish_module
from training.courses.services.reading import acknowledge, mark_sections_read, note_practice, record_check_pass
from training.courses.services.reminding import AT_ONCE as REMINDED_AT_ONCE
from training.courses.services.reminding import remind_of_assignments

__all__ = [
    "REMINDED_AT_ONCE",
    "Audience",
    "acknowledge",
    "assign",
    "mark_sections_read",
    "note_practice",
    "publish_course",
    "publish_module",
    "record_check_pass",
    "remind_of_assignments",
    "withdraw_assignment",
]
