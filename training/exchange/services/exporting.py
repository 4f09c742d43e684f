"""Items taken away in a format of other programs: by people who from then on never sit them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from training.actors import Actor
from training.audit.services import record
from training.content_store.documents.reading import read_document
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import Refusal
from training.exams.documents import ItemDocument
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.services import note_texts_acquaintance
from training.exchange import queries
from training.exchange.rules.exporting import Carrying, ExportFormat, carried
from training.exchange.rules.states import ExchangeRefusal

MOST_ITEMS = 2_000
"""Of one file."""


@dataclass(frozen=True, slots=True)
class Export:
    """Items in a format, each with what of it is not in the file."""

    into: ExportFormat
    found: Sequence[Carrying]


def foresee(slugs: Sequence[str], into: ExportFormat) -> Export:
    """What would be in the file. Raises Refusal where nothing, or too much, is chosen."""
    if not slugs:
        raise Refusal(ExchangeRefusal.NOTHING_CHOSEN)
    if len(slugs) > MOST_ITEMS:
        raise Refusal(ExchangeRefusal.TOO_MANY_CHOSEN, most=MOST_ITEMS)
    read = (read_document(PurePosixPath(stored.path), stored.text, Kind.ITEM).source for stored in queries.stored_items(slugs))
    items = [source.document for source in read if source is not None and isinstance(source.document, ItemDocument)]
    if not items:
        raise Refusal(ExchangeRefusal.NOTHING_CHOSEN)
    return Export(into, carried(items, into))


def take_away(slugs: Sequence[str], into: ExportFormat, *, by: Actor, now: datetime) -> Export:
    """The same for good: whoever takes items away knows what they ask. Raises Refusal where the format carries none of them."""
    export = foresee(slugs, into)
    along = [each.item for each in export.found if each.text is not None]
    if not along or by.id is None:
        raise Refusal(ExchangeRefusal.NOTHING_CARRIED)
    note_texts_acquaintance(by.id, KnownText.ITEM, [item.id for item in along], Acquaintance.OPENED, now=now)
    cases = [item.case for item in along if item.case is not None]
    if cases:
        note_texts_acquaintance(by.id, KnownText.CASE, cases, Acquaintance.OPENED, now=now)
    detail = {"format": into.value, "items": [item.id for item in along]}
    record("items.exported", by=by, subject=("items", into.value), now=now, detail=detail)
    db.session.flush()
    return export
