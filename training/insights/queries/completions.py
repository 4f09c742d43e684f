"""When people first completed a course."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Select, func, select

from training.courses.documents import CourseDocument
from training.courses.models import Acknowledgement, CheckPass, Module
from training.courses.queries import courses
from training.db import UtcDateTime, db
from training.judgements.models import Judgement
from training.judgements.queries import IS_FIRST
from training.judgements.rules import Source

Steps = Mapping[str, datetime]
"""When one person did each of several things, by slug."""


def courses_completed(person_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these people had first done all that some course asks for as it stands now.

    That is: they acknowledged some version of each module, passed each check, and answered as many practice cases. Who did not is left out.
    """
    ids = sorted(person_ids)
    read, passed = _read(ids), _passed(ids)
    areas = dict(db.session.execute(select(Module.slug, Module.area)).all())
    found: dict[int, datetime] = {}
    for _course, document in courses():
        learned = {person_id: at for person_id in ids if (at := _learned(document, read[person_id], passed[person_id])) is not None}
        for person_id, at in _practised(document, areas, learned).items():
            found[person_id] = min(at, found.get(person_id, at))
    return found


def _learned(document: CourseDocument, read: Steps, passed: Steps) -> datetime | None:
    """When the last of its modules was acknowledged and the last of its checks passed."""
    done = [*(read.get(slug) for slug in document.modules), *(passed.get(slug) for slug in document.checks)]
    known = [at for at in done if at is not None]
    return max(known) if len(known) == len(done) else None


def _practised(document: CourseDocument, areas: Mapping[str, str], learned: Mapping[int, datetime]) -> dict[int, datetime]:
    """When those who learned it had also answered enough cases."""
    if not document.practice_count or not learned:
        return {**learned}
    own = (Judgement.source == Source.PRACTICE.value, IS_FIRST, Judgement.area.in_(sorted({areas[slug] for slug in document.modules if slug in areas})))
    place = func.row_number().over(partition_by=Judgement.person_id, order_by=(Judgement.given_at, Judgement.id))
    answers = select(Judgement.person_id, Judgement.given_at, place.label("place")).where(Judgement.person_id.in_(sorted(learned)), *own).subquery()
    rows = db.session.execute(select(answers.c.person_id, answers.c.given_at).where(answers.c.place == document.practice_count))
    return {person_id: max(at, learned[person_id]) for person_id, at in rows}


def _read(person_ids: Collection[int]) -> Mapping[int, Steps]:
    asked = select(Acknowledgement.person_id, Module.slug, func.min(Acknowledgement.acknowledged_at, type_=UtcDateTime()))
    asked = asked.join(Module, Module.id == Acknowledgement.module_id).where(Acknowledgement.person_id.in_(person_ids))
    return _by_person(asked.group_by(Acknowledgement.person_id, Module.slug))


def _passed(person_ids: Collection[int]) -> Mapping[int, Steps]:
    asked = select(CheckPass.person_id, CheckPass.check_slug, func.min(CheckPass.passed_at, type_=UtcDateTime()))
    return _by_person(asked.where(CheckPass.person_id.in_(person_ids)).group_by(CheckPass.person_id, CheckPass.check_slug))


def _by_person(asked: Select[int, str, datetime]) -> Mapping[int, Steps]:
    found = defaultdict[int, dict[str, datetime]](dict)
    for person_id, slug, at in db.session.execute(asked):
        found[person_id][slug] = at
    return found
