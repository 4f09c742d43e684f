"""How people call the kinds of document."""

from collections.abc import Mapping

from training.content_store.rules.kinds import Kind

KINDS: Mapping[Kind, str] = {
    Kind.TAXONOMY: "Taxonomy",
    Kind.MODULE: "Policy module",
    Kind.CASE: "Case",
    Kind.CHECK: "Check",
    Kind.COURSE: "Course",
    Kind.ITEM: "Exam item",
    Kind.CERTIFICATION: "Certification",
    Kind.EXAM: "Exam",
    Kind.QUEUE: "Queue",
}
"""Each kind in words."""
