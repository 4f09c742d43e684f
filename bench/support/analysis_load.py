"""Item analysis over stored answers: enough of them, and how long and how much memory it takes."""

import json
import multiprocessing
import resource
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

import numpy as np

from support.databases import Filling, Row, application
from training import clock

FORM_LENGTH = 60
OPTIONS = 4
AREAS = ("PRO", "IPR", "CLM", "FRD")
POOL = "0" * 64


def stored_answers(answer_count: int, *, item_count: int = 600, seed: int = 20261122) -> Iterator[Filling]:
    """One exam of 60 questions over a bank of single choices, and as many first attempts as hold so many answers, one in fifty keys being wrong."""
    random = np.random.default_rng(seed)
    attempts = -(-answer_count // FORM_LENGTH)
    now = clock.now() - timedelta(days=30)
    yield Filling("exams", ("id", "slug", "certification_slug"), [(1, "bench-exam", "bench-certification")])
    yield Filling(
        "exam_versions",
        ("id", "exam_id", "number", "semver", "title", "document", "power", "content_hash", "published_at"),
        [(1, 1, 1, "1.0.0", "Bench", json.dumps(_exam_document()), "[]", POOL, now)],
    )
    yield Filling("draw_pools", ("hash", "record"), [(POOL, "{}")])
    items = range(1, item_count + 1)
    yield Filling(
        "items",
        ("id", "slug", "kind", "state", "document_state", "is_public", "current_version_id"),
        [(item, f"item-b{item:05}", "single", "live", "live", False, item) for item in items],
    )
    yield Filling("item_versions", ITEM_VERSION, [_item_version(item, now) for item in items])
    yield Filling("people", ("id", "public_id", "email", "name", "sort_name", "is_demo", "created_at"), [_person(number, now) for number in range(attempts)])
    chances = 1 / (1 + np.exp(random.normal(0, 0.9, item_count) - 1.8))
    wrong = random.random(item_count) < 0.02
    yield Filling("attempts", ATTEMPT, ((*_attempt(number, now),) for number in range(attempts)))
    sittings = [_answers(chances, wrong, random) for _ in range(attempts)]
    yield Filling("score_runs", SCORE_RUN, (_score_run(number, *sitting[:2], now) for number, sitting in enumerate(sittings)))
    yield Filling("answer_sheets", ("attempt_id", "codes", "seconds"), ((number + 1, *sitting[2:]) for number, sitting in enumerate(sittings)))


ITEM_VERSION = (
    "id",
    "item_id",
    "number",
    "kind",
    "document",
    "stem_html",
    "content_hash",
    "area",
    "severity",
    "decision_class",
    "difficulty",
    "language",
    "family",
    "clauses",
    "critical_share",
    "is_right_or_wrong",
    "recorded_at",
)
ATTEMPT = (
    "id",
    "public_id",
    "person_id",
    "certification_slug",
    "exam_version_id",
    "ordinal",
    "state",
    "mode",
    "confirmed_count",
    "started_at",
    "deadline_at",
    "finished_at",
    "limit_seconds",
    "time_multiplier",
    "extra_break_seconds",
    "seed",
    "pool_hash",
    "draw_version",
    "writer_floor",
    "current_score_run_id",
)
SCORE_RUN = ("id", "attempt_id", "ordinal", "reason", "rule_version", "result", "items", "marks", "credits", "is_passed", "is_final", "graded_at")


def _exam_document() -> dict[str, object]:
    return {
        "id": "bench-exam",
        "title": "Bench",
        "version": "1.0.0",
        "certification": "bench-certification",
        "item_count": FORM_LENGTH,
        "time_limit_minutes": 60,
        "cells": [{"kind": "single", "minimum": FORM_LENGTH, "maximum": FORM_LENGTH}],
        "pass_rule": {"weighted_percent": 80},
    }


def _item_version(item: int, now: object) -> Row:
    options = [{"id": letter, "text": f"Option {letter}", "correct": letter == "a"} for letter in "abcd"]
    document = json.dumps({"stem": "What do you do?", "options": options, "rationale": "Because."})
    area, severity = AREAS[item % len(AREAS)], ("S1", "S2", "S3")[item % 3]
    return (item, item, 1, "single", document, "", POOL, area, severity, "violating", "typical", "en", f"family-{item}", "[]", 0.0, True, now)


def _person(number: int, now: object) -> Row:
    return (number + 1, f"p_{number:016}", f"bench{number}@example.org", f"Person {number}", f"person {number}", False, now)


def _attempt(number: int, now: object) -> Row:
    fixed = ("bench-certification", 1, 1, "submitted", "fixed", 0, now, now, now, 3600, 1.0, 0, 1, POOL, 1, 0)
    return (number + 1, f"bench-{number}", number + 1, *fixed, number + 1)


def _answers(
    chances: "np.ndarray[tuple[int], np.dtype[np.float64]]", wrong: "np.ndarray[tuple[int], np.dtype[np.bool_]]", random: np.random.Generator
) -> tuple[bytes, bytes, bytes, bytes]:
    """Items, marks, codes and seconds of one sitting."""
    drawn = random.permutation(len(chances))[:FORM_LENGTH]
    ability = random.normal(0, 0.7)
    knows = random.random(FORM_LENGTH) < 1 / (1 + np.exp(-(np.log(chances[drawn] / (1 - chances[drawn])) + ability)))
    other = random.integers(1, OPTIONS, FORM_LENGTH)
    code = np.where(knows, np.where(wrong[drawn], 2, 1), np.where(wrong[drawn] & (other == 1), 1, 1 << other))
    seconds = random.lognormal(3.4, 0.5, FORM_LENGTH)
    return (drawn + 1).astype("<u4").tobytes(), (code == 1).astype(np.uint8).tobytes(), code.astype("<u2").tobytes(), seconds.astype("<u2").tobytes()


def _score_run(number: int, items: bytes, marks: bytes, now: object) -> Row:
    return (number + 1, number + 1, 1, "submitted", "2025.1", "{}", items, marks, "{}", sum(marks) > 0.8 * FORM_LENGTH, True, now)


def measure_analysis(url: str) -> tuple[float, float]:
    """Seconds that all figures over the answers in this database take, from the first byte read to the last figure, and a whole process's peak memory in MB.

    The median of three runs, in a process that does nothing else.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (url,))


def _measured(url: str) -> tuple[float, float]:
    from training.exams.services.analysing import analysis_of_all  # noqa: PLC0415  # What it brings along is part of the measured memory.

    with application(url).app_context():
        taken = []
        for _ in range(3):
            begun = perf_counter()
            analysis_of_all(1)
            taken.append(perf_counter() - begun)
    return sorted(taken)[1], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
