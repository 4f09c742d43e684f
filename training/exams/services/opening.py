"""The door before texts that exams may ask: whoever opens it is acquainted with what is behind."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.errors import Refusal
from training.exams.queries import is_on_open_form
from training.exams.queries.bank import items_of_text, ways_of_knowing
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.rules.reasons import ItemRefusal
from training.exams.services.acquainting import note_text_acquaintance


def may_read(person_id: int, kind: KnownText, slug: str) -> bool:
    """Whether this person is acquainted with an item, or with the case that items label, and so may read it."""
    return bool(ways_of_knowing(person_id, kind, slug))


def is_on_own_form(person_id: int, kind: KnownText, slug: str) -> bool:
    """Whether this person sits an exam with an item that is made of this text."""
    return any(is_on_open_form(person_id, item.id) for item in items_of_text(kind, slug))


def refuse_own_form(person_id: int, kind: KnownText, slug: str) -> None:
    """Raises Refusal where this person sits an exam with an item that is made of this text."""
    if is_on_own_form(person_id, kind, slug):
        raise Refusal(ItemRefusal.ON_OWN_FORM)


def open_text(kind: KnownText, slug: str, *, by: Actor, now: datetime) -> None:
    """Let somebody read an item, or a case that items label; they are acquainted with it from now on. Raises Refusal where they are sitting an exam with it."""
    assert by.id is not None, "people read"
    if may_read(by.id, kind, slug):
        return
    refuse_own_form(by.id, kind, slug)
    note_text_acquaintance(by.id, kind, slug, Acquaintance.OPENED, now=now)
    record(f"{kind.value}.opened", by=by, subject=(kind.value, slug), now=now)
