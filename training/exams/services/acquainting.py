"""Who knows which item, and so never draws it."""

from collections.abc import Collection
from datetime import datetime

from training.db import db
from training.exams import queries
from training.exams.models import Item, ItemAcquaintance, TextAcquaintance
from training.exams.queries.bank import acquaintances_with_texts, items_of_text, items_of_texts, knows_text, texts_known
from training.exams.rules.acquaintance import Acquaintance, KnownText


def note_acquaintance(person_id: int, item: Item, how: Acquaintance, *, now: datetime) -> None:
    """Remember that this person knows this item; they will never draw it."""
    if not queries.is_acquainted(person_id, item.id, how):
        db.session.add(ItemAcquaintance(person_id=person_id, item_id=item.id, how=how.value, recorded_at=now))
        db.session.flush()


def note_text_acquaintance(person_id: int, kind: KnownText, slug: str, how: Acquaintance, *, now: datetime) -> None:
    """Remember that this person knows the text of an item or a case: they draw no item that is made of it, now or later, whoever brings it in."""
    if not knows_text(person_id, kind, slug, how):
        db.session.add(TextAcquaintance(person_id=person_id, kind=kind.value, slug=slug, how=how.value, recorded_at=now))
        db.session.flush()
    for item in items_of_text(kind, slug):
        note_acquaintance(person_id, item, how, now=now)


def note_texts_acquaintance(person_id: int, kind: KnownText, slugs: Collection[str], how: Acquaintance, *, now: datetime) -> None:
    """The same of many texts at once."""
    known = texts_known(person_id, kind, slugs, how)
    rows = [TextAcquaintance(person_id=person_id, kind=kind.value, slug=slug, how=how.value, recorded_at=now) for slug in slugs if slug not in known]
    db.session.add_all(rows)
    db.session.flush()
    for item in items_of_texts(kind, slugs):
        note_acquaintance(person_id, item, how, now=now)


def know_by_text(item: Item, case_slug: str | None, *, now: datetime) -> None:
    """Let everybody who knows the text of this item, or of the case that it labels, be acquainted with it."""
    for known in acquaintances_with_texts(item.slug, case_slug):
        note_acquaintance(known.person_id, item, Acquaintance(known.how), now=now)
