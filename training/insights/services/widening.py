"""Noting each of the people whom a change about many concerns."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from training.courses.models import Assignment
from training.db import db, one_of_ids
from training.insights import queries
from training.insights.models import OrganisationNote, OrganisationWideNote


def note_each(*, now: datetime) -> None:
    """Note everybody whom changes about many concern, each once."""
    queries.hold_counting()
    wide = db.session.scalars(select(OrganisationWideNote).order_by(OrganisationWideNote.id)).all()
    people = set(queries.people_with({note.topic for note in wide if note.topic is not None}))
    for asked in db.session.scalars(select(Assignment).where(Assignment.id.in_({note.assignment_id for note in wide if note.assignment_id is not None}))):
        people |= queries.people_asked(asked)
    if people:
        db.session.execute(insert(OrganisationNote), [{"person_id": person_id, "due_at": now} for person_id in sorted(people)])
    seen = delete(OrganisationWideNote).where(one_of_ids(OrganisationWideNote.id, "ids"))
    db.session.execute(seen.execution_options(synchronize_session=False), {"ids": [note.id for note in wide]})
