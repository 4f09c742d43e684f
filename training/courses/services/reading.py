"""Note what people read, acknowledge, pass and practise."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.courses.models import COUNT_ONE_ANSWER, NOTE_SECTION_READ, Acknowledgement, CheckPass, ModuleVersion
from training.courses.queries import acknowledgement, sections_read, studies_of
from training.courses.rules.versions import ModuleRefusal
from training.db import db
from training.errors import Refusal


def acknowledge(person_id: int, module_version: ModuleVersion, *, by: Actor, now: datetime) -> Acknowledgement:
    """This person has read this version; saying so twice is saying it once.

    Raises Refusal where a newer version was published meanwhile.
    """
    if (known := acknowledgement(person_id, module_version.id)) is not None:
        return known
    module, version_id = module_version.module, module_version.id
    if module.current_version_id != version_id:
        raise Refusal(ModuleRefusal.VERSION_IS_NOT_CURRENT, version=str(module_version.version))
    said = _acknowledgement(person_id, module_version, now=now)
    try:
        with db.session.begin_nested():
            db.session.add(said)
    except IntegrityError:
        return acknowledgement(person_id, version_id) or said
    record("module.acknowledged", by=by, subject=("person", person_id), now=now, detail={"module": module.slug, "version": str(said.version)})
    return said


def _acknowledgement(person_id: int, module_version: ModuleVersion, *, now: datetime) -> Acknowledgement:
    return Acknowledgement(
        person_id=person_id,
        module_id=module_version.module_id,
        module_version_id=module_version.id,
        major=module_version.major,
        minor=module_version.minor,
        patch=module_version.patch,
        acknowledged_at=now,
        recorded_at=now,
    )


def mark_sections_read(person_id: int, module_version: ModuleVersion, anchors: Iterable[str], *, now: datetime) -> frozenset[str]:
    """Note the sections that this person has read; anchors that this version does not have are passed over. Returns all that are read."""
    known = frozenset(section.anchor for section in module_version.contents)
    already = sections_read(person_id, module_version.id)
    fresh = known.intersection(anchors) - already
    for anchor in sorted(fresh):
        db.session.execute(NOTE_SECTION_READ, {"person_id": person_id, "module_version_id": module_version.id, "anchor": anchor, "read_at": now})
    return already | fresh


def record_check_pass(person_id: int, check_slug: str, *, now: datetime) -> None:
    """This person passed a check; a course that names it counts it."""
    db.session.add(CheckPass(person_id=person_id, check_slug=check_slug, passed_at=now))
    db.session.flush()


def note_practice(person_id: int, *, area: str, now: datetime) -> bool:
    """This person answered one more practice case of this area; says whether that is just as much as a course of the area asks for."""
    db.session.execute(COUNT_ONE_ANSWER, {"person_id": person_id, "area": area})
    return studies_of(person_id).has_just_practised_enough(area)
