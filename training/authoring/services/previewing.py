"""Items, cases and modules as those see them whom they are for, before anybody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.authoring.models import Draft
from training.authoring.queries.drafts import open_draft_of
from training.authoring.queries.files import media_of_drafts
from training.authoring.queries.lists import open_texts_of
from training.authoring.rules.documents import language_of, original_of
from training.authoring.services.checking import Checked, check_draft
from training.cases.documents import CaseDocument
from training.content_store.queries import media_by_name, running_folder
from training.content_store.rules.kinds import Kind
from training.courses.documents import ModuleDocument
from training.db import db
from training.errors import NotFound
from training.exams.documents import ItemDocument
from training.exams.models import ItemVersion
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.drawing import shown_order
from training.exams.services import version_of

InLanguage = tuple[str, str]
"""A language, and the id of the document that is in it."""
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


def preview_of(document: ItemDocument, draft: Draft | None, *, now: datetime) -> Previewed:
    """The item with its options mixed as an exam mixes them; `draft` is the one that its text is from, with its files.

    Raises Refusal where its case or a file is not there.
    """
    media = {**media_by_name(), **(media_of_drafts([draft]) if draft else {})}
    with db.session.no_autoflush:
        version = version_of(document, media, now=now)
    parts = version.document.get("options") or version.document.get("steps") or ()
    order = shown_order([part["id"] for part in parts], ORDER_SEED, 1, never_as_written=document.kind is ItemKind.ORDERING)
    return Previewed(version, order)


def in_other_languages(document: ItemDocument | CaseDocument) -> list[InLanguage]:
    """The items, or the cases, of its family that run in another language: each one's language and id."""
    if document.family is None:
        return []
    kind = Kind.ITEM if isinstance(document, ItemDocument) else Kind.CASE
    found = [source.document for source in running_folder({kind}).of(type(document)).values()]
    return sorted((each.language, each.id) for each in found if each.family == document.family and each.language and each.language != document.language)


@dataclass(frozen=True, slots=True)
class ModuleInHand:
    """A module as its open draft says it, else as it runs; `document` is nothing where the draft holds none yet."""

    slug: str
    draft: Draft | None
    document: ModuleDocument | None


def module_in_hand(slug: str) -> ModuleInHand:
    """The module of this id. Raises NotFound where none runs and none is being written."""
    draft = open_draft_of(Kind.MODULE, slug)
    if draft is not None:
        return in_draft(draft)
    source = running_folder({Kind.MODULE}).of(ModuleDocument).get(slug)
    if source is None:
        raise NotFound(slug)
    return ModuleInHand(slug, None, source.document)


def in_draft(draft: Draft) -> ModuleInHand:
    """The module that a draft says."""
    source = check_draft(draft).source
    return ModuleInHand(draft.slug, draft, source.document if source and isinstance(source.document, ModuleDocument) else None)


def module_languages(document: ModuleDocument) -> list[InLanguage]:
    """The same module in other languages, its original among them, as it runs or is being written: each one's language and id."""
    running = running_folder({Kind.MODULE}).of(ModuleDocument).values()
    told = {source.slug: (source.document.language, source.document.original.slug if source.document.original else None) for source in running}
    told |= {slug: (language_of(text) or "", original_of(text)) for _, slug, text in open_texts_of(Kind.MODULE)}
    own = document.original.slug if document.original else document.id
    return sorted((language, slug) for slug, (language, original) in told.items() if own in {slug, original} and slug != document.id and language)
