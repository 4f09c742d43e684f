"""Comparing the wrong answers of those who sat the same exam, and comparing them again when a ruling changed what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.db import db
from training.exams import queries
from training.exams.models import ItemRuling, SignalTally, SimilarityRepeat, SimilarityRun
from training.exams.queries import CohortSheet
from training.exams.queries.rulings import unfinished_count
from training.exams.rules.integrity.kinds import ReviewOutcome, SignalKind
from training.exams.rules.integrity.similarity import Agreement, similar_pairs
from training.exams.services.signals import note_computed
from training.exams.services.tallying import noticed_in

SETTLING = timedelta(hours=1)
"""How long after midnight a day's attempts are taken to be counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing the cohort of one exam came to: who was compared, which pairs stand out, and of how many."""

    exam_id: int
    attempt_ids: tuple[int, ...]
    fresh: frozenset[int]
    """The places in the cohort of those who were not compared before."""
    found: Mapping[tuple[int, int], Agreement]
    pair_count: int


@dataclass(frozen=True, slots=True)
class Repetition:
    """What comparing a cohort again came to: which comparison was repeated, because of which ruling."""

    similarity_run_id: int
    ruling_id: int
    compared: Comparison


def compare_cohorts(now: datetime) -> list[Comparison]:
    """Compare the wrong answers of each exam whose last day is over, once a day and every pair once. It writes nothing, so that nobody waits for it.

    While a ruling is carried out nothing is compared: part of a cohort would be marked by the old key.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if now < midnight + SETTLING or unfinished_count():
        return []
    return [_compare(exam_id, queries.cohort_of(exam_id, tallied_before=midnight)) for exam_id in queries.exams_to_compare(tallied_before=midnight)]


def _compare(exam_id: int, cohort: Sequence[CohortSheet]) -> Comparison:
    fresh = frozenset(place for place, entry in enumerate(cohort) if entry.is_fresh)
    found, pair_count = similar_pairs([entry.sheet for entry in cohort], fresh=fresh)
    return Comparison(exam_id, tuple(entry.attempt.id for entry in cohort), fresh, found, pair_count)


def keep_comparison(compared: Comparison, *, now: datetime) -> None:
    """Note the pairs that stand out, and that the others were compared too."""
    tallies = queries.hold_tallies(compared.attempt_ids)
    for place in compared.fresh:
        tallies[compared.attempt_ids[place]].compared_at = now
    for pair, agreement in compared.found.items():
        _note_pair(_pair(tallies, compared, pair), _figures(agreement, compared.pair_count), now=now)
    counts = {"attempt_count": len(tallies), "pair_count": compared.pair_count, "found_count": len(compared.found)}
    db.session.add(SimilarityRun(exam_id=compared.exam_id, computed_at=now, **counts))
    db.session.flush()


def ask_to_compare_again(ruling: ItemRuling, *, now: datetime) -> None:
    """Ask for every comparison to be repeated in which an attempt was compared whose marks this ruling changed. A comparison is asked for once a ruling."""
    for run_id in queries.comparisons_touched_by(ruling.id):
        db.session.add(SimilarityRepeat(similarity_run_id=run_id, ruling_id=ruling.id, asked_at=now))
    db.session.flush()


def compare_again() -> Repetition | None:
    """Repeat the comparison that has waited longest, over the same cohort and the same pairs; nothing where none waits. It writes nothing."""
    asked = queries.repeat_to_do()
    if asked is None:
        return None
    run, ruling_id = asked
    return Repetition(run.id, ruling_id, _compare(run.exam_id, queries.compared_cohort(run)))


def keep_repetition(repeated: Repetition, *, now: datetime) -> None:
    """Note which pairs stand out now and did not, and which no longer do; what was noted and reviewed before stays. Done already, it changes nothing."""
    repeat = queries.repeat_to_keep(repeated.similarity_run_id, repeated.ruling_id)
    if repeat.done_at is not None:
        return
    compared = repeated.compared
    tallies = queries.hold_tallies(compared.attempt_ids)
    standing = _standing(tallies, compared)
    fresh, gone = sorted(compared.found.keys() - standing), sorted(standing - compared.found.keys())
    for pair in fresh:
        figures = _figures(compared.found[pair], compared.pair_count) | {"ruling": repeated.ruling_id}
        _note_pair(_pair(tallies, compared, pair), figures, now=now)
    for pair in gone:
        _note_gone(_pair(tallies, compared, pair), repeated.ruling_id, now=now)
    repeat.done_at, repeat.found_count, repeat.gone_count = now, len(fresh), len(gone)
    db.session.flush()


def _standing(tallies: Mapping[int, SignalTally], compared: Comparison) -> set[tuple[int, int]]:
    """The pairs, as places, that were tested by this comparison and stand out by what was noted last."""
    places = {tallies[attempt_id].attempt.public_id: place for place, attempt_id in enumerate(compared.attempt_ids)}
    own = {attempt_id: place for place, attempt_id in enumerate(compared.attempt_ids)}
    noted = ((own[attempt_id], places.get(other)) for attempt_id, other in queries.standing_similarities(compared.attempt_ids))
    pairs = {(min(one, other), max(one, other)) for one, other in noted if other is not None}
    return {pair for pair in pairs if compared.fresh & set(pair)}


def _pair(tallies: Mapping[int, SignalTally], compared: Comparison, pair: tuple[int, int]) -> tuple[SignalTally, SignalTally]:
    one, other = (tallies[compared.attempt_ids[place]] for place in pair)
    return one, other


def _figures(agreement: Agreement, pair_count: int) -> dict[str, object]:
    return {
        "common": agreement.common_count,
        "identical": agreement.identical_count,
        "expected": round(agreement.expected, 3),
        "p_value": agreement.p_value,
        "pairs": pair_count,
    }


def _note_pair(pair: tuple[SignalTally, SignalTally], figures: Mapping[str, object], *, now: datetime) -> None:
    for tally, other in (pair, pair[::-1]):
        note_computed(tally.attempt, SignalKind.SIMILARITY, {"other": other.attempt.public_id, **figures}, now)
        tally.similar_count += 1
        tally.is_waiting = True


def _note_gone(pair: tuple[SignalTally, SignalTally], ruling_id: int, *, now: datetime) -> None:
    """Whoever was not looked at yet waits only for what is left; where a review found more than nothing, somebody looks again: its ground has changed."""
    for tally, other in (pair, pair[::-1]):
        note_computed(tally.attempt, SignalKind.SIMILARITY_GONE, {"other": other.attempt.public_id, "ruling": ruling_id}, now)
        tally.similar_count -= 1
        if tally.outcome is None:
            tally.is_waiting = noticed_in(tally).is_to_be_looked_at
        elif tally.outcome != ReviewOutcome.NOTHING_FOUND:
            tally.is_waiting = True
