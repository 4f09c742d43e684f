"""The door before a document that differs, where it may give away what somebody is to answer."""

from datetime import datetime

from training.actors import Actor
from training.content_store.rules.kinds import Kind
from training.content_sync.rules.sides import Difference
from training.exams.rules.acquaintance import KnownText
from training.exams.services.opening import may_read, open_text
from training.quality.queries.panels import is_to_be_blind, open_panel_of
from training.quality.services.panels import inform


def is_open_to(difference: Difference, person_id: int) -> bool:
    """Whether this person may look at what it says: at exam material only who opened it or knows it anyway; at a case never who is to label it blind."""
    return not is_wanted_blind(difference, person_id) and (not difference.is_exam_material or _knows(difference, person_id))


def is_wanted_blind(difference: Difference, person_id: int) -> bool:
    """Whether this person is asked to label a case before they read what its author says."""
    panel = open_panel_of(difference.name.slug) if difference.kind is Kind.CASE else None
    return panel is not None and is_to_be_blind(panel, person_id)


def open_to(difference: Difference, *, by: Actor, now: datetime) -> None:
    """Let somebody look at it; with exam material they are acquainted from now on, and a case they label blind no more.

    Raises Refusal where they are sitting an exam with it.
    """
    assert by.id is not None, "people read"
    panel = open_panel_of(difference.name.slug) if is_wanted_blind(difference, by.id) else None
    if difference.is_exam_material:
        open_text(KnownText(difference.name.kind), difference.name.slug, by=by, now=now)
    if panel is not None:
        inform(panel, by.id, now=now)


def _knows(difference: Difference, person_id: int) -> bool:
    return may_read(person_id, KnownText(difference.name.kind), difference.name.slug)
