"""Attempts that are being sat, for trainers: who sits, until when, and more time or a pause where something went wrong."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import ExtendForm, PauseForm, RunningForm
from training.exams.models import Attempt
from training.exams.rules.reasons import SupervisionRefusal
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import instant_and_id_in_query
from training.web.forms import choices_of
from training.web.wording import words_for

add_desk_section(DeskSection("Running attempts", "exams.running", "Who sits an exam now. Give more time, pause and let go on.", queries.paused_count))


@blueprint.get("/exams/desk/running")
@opens_to(*DESK_ROLES)
def running() -> str:
    """Every attempt that is open now, the earliest deadline first."""
    form = RunningForm(formdata=request.args)
    known = queries.exams()
    form.exam.choices = choices_of([("", "Every exam"), *((exam.slug, exam.document.title) for exam in known)])
    wanted = {exam.slug: exam.id for exam in known}.get(form.exam.data or "")
    now = clock.now()
    found = queries.running_attempts(exam_id=wanted, after=instant_and_id_in_query("after"), now=now)
    shown = found[: queries.PAGE_SIZE]
    last = shown[-1].attempt if len(found) > len(shown) else None
    more = url_for("exams.running", exam=form.exam.data or None, after=f"{last.deadline_at.isoformat()}_{last.id}") if last else None
    return render_template("exams/desk/running.html", form=form, attempts=shown, more=more, now=now)


@blueprint.get("/exams/desk/running/<public_id>")
@opens_to(*DESK_ROLES)
def supervised_attempt(public_id: str) -> str:
    """One attempt: how it stands, what was ruled about its time, and the rulings to be made."""
    return _page(queries.any_attempt(public_id))


def _page(attempt: Attempt, *, extending: ExtendForm | None = None, pausing: PauseForm | None = None) -> str:
    now = clock.now()
    (seen,) = queries.supervised([attempt])
    events = queries.time_events_of(attempt.id)
    return render_template(
        "exams/desk/supervised.html",
        seen=seen,
        attempt=attempt,
        is_running=attempt.is_open_at(now),
        bank=queries.break_bank_of(attempt),
        events=events,
        names=person_names({event.by_id for event in events if event.by_id is not None}),
        verdicts=queries.verdict_counts(attempt.id),
        extending=extending or ExtendForm(formdata=None, prefix="extend-"),
        pausing=pausing or PauseForm(formdata=None, prefix="pause-"),
        may_rule="trainer" in principal().roles and attempt.person_id != principal().person_id,
        now=now,
    )


@blueprint.post("/exams/desk/running/<public_id>/extension")
@opens_to("trainer")
@writes
def extend(public_id: str) -> ResponseReturnValue:
    """Move the deadline."""
    form = ExtendForm(prefix="extend-")
    if not form.validate_on_submit():
        return _page(queries.any_attempt(public_id), extending=form), 400
    minutes: int = form.minutes.data or 0
    try:
        services.extend_attempt(queries.attempt_to_supervise(public_id), minutes=minutes, seen=form.ends.data or "", **_ruling(form))
    except Refusal as refusal:
        if refusal.reason is not SupervisionRefusal.END_HAS_MOVED:
            raise
        db.session.rollback()
        form.minutes.errors = [words_for(refusal.reason)]
        return _page(queries.any_attempt(public_id), extending=form), 409
    db.session.commit()
    flash(f"{minutes} minute{'s' if minutes > 1 else ''} more. The candidate sees it within 15 seconds.", "good")
    return redirect(url_for("exams.supervised_attempt", public_id=public_id))


@blueprint.post("/exams/desk/running/<public_id>/pause")
@opens_to("trainer")
@writes
def pause(public_id: str) -> ResponseReturnValue:
    """Let the time stand still."""
    return _rule_on_pause(public_id, services.pause_attempt, "Paused. The candidate's questions are covered within 15 seconds.")


@blueprint.post("/exams/desk/running/<public_id>/resumption")
@opens_to("trainer")
@writes
def resume(public_id: str) -> ResponseReturnValue:
    """Let it go on."""
    return _rule_on_pause(public_id, services.resume_attempt, "It goes on, and ends later by exactly the time it stood still.")


def _rule_on_pause(public_id: str, deed: Callable[..., None], said: str) -> ResponseReturnValue:
    form = PauseForm(prefix="pause-")
    if not form.validate_on_submit():
        return _page(queries.any_attempt(public_id), pausing=form), 400
    deed(queries.attempt_to_supervise(public_id), **_ruling(form))
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("exams.supervised_attempt", public_id=public_id))


def _ruling(form: ExtendForm | PauseForm) -> dict[str, Any]:
    return {"reason": form.reason.data or "", "by": current_actor(), "now": clock.now()}
