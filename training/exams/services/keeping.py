"""Keeping what analysis found: the figures, and holding the items whose key their answers put in doubt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from training.db import db, insert_into
from training.exams import queries
from training.exams.models import AnalysisRun, ExamStatistic, ItemStatistic
from training.exams.queries.statistics import EXAM_FIGURES, ITEM_FIGURES, told_items
from training.exams.rules.analysis.figures import AnalysedExam, ItemFigures
from training.exams.rules.analysis.flags import STOPS_DRAWS
from training.exams.services.holding import raise_flag

KEY_IN_DOUBT = "Of the first {answers} answers so many gave another one than the key that the key may be wrong (ln likelihood ratio {ratio:.1f})."


def keep_figures(items: Mapping[int, ItemFigures], exams: Mapping[int, AnalysedExam], *, last_run_id: int, now: datetime) -> int:
    """Write all figures, and hold what they flag; how many items were held by it."""
    _upsert(ItemStatistic, "item_version_id", [_item_row(version, figures, now) for version, figures in items.items()])
    _upsert(ExamStatistic, "exam_version_id", [_exam_row(version, found, now) for version, found in exams.items()])
    _upsert(AnalysisRun, "id", [{"id": 1, "last_run_id": last_run_id, "computed_at": now}])
    return _hold_flagged(items, now)


def _item_row(version: int, figures: ItemFigures, now: datetime) -> dict[str, Any]:
    return {
        "item_version_id": version,
        "answer_count": figures.count,
        "flags": "".join(f" {flag.value} " for flag in figures.flags),
        "figures": ITEM_FIGURES.dump_python(figures, mode="json"),
        "computed_at": now,
    }


def _exam_row(version: int, found: AnalysedExam, now: datetime) -> dict[str, Any]:
    return {
        "exam_version_id": version,
        "attempt_count": found.figures.attempt_count,
        "figures": EXAM_FIGURES.dump_python(found.figures, mode="json"),
        "items": told_items(found.items),
        "computed_at": now,
    }


def _upsert(model: type[ItemStatistic] | type[ExamStatistic] | type[AnalysisRun], key: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    statement = insert_into(model)
    replaced = {name: statement.excluded[name] for name in rows[0] if name != key}
    db.session.execute(statement.on_conflict_do_update(index_elements=[key], set_=replaced), list(rows))


def _hold_flagged(items: Mapping[int, ItemFigures], now: datetime) -> int:
    doubtful = {version: figures for version, figures in items.items() if STOPS_DRAWS & set(figures.flags)}
    held = 0
    for item in queries.items_of_current_versions(list(doubtful)):
        suspicion = doubtful[item.current_version_id or 0].suspicion
        assert suspicion is not None, "an item is flagged because of one"
        reason = KEY_IN_DOUBT.format(answers=suspicion.looked_at, ratio=suspicion.log_ratio)
        held += raise_flag(item, reason=reason, answer_count=doubtful[item.current_version_id or 0].count, now=now)
    return held
