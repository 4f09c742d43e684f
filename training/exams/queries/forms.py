"""Forms as they were pinned. Neither an item version nor a place of a form is ever edited, so each process reads them once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from training.db import Remembered, db
from training.exams.models import Attempt, FormItem, ItemVersion


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a form: what is asked there, and in which order its options are shown."""

    position: int
    version: ItemVersion
    option_order: tuple[str, ...]
    is_pilot: bool


_VERSIONS: Remembered[int, ItemVersion] = Remembered(5_000)
_FORMS: Remembered[str, Mapping[int, Place]] = Remembered(5_000)
"""By public id: it is a chance that no other attempt gets it, even where a row's number is given out again after a rollback."""


def item_versions(version_ids: Collection[int]) -> dict[int, ItemVersion]:
    """These versions, by id. They belong to no session: read them, and never hand them to one."""
    found = {version_id: version for version_id in version_ids if (version := _VERSIONS.get(version_id)) is not None}
    missing = sorted(set(version_ids) - found.keys())
    if missing:
        for row in db.session.execute(select(*ItemVersion.__table__.columns).where(ItemVersion.id.in_(missing))):
            found[row.id] = _VERSIONS.put(row.id, ItemVersion(**row._mapping))
    return found


def pinned_form(public_id: str) -> Mapping[int, Place]:
    """The places of this attempt's form that are pinned now, by position."""
    columns = (FormItem.position, FormItem.item_version_id, FormItem.option_order, FormItem.is_pilot)
    rows = db.session.execute(select(*columns).join(Attempt, Attempt.id == FormItem.attempt_id).where(Attempt.public_id == public_id)).all()
    versions = item_versions({row.item_version_id for row in rows})
    places = [Place(row.position, versions[row.item_version_id], tuple(row.option_order), row.is_pilot) for row in rows]
    return _FORMS.put(public_id, {place.position: place for place in sorted(places, key=lambda place: place.position)})


def pinned_place(public_id: str, position: int) -> Place | None:
    """One place of this attempt's form; nothing where it has no such place, or not yet."""
    known = _FORMS.get(public_id)
    place = known.get(position) if known is not None else None
    return place or pinned_form(public_id).get(position)
