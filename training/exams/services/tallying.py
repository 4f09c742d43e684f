"""Counting what was noticed about finished attempts, and working out what only many answers together show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from training.cases import queries as cases
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, AttemptSignal, SignalTally, SimilarityRun
from training.exams.queries import CohortSheet, PlacedItem
from training.exams.rules.integrity.kinds import SignalKind
from training.exams.rules.integrity.review import Noticed
from training.exams.rules.integrity.similarity import Agreement, similar_pairs
from training.exams.rules.integrity.speed import answer_seconds, least_reading_seconds, rapid_limit, rapid_places, word_count
from training.exams.rules.timing import GRACE

SETTLING = timedelta(hours=1)
"""How long after midnight a day's attempts are taken to be counted."""


def tally_finished(now: datetime) -> int:
    """Count what was noticed about attempts that ended, as many as one transaction should; how many there were."""
    attempts = queries.attempts_to_tally()
    limits_of, words = cache(_limits), dict[int, int]()
    for attempt, run_id in attempts:
        tally = _tally(attempt, limits_of(attempt.exam_version.exam_id), words, now)
        tally.score_run_id = run_id
        db.session.add(tally)
    db.session.flush()
    return len(attempts)


def recount(attempt: Attempt, *, now: datetime) -> None:
    """Count anew what follows from an attempt's answers, because others count than before. What was noticed stays; where more is, somebody looks again.

    Before the attempt was counted first there is nothing to do: what counts by then is what will be counted.
    """
    tally = queries.tally_of(attempt.id)
    if tally is None:
        return
    rapid, timed_count = _rapid(attempt, _limits(tally.exam_id))
    is_more = len(rapid) > tally.rapid_count
    tally.rapid_count, tally.timed_count = len(rapid), timed_count
    if is_more:
        _note(attempt, SignalKind.RAPID_ANSWERS, {"places": list(rapid), "timed": timed_count}, now)
        noticed = Noticed(**{name: getattr(tally, name) for name in Noticed.__slots__})
        tally.is_waiting = tally.is_waiting or noticed.is_to_be_looked_at
    db.session.flush()


def _limits(exam_id: int) -> dict[int, float]:
    """Below how many seconds an answer is rapid, by item version."""
    return {item: rapid_limit(seconds) for item, seconds in queries.seconds_by_item(exam_id).items()}


def _rapid(attempt: Attempt, limits: Mapping[int, float]) -> tuple[tuple[int, ...], int]:
    """The places that were answered too fast to be read, and of how many places it is known how long they took."""
    seconds = answer_seconds(queries.given_answers(attempt))
    items = enumerate(queries.items_by_place(attempt), start=1)
    return rapid_places(seconds, {place: limits[item] for place, item in items if item in limits}), len(seconds)


def _tally(attempt: Attempt, limits: Mapping[int, float], words: dict[int, int], now: datetime) -> SignalTally:
    rapid, timed_count = _rapid(attempt, limits)
    if rapid:
        _note(attempt, SignalKind.RAPID_ANSWERS, {"places": list(rapid), "timed": timed_count}, now)
    fast = _too_fast(attempt, words)
    if fast is not None:
        _note(attempt, SignalKind.IMPOSSIBLE_SPEED, fast, now)
    signals = queries.signals_of(attempt.id)
    kinds = Counter(signal.kind for signal in signals)
    noticed = Noticed(
        focus_count=kinds[SignalKind.FOCUS_LOST],
        focus_seconds=sum(signal.seconds or 0.0 for signal in signals),
        paste_count=kinds[SignalKind.PASTE],
        takeover_count=kinds[SignalKind.TAKEOVER],
        rapid_count=len(rapid),
        timed_count=timed_count,
        is_impossibly_fast=fast is not None,
    )
    return _tally_row(attempt, noticed, now)


def _tally_row(attempt: Attempt, noticed: Noticed, now: datetime) -> SignalTally:
    figures = {name: getattr(noticed, name) for name in Noticed.__slots__}
    exam_id, finished_at = attempt.exam_version.exam_id, attempt.finished_at or now
    return SignalTally(
        attempt_id=attempt.id, exam_id=exam_id, finished_at=finished_at, is_waiting=noticed.is_to_be_looked_at, outcome=None, tallied_at=now, **figures
    )


def _too_fast(attempt: Attempt, known: dict[int, int]) -> dict[str, Any] | None:
    """How the whole took less time than reading what was answered in it takes, or nothing; `known` keeps the words of item versions, counted once."""
    end = attempt.finished_at or attempt.deadline_at
    answered = [place for place in queries.form_of(attempt) if place.answer is not None and place.answer.saved_at <= end + GRACE]
    for place in answered:
        if place.version.id not in known:
            known[place.version.id] = _words_of(place)
    words = sum(known[place.version.id] for place in answered)
    rested = sum(((rest.until - rest.since).total_seconds() for rest in queries.rests_of(attempt) if rest.until is not None), 0.0)
    taken = (end - attempt.started_at).total_seconds() - rested
    least = least_reading_seconds(words)
    return {"words": words, "seconds": round(taken, 1), "least_seconds": round(least, 1)} if taken < least else None


def _words_of(place: PlacedItem) -> int:
    """How many words somebody reads to answer: of the question and its options, or of the case."""
    document = place.version.document
    texts = [str(document.get("stem") or ""), *(str(option.get("text", "")) for option in document.get("options", ()))]
    if place.version.case_version_id is not None:
        texts += [piece.text for piece in cases.case_for_display(place.version.case_version_id).pieces]
    return sum(map(word_count, texts))


def _note(attempt: Attempt, kind: SignalKind, figures: dict[str, Any], now: datetime) -> None:
    at = attempt.finished_at or now
    db.session.add(AttemptSignal(attempt_id=attempt.id, kind=kind.value, figures=figures, at=at, recorded_at=now))
    db.session.flush()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing the cohort of one exam came to: who was compared, which pairs stand out, and of how many."""

    exam_id: int
    attempt_ids: tuple[int, ...]
    fresh: frozenset[int]
    """The places in the cohort of those who were not compared before."""
    found: Mapping[tuple[int, int], Agreement]
    pair_count: int


def compare_cohorts(now: datetime) -> list[Comparison]:
    """Compare the wrong answers of each exam whose last day is over, once a day and every pair once. It writes nothing, so that nobody waits for it."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if now < midnight + SETTLING:
        return []
    return [_compare(exam_id, queries.cohort_of(exam_id, tallied_before=midnight)) for exam_id in queries.exams_to_compare(tallied_before=midnight)]


def _compare(exam_id: int, cohort: Sequence[CohortSheet]) -> Comparison:
    fresh = frozenset(place for place, entry in enumerate(cohort) if entry.is_fresh)
    found, pair_count = similar_pairs([entry.sheet for entry in cohort], fresh=fresh)
    return Comparison(exam_id, tuple(entry.attempt.id for entry in cohort), fresh, found, pair_count)


def keep_comparison(compared: Comparison, *, now: datetime) -> None:
    """Note the pairs that stand out, and that the others were compared too."""
    tallies = [queries.tally_of(attempt_id) for attempt_id in compared.attempt_ids]
    for place in compared.fresh:
        _of(tallies, place).compared_at = now
    for (one, other), agreement in compared.found.items():
        _note_pair(_of(tallies, one), _of(tallies, other), agreement, pairs=compared.pair_count, now=now)
    counts = {"attempt_count": len(tallies), "pair_count": compared.pair_count, "found_count": len(compared.found)}
    db.session.add(SimilarityRun(exam_id=compared.exam_id, computed_at=now, **counts))
    db.session.flush()


def _of(tallies: Sequence[SignalTally | None], place: int) -> SignalTally:
    tally = tallies[place]
    assert tally is not None, "the cohort is of tallied attempts"
    return tally


def _note_pair(first: SignalTally, second: SignalTally, agreement: Agreement, *, pairs: int, now: datetime) -> None:
    for tally, other in ((first, second), (second, first)):
        figures = {
            "other": other.attempt.public_id,
            "common": agreement.common_count,
            "identical": agreement.identical_count,
            "expected": round(agreement.expected, 3),
            "p_value": agreement.p_value,
            "pairs": pairs,
        }
        _note(tally.attempt, SignalKind.SIMILARITY, figures, now)
        tally.similar_count += 1
        tally.is_waiting = True
