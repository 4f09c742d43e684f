"""Drawing a form for one person: at their start, or before an announced window opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.db import Remembered, db, insert_into
from training.exams import queries
from training.exams.models import DrawPool
from training.exams.queries import AwaitedForm, Counts, Drawable, PublishedExam, SequentialStart
from training.exams.rules.blueprint import ItemState
from training.exams.rules.candidacy import Candidacy
from training.exams.rules.drawing import DRAW_VERSION, Basis
from training.exams.rules.pilots import Place, pilots_for, with_pilots
from training.exams.rules.pool import Pool, PoolItem


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


@dataclass(frozen=True, slots=True)
class Sitter:
    """Whom a form is drawn for, of which exam, and what it may be drawn from."""

    candidacy: Candidacy
    exam: PublishedExam
    found: Drawable
    with_public: bool

    def items(self, state: ItemState = ItemState.LIVE) -> list[PoolItem]:
        """The items in a state that they may meet."""
        chosen = self.found.bank.chosen(queries.terms_of(self.exam.document, with_public=self.with_public), known=self.found.known, state=state)
        return [item.pool_item for item in chosen]


def sitter_of(candidacy: Candidacy, exam: PublishedExam, *, allow_public: bool, now: datetime) -> Sitter:
    """This person as a form is drawn for them now. Items that anybody may have read are for exams that do not gate, unless they are allowed."""
    return Sitter(candidacy, exam, queries.drawable_for(candidacy.person_id, exam, now=now), allow_public or not exam.document.gating)


def draft_for(sitter: Sitter, *, seed: int, now: datetime) -> Draft | None:
    """Draw a form by this seed from what this person may meet, and keep the pool; nothing where the bank cannot fill one."""
    exam = sitter.exam
    counts = queries.recent_counts(exam.id, sitter.found.forms)
    offer = queries.offer_of(sitter.candidacy, exam, now=now)
    sequence = queries.sequential_start(exam.document, offer, sitter.items(), sitter.found.usage(counts), seed=seed) if offer else None
    drawn = sequence.drawn if sequence else _basis(sitter, counts).draw(seed)
    if drawn is None:
        return None
    has_pilots = sequence is None and exam.document.pilot_items
    places = with_pilots(exam.document.blueprint, drawn.form, drawn.pool, seed) if has_pilots else tuple(Place(item) for item in drawn.form)
    _keep_pool(drawn.pool)
    return Draft(
        seed=seed,
        pool_hash=drawn.pool.hash,
        draw_version=DRAW_VERSION,
        cap_note=drawn.note.value if drawn.note else None,
        places=[(place.item.version_id, place.is_pilot) for place in places],
        shared_count=sum(item.is_seen for item in drawn.form),
        recent_count=sum(item.is_recent and not item.is_seen for item in drawn.form),
        sequence=sequence,
    )


_BASES: Remembered[tuple[int, bool, int, int], Basis] = Remembered(50)
"""By exam version, whether public items are drawn, bank, and counts."""


def _basis(sitter: Sitter, counts: Counts) -> Basis:
    """What this person's form is drawn from: laid out once in each process for all who know and have met nothing yet."""
    if not sitter.found.is_everybodys:
        return _laid_out(sitter, counts)
    key = (sitter.exam.version_id, sitter.with_public, sitter.found.bank.number, counts.number)
    return _BASES.get(key) or _BASES.put(key, _laid_out(sitter, counts))


def _laid_out(sitter: Sitter, counts: Counts) -> Basis:
    blueprint, usage = sitter.exam.document.blueprint, sitter.found.usage(counts)
    pilots = pilots_for(blueprint, sitter.items(ItemState.PILOT), usage) if blueprint.pilot_count else ()
    return Basis(blueprint, sitter.items(), usage, pilots)


def _keep_pool(pool: Pool) -> None:
    """Keep what was drawn from, once for all who drew from the same."""
    if not queries.is_pool_kept(pool.hash):
        db.session.execute(insert_into(DrawPool).values(hash=pool.hash, record=pool.record()).on_conflict_do_nothing())


def prepared_draft(sitter: Sitter) -> Draft | None:
    """The form that was prepared for this person and that they may still sit."""
    if sitter.exam.document.window is None:
        return None
    form = queries.prepared_form(sitter.found, sitter.candidacy, sitter.exam, with_public=sitter.with_public)
    return _as_draft(form) if form else None


def _as_draft(form: AwaitedForm) -> Draft:
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
