"""What is known of drafts, and of what runs."""

from training.authoring.queries.discussion import Thread, threads_of
from training.authoring.queries.drafts import contributors_of, draft_by_id, draft_for_change, open_draft_of, windows_of
from training.authoring.queries.personal import personal_record
from training.authoring.queries.reviews import Opinion, has_judged, opinions_of, revision_of

__all__ = [
    "Opinion",
    "Thread",
    "contributors_of",
    "draft_by_id",
    "draft_for_change",
    "has_judged",
    "open_draft_of",
    "opinions_of",
    "personal_record",
    "revision_of",
    "threads_of",
    "windows_of",
]
