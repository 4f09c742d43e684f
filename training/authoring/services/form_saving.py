"""Save what was entered in the form of a draft: laid out anew by the form, so what was saved meanwhile is laid out alike before the two are compared."""

from dataclasses import replace
from datetime import datetime

from training.actors import Actor
from training.authoring.models import Draft
from training.authoring.rules.document_forms import value_in
from training.authoring.rules.merging import merge
from training.authoring.rules.saving import SaveVerdict, Sent
from training.authoring.services.saving import Saved, save
from training.cases.importing.writing import yaml_text
from training.content_store.rules.kinds import Kind


def save_form(draft: Draft, sent: Sent, *, by: Actor, now: datetime) -> Saved:
    """Save the text that a form made into a draft that is held for change, as `save` does, field by field rather than by how each text is laid out."""
    together = _together(draft, sent) if sent.version != draft.version else None
    if together is None:
        return save(draft, sent, by=by, now=now)
    saved = save(draft, replace(sent, version=draft.version, text=together), by=by, now=now)
    return replace(saved, verdict=SaveVerdict.MERGED) if saved.verdict is SaveVerdict.SAVED else saved


def _together(draft: Draft, sent: Sent) -> str | None:
    """Both texts brought together; nothing where one of them cannot be read, or a person has to decide."""
    texts = [_laid_out(Kind(draft.kind), text) for text in (sent.seen, sent.text, draft.text)]
    if None in texts:
        return None
    seen, ours, theirs = (text or "" for text in texts)
    merged = merge(seen, ours, theirs)
    return None if merged.conflict_count else merged.text(ours="yours", theirs="saved meanwhile")


def _laid_out(kind: Kind, text: str) -> str | None:
    value = value_in(kind, text)
    return yaml_text(value) if value is not None else None
