"""What is known of policy changes, and what they touch."""

from training.policy_changes.queries.published import change_of, changes_of, exam_versions_used, published_changes
from training.policy_changes.queries.touched import certifications_citing, delta_exams

__all__ = [
    "certifications_citing",
    "change_of",
    "changes_of",
    "delta_exams",
    "exam_versions_used",
    "published_changes",
]
