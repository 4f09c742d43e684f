"""Forms as they were pinned. Neither an item version nor a place of a form is ever edited, so each process reads them once."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select, text

from training.db import Prepared, Remembered, db, json_row, json_rows, json_value, told
from training.exams.models import Attempt, FormItem, ItemVersion


@dataclass(frozen=True, slots=True)
class PinnedPlace:
    """One place of a form: what is asked there, and in which order its options are shown."""

    position: int
    version: ItemVersion
    option_order: tuple[str, ...]
    is_pilot: bool


_VERSIONS: Remembered[int, ItemVersion] = Remembered(5_000)
_FORMS: Remembered[str, Mapping[int, PinnedPlace]] = Remembered(5_000)
"""By public id: it is a chance that no other attempt gets it, even where a row's number is given out again after a rollback."""


def item_versions(version_ids: Collection[int]) -> dict[int, ItemVersion]:
    """These versions, by id. They belong to no session: read them, and never hand them to one."""
    found = {version_id: version for version_id in version_ids if (version := _VERSIONS.get(version_id)) is not None}
    missing = sorted(set(version_ids) - found.keys())
    if missing:
        for row in db.session.execute(select(*ItemVersion.__table__.columns).where(ItemVersion.id.in_(missing))):
            found[row.id] = _VERSIONS.put(row.id, ItemVersion(**row._mapping))
    return found


_PLACES = Prepared(
    select(
        told(
            select(json_rows(json_row(FormItem.position, FormItem.item_version_id, FormItem.is_pilot, json_value(FormItem.option_order)))).where(
                FormItem.attempt_id == Attempt.id
            )
        )
    ).where(Attempt.public_id == bindparam("public_id"))
)


def pinned_form(public_id: str) -> Mapping[int, PinnedPlace]:
    """The places of this attempt's form that are pinned now, by position."""
    rows = [row for (found,) in _PLACES.here(public_id=public_id) for row in sorted(json.loads(found))]
    versions = item_versions({version_id for _position, version_id, *_rest in rows})
    places = [PinnedPlace(position, versions[version_id], tuple(order), bool(is_pilot)) for position, version_id, is_pilot, order in rows]
    return _FORMS.put(public_id, {place.position: place for place in places})


def pinned_place(public_id: str, position: int) -> PinnedPlace | None:
    """One place of this attempt's form; nothing where it has no such place, or not yet."""
    known = _FORMS.get(public_id)
    place = known.get(position) if known is not None else None
    return place or pinned_form(public_id).get(position)


_PIN = {
    "postgresql": """
        INSERT INTO form_items (attempt_id, position, item_version_id, option_order, is_pilot)
        SELECT CAST(:attempt_id AS integer), place.position, place.item_version_id, place.option_order, place.is_pilot
        FROM jsonb_to_recordset(CAST(:places AS jsonb)) AS place (position integer, item_version_id integer, option_order jsonb, is_pilot boolean)
    """,
    "sqlite": """
        INSERT INTO form_items (attempt_id, position, item_version_id, option_order, is_pilot)
        SELECT :attempt_id, value ->> 'position', value ->> 'item_version_id', value -> 'option_order', value ->> 'is_pilot' FROM json_each(:places)
    """,
}


def pin_places(attempt_id: int, places: Iterable[PinnedPlace]) -> None:
    """Put these places on the form: one statement, however many they are."""
    rows = [
        {"position": place.position, "item_version_id": place.version.id, "option_order": place.option_order, "is_pilot": place.is_pilot} for place in places
    ]
    db.session.execute(text(_PIN[db.engine.dialect.name]), {"attempt_id": attempt_id, "places": json.dumps(rows)})
