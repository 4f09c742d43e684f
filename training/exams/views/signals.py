"""Signals for those who review them: which attempts to look at, one attempt's time line, and how a review is closed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.db import db
from training.exams import queries, services
from training.exams.forms import OUTCOME_NAMES, ReviewForm, SignalsForm
from training.exams.models import SignalTally
from training.exams.queries import PublishedExam, ReviewFilter
from training.exams.rules.integrity.cohorts import unusual_groups
from training.exams.rules.integrity.kinds import ReviewOutcome, ReviewRefusal, SignalKind
from training.exams.rules.integrity.review import BaseRate, Figure, base_rate
from training.exams.rules.pool import is_overused
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import instant_and_id_in_query
from training.web.forms import choices_of
from training.web.personal import add_section
from training.web.wording import give_words

add_section("exam_signals", queries.signals_record)
add_desk_section(DeskSection("Signals", "exams.signals", "What was noticed about attempts, for a person to look at. Never a verdict.", queries.waiting_reviews))
give_words(
    {
        ReviewRefusal.OWN_ATTEMPT: "This is your own attempt: somebody else reviews it.",
        ReviewRefusal.NOT_OVER: "This attempt is not over, or what was noticed is not counted yet. Try again in a minute.",
    }
)


@blueprint.get("/exams/desk/signals")
@opens_to(*DESK_ROLES)
def signals() -> str:
    """Finished attempts with what was noticed, the latest first."""
    form = SignalsForm(formdata=request.args)
    exams = queries.exams()
    form.exam.choices = choices_of([("", "Every exam"), *((exam.slug, exam.document.title) for exam in exams)])
    found = queries.tallied_attempts(_wanted(form, exams), after=instant_and_id_in_query("after"))
    shown = found[: queries.REVIEW_PAGE_SIZE]
    last = shown[-1].tally if len(found) > len(shown) else None
    after = f"{last.finished_at.isoformat()}_{last.attempt_id}" if last else None
    more = url_for("exams.signals", after=after, exam=form.exam.data or None, show=form.show.data, kind=form.kind.data or None) if last else None
    rates = _rates([entry.tally for entry in shown])
    return render_template("exams/desk/signals.html", form=form, entries=shown, rates=rates, more=more)


def _wanted(form: SignalsForm, exams: list[PublishedExam]) -> ReviewFilter:
    show, kind = form.show.data or "waiting", form.kind.data or ""
    return ReviewFilter(
        reader_id=principal().person_id,
        exam_id={exam.slug: exam.id for exam in exams}.get(form.exam.data or ""),
        is_waiting=show == "waiting",
        outcome=show if show in {*ReviewOutcome} else None,
        kind=SignalKind(kind) if kind in {*SignalKind} else None,
    )


def _rates(tallies: list[SignalTally]) -> dict[tuple[int, Figure], BaseRate]:
    """How common each figure of each attempt is among the attempts at its exam, by attempt and figure."""
    histograms = queries.histograms({tally.exam_id for tally in tallies}, now=clock.now())
    return {
        (tally.attempt_id, figure): base_rate(histograms.get((tally.exam_id, figure), {}), getattr(tally, figure.value))
        for tally in tallies
        for figure in Figure
    }


@blueprint.get("/exams/desk/signals/groups")
@opens_to(*DESK_ROLES)
def signal_groups() -> str:
    """Teams that passed unusually often or rarely, and items that too many forms held, exam by exam."""
    now, exams = clock.now(), queries.exams()
    exposure = queries.item_exposure([exam.id for exam in exams])
    return render_template(
        "exams/desk/signal_groups.html",
        exams=exams,
        teams={exam.id: unusual_groups(queries.passes_by_team(exam.id, now=now)) for exam in exams},
        exposed={exam_id: [item for item in items if is_overused(item.form_count, item.forms_drawn)] for exam_id, items in exposure.items()},
    )


@blueprint.get("/exams/desk/signals/<public_id>")
@opens_to(*DESK_ROLES)
def attempt_signals(public_id: str) -> str:
    """One attempt's time line. Never one's own."""
    return _page(public_id, ReviewForm(formdata=None))


def _page(public_id: str, form: ReviewForm) -> str:
    attempt, candidate = queries.attempt_of_another(public_id, reader_id=principal().person_id)
    tally, reviews = queries.tally_of(attempt.id), queries.reviews_of(attempt.id)
    return render_template(
        "exams/desk/attempt_signals.html",
        attempt=attempt,
        candidate=candidate,
        tally=tally,
        rates=_rates([tally]) if tally else {},
        signals=queries.signals_of(attempt.id),
        reviews=reviews,
        reviewers=person_names({review.by_id for review in reviews}),
        outcomes=OUTCOME_NAMES,
        form=form,
        may_review="trainer" in principal().roles and tally is not None,
    )


@blueprint.post("/exams/desk/signals/<public_id>/review")
@opens_to("trainer")
@writes
def close_review(public_id: str) -> ResponseReturnValue:
    """Close the review with what was found."""
    attempt, _candidate = queries.attempt_of_another(public_id, reader_id=principal().person_id)
    form = ReviewForm()
    if not form.validate_on_submit():
        return _page(public_id, form), 400
    services.close_review(attempt, ReviewOutcome(form.outcome.data), note=form.note.data or "", by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Closed. The score and the certificate stay as they are.", "good")
    return redirect(url_for("exams.attempt_signals", public_id=public_id))
