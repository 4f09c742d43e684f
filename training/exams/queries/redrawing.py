"""What was drawn, from what, and the same drawn again."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from training.db import Prepared, Remembered, db
from training.exams.models import Attempt, DrawPool, FormItem, Item, ItemVersion
from training.exams.queries.bank import PublishedExam, exam_of_version
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.drawing import draw_form, recorded_tier
from training.exams.rules.pilots import with_pilots
from training.exams.rules.pool import Pool, PoolItem
from training.exams.rules.sequential.blocks import balanced_block, draw_blocks, draw_next

_KEPT: Remembered[str, bool] = Remembered(1_000)
_POOL = Prepared(select(DrawPool.hash).where(DrawPool.hash == bindparam("hash")))


def is_pool_kept(pool_hash: str) -> bool:
    """Whether a pool with this hash is there for good: asked once by each process, and not of what the transaction under way may still take back."""
    return _KEPT.get(pool_hash) or (bool(_POOL.rows(hash=pool_hash)) and _KEPT.put(pool_hash, value=True))


def recorded_pool(attempt: Attempt) -> Pool:
    """The pool that the form of this attempt was drawn from, as it was recorded."""
    kept = db.session.get(DrawPool, attempt.pool_hash)
    assert kept is not None, "a foreign key holds it"
    items, pilots = (_items(kept.record.get(name, ()), attempt.draw_version) for name in ("items", "pilots"))
    return Pool(items, kept.record["sharing_limit"], pilots)


def _items(recorded: Sequence[tuple[int, int]], draw_version: int) -> tuple[PoolItem, ...]:
    tiers = {version_id: recorded_tier(tier, draw_version) for version_id, tier in recorded}
    if not tiers:
        return ()
    rows = db.session.execute(select(ItemVersion, Item.slug).join(Item, Item.id == ItemVersion.item_id).where(ItemVersion.id.in_(list(tiers))))
    return tuple(PoolItem(version.id, slug, version.family, version.traits, tiers[version.id]) for version, slug in rows)


def next_block(attempt: Attempt, exam: PublishedExam) -> tuple[PoolItem, ...] | None:
    """The block that follows what a sequential attempt has been given so far; nothing where the pool has no more."""
    assert exam.document.sequential is not None, "a sequential attempt belongs to an exam that has the mode"
    pool, given = recorded_pool(attempt), _given(attempt.id)
    by_id = {item.version_id: item for item in pool.items}
    size = exam.document.sequential.block_item_count
    drawn = [[by_id[version_id] for version_id in given[start : start + size]] for start in range(0, len(given), size)]
    return draw_next(balanced_block(exam.document.blueprint, size), pool, attempt.seed, drawn)


def _given(attempt_id: int) -> list[int]:
    return list(db.session.scalars(select(FormItem.item_version_id).where(FormItem.attempt_id == attempt_id).order_by(FormItem.position)))


def redrawn_form(attempt: Attempt) -> list[int]:
    """The item versions that the recorded seed draws from the recorded pool, in order: what was shown, drawn again."""
    exam, pool = exam_of_version(attempt.exam_version_id), recorded_pool(attempt)
    if attempt.mode == AttemptMode.FIXED:
        form = draw_form(exam.document.blueprint, pool, attempt.seed) or ()
        return [place.item.version_id for place in with_pilots(exam.document.blueprint, form, pool, attempt.seed)]
    assert exam.document.sequential is not None, "a sequential attempt belongs to an exam that has the mode"
    block = balanced_block(exam.document.blueprint, exam.document.sequential.block_item_count)
    blocks = draw_blocks(block, pool, attempt.seed, len(_given(attempt.id)) // block.item_count)
    return [item.version_id for drawn in blocks for item in drawn]
