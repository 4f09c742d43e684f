"""Marking written replies: what waits, one reply at a time without a name, and how well markers agree."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import active_ids_of
from training.accounts.rules import Role
from training.db import db
from training.errors import NotFound, Refusal
from training.exams import services
from training.exams.forms import MarkForm
from training.exams.models import MarkingTask
from training.exams.queries import marking as queries
from training.exams.rules.blueprint import Criterion
from training.exams.rules.reply_marks import FEWEST_PAIRS, MOST_POINTS, SAMPLE_SHARE, TOLERANCE, MarkingRefusal
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import give_words, words_for

add_desk_section(DeskSection("Written replies", "exams.marking", "Mark what candidates wrote, blind, one reply at a time.", queries.open_task_count))

give_words(
    {
        MarkingRefusal.MARKED_ALREADY: "You have marked this reply; the first mark stands.",
        MarkingRefusal.TEXT_CHANGED: "Another text of the candidate counts by now, so your mark is not kept. Take the next one.",
    }
)


@blueprint.get("/exams/desk/marking")
@opens_to(*ANALYSIS_ROLES)
def marking() -> str:
    """How much waits for me and for everybody, and how well markers agree."""
    may_mark = Role.TRAINER in principal().roles
    return render_template(
        "exams/desk/marking.html",
        mine=queries.waiting_count(principal().person_id, now=clock.now()) if may_mark else 0,
        may_mark=may_mark,
        waiting=queries.waiting_marks(),
        unmarkable=queries.unmarkable_count(active_ids_of(Role.TRAINER)),
        agreement=queries.marker_agreement(),
        fewest_pairs=FEWEST_PAIRS,
        sample_share=SAMPLE_SHARE,
        tolerance=TOLERANCE,
        most_points=MOST_POINTS,
    )


@blueprint.post("/exams/desk/marking/next")
@opens_to("trainer")
@writes
def take_reply() -> ResponseReturnValue:
    """Take the next reply that I may mark."""
    target = _next_reply()
    db.session.commit()
    if target is None:
        flash("Nothing waits for you.", "info")
    return redirect(target or url_for("exams.marking"))


def _next_reply() -> str | None:
    """Where the next reply is that I may mark, which is mine from now on."""
    task = services.take_reply(principal().person_id, now=clock.now())
    return url_for("exams.reply", task_id=task.id) if task else None


@blueprint.get("/exams/desk/marking/<int:task_id>")
@opens_to("trainer")
def reply(task_id: int) -> ResponseReturnValue:
    """The reply that I took."""
    task = queries.claimed_task(task_id, principal().person_id)
    if task.done_at is not None:
        return redirect(url_for("exams.marking"))
    return _page(task, MarkForm())


@blueprint.post("/exams/desk/marking/<int:task_id>")
@opens_to("trainer")
@writes
def mark_reply(task_id: int) -> ResponseReturnValue:
    """Mark it, and go to the next where that is wanted; a second click changes nothing."""
    form = MarkForm()
    if not form.validate_on_submit():
        return _page(queries.claimed_task(task_id, principal().person_id), form), 400
    try:
        services.give_mark(task_id, form.ratings, note=form.note.data or "", by=current_actor(), site_url=current_app.config["PUBLIC_URL"], now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        flash(words_for(refusal.reason), "warn")
        return redirect(url_for("exams.marking"))
    target = _next_reply() if request.form.get("go") == "next" else None
    db.session.commit()
    flash("Marked. This is the next one." if target else "Marked.", "good")
    return redirect(target or url_for("exams.marking"))


@blueprint.post("/exams/desk/marking/<int:task_id>/give-back")
@opens_to("trainer")
@writes
def give_reply_back(task_id: int) -> ResponseReturnValue:
    """Leave it to somebody else, and take the next one where that is wanted."""
    goes_on = request.form.get("go") == "next"
    try:
        taken = _leave(task_id, goes_on=goes_on)
        db.session.commit()
    except NotFound:
        db.session.rollback()
        return redirect(url_for("exams.marking"))
    if goes_on and taken is None:
        flash("No other reply waits for you. The one you skipped is back in the queue.", "info")
    return redirect(taken or url_for("exams.marking"))


def _leave(task_id: int, *, goes_on: bool) -> str | None:
    """Where the reply after this one is, which is mine from now on where I go on."""
    if not goes_on:
        services.give_back(task_id, principal().person_id)
        return None
    task = services.skip_reply(task_id, principal().person_id, now=clock.now())
    return url_for("exams.reply", task_id=task.id) if task else None


def _page(task: MarkingTask, form: MarkForm) -> str:
    found = queries.reply_of(task)
    document = found.version.document["reply"]
    return render_template(
        "exams/desk/reply.html",
        task=task,
        reply=found,
        ticket=document["ticket"],
        rubric=document["rubric"],
        criteria=list(Criterion),
        form=form,
    )
