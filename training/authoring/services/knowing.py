"""Remember who wrote, reviewed or opened a draft: they never approve it, and what it asks is never asked of them."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft, DraftContributor
from training.authoring.queries import contributors_of
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.services import note_text_acquaintance
from training.quality.queries.panels import is_to_be_blind, open_panel_of
from training.quality.services.panels import inform


def know(draft: Draft, how: Acquaintance, *, by: Actor, now: datetime) -> None:
    """Of exam material: this person knows it, and whatever comes into the bank of it."""
    if draft.is_exam_material and by.id is not None:
        note_text_acquaintance(by.id, KnownText(draft.kind), draft.slug, how, now=now)


def contribute(draft: Draft, *, by: Actor, now: datetime) -> None:
    """This person wrote at the draft."""
    know(draft, Acquaintance.WROTE, by=by, now=now)
    if by.id is None or by.id in contributors_of(draft.id):
        return
    try:
        with db.session.begin_nested():
            db.session.add(DraftContributor(draft_id=draft.id, person_id=by.id, since=now))
    except IntegrityError:
        return
    record("draft.joined", by=by, subject=("draft", draft.id), now=now)


def is_wanted_blind(person_id: int, kind: Kind, slug: str) -> bool:
    """Whether this person is asked to label a case before they read what its author says."""
    panel = open_panel_of(slug) if kind is Kind.CASE else None
    return panel is not None and is_to_be_blind(panel, person_id)


def give_blindness_up(person_id: int, slug: str, *, now: datetime) -> None:
    """This person reads what the author of a case says, and so labels it no more."""
    panel = open_panel_of(slug)
    if panel is not None:
        inform(panel, person_id, now=now)
