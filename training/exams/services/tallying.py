"""Counting what was noticed about finished attempts. What only many answers together show: `comparing`."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from training.cases import queries as cases
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, SignalTally
from training.exams.queries import PlacedItem
from training.exams.rules.integrity.kinds import SignalKind
from training.exams.rules.integrity.review import Noticed
from training.exams.rules.integrity.speed import answer_seconds, least_reading_seconds, rapid_limit, rapid_places, word_count
from training.exams.rules.timing import GRACE
from training.exams.services.signals import note_computed


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
        note_computed(attempt, SignalKind.RAPID_ANSWERS, {"places": list(rapid), "timed": timed_count}, now)
        tally.is_waiting = tally.is_waiting or noticed_in(tally).is_to_be_looked_at
    db.session.flush()


def noticed_in(tally: SignalTally) -> Noticed:
    """What a tally counts, as a value."""
    return Noticed(**{name: getattr(tally, name) for name in Noticed.__slots__})


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
        note_computed(attempt, SignalKind.RAPID_ANSWERS, {"places": list(rapid), "timed": timed_count}, now)
    fast = _too_fast(attempt, words)
    if fast is not None:
        note_computed(attempt, SignalKind.IMPOSSIBLE_SPEED, fast, now)
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
