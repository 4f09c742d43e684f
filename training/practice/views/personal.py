"""What practice keeps about a person. Practice answers alone: scores of exam cases would tell exam keys."""

from typing import Any

from training.practice import queries
from training.practice.queries import Answered
from training.web.personal import add_section


def _practice(person_id: int) -> dict[str, Any]:
    preference = queries.preference_of(person_id)
    return {
        "answers": [_answer(answered) for answered in queries.all_answered(person_id)],
        "skipped_at": [skipped_at.isoformat() for skipped_at in queries.skipped_at(person_id)],
        "shown": {"blurred": preference.is_blurring, "greyscale": preference.is_greyscale, "breaks_suggested": preference.is_prompting_breaks},
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
