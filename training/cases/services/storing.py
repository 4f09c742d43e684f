"""What this room does: it stores what the training team wrote. Nothing stored is ever edited; what differs is another version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from training.actors import Actor
from training.audit.services import record
from training.cases import queries
from training.cases.documents import CaseDocument, TaxonomyDocument, fingerprint_parts, mark_document
from training.cases.models import Case, CaseReference, CaseVersion, TaxonomyArea, TaxonomyLabel
from training.cases.rules import CaseRefusal, Severity
from training.cases.services.holding import release_rekeyed
from training.db import db
from training.errors import Refusal
from training.media.models import MediaFile

DECIDING = ("decisions", "labels", "severity", "escalate_to", "must_escalate", "partial_credits")
"""What of a reference decides whether an answer is right."""


def fingerprint(value: object) -> str:
    """A hash that is the same exactly when the JSON of the value is."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def store_taxonomy(document: TaxonomyDocument, *, now: datetime, by: Actor) -> bool:
    """Make the taxonomy say what the document says; whether anything changed.

    Codes that the document no longer lists are retired, not deleted: old references keep their meaning.
    """
    areas = {area.code: {"title": area.title, "position": position} for position, area in enumerate(document.areas)}
    labels = {label.code: _label_columns(label.model_dump(mode="json") | {"position": position}) for position, label in enumerate(document.labels)}
    for label in document.labels:
        labels[label.code] |= {"surfaces": [surface.value for surface in label.surface_list], "synonyms": label.synonyms}
    changed = _store_rows(TaxonomyArea, areas, now=now)
    db.session.flush()
    changed = _store_rows(TaxonomyLabel, labels, now=now) or changed
    if changed:
        record("taxonomy.stored", by=by, subject=("taxonomy", "taxonomy"), now=now, detail={"label_count": len(labels)})
    return changed


def _label_columns(values: dict[str, Any]) -> dict[str, Any]:
    values["area_code"] = values.pop("area")
    del values["code"]
    return values


def _store_rows(model: type[TaxonomyArea] | type[TaxonomyLabel], wanted: Mapping[str, Mapping[str, Any]], *, now: datetime) -> bool:
    rows = {row.code: row for row in queries.every_code(model)}
    changed = False
    for code, values in wanted.items():
        if (row := rows.get(code)) is None:
            db.session.add(model(code=code, **values))
            changed = True
            continue
        for name, value in {**values, "retired_at": None}.items():
            changed = changed or getattr(row, name) != value
            setattr(row, name, value)
    for code in rows.keys() - wanted.keys():
        changed = changed or rows[code].retired_at is None
        rows[code].retired_at = rows[code].retired_at or now
    db.session.flush()
    return changed


def store_case(document: CaseDocument, *, media: Mapping[str, MediaFile], now: datetime, by: Actor) -> bool:
    """Store this case; whether anything changed. `media` holds what is stored of each file the document names.

    Content that differs makes a new version; a new version or a reference that differs makes a new reference. A case
    keeps its surface and its pool: who practised it must never be examined on it.
    """
    _refuse_missing_files(document, media)
    area_of = queries.area_of_labels()
    case = queries.case_by_slug(document.id) or Case(slug=document.id, surface=document.surface.value, pool=document.pool.value)
    _refuse_moves(case, document)
    if case.id is not None:
        _refuse_no_correction(case, document, media)
    changed = _describe(case, document, area_of=area_of)
    db.session.add(case)
    db.session.flush()
    has_new_version = _store_version(case, document, media, now=now)
    has_new_reference = _store_reference(case, document, now=now)
    changed = changed or has_new_version or has_new_reference
    if has_new_reference and document.editorial is None:
        release_rekeyed(case, now=now)
    if changed:
        record("case.stored", by=by, subject=("case", case.slug), now=now, detail={"has_new_version": has_new_version, "has_new_reference": has_new_reference})
    return changed


@dataclass(frozen=True, slots=True)
class UnkeptCase:
    """What a document would be stored as: its version and its reference, of no case and kept nowhere, and its area."""

    version: CaseVersion
    reference: CaseReference
    area: str


def unkept_case(document: CaseDocument, *, media: Mapping[str, MediaFile], now: datetime) -> UnkeptCase:
    """The case as it would be stored. Raises Refusal where a file is not stored, or a label is unknown."""
    _refuse_missing_files(document, media)
    return UnkeptCase(_version(document, media, now=now), CaseReference(**_reference_columns(document)), _area(document, queries.area_of_labels()))


def _refuse_missing_files(document: CaseDocument, media: Mapping[str, MediaFile]) -> None:
    for file in document.media_files:
        if file not in media:
            raise Refusal(CaseRefusal.FILE_MISSING, case=document.id, file=file)


def _refuse_moves(case: Case, document: CaseDocument) -> None:
    if case.surface != document.surface:
        raise Refusal(CaseRefusal.SURFACE_IS_FIXED, case=document.id)
    if case.pool != document.pool:
        raise Refusal(CaseRefusal.POOL_IS_FIXED, case=document.id)


def _refuse_no_correction(case: Case, document: CaseDocument, media: Mapping[str, MediaFile]) -> None:
    """An editorial change leaves the right decision as it is, and says anew what was corrected."""
    version, reference = next(iter(queries.versions_of(case)), None), next(iter(queries.references_of(case)), None)
    if document.editorial is None or version is None or reference is None:
        return
    columns = _reference_columns(document)
    if (version.content_hash, reference.content_hash) == (_version_digest(document, media), fingerprint(columns)):
        return
    if reference.editorial == document.editorial:
        raise Refusal(CaseRefusal.CORRECTION_SAID_BEFORE, case=document.id, said=document.editorial)
    changed = [name for name in DECIDING if getattr(reference, name) != columns[name]]
    changed += [name for name in ("language", "market") if getattr(version, name) != getattr(document, name)]
    if changed:
        raise Refusal(CaseRefusal.NO_CORRECTION, case=document.id, fields=", ".join(changed))


def _area(document: CaseDocument, area_of: Mapping[str, str]) -> str:
    """The area of the primary label; where nothing is wrong, of the clause that says so."""
    primary, clause = document.reference.labels[0], document.reference.clauses[0]
    for code in (primary, clause.partition(".")[0]):
        if code in area_of:
            return area_of[code]
    raise Refusal(CaseRefusal.LABEL_UNKNOWN, case=document.id, label=primary)


def _describe(case: Case, document: CaseDocument, *, area_of: Mapping[str, str]) -> bool:
    """Write what may change without a new version; whether any of it did."""
    severity = document.reference.severity
    columns = {
        "area": _area(document, area_of),
        "concept": document.reference.clauses[0],
        "family": document.family,
        "language": document.language,
        "market": document.market,
        "difficulty": document.difficulty.value,
        "contrast_slug": document.contrast,
        "is_innocent": document.reference.is_innocent,
        "severity": severity.value if severity else None,
    }
    changed = any(getattr(case, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(case, name, value)
    return changed


def _version_digest(document: CaseDocument, media: Mapping[str, MediaFile]) -> str:
    parts = fingerprint_parts(document, {file: media[file].sha256 for file in document.media_files})
    return fingerprint({**parts, "language": document.language, "market": document.market})


def _store_version(case: Case, document: CaseDocument, media: Mapping[str, MediaFile], *, now: datetime) -> bool:
    version = _version(document, media, now=now)
    newest = next(iter(queries.versions_of(case)), None)
    if newest is not None and newest.content_hash == version.content_hash:
        return False
    version.case_id, version.number = case.id, newest.number + 1 if newest else 1
    version.continues_id = newest.id if newest and document.editorial else None
    db.session.add(version)
    db.session.flush()
    case.current_version_id = version.id
    return True


def _version(document: CaseDocument, media: Mapping[str, MediaFile], *, now: datetime) -> CaseVersion:
    """What the document shows, of no case yet."""
    return CaseVersion(
        surface=document.surface.value,
        language=document.language,
        market=document.market,
        content=document.shown,
        images=[
            {"media_id": media[picture.file].id, "alt": picture.alt, "width": media[picture.file].width, "height": media[picture.file].height}
            for picture in document.content.images
        ],
        recording=_recording(document, media),
        content_hash=_version_digest(document, media),
        recorded_at=now,
    )


def _recording(document: CaseDocument, media: Mapping[str, MediaFile]) -> dict[str, Any] | None:
    if document.recording is None:
        return None
    file = media[document.recording.file]
    return {"media_id": file.id, "alt": document.recording.alt, "seconds": file.seconds, "width": file.width, "height": file.height}


def _store_reference(case: Case, document: CaseDocument, *, now: datetime) -> bool:
    values = _reference_columns(document)
    digest = fingerprint(values)
    newest = next(iter(queries.references_of(case)), None)
    if newest is not None and newest.content_hash == digest and newest.case_version_id == case.current_version_id:
        return False
    reference = CaseReference(
        case_id=case.id,
        case_version_id=case.current_version_id,
        number=newest.number + 1 if newest else 1,
        content_hash=digest,
        recorded_at=now,
        editorial=document.editorial,
        continues_id=newest.id if newest and document.editorial else None,
        **values,
    )
    db.session.add(reference)
    db.session.flush()
    case.current_reference_id = reference.id
    return True


def _reference_columns(document: CaseDocument) -> dict[str, Any]:
    written = document.reference.model_dump(mode="json")
    written["evidence"] = [mark_document(mark).model_dump(mode="json") for mark in document.marks]
    written["is_critical"] = document.reference.severity is Severity.S4
    return written
