"""Before an exam: the list, each exam's page with everything that decides, and the start."""

from datetime import datetime

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import state_of
from training.certification.queries import needs_of
from training.db import db
from training.exams import queries, services
from training.exams.documents import ExamDocument
from training.exams.queries import PublishedExam, SequentialStart
from training.exams.rules.sequential.curve import operating_curve, operating_point
from training.exams.rules.timing import Allowance, deadline
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.web.access import current_actor, opens_to_signed_in, principal, writes


@blueprint.get("/exams")
@opens_to_signed_in
def index() -> str:
    """Every exam with how I stand, and my attempts."""
    now, person_id = clock.now(), principal().person_id
    overviews = queries.overviews(person_id, now=now)
    sequences = {each.exam.slug: _sequence_ahead(each.exam, now=now) for each in overviews if each.readiness.refusal is None}
    return render_template("exams/index.html", overviews=overviews, sequences=sequences, attempts=queries.attempts_of(person_id), now=now)


@blueprint.get("/exams/<slug>")
@opens_to_signed_in
def exam(slug: str) -> str:
    """Rules, length, my deadline and how it came about, what is still to do, and the chances of passing."""
    now, person_id = clock.now(), principal().person_id
    overview = queries.overview_of(person_id, queries.exam_by_slug(slug), now=now)
    sequence = _sequence_ahead(overview.exam, now=now)
    return render_template(
        "exams/exam.html",
        overview=overview,
        document=overview.exam.document,
        readiness=overview.readiness,
        area_titles=titles(),
        needs=needs_of(overview.certification),
        unmet_pairs={(unmet.need, unmet.subject) for unmet in overview.readiness.unmet},
        sequence=sequence,
        fair=operating_point(sequence.plan, sequence.plan.p0) if sequence else None,
        good=operating_point(sequence.plan, sequence.plan.p1) if sequence else None,
        curve=operating_curve(sequence.plan) if sequence else (),
        **_times(overview.exam.document, sequence, now=now),
    )


def _sequence_ahead(found: PublishedExam, *, now: datetime) -> SequentialStart | None:
    return queries.sequence_ahead(principal().person_id, found, allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"], now=now)


def _times(document: ExamDocument, sequence: SequentialStart | None, *, now: datetime) -> dict[str, object]:
    """How long I have, and when I would end if I started as soon as I may."""
    state, window = state_of(principal().person_id, at=now), document.announced_window
    limit_seconds = document.limit_seconds_of(sequence.plan.cap) if sequence else document.limit_seconds
    allowance = Allowance(limit_seconds, state.time_multiplier, state.extra_break_seconds)
    return {"allowance": allowance, "window": window, "deadline_at": deadline(max(now, window.opens_at) if window else now, allowance)}


@blueprint.post("/exams/<slug>/start")
@opens_to_signed_in
@writes
def start(slug: str) -> ResponseReturnValue:
    """Start, or go on with the attempt that is open."""
    attempt = services.start_attempt(
        principal().person_id,
        queries.exam_by_slug(slug),
        allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"],
        by=current_actor(),
        now=clock.now(),
    )
    target = url_for("exams.item", public_id=attempt.public_id, position=1)
    db.session.commit()
    return redirect(target)
