"""Graded attempts by the thousand, with every answer stored as it was given: what regrading reads and writes."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import permutations

import numpy as np

from support.analysis_load import FORM_LENGTH, stored_answers
from support.databases import Filling, Row
from training import clock
from training.cases.rules import SEVERITY_WEIGHTS, Severity
from training.exams.documents import RESULT
from training.exams.rules.blueprint import DecisionClass, PassRule
from training.exams.rules.grading import Graded, Mark, grade

BANK = 240
"""Items: a form of 60 holds each with the highest exposure that the caps allow."""
RULE = PassRule(weighted_percent=80, area_percent=80, area_minimum_items=5, innocent_percent=80, critical_misses_allowed=0)
ORDERS = ["".join(order) for order in permutations("abcd")]


def graded_attempts(answer_count: int, *, second_exam_count: int) -> Iterator[Filling]:
    """Attempts at two exams over one bank, the last so many at the second, with their answers, results and certifications."""
    chosen = random.Random(3)
    weights = dict[int, tuple[str, int]]()
    runs, sheets = list[Row](), list[Row]()
    for filling in stored_answers(answer_count, item_count=BANK):
        rows = list(filling.rows)
        match filling.table:
            case "item_versions":
                weights = {int(str(row[0])): (str(row[7]), SEVERITY_WEIGHTS[Severity(str(row[8]))]) for row in rows}
            case "exams":
                rows.append((2, "bench-second", "bench-second-certification"))
            case "exam_versions":
                rows.append(_second(rows[0]))
            case "attempts":
                rows = _spread(rows, second_exam_count)
            case "score_runs":
                rows = runs = [_with_result(row, weights) for row in rows]
            case "answer_sheets":
                sheets = rows
        yield Filling(filling.table, filling.columns, rows)
    orders = [chosen.choice(ORDERS) for _ in range(len(runs) * FORM_LENGTH)]
    yield Filling("form_items", ("attempt_id", "position", "item_version_id", "option_order", "is_pilot"), _places(runs, orders))
    yield Filling("answers", ("attempt_id", "position", "response", "is_flagged", "client_id", "sequence", "saved_at"), _answers(sheets, orders))


def _second(first: Row) -> Row:
    _identity, _, number, semver, title, document, *rest = first
    said = json.loads(str(document)) | {"id": "bench-second", "title": "Bench, second", "certification": "bench-second-certification"}
    return (2, 2, number, semver, title, json.dumps(said), *rest)


def _spread(rows: Sequence[Row], second_exam_count: int) -> list[Row]:
    first_count = len(rows) - second_exam_count
    return [row if place < first_count else (*row[:3], "bench-second-certification", 2, *row[5:]) for place, row in enumerate(rows)]


def _with_result(row: Row, weights: dict[int, tuple[str, int]]) -> Row:
    items, marks = np.frombuffer(bytes(row[6]), "<u4"), bytes(row[7])  # type: ignore[call-overload]
    form = [Graded(*weights[int(item)], DecisionClass.VIOLATING, Mark(mark)) for item, mark in zip(items, marks, strict=True)]
    result = grade(form, RULE)
    return (*row[:5], json.dumps(RESULT.dump_python(result, mode="json")), *row[6:9], result.is_passed, *row[10:])


def _places(runs: Sequence[Row], orders: Sequence[str]) -> Iterator[Row]:
    told = {order: json.dumps(list(order)) for order in ORDERS}
    for start, run in enumerate(runs):
        for place, item in enumerate(np.frombuffer(bytes(run[6]), "<u4")):  # type: ignore[call-overload]
            yield run[1], place + 1, int(item), told[orders[start * FORM_LENGTH + place]], False


def _answers(sheets: Sequence[Row], orders: Sequence[str]) -> Iterator[Row]:
    saved_at = clock.now() - timedelta(days=30)
    for start, sheet in enumerate(sheets):
        for place, code in enumerate(np.frombuffer(bytes(sheet[1]), "<u2")):  # type: ignore[call-overload]
            option = orders[start * FORM_LENGTH + place].index("abcd"[int(code).bit_length() - 1])
            yield sheet[0], place + 1, f'{{"options": [{option + 1}]}}', False, "window-of-the-bench", place + 1, saved_at
