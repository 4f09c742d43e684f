"""Whatever was answered, the figures are numbers or nothing: no database keeps what is neither."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.exams.rules.analysis.sheets import row
from training.exams.rules.analysis.exam_reports import Sittings, exam_report
from training.exams.rules.analysis.figures import ExamFigures, ItemFigures
from training.exams.rules.analysis.group_reports import group_reports
from training.exams.rules.analysis.item_reports import ItemFacts, item_reports
from training.exams.rules.analysis.sheet import Row, sheet_of
from training.exams.rules.grading import UNCOUNTED, Mark

BANK = list(range(1, 7))
FACTS = {
    item: ItemFacts(guess=0.25, answer_count=4 if item % 2 else None, area="PRO" if item < 4 else "FRD", weight=item, is_critical=item == 6) for item in BANK
}
PLACES = st.lists(
    st.tuples(st.sampled_from(BANK), st.sampled_from([0, 1, 2, 3, 5]), st.booleans(), st.sampled_from([0, 1, 2, 4, 0x8001]), st.integers(0, 300)),
    min_size=1,
    max_size=6,
    unique_by=lambda place: place[0],
)


def attempt(places: list[tuple[int, int, bool, int, int]]) -> Row:
    items, marks, counts, codes, seconds = zip(*places, strict=True)
    stored = [mark if counted else mark | UNCOUNTED for mark, counted in zip(marks, counts, strict=True)]
    return row(items, stored, codes, seconds)


@settings(deadline=None)
@given(st.lists(PLACES, max_size=12), st.integers(1, 15))
def test_every_figure_can_be_kept(answered: list[list[tuple[int, int, bool, int, int]]], times: int) -> None:
    rows = [attempt(places) for places in answered] * times
    sheet = sheet_of(rows)
    groups = {("market", "ID"): np.arange(len(rows)) % 2 == 0}
    items = item_reports(sheet, FACTS, group_reports(sheet, groups))
    sittings = Sittings(np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool))
    exam = exam_report(sheet, sittings, FACTS, 0.8)
    for kept in (TypeAdapter(dict[int, ItemFigures]).dump_python(items, mode="json"), TypeAdapter(ExamFigures).dump_python(exam, mode="json")):
        json.dumps(kept, allow_nan=False)
    assert sum(figures.count for figures in items.values()) == sum(place[1] != Mark.PENDING for places in answered for place in places) * times
