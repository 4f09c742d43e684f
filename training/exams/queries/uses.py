"""On how many forms of an exam each item was: counted exactly, and by nobody who starts.

Whoever draws a form appends one row that names its items. The rows are counted into `item_uses` later, many at a time, so that
starts of one exam wait for nothing that they share.
"""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from sqlalchemy import Integer, Subquery, bindparam, case, cast, delete, func, insert, select, true, update

from training.db import Prepared, Remembered, db, each_of, insert_into, json_row, json_rows, told
from training.exams.models import Exam, FormUse, Item, ItemUse
from training.exams.queries.forms import item_versions
from training.exams.rules.pool import are_recent_enough

MOST_WAITING = 200
"""From so many rows on, whoever looks at the counts counts them first."""
COUNTING_LOCK = 7_023_817
"""The advisory lock on PostgreSQL that only one who counts holds, for each exam."""


def all_uses() -> Subquery:
    """Uses by exam and item, those included that wait to be counted: `exam_id`, `item_id` and `form_count`, to be summed."""
    named = each_of(FormUse.item_ids).table_valued("value")
    waiting = select(FormUse.exam_id, cast(named.c.value, Integer), case((FormUse.is_taken_back, -1), else_=1)).select_from(FormUse).join(named, true())
    return select(ItemUse.exam_id, ItemUse.item_id, ItemUse.form_count).union_all(waiting).subquery("uses")


_uses = all_uses()
_COUNTED = (
    select(Item.slug.label("slug"), func.sum(_uses.c.form_count).label("form_count"))
    .join_from(_uses, Item, Item.id == _uses.c.item_id)
    .where(_uses.c.exam_id == bindparam("exam_id"))
    .group_by(Item.slug)
    .subquery("counted")
)
_WAITING = select(func.count()).where(FormUse.exam_id == Exam.id)
_NEW_FORMS = select(func.coalesce(func.sum(case((FormUse.is_taken_back, -1), (FormUse.is_new_form, 1), else_=0)), 0)).where(FormUse.exam_id == Exam.id)
FORMS_DRAWN = (Exam.form_count, told(_NEW_FORMS), told(_WAITING))
"""Columns of a statement about an exam: forms counted, those that wait to be counted, and all rows that wait; `forms_told` reads them."""
_COUNTS = Prepared(select(told(select(json_rows(json_row(_COUNTED.c.slug, _COUNTED.c.form_count)))), *FORMS_DRAWN).where(Exam.id == bindparam("exam_id")))
_FORMS = Prepared(select(*FORMS_DRAWN).where(Exam.id == bindparam("exam_id")))


@dataclass(frozen=True, slots=True)
class Forms:
    """How many forms of an exam there are, and how many rows wait to be counted."""

    drawn: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Counts:
    """On how many forms each item was, by its slug, when so many forms were drawn."""

    number: int
    """Of no other counts in this process."""
    forms_drawn: int
    by_slug: dict[str, int]

    def most_used_first(self) -> list[tuple[str, int]]:
        """Each item with on how many."""
        return sorted(self.by_slug.items(), key=lambda use: (-use[1], use[0]))


_numbers = count()
_COUNTED_LAST: Remembered[int, Counts] = Remembered(100)


def forms_told(counted: int, new_forms: str, waiting: str) -> Forms:
    """What the columns say."""
    return Forms(counted + int(new_forms), int(waiting))


def forms_drawn(exam_id: int) -> int:
    """How many forms were drawn for an exam, across its versions, those included that were prepared."""
    return forms_told(*_FORMS.here(exam_id=exam_id)[0]).drawn


def counts_of(exam_id: int) -> Counts:
    """The uses of an exam's items, exactly, as they are now."""
    ((found, *forms),) = _COUNTS.here(exam_id=exam_id)
    return Counts(next(_numbers), forms_told(*forms).drawn, {slug: int(form_count) for slug, form_count in json.loads(found)})


def recent_counts(exam_id: int, forms: Forms) -> Counts:
    """The same as this process counted last, where hardly a form was drawn since."""
    known = _COUNTED_LAST.get(exam_id)
    if known is not None and are_recent_enough(known.forms_drawn, forms.drawn):
        return known
    if forms.waiting >= MOST_WAITING:
        count_waiting(exam_id)
    return _COUNTED_LAST.put(exam_id, counts_of(exam_id))


def note_uses(exam_id: int, version_ids: Collection[int], *, is_new_form: bool) -> None:
    """Append that these item versions were put on a form of this exam."""
    _note(exam_id, version_ids, is_new_form=is_new_form)


def take_back_uses(exam_id: int, version_ids: Collection[int]) -> None:
    """Append that the form that these item versions were put on is none."""
    _note(exam_id, version_ids, is_taken_back=True, is_new_form=False)


def _note(exam_id: int, version_ids: Collection[int], **kind: bool) -> None:
    item_ids = sorted({version.item_id for version in item_versions(version_ids).values()})
    db.session.connection().execute(insert(FormUse), {"exam_id": exam_id, "item_ids": item_ids, **kind})


def count_waiting(exam_id: int) -> None:
    """Count what waits, unless somebody else is counting it."""
    if not _may_count(exam_id):
        return
    told_of = (FormUse.item_ids, FormUse.is_new_form, FormUse.is_taken_back)
    taken = db.session.execute(delete(FormUse).where(FormUse.exam_id == exam_id).returning(*told_of)).all()
    uses = Counter(item_id for item_ids, _, is_taken_back in taken if not is_taken_back for item_id in item_ids)
    uses.subtract(item_id for item_ids, _, is_taken_back in taken if is_taken_back for item_id in item_ids)
    counted = insert_into(ItemUse).values(exam_id=exam_id, item_id=bindparam("item"), form_count=bindparam("uses"))
    added = counted.on_conflict_do_update(index_elements=["exam_id", "item_id"], set_={"form_count": ItemUse.form_count + counted.excluded.form_count})
    if uses:
        db.session.execute(added, [{"item": item_id, "uses": uses[item_id]} for item_id in sorted(uses)])
    forms = sum(is_new_form - is_taken_back for _item_ids, is_new_form, is_taken_back in taken)
    db.session.execute(update(Exam).where(Exam.id == exam_id).values(form_count=Exam.form_count + forms))


def _may_count(exam_id: int) -> bool:
    """Whether this transaction is now the only one that counts. On SQLite a writing transaction is alone anyway."""
    if db.engine.dialect.name != "postgresql":
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(COUNTING_LOCK, exam_id))))
