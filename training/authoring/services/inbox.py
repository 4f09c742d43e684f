"""What waits for somebody's review, with how many approvals each has and needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.authoring.models import Draft
from training.authoring.queries.inbox import WaitingBatch, WaitingDraft, waiting_batches, waiting_drafts, waiting_drafts_of
from training.authoring.rules.reviewing import approvals_needed, severities_of
from training.content_store.queries import known_document, running_folder
from training.content_store.rules.folder import Folder
from training.content_store.rules.kinds import Kind

MOST_READ = 25
"""Of the drafts of one batch: how many approvals more of them need is not reckoned for a list, for each would be read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft or a batch that waits, and how many approvals it needs, a batch all of its drafts together; unknown of a large batch."""

    what: WaitingDraft | WaitingBatch
    needed_count: int | None

    @property
    def since(self) -> datetime:
        """When it was submitted; of a batch its first draft."""
        return self.what.since

    @property
    def draft(self) -> Draft | None:
        """Of a single draft it; nothing of a batch."""
        return self.what.draft if isinstance(self.what, WaitingDraft) else None


def inbox_of(person_id: int) -> list[Waiting]:
    """Everything that waits for this person's review, the longest waiting first: batches stand where the first of their drafts does."""
    drafts, batches = waiting_drafts(person_id), waiting_batches(person_id)
    small = waiting_drafts_of([each.batch.id for each in batches if each.draft_count <= MOST_READ], person_id)
    folder = _folder_for([*(each.draft for each in drafts), *(draft for several in small.values() for draft in several)])
    waiting = [Waiting(each, _needed([each.draft], folder)) for each in drafts]
    waiting += [Waiting(each, _needed(small[each.batch.id], folder) if each.batch.id in small else None) for each in batches]
    return sorted(waiting, key=lambda each: each.since)


def _folder_for(drafts: Sequence[Draft]) -> Folder:
    """What runs that says how severe these drafts are: the labels, and the cases that items label. Nothing is read where nothing waits."""
    kinds = {Kind(draft.kind) for draft in drafts}
    wanted = {Kind.TAXONOMY} if kinds else set[Kind]()
    return running_folder(wanted | ({Kind.CASE} if Kind.ITEM in kinds else set()))


def _needed(drafts: Iterable[Draft], folder: Folder) -> int:
    """How many approvals these drafts need together."""
    sources = [known_document(Kind(draft.kind), draft.path, draft.text).source for draft in drafts]
    return sum(approvals_needed(severities_of(source.document, folder) if source else ()) for source in sources)
