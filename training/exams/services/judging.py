"""Letting the ledger of judgements say of answered cases what their exam says of them: each is one judgement, and a ruling corrects it."""

from collections.abc import Sequence
from datetime import datetime

from training.exams.models import Attempt, ItemVersion
from training.exams.queries import PlacedItem
from training.exams.queries.regrading import GradedAttempt, answers_to
from training.exams.rules.responses import is_blank
from training.exams.rules.rulings import Ruling, RulingKind
from training.exams.services.marks import Keys
from training.judgements.documents import parse_answer
from training.judgements.rules import CaseAnswer, Source, Treatment
from training.judgements.services import GivenAnswer, Occasion, restate_judgements

TREATMENTS = {RulingKind.FULL_CREDIT: Treatment.CREDITED, RulingKind.DROP: Treatment.WITHDRAWN}


def judge_attempt(attempt: Attempt, form: Sequence[PlacedItem], keys: Keys, *, now: datetime) -> None:
    """Let the ledger say of every case of this form what is answered to it and counts now, given when that was saved."""
    given = []
    for place in form:
        if place.version.case_version_id is not None:
            occasion = _occasion(attempt.person_id, attempt.id, place.position)
            saved_at = place.answer.saved_at if place.answer else now
            given.append(_given(place.version, occasion, place.response, keys.by_version[place.version.id].ruling, saved_at))
    restate_judgements(given, now=now)


def judge_ruled(version: ItemVersion, ruling: Ruling, attempts: Sequence[GradedAttempt], *, now: datetime) -> None:
    """Let the ledger follow a ruling about a case item: of these attempts, on whose forms it is."""
    people = {attempt.attempt_id: attempt.person_id for attempt in attempts}
    answers = answers_to(version.id, people)
    restate_judgements(
        [_given(version, _occasion(people[attempt_id], attempt_id, position), response, ruling, at) for attempt_id, position, response, at in answers], now=now
    )


def _occasion(person_id: int, attempt_id: int, position: int) -> Occasion:
    return Occasion(person_id, Source.EXAM, f"attempt:{attempt_id}:{position}", attempt_id)


def _given(version: ItemVersion, occasion: Occasion, response: dict[str, object], ruling: Ruling | None, saved_at: datetime) -> GivenAnswer:
    assert version.case_version_id is not None and version.reference_id is not None, "a case item pins its case"
    if is_blank(response):
        return GivenAnswer(CaseAnswer(), occasion, version.case_version_id, version.reference_id, saved_at, treatment=Treatment.WITHDRAWN)
    reference_id, other = version.reference_id, ruling.reference_id if ruling else None
    if ruling is not None and ruling.kind is RulingKind.NEW_KEY:
        reference_id, other = other or reference_id, None
    treatment = TREATMENTS.get(ruling.kind, Treatment.SCORED) if ruling else Treatment.SCORED
    return GivenAnswer(parse_answer(response), occasion, version.case_version_id, reference_id, saved_at, other, treatment)
