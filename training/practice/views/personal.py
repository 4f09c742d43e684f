"""What practice keeps about a person. Practice answers alone: scores of exam cases would tell exam keys."""

from dataclasses import asdict
from typing import Any

from training import clock
from training.practice import queries
from training.practice.queries import Answered
from training.practice.rules import ConceptStanding
from training.web.personal import add_section


def _practice(person_id: int) -> dict[str, Any]:
    return {
        "remembered": {concept: _remembered(standing) for concept, standing in sorted(queries.standings_in_concepts(person_id).items())},
        "readiness": {area: asdict(readiness) for area, readiness in sorted(queries.readiness_in_areas(person_id, at=clock.now()).items())},
        "answers": [_answer(answered) for answered in queries.all_answered(person_id)],
        "skipped_at": [skipped_at.isoformat() for skipped_at in queries.skipped_at(person_id)],
        "consents": [{"kind": said.sensitivity, "agreed": said.is_given, "from": said.effective_from.isoformat()} for said in queries.consents_of(person_id)],
        "severe_cases": [{"shown_at": shown_at.isoformat(), "skipped": is_skipped} for shown_at, is_skipped in queries.exposures_of(person_id)],
        "called_for_by_live_work": queries.personal_calls(person_id),
        "shown": {wish.value: choice for wish, choice in queries.choices_of(person_id).items()},
    }


def _remembered(standing: ConceptStanding) -> dict[str, Any]:
    return {
        "reviewed_at": standing.memory.reviewed_at.isoformat(),
        "due_at": standing.memory.due_at.isoformat(),
        "stability_days": standing.memory.stability,
        "difficulty": standing.memory.difficulty,
        "weakness": standing.weakness,
        "answers": standing.review_count,
        "confused_with": standing.confused_with,
    }


def _answer(answered: Answered) -> dict[str, Any]:
    serving, judgement = answered.serving, answered.judgement
    return {
        "page": serving.id,
        "surface": judgement.surface,
        "area": judgement.area,
        "served_at": serving.served_at.isoformat(),
        "answered_at": judgement.given_at.isoformat(),
        "seconds": judgement.seconds,
        "answer": judgement.answer,
        "is_right": judgement.is_strict,
        "error": judgement.error,
        "is_critical_miss": judgement.is_critical_miss,
        "is_first_answer": judgement.is_first_exposure,
    }


add_section("practice", _practice)
