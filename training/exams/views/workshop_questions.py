"""One question of an Angoff workshop: first as a candidate sees it, then with its key by choice; and what the judge says of it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.errors import NotFound, Refusal
from training.exams import queries, services
from training.exams.forms import EstimateForm, estimate_form, question_screen
from training.exams.models import CutWorkshop
from training.exams.queries import PinnedPlace
from training.exams.queries import workshops as found_in
from training.exams.queries.opened import opened_item
from training.exams.queries.workshops import WorkshopQuestion
from training.exams.rules.analysis.cuts import spreads
from training.exams.rules.workshops import WorkshopRefusal
from training.exams.services.pinning import pinned
from training.exams.views.answers import plain_answer
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.evidence import refuse_large_form
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

NOTHING: Mapping[str, Any] = {}


@blueprint.get("/exams/desk/workshops/<int:workshop_id>/questions/<int:position>")
@opens_to(*services.MAY_JUDGE)
def workshop_question(workshop_id: int, position: int) -> ResponseReturnValue:
    """The question as a candidate sees it."""
    found, question = _judged_by_me(workshop_id, position)
    if found.closed_at is not None:
        return redirect(url_for("exams.workshop", workshop_id=workshop_id))
    return _page(found, question, _asking(found, question))


@blueprint.post("/exams/desk/workshops/<int:workshop_id>/questions/<int:position>/key")
@opens_to(*services.MAY_JUDGE)
def workshop_key(workshop_id: int, position: int) -> ResponseReturnValue:
    """The same with its key, beside what I would have answered; nothing of that is kept."""
    refuse_large_form()
    found, question = _judged_by_me(workshop_id, position)
    form = estimate_form(is_right_or_wrong=question.is_right_or_wrong)
    return _page(found, question, form, response=plain_answer(_place(question)), with_key=True)


@blueprint.post("/exams/desk/workshops/<int:workshop_id>/questions/<int:position>")
@opens_to(*services.MAY_JUDGE)
@writes
def judge_question(workshop_id: int, position: int) -> ResponseReturnValue:
    """Keep what I say of it, and go on."""
    refuse_large_form()
    found, question = _judged_by_me(workshop_id, position)
    form = estimate_form(is_right_or_wrong=question.is_right_or_wrong)
    if not form.validate_on_submit():
        return _page(found, question, form, response=plain_answer(_place(question))), 422
    try:
        services.judge_question(workshop_id, position, (form.percent.data or 0) / 100, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        flash(words_for(refusal.reason, refusal.detail), "warn")
        return redirect(url_for("exams.workshop", workshop_id=workshop_id))
    db.session.commit()
    return redirect(_next(workshop_id, position))


def _judged_by_me(workshop_id: int, position: int) -> tuple[CutWorkshop, WorkshopQuestion]:
    """The question, for a judge who has begun. Raises NotFound for everybody else, and Refusal for a judge who has not, or who sits an exam."""
    found, me = found_in.workshop(workshop_id), principal().person_id
    judge = found_in.judge_in(workshop_id, me)
    question = next((each for each in found_in.questions_of(workshop_id) if each.position == position), None)
    if judge is None or question is None:
        raise NotFound(position)
    if judge.began_at is None:
        raise Refusal(WorkshopRefusal.NOT_BEGUN)
    if queries.is_sitting(me):
        raise Refusal(WorkshopRefusal.SITTING)
    return found, question


def _asking(found: CutWorkshop, question: WorkshopQuestion) -> EstimateForm:
    """The form with what I said before."""
    said = found_in.estimates_in(found.id, up_to_round=2).get(principal().person_id, {}).get(question.version_id)
    return estimate_form(is_right_or_wrong=question.is_right_or_wrong, percent=None if said is None else round(100 * said))


def _place(question: WorkshopQuestion) -> PinnedPlace:
    """The question with its options in an order of their own."""
    return pinned(queries.item_versions([question.version_id])[question.version_id], question.position, question.version_id, is_pilot=False)


def _next(workshop_id: int, position: int) -> str:
    """The next question that I have not judged in the round that is open; the workshop's page where there is none."""
    judged = found_in.estimates_in(workshop_id, up_to_round=1).get(principal().person_id, {})
    is_open = found_in.workshop(workshop_id).revealed_at is None
    left = [each.position for each in found_in.questions_of(workshop_id) if each.version_id not in judged] if is_open else []
    ahead = [place for place in left if place > position] or left
    if not ahead:
        return url_for("exams.workshop", workshop_id=workshop_id, _anchor="mine")
    return url_for("exams.workshop_question", workshop_id=workshop_id, position=ahead[0])


def _page(found: CutWorkshop, question: WorkshopQuestion, form: EstimateForm, *, response: Mapping[str, Any] = NOTHING, with_key: bool = False) -> str:
    me, now, place = principal().person_id, clock.now(), _place(question)
    audience = Audience(me, f"item:{question.item_id}")
    first = found_in.estimates_in(found.id, up_to_round=1)
    return render_template(
        "exams/desk/workshop_question.html",
        workshop=found,
        exam=queries.exam_of_version(found.exam_version_id),
        question=question,
        count=len(found_in.questions_of(found.id)),
        done_count=len(first.get(me, {})),
        screen=question_screen(place, response),
        media_url=lambda media_id: media_address(media_id, audience, now=now),
        preference=preference_of(me, usual=current_app.config["CARE_DEFAULTS"]),
        opened=opened_item(place.version, reader_id=me, now=now) if with_key else None,
        spread=spreads(first).get(question.version_id) if found.revealed_at is not None else None,
        titles=titles(),
        form=form,
    )
