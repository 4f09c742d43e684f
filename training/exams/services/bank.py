"""Storing items as the training team wrote them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.cases import queries as cases
from training.cases.models import Case
from training.cases.rules import Difficulty, Pool, Severity
from training.db import db
from training.documents import content_hash
from training.errors import Refusal
from training.exams import queries
from training.exams.documents import TYPING_AREA, ItemDocument, stored_document
from training.exams.models import Item, ItemVersion
from training.exams.queries.rulings import rulings_in_force
from training.exams.rendering import stem_html
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import DRAWN_STATES, DecisionClass, ItemKind, ItemState
from training.exams.rules.editorial import changed_key, changed_traits
from training.exams.rules.reasons import BankRefusal
from training.exams.rules.responses import critical_share
from training.exams.services.acquainting import know_by_text, note_acquaintance
from training.exams.services.holding import release_rekeyed
from training.exams.services.refreshing import compute_anew
from training.media.models import MediaFile

NO_MEDIA: Mapping[str, MediaFile] = MappingProxyType({})


def store_item(document: ItemDocument, *, media: Mapping[str, MediaFile] = NO_MEDIA, by: Actor, now: datetime) -> bool:
    """Make the bank hold this item as the document says. Says whether anything changed.

    A text, key, file or case that differs makes a new version; whether it is live or public, and its tags, do not. One that is only corrected
    says the same in better words and continues the version before: its statistics count for both. Whoever stores a
    version is taken to have written it and never draws the item. `media` holds the stored file for each that the document names. Raises Refusal.
    """
    item = queries.item_by_slug(document.id)
    if item is not None and item.kind != document.kind:
        raise Refusal(BankRefusal.KIND_IS_FIXED, item=document.id, kind=item.kind)
    version = version_of(document, media, now=now)
    latest = queries.latest_item_version(item.id) if item is not None else None
    if latest is not None:
        _continue(document, version, latest)
    changed = item is None or (item.document_state, item.is_public, item.tags) != (document.state.value, document.public, _tagged(document))
    if item is None:
        item = Item(slug=document.id, kind=document.kind.value, state=document.state.value)
        db.session.add(item)
    _follow_document(item, document)
    db.session.flush()
    has_new_version = _add_version(item, version, latest)
    if has_new_version and by.kind is ActorKind.PERSON and by.id is not None:
        note_acquaintance(by.id, item, Acquaintance.WROTE, now=now)
    if has_new_version and version.continues_id is None:
        release_rekeyed(item, now=now)
    if has_new_version:
        know_by_text(item, document.case, now=now)
    if changed or has_new_version:
        record("item.stored", by=by, subject=("item", document.id), now=now, detail={"state": item.state, "content_hash": version.content_hash})
    return changed or has_new_version


def _follow_document(item: Item, document: ItemDocument) -> None:
    """Take over what the document says of the item itself; one that was held since waits until it is released."""
    stays_held = item.state == ItemState.HELD and item.document_state != ItemState.HELD and document.state in DRAWN_STATES
    item.document_state, item.is_public, item.tags = document.state.value, document.public, _tagged(document)
    item.state = ItemState.HELD.value if stays_held else document.state.value


def _tagged(document: ItemDocument) -> str:
    return f" {' '.join(document.tags)} " if document.tags else ""


def follow_case(slug: str, *, by: Actor, now: datetime) -> bool:
    """Make the items that label this case pin its current version and reference. Says whether any changed.

    Attempts that began before keep what they pinned.
    """
    changed = False
    for item in queries.items_of_case(slug):
        state, tags = ItemState(item.document_state), tuple(item.tags.split())
        document = ItemDocument(id=item.slug, kind=ItemKind.CASE, state=state, public=item.is_public, tags=tags, case=slug)
        changed = store_item(document, by=by, now=now) or changed
    return changed


def _continue(document: ItemDocument, version: ItemVersion, latest: ItemVersion) -> None:
    """Let a corrected version continue the one before. Raises Refusal where more was changed than is said, or the key was ruled wrong."""
    if version.content_hash == latest.content_hash or not (document.editorial or _is_corrected_case(version, latest)):
        return
    changed = (*changed_traits(latest.traits, version.traits), *changed_key(ItemKind(version.kind), latest.document, version.document))
    is_ruled = latest.id in rulings_in_force([latest.id])
    if document.editorial is not None:
        _refuse_no_correction(document, latest, changed, is_ruled=is_ruled)
    if not changed and not is_ruled:
        version.continues_id = latest.id


def _refuse_no_correction(document: ItemDocument, latest: ItemVersion, changed: Sequence[str], *, is_ruled: bool) -> None:
    if latest.editorial == document.editorial:
        raise Refusal(BankRefusal.CORRECTION_SAID_BEFORE, item=document.id, said=document.editorial)
    if changed:
        raise Refusal(BankRefusal.NO_CORRECTION, item=document.id, fields=", ".join(changed))
    if is_ruled:
        raise Refusal(BankRefusal.KEY_WAS_RULED, item=document.id)


def _is_corrected_case(version: ItemVersion, latest: ItemVersion) -> bool:
    """Whether the case and the reference that it pins are those of the version before, in better words."""
    pinned = (version.case_version_id, version.reference_id), (latest.case_version_id, latest.reference_id)
    return version.kind == ItemKind.CASE and cases.is_corrected(*pinned)


def _add_version(item: Item, version: ItemVersion, latest: ItemVersion | None) -> bool:
    if latest is not None and latest.content_hash == version.content_hash:
        return False
    version.item_id = item.id
    version.number = latest.number + 1 if latest else 1
    db.session.add(version)
    db.session.flush()
    if version.continues_id is not None:
        compute_anew()
    item.current_version = version
    db.session.flush()
    return True


def version_of(document: ItemDocument, media: Mapping[str, MediaFile], *, now: datetime) -> ItemVersion:
    """The version that an item of this document has or would have; it is not kept. Raises Refusal where its case or a file is not there."""
    return _case_version(document, now) if document.kind is ItemKind.CASE else _own_version(document, media, now)


def _own_version(document: ItemDocument, media: Mapping[str, MediaFile], now: datetime) -> ItemVersion:
    said = document.said()
    shown = {name: _shown(document, name, media).sha256 for name in document.media_files}
    return ItemVersion(
        kind=document.kind.value,
        document=stored_document(document, {name: _shown(document, name, media) for name in shown}),
        stem_html=stem_html(document.stem or ""),
        content_hash=content_hash([said, shown] if shown else said),
        area=document.area or TYPING_AREA,
        severity=(document.severity or Severity.S0).value,
        decision_class=(document.decision_class or DecisionClass.KNOWLEDGE).value,
        difficulty=(document.difficulty or Difficulty.TYPICAL).value,
        language=document.language,
        family=document.family,
        clauses=list(document.clauses),
        critical_share=critical_share(document.kind, document.key, [option.id for option in document.options]) if document.options else 0.0,
        is_right_or_wrong=document.is_right_or_wrong,
        recorded_at=now,
        editorial=document.editorial,
    )


def _shown(document: ItemDocument, name: str, media: Mapping[str, MediaFile]) -> MediaFile:
    if name not in media:
        raise Refusal(BankRefusal.MEDIA_MISSING, item=document.id, file=name)
    return media[name]


def _case_version(document: ItemDocument, now: datetime) -> ItemVersion:
    case = _examined_case(document)
    reference = cases.reference(case.current_reference_id or 0)
    assert reference is not None, "a stored case has a reference"
    pinned = {
        "case_version": case.current_version_id,
        "reference": reference.id,
        "area": case.area,
        "family": case.family,
        "difficulty": case.difficulty,
        "language": case.language,
    }
    return ItemVersion(
        kind=ItemKind.CASE.value,
        document={},
        content_hash=content_hash(pinned),
        area=case.area,
        severity=reference.severity or Severity.S0.value,
        decision_class=(DecisionClass.INNOCENT if case.is_innocent else DecisionClass.VIOLATING).value,
        difficulty=case.difficulty,
        language=case.language,
        family=case.family,
        clauses=reference.clauses,
        critical_share=1.0 if reference.is_critical else 0.0,
        case_version_id=case.current_version_id,
        reference_id=reference.id,
        recorded_at=now,
    )


def _examined_case(document: ItemDocument) -> Case:
    case = cases.case_by_slug(document.case or "")
    if case is None or case.current_version_id is None:
        raise Refusal(BankRefusal.CASE_UNKNOWN, item=document.id, case=document.case)
    if case.pool != Pool.EXAM:
        raise Refusal(BankRefusal.CASE_NOT_FOR_EXAMS, item=document.id, case=document.case)
    return case
