"""What is done with drafts."""

from training.authoring.services.advising import Advised, advise, labels_for, new_clause
from training.authoring.services.batching import BatchOutcome, begin_batch, may_judge, open_all, publish_all, review_all, submit_all, waits_for
from training.authoring.services.bulk import BulkOutcome, change_items
from training.authoring.services.checking import Checked, check_draft, check_text
from training.authoring.services.commenting import answer, comment, settle
from training.authoring.services.drafting import begin, begin_new, discard, may_see, open_to
from training.authoring.services.examining import prospect_in, try_out
from training.authoring.services.likening import LookAlike, lookalikes_of
from training.authoring.services.publishing import plan_of, publish
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
    "hear",
    "labels_for",
    "lookalikes_of",
    "may_judge",
    "may_see",
    "new_clause",
    "open_all",
    "open_to",
    "plan_of",
    "prospect_in",
    "publish",
    "publish_all",
    "review",
    "review_all",
    "save",
    "say_version",
    "settle",
    "stepping_of",
    "submit",
    "submit_all",
    "take_back",
    "try_out",
    "waits_for",
    "write_whole",
]
