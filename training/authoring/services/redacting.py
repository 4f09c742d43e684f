"""Take personal data out of a draft of a case."""

from collections import Counter
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft
from training.authoring.rules.document_forms import value_in
from training.authoring.rules.personal import PersonalValue, personal_values, without_personal
from training.authoring.services.saving import write_whole
from training.content_store.rules.kinds import Kind


def personal_in(draft: Draft) -> tuple[PersonalValue, ...]:
    """What is personal in what a draft of a case shows; nothing of other kinds, and where its text cannot be read."""
    value = value_in(Kind.CASE, draft.text) if draft.kind == Kind.CASE else None
    return personal_values(draft.text, value) if value is not None else ()


def redact_draft(draft: Draft, key: str | None, *, by: Actor, now: datetime) -> int:
    """Put placeholders for the personal value of this key, or for all, into a draft that is held for change; how many values there were.

    The audit says of which kinds they were, and never which. Raises Refusal where the draft is not being written.
    """
    value = value_in(Kind.CASE, draft.text) if draft.kind == Kind.CASE else None
    found = [each for each in personal_in(draft) if key is None or each.key == key]
    if value is None or not found:
        return 0
    write_whole(draft, without_personal(draft.text, value, found), by=by, now=now)
    kinds = Counter(each.kind.value for each in found)
    record("draft.redacted", by=by, subject=("draft", draft.id), now=now, detail=dict(kinds))
    return len(found)
