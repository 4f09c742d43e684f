"""Drawing a form for one person: at their start, or before an announced window opens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training.db import db, insert_into
from training.exams import queries
from training.exams.models import DrawPool, PreparedForm
from training.exams.queries import PublishedExam, SequentialStart
from training.exams.rules.drawing import DRAW_VERSION, Basis, Drawn
from training.exams.rules.pilots import Place, with_pilots


@dataclass(frozen=True, slots=True)
class Draft:
    """A form before anybody sits it: how it was drawn, and what stands at each place."""

    seed: int
    pool_hash: str
    draw_version: int
    cap_note: str | None
    places: Sequence[tuple[int, bool]]
    """Item versions, and whether each is on trial."""
    shared_count: int
    recent_count: int
    sequence: SequentialStart | None = None
    is_prepared: bool = False
    """Whether the use of its items is counted already."""


def draft_for(person_id: int, exam: PublishedExam, *, allow_public: bool, seed: int, now: datetime) -> Draft | None:
    """Draw a form by this seed from what this person may meet, and keep the pool; nothing where the bank cannot fill one."""
    with_public = allow_public or not exam.document.gating
    bank = queries.bank_items(with_public=with_public, gating=exam.document.gating, person_id=person_id)
    items, usage = [item.pool_item for item in bank], queries.usage_of(exam.id, person_id, now=now)
    offer = queries.offer_of(person_id, exam, now=now)
    sequence = queries.sequential_start(exam.document, offer, items, usage, seed=seed) if offer else None
    drawn = sequence.drawn if sequence else Basis(exam.document.blueprint, items, usage).draw(seed)
    if drawn is None:
        return None
    places = tuple(Place(item) for item in drawn.form)
    if sequence is None and exam.document.pilot_items:
        drawn = replace(drawn, pool=replace(drawn.pool, pilots=queries.pilots_of(person_id, exam, usage, with_public=with_public)))
        places = with_pilots(exam.document.blueprint, drawn.form, drawn.pool, seed)
    return Draft(
        seed=seed,
        pool_hash=_keep_pool(drawn),
        draw_version=DRAW_VERSION,
        cap_note=drawn.note.value if drawn.note else None,
        places=[(place.item.version_id, place.is_pilot) for place in places],
        shared_count=sum(item.is_seen for item in drawn.form),
        recent_count=sum(item.is_recent and not item.is_seen for item in drawn.form),
        sequence=sequence,
    )


def _keep_pool(drawn: Drawn) -> str:
    """Keep what was drawn from, once for all who drew from the same; under which hash."""
    pool_hash = drawn.pool.hash()
    db.session.execute(insert_into(DrawPool).values(hash=pool_hash, record=drawn.pool.record()).on_conflict_do_nothing())
    return pool_hash


def prepared_draft(person_id: int, exam: PublishedExam, *, allow_public: bool) -> Draft | None:
    """The form that was prepared for this person and that they may still sit."""
    form = queries.prepared_form(person_id, exam, with_public=allow_public or not exam.document.gating) if exam.document.window else None
    return _as_draft(form) if form else None


def _as_draft(form: PreparedForm) -> Draft:
    return Draft(
        seed=form.seed,
        pool_hash=form.pool_hash,
        draw_version=form.draw_version,
        cap_note=form.cap_note,
        places=[(version_id, is_pilot) for version_id, is_pilot in form.record["places"]],
        shared_count=form.record["shared_items"],
        recent_count=form.record["recent_families"],
        is_prepared=True,
    )
