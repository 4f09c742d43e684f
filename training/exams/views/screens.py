"""What one screen of an exam shows: nothing that tells an answer, a slug, a family or a case's id."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from training import clock
from training.cases.rendering import DisplayedCase
from training.errors import NotFound
from training.exams import queries
from training.exams.forms import QuestionScreen, question_screen
from training.exams.models import Attempt, ExamTrial
from training.exams.queries import PinnedPlace, ShownAnswer, Sitting, Standing
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.responses import is_blank
from training.exams.views.blueprint import blueprint
from training.media.tokens import Audience, media_address
from training.practice.queries import choices_of
from training.practice.rules import Preference, Wish, usual_preference, with_choices
from training.web.macros import remembered_macro


class PaletteEntry(NamedTuple):
    """One place in the palette. A tuple, for a page makes as many as the form has places."""

    position: int
    is_answered: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """One item of a form as its page shows it: the question, and what stands around it."""

    question: QuestionScreen
    position: int
    is_pilot: bool
    """Whether it is being tried out and does not count."""
    palette: tuple[PaletteEntry, ...]
    is_flagged: bool = False
    last_saved_at: datetime | None = None

    @property
    def count(self) -> int:
        """How many places the form has."""
        return len(self.palette)


def screen(attempt: Sitting, position: int, *, response: Mapping[str, Any] | None = None) -> Screen:
    """The screen of one place, with the saved answer or, after a failed save, with what was sent. Raises NotFound."""
    place = queries.pinned_place(attempt.public_id, position)
    if place is None:
        raise NotFound(position)
    answer = attempt.answers.get(position)
    shown = response if response is not None else answer.response if answer else {}
    return Screen(
        question=question_screen(place, shown, begun_at=_begun_at(attempt, place)),
        position=position,
        is_pilot=place.is_pilot,
        palette=palette(attempt.answers, queries.place_count(attempt)),
        is_flagged=answer is not None and answer.is_flagged,
        last_saved_at=max((answer.saved_at for answer in attempt.answers.values()), default=None),
    )


def _begun_at(attempt: Sitting, place: PinnedPlace) -> datetime | None:
    """When the typing test at this place was begun, later by what was rested since; nothing before, and for every other kind."""
    first = queries.first_typing(attempt.public_id, place.position) if place.version.kind == ItemKind.TYPING else None
    if first is None:
        return None
    return first.began_at(by_number=False) + queries.rested_between(attempt.public_id, first.received_at, clock.now())


def palette(answers: Mapping[int, ShownAnswer], count: int) -> tuple[PaletteEntry, ...]:
    """Every place: whether it is answered, whether it is flagged."""
    return tuple(
        PaletteEntry(position, position in answers and not is_blank(answers[position].response), position in answers and answers[position].is_flagged)
        for position in range(1, count + 1)
    )


class Care(NamedTuple):
    """How a case is shown to a candidate."""

    shown: Preference
    is_blurred: bool
    """Whether its pictures are blurred until they are revealed: those of every case alike, for a warning before some would tell."""


def care_for(person_id: int, displayed: DisplayedCase) -> Care:
    """What this person chose holds in an exam too; of what is usual in the organisation all but the blur, which costs time at every case."""
    choices = choices_of(person_id)
    shown = with_choices(usual_preference(current_app.config["CARE_DEFAULTS"]), choices)
    return Care(shown, is_blurred=bool(choices[Wish.BLUR] and (displayed.images or displayed.recording)))


@blueprint.record_once
def _remember_places(state: BlueprintSetupState) -> None:
    """A page shows as many places in the palette as the form has: each is rendered once for all pages."""
    place = remembered_macro(state.app, "exams/palette.html", "palette_place", size=5_000)

    def places(entries: Iterable[PaletteEntry], position: int) -> Markup:
        return Markup("").join([place(entry, entry.position == position) for entry in entries])

    state.app.jinja_env.globals["palette_places"] = places


def picture_addresses(attempt: Attempt | Standing | ExamTrial, *, now: datetime) -> Callable[[int], str]:
    """The addresses of pictures and recordings in this attempt or trial and in no other."""
    audience = Audience(attempt.person_id, attempt.public_id)
    return lambda media_id: media_address(media_id, audience, now=now)
