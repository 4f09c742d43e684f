"""Angoff workshops: who is called to judge which questions of an exam, how far they are, and where they put its cut once it is revealed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import CallJudgesForm, WorkshopForm
from training.exams.models import CutWorkshop, CutWorkshopJudge
from training.exams.queries import workshops as found_in
from training.exams.queries.workshops import WorkshopQuestion
from training.exams.rules.analysis.cuts import FEWEST_JUDGES, AngoffCut, Estimates, Spread, leanings, spreads
from training.exams.rules.workshops import QuestionChoice, WorkshopRefusal
from training.exams.services.workshops import PlannedWorkshop
from training.exams.views.blueprint import blueprint
from training.exams.views.cuts import CutByItems, cut_by_items, cut_of
from training.exams.views.desk import ANALYSIS_ROLES, DeskSection, add_desk_section
from training.exams.views.exam_desk import chosen_exam
from training.exams.views.workshop_words import WORKSHOP_STATES
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.spreadsheets import Cell, table_file
from training.web.wording import words_for

HEADING = ("Question", "Item", "Points", "Judges", "Mean", "Standard deviation", "Lowest", "Median", "Highest", "Right of candidates", "Candidates")
FORMS_SHOWN = 10

add_desk_section(
    DeskSection(
        "Workshops on cuts",
        "exams.workshops",
        "Judges say question by question what somebody who is just good enough gets right.",
        lambda: found_in.waiting_workshops(principal().person_id),
    )
)


@blueprint.get("/exams/desk/workshops")
@opens_to(*ANALYSIS_ROLES)
def workshops() -> str:
    """Every workshop, the latest first, and which of them wait for me."""
    found = found_in.listed_workshops(principal().person_id, before_id=id_in_query("before"))
    older_id = found[-1].workshop.id if len(found) == found_in.WORKSHOPS_SHOWN else None
    return render_template("exams/desk/workshops.html", listed=found, states=WORKSHOP_STATES, older_id=older_id)


@blueprint.get("/exams/desk/exams/<slug>/workshop")
@opens_to("trainer")
def new_workshop(slug: str) -> str:
    """Whom to call to judge which questions of the exam's current version, or of the one that the address names."""
    return _calling_page(slug, WorkshopForm(formdata=None))


@blueprint.post("/exams/desk/exams/<slug>/workshop")
@opens_to("trainer")
@writes
def call_workshop(slug: str) -> ResponseReturnValue:
    """Call a workshop: every judge gets a mail."""
    form, (exam, _versions), config = WorkshopForm(), chosen_exam(slug), current_app.config
    if not form.validate_on_submit():
        return _calling_page(slug, form), 422
    planned = PlannedWorkshop(form.judges.person_ids, QuestionChoice(form.choice.data), form.slugs, form.note.data or "")
    try:
        made = services.call_workshop(
            exam, planned, allow_public=config["ALLOW_PUBLIC_ITEMS"], site_url=config["PUBLIC_URL"], by=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        db.session.rollback()
        about = {WorkshopRefusal.QUESTION_UNKNOWN: form.named, WorkshopRefusal.TOO_MANY_QUESTIONS: form.choice, WorkshopRefusal.CANNOT_FILL: form.choice}
        about.get(WorkshopRefusal(refusal.reason), form.judges).errors = [words_for(refusal.reason, refusal.detail)]
        return _calling_page(slug, form), 409
    address = url_for("exams.workshop", workshop_id=made.id)
    db.session.commit()
    flash("Every judge has a mail. You see here how far they are.", "good")
    return redirect(address)


def _calling_page(slug: str, form: WorkshopForm) -> str:
    exam, _versions = chosen_exam(slug)
    return render_template("exams/desk/workshop_new.html", exam=exam, form=form, fewest_judges=FEWEST_JUDGES)


@blueprint.get("/exams/desk/workshops/<int:workshop_id>")
@opens_to(*ANALYSIS_ROLES)
def workshop(workshop_id: int) -> str:
    """One workshop: my questions while I judge, and where the judges put the cut once it is revealed."""
    return workshop_page(found_in.workshop(workshop_id), CallJudgesForm(formdata=None))


@dataclass(frozen=True, slots=True)
class Results:
    """What everybody may see of a workshop once round one is revealed."""

    cut: AngoffCut | None
    """Over all its questions as one form."""
    forms: CutByItems
    spreads: Mapping[int, Spread]
    """By item version."""
    own: Mapping[int, float]
    """What the reader said last, in round two as well."""
    judges: Sequence[tuple[float, float, int, bool]]
    """Each judge's mean, how far above the others they are, how many questions they judged, and whether they are the reader: without names, the one who
    asks for most first."""


def results_of(found: CutWorkshop, questions: Sequence[WorkshopQuestion]) -> Results | None:
    """What everybody may see; nothing before round one is revealed."""
    said = found_in.shown_estimates(found)
    if not said:
        return None
    exam, me = queries.exam_of_version(found.exam_version_id), principal().person_id
    return Results(
        cut=cut_of(said, [question.version_id for question in questions]),
        forms=cut_by_items(exam, said),
        spreads=spreads(said),
        own=found_in.estimates_in(found.id, up_to_round=2).get(me, {}),
        judges=_judges(said, me),
    )


def _judges(said: Estimates, me: int) -> list[tuple[float, float, int, bool]]:
    leaning = leanings(said)
    lines = [(sum(judged.values()) / len(judged), leaning[judge], len(judged), judge == me) for judge, judged in said.items()]
    return sorted(lines, key=lambda line: -line[1])


def workshop_page(found: CutWorkshop, form: CallJudgesForm, problem: str | None = None) -> str:
    """The page of a workshop; `problem` says why something was not done."""
    me, questions, judges = principal().person_id, found_in.questions_of(found.id), found_in.judges_of(found.id)
    first = found_in.estimates_in(found.id, up_to_round=1)
    return render_template(
        "exams/desk/workshop.html",
        workshop=found,
        exam=queries.exam_of_version(found.exam_version_id),
        questions=questions,
        judge=next((judge for judge in judges if judge.person_id == me), None),
        judged=first.get(me, {}),
        progress=_progress(judges, first),
        results=results_of(found, questions),
        names=person_names([found.called_by_id, *(judge.person_id for judge in judges)]),
        states=WORKSHOP_STATES,
        fewest_judges=FEWEST_JUDGES,
        forms_shown=FORMS_SHOWN,
        form=form,
        problem=problem,
    )


def _progress(judges: Sequence[CutWorkshopJudge], said: Estimates) -> list[tuple[CutWorkshopJudge, int]]:
    """Every judge, and how many questions they have judged in round one."""
    return [(judge, len(said.get(judge.person_id, {}))) for judge in judges]


@blueprint.get("/exams/desk/workshops/<int:workshop_id>/table.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def workshop_table(workshop_id: int, file_format: str) -> ResponseReturnValue:
    """What was said of each question, as a file; nothing before round one is revealed."""
    found = found_in.workshop(workshop_id)
    said = spreads(found_in.shown_estimates(found))
    lines = [_line(question, said[question.version_id]) for question in found_in.questions_of(workshop_id) if question.version_id in said]
    return table_file(f"workshop-{workshop_id}", HEADING, lines, file_format)


def _line(question: WorkshopQuestion, spread: Spread) -> list[Cell]:
    figures = question.figures
    of_candidates = (figures.facility.point if figures.facility else None, figures.count) if figures else (None, 0)
    values = (spread.mean, spread.deviation, spread.low, spread.median, spread.high)
    return [question.position, question.slug, question.points, spread.judge_count, *values, *of_candidates]


@blueprint.post("/exams/desk/workshops/<int:workshop_id>/judges")
@opens_to("trainer")
@writes
def call_judges(workshop_id: int) -> ResponseReturnValue:
    """Call more judges, while nothing is revealed."""
    form, site_url = CallJudgesForm(), current_app.config["PUBLIC_URL"]
    if not form.validate_on_submit():
        return workshop_page(found_in.workshop(workshop_id), form), 422
    people = form.judges.person_ids
    return _done(
        workshop_id, lambda: services.call_more_judges(workshop_id, people, site_url=site_url, by=current_actor(), now=clock.now()), "They are called."
    )


@blueprint.post("/exams/desk/workshops/<int:workshop_id>/begin")
@opens_to(*services.MAY_JUDGE)
@writes
def begin_judging(workshop_id: int) -> ResponseReturnValue:
    """Show me the questions from now on; I never draw any of them."""
    return _done(workshop_id, lambda: services.begin_judging(workshop_id, by=current_actor(), now=clock.now()), "You can judge the questions now.")


@blueprint.post("/exams/desk/workshops/<int:workshop_id>/reveal")
@opens_to("trainer")
@writes
def reveal_workshop(workshop_id: int) -> ResponseReturnValue:
    """End round one, and show everybody the spread."""
    site_url = current_app.config["PUBLIC_URL"]
    said = "It is revealed, without names. The judges can say something else until you close it."
    return _done(workshop_id, lambda: services.reveal_workshop(workshop_id, site_url=site_url, by=current_actor(), now=clock.now()), said)


@blueprint.post("/exams/desk/workshops/<int:workshop_id>/close")
@opens_to("trainer")
@writes
def close_workshop(workshop_id: int) -> ResponseReturnValue:
    """End the workshop for good."""
    return _done(workshop_id, lambda: services.close_workshop(workshop_id, by=current_actor(), now=clock.now()), "The workshop is closed.")


def _done(workshop_id: int, deed: Callable[[], object], words: str) -> ResponseReturnValue:
    """Do it, and lead back to the workshop, with what came of it or why nothing did."""
    try:
        deed()
    except Refusal as refusal:
        db.session.rollback()
        return workshop_page(found_in.workshop(workshop_id), CallJudgesForm(formdata=None), words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("exams.workshop", workshop_id=workshop_id))
