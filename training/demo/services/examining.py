"""People of the demo sit exams, through the services that everybody uses; they answer by the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from training.actors import Actor
from training.cases.rules import Severity
from training.demo.rules.answers import choice_response, right_answer, slips, wrong_answer, wrong_places
from training.demo.services.learning import neighbours_of
from training.exams import queries
from training.exams.queries import PlacedItem
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.marking import choice_key
from training.exams.rules.saving import Saving
from training.exams.services import save_answer, start_attempt, submit_attempt
from training.judgements.documents import answer_json
from training.judgements.queries import reference_value

WINDOW = "demo"
"""The browser window from which they write."""


@dataclass(frozen=True, slots=True)
class Preparedness:
    """How well somebody comes prepared: so that they pass, so that they fail, or right so often, whatever comes of it."""

    passes: bool
    accuracy: float | None = None

    def wrong_places(self, form: Sequence[PlacedItem], chance: Random) -> frozenset[int]:
        """The items of a form that they answer wrong, by index."""
        if self.accuracy is None:
            return wrong_places([Severity(place.version.severity) for place in form], passes=self.passes, chance=chance)
        return slips([place.version.id for place in form], self.accuracy, chance)


def sit(person_id: int, exam_slug: str, prepared: Preparedness, *, by: Actor, now: datetime) -> None:
    """Start an exam, answer all of it, and submit. Passing it earns what it earns."""
    attempt = start_attempt(person_id, queries.exam_by_slug(exam_slug), allow_public=True, by=by, now=now)
    chance = Random(attempt.public_id)
    form = queries.form_of(attempt)
    wrong = prepared.wrong_places(form, chance)
    for index, place in enumerate(form):
        now += timedelta(seconds=chance.randint(18, 55))
        response = _response(place, is_right=index not in wrong, chance=chance)
        save_answer(attempt, Saving(place.position, WINDOW, place.position, response), by=by, now=now)
    submit_attempt(attempt, client_id=WINDOW, by=by, now=now + timedelta(seconds=20))


def _response(place: PlacedItem, *, is_right: bool, chance: Random) -> dict[str, Any]:
    version = place.version
    if version.kind != ItemKind.CASE:
        return dict(choice_response(place.option_order, choice_key(version.document), is_right=is_right))
    reference = reference_value(version.reference_id or 0)
    return answer_json(right_answer(reference, chance) if is_right else wrong_answer(reference, neighbours_of(version.area), chance))
