"""What is done with drafts."""

from training.authoring.services.advising import Advised, advise, labels_for, new_clause
from training.authoring.services.batching import BatchOutcome, ToldDraft, begin_batch, open_all, publish_all, review_all, submit_all, told_to, waits_for
from training.authoring.services.bulk import BulkOutcome, change_items
from training.authoring.services.checking import Checked, check_draft, check_text
from training.authoring.services.commenting import answer, comment, settle
from training.authoring.services.drafting import begin, begin_new, discard, may_see, open_to
from training.authoring.services.examining import try_out
from training.authoring.services.filing import add_file
from training.authoring.services.likening import LookAlike, lookalikes_of
from training.authoring.services.offering import free_slug, offered_codes
from training.authoring.services.publishing import plan_of, publish
from training.authoring.services.redacting import personal_in, redact_draft
from training.authoring.services.reviewing import review, submit, take_back
from training.authoring.services.saving import Saved, bring_up_to_date, hear, save, write_whole
from training.authoring.services.versioning import Stepping, say_version, stepping_of

__all__ = [
    "Advised",
    "BatchOutcome",
    "BulkOutcome",
    "Checked",
    "LookAlike",
    "Saved",
    "Stepping",
    "ToldDraft",
    "add_file",
    "advise",
    "answer",
    "begin",
    "begin_batch",
    "begin_new",
    "bring_up_to_date",
    "change_items",
    "check_draft",
    "check_text",
    "comment",
    "discard",
    "free_slug",
    "hear",
    "labels_for",
    "lookalikes_of",
    "may_see",
    "new_clause",
    "offered_codes",
    "open_all",
    "open_to",
    "personal_in",
    "plan_of",
    "publish",
    "publish_all",
    "redact_draft",
    "review",
    "review_all",
    "save",
    "say_version",
    "settle",
    "stepping_of",
    "submit",
    "submit_all",
    "take_back",
    "told_to",
    "try_out",
    "waits_for",
    "write_whole",
]
