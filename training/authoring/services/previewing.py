"""An item as a candidate would see it, before anybody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.authoring.services.checking import Checked
from training.content_store.queries import media_by_name, running_folder
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound
from training.exams.documents import ItemDocument
from training.exams.models import ItemVersion
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.drawing import shown_order
from training.exams.services import version_of

ORDER_SEED = 1
"""By which a preview mixes the options: the same at every look."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """An item version, kept or not, with the order in which its options are shown."""

    version: ItemVersion
    option_order: Sequence[str]


def item_in(checked: Checked) -> ItemDocument | None:
    """The item that a checked text holds."""
    document = checked.source.document if checked.source else None
    return document if isinstance(document, ItemDocument) else None


def running_item(slug: str) -> ItemDocument:
    """The item of this id that runs. Raises NotFound."""
    found = running_folder({Kind.ITEM}).of(ItemDocument).get(slug)
    if found is None:
        raise NotFound(slug)
    return found.document


def preview_of(document: ItemDocument, *, now: datetime) -> Previewed:
    """The item with its options mixed as an exam mixes them. Raises Refusal where its case or a file is not there."""
    with db.session.no_autoflush:
        version = version_of(document, media_by_name(), now=now)
    parts = version.document.get("options") or version.document.get("steps") or ()
    order = shown_order([part["id"] for part in parts], ORDER_SEED, 1, never_as_written=document.kind is ItemKind.ORDERING)
    return Previewed(version, order)


def in_other_languages(document: ItemDocument) -> list[tuple[str, str]]:
    """The items of its family that run in another language: each one's language and id."""
    if document.family is None:
        return []
    items = [source.document for source in running_folder({Kind.ITEM}).of(ItemDocument).values()]
    return sorted((item.language, item.id) for item in items if item.family == document.family and item.language and item.language != document.language)
