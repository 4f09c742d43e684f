"""Policy modules and their versions, clauses, courses, who is asked to complete them, and what people have read and acknowledged."""

from training.courses.models.assignments import Assignment, AssignmentReminder
from training.courses.models.learning import (
    COUNT_ONE_ANSWER,
    NOTE_SECTION_READ,
    PASSAGE_VECTOR,
    Acknowledgement,
    CheckPass,
    Clause,
    ClauseVersion,
    Course,
    CourseVersion,
    Module,
    ModuleVersion,
    Passage,
    PracticeTally,
    SectionRead,
)

__all__ = [
    "COUNT_ONE_ANSWER",
    "NOTE_SECTION_READ",
    "PASSAGE_VECTOR",
    "Acknowledgement",
    "Assignment",
    "AssignmentReminder",
    "CheckPass",
    "Clause",
    "ClauseVersion",
    "Course",
    "CourseVersion",
    "Module",
    "ModuleVersion",
    "Passage",
    "PracticeTally",
    "SectionRead",
]
