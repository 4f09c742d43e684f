"""A trial sitting of an exam that is being written: the hall's own questions, by the plain form. Nothing of it counts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.errors import NotFound
from training.exams import services
from training.exams.forms import question_screen
from training.exams.models import ExamTrial
from training.exams.queries import PinnedPlace
from training.exams.queries.trials import trial_for_change, trial_of
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.responses import is_blank
from training.exams.views.answers import plain_answer
from training.exams.views.blueprint import blueprint
from training.exams.views.evidence import refuse_large_form
from training.exams.views.screens import PaletteEntry, Screen, care_for, picture_addresses
from training.web.access import opens_to, principal, writes


@blueprint.get("/exams/trials/<public_id>/<int:position>")
@opens_to("trainer")
def trial_item(public_id: str, position: int) -> ResponseReturnValue:
    """One question of my trial, as a candidate sees it."""
    trial = trial_of(principal().person_id, public_id)
    place = _place(trial, position)
    if trial.ended_at is not None:
        return redirect(url_for("exams.trial_end", public_id=public_id))
    question = question_screen(place, trial.answers.get(str(position), {}))
    return render_template(
        "exams/trial.html",
        trial=trial,
        screen=Screen(question, position, place.is_pilot, _palette(trial)),
        question=question,
        media_url=picture_addresses(trial, now=clock.now()),
        care=care_for(trial.person_id, question.displayed) if question.displayed else None,
    )


def _place(trial: ExamTrial, position: int) -> PinnedPlace:
    place = services.trial_place(trial, position)
    if place is None:
        raise NotFound(position)
    return place


def _palette(trial: ExamTrial) -> tuple[PaletteEntry, ...]:
    return tuple(PaletteEntry(place, not is_blank(trial.answers.get(str(place), {})), False) for place in range(1, len(trial.places) + 1))


@blueprint.post("/exams/trials/<public_id>/<int:position>")
@opens_to("trainer")
@writes
def answer_trial(public_id: str, position: int) -> ResponseReturnValue:
    """Keep an answer of my trial, and go where its button says."""
    refuse_large_form()
    trial = trial_for_change(principal().person_id, public_id)
    place = _place(trial, position)
    if place.version.kind != ItemKind.TYPING:
        services.answer_trial(trial, position, plain_answer(place))
    db.session.commit()
    go = request.form.get("go", "next")
    wanted = {"next": position + 1, "previous": position - 1}.get(go) or (int(go) if go.isascii() and go.isdigit() and len(go) < 4 else 0)
    if 1 <= wanted <= len(trial.places):
        return redirect(url_for("exams.trial_item", public_id=public_id, position=wanted))
    return redirect(url_for("exams.trial_end", public_id=public_id))


@blueprint.get("/exams/trials/<public_id>")
@opens_to("trainer")
def trial_end(public_id: str) -> str:
    """How far I am in my trial, and how long it took once it has ended."""
    trial = trial_of(principal().person_id, public_id)
    seconds = ((trial.ended_at or clock.now()) - trial.begun_at).total_seconds()
    return render_template("exams/trial_end.html", trial=trial, entries=_palette(trial), seconds=seconds)


@blueprint.post("/exams/trials/<public_id>/end")
@opens_to("trainer")
@writes
def end_trial(public_id: str) -> ResponseReturnValue:
    """End my trial."""
    services.end_trial(trial_for_change(principal().person_id, public_id), now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.trial_end", public_id=public_id))
