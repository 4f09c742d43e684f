"""What was gathered, stored: all of it, or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import insert, update

from training.actors import Actor
from training.audit.services import record
from training.cases.importing.drafts import Draft
from training.cases.models import CaseImport, ImportedCase, Redaction
from training.cases.queries import imports as queries
from training.cases.queries.imports import KnownRow
from training.cases.services.gathering import Checked, Original
from training.db import db

ROWS_AT_ONCE = 500
ALONE: Mapping[str, None] = {"duplicate_of_id": None, "duplicate_of_case_id": None, "likeness_percent": None}
"""Columns of a draft that is like no other."""


class Deed(StrEnum):
    """What comes of one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PUBLISHED = "published"
    """It differs from what was brought in before, but a case runs of it: that is changed by its document, not by its source."""


def deeds(checked: Checked) -> Counter[Deed]:
    """What bringing this in would do, against what is known now."""
    known = queries.known_rows(checked.mapping.document.source)
    return Counter(_deed(made, known.get(made.key)) for made in checked.drafts)


def _deed(made: Draft, known: KnownRow | None) -> Deed:
    if known is None:
        return Deed.NEW
    if known.digest == made.digest:
        return Deed.SAME
    return Deed.PUBLISHED if known.is_published else Deed.CHANGED


def bring_in(checked: Checked, *, by: Actor, now: datetime) -> Counter[Deed]:
    """Store the drafts of a file that was checked; what came of its rows. Where nothing is new, nothing is stored.

    The caller begins to write before, so that nothing that is known changes meanwhile.
    """
    queries.wait_for_other_imports()
    source = checked.mapping.document.source
    known = queries.known_rows(source)
    done = Counter(_deed(made, known.get(made.key)) for made in checked.drafts)
    if not done[Deed.NEW] and not done[Deed.CHANGED]:
        return done
    batch = CaseImport(
        source=source,
        file_name=checked.path.name.encode("utf-8", "replace").decode()[:200],
        file_hash=checked.file_hash,
        mapping=checked.mapping.text,
        recorded_at=now,
        **{f"{deed.value}_count": done[deed] for deed in Deed},
    )
    db.session.add(batch)
    db.session.flush()
    ids: dict[int, int] = {}
    touched: set[int] = set()
    rows = enumerate(checked.drafts)
    while part := list(islice(rows, ROWS_AT_ONCE)):
        ids |= {position: known[made.key].id for position, made in part if made.key in known}
        touched |= _store(part, batch, known, ids)
    _store_likenesses({position: original for position, original in checked.originals.items() if position in touched}, ids)
    counts = {deed.value: done[deed] for deed in Deed}
    record("cases.imported", by=by, subject=("case_import", batch.id), now=now, detail={"source": source, **counts})
    return done


def _store(part: Sequence[tuple[int, Draft]], batch: CaseImport, known: Mapping[str, KnownRow], ids: dict[int, int]) -> set[int]:
    """Store what is new or changed of these, with the log of what was taken out of it; their positions. New rows enter `ids`."""
    made_of = dict(part)
    does = {position: _deed(made, known.get(made.key)) for position, made in part}
    new = [position for position in made_of if does[position] is Deed.NEW]
    changed = [position for position in made_of if does[position] is Deed.CHANGED]
    if new:
        stored = db.session.scalars(
            insert(ImportedCase).returning(ImportedCase.id, sort_by_parameter_order=True), [_columns(made_of[position], batch) for position in new]
        )
        ids |= dict(zip(new, stored, strict=True))
    if changed:
        db.session.execute(update(ImportedCase), [{"id": ids[position], **ALONE, **_columns(made_of[position], batch)} for position in changed])
    removals = [
        {"import_id": batch.id, "imported_case_id": ids[position], **asdict(removal)} for position in (*new, *changed) for removal in made_of[position].removals
    ]
    if removals:
        db.session.execute(insert(Redaction), removals)
    return {*new, *changed}


def _columns(made: Draft, batch: CaseImport) -> dict[str, Any]:
    return {
        "source": batch.source,
        "key": made.key,
        "slug": made.made.slug,
        "import_id": batch.id,
        "line": made.line,
        "surface": made.made.facts["surface"],
        "facts": dict(made.made.facts),
        "content": dict(made.made.content),
        "reference": dict(made.made.reference),
        "label_facts": dict(made.label_facts),
        "unknown": dict(made.unknown),
        "is_complete": made.is_complete,
        "digest": made.digest,
    }


def _store_likenesses(originals: Mapping[int, Original], ids: Mapping[int, int]) -> None:
    """Say of each draft what it is like, now that every row has its id."""
    rows = [
        {
            "id": ids[position],
            "duplicate_of_id": ids[original.position] if original.position is not None else original.draft_id,
            "duplicate_of_case_id": original.case_id,
            "likeness_percent": original.percent,
        }
        for position, original in originals.items()
    ]
    if rows:
        db.session.execute(update(ImportedCase), rows)
