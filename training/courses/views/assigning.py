"""Who is asked to complete a course, and how far they are."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import people_reached, person_names, team_names
from training.courses import queries, services
from training.courses.documents import CourseDocument
from training.courses.forms import AssignForm
from training.courses.models import Assignment, Course
from training.courses.views.blueprint import MAY_ASSIGN, blueprint
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.addresses import LAST_PAGE, page_in_query
from training.web.wording import words_for

PAGE_SIZE = 30


def _way_of(assignments: Sequence[Assignment], document: CourseDocument) -> dict[str, object]:
    """Who each assignment asks, one person or those who are in the team now, and how far each of them is."""
    people = people_reached(assignments, at=clock.now())
    ids = {person_id for members in people.values() for person_id in members}
    progress = queries.progress_of_people(ids, document)
    completed = {person_id for person_id, way in progress.items() if way.is_complete}
    return {"people": people, "names": person_names(ids), "progress": progress, "completed": completed}


def _page(course: Course, form: AssignForm) -> str:
    document = queries.document_of(course)
    page = page_in_query()
    found = queries.open_assignments(course.id, count=PAGE_SIZE + 1, skipped=(page - 1) * PAGE_SIZE)
    return render_template(
        "courses/assignments.html",
        course=course,
        document=document,
        form=form,
        assignments=found[:PAGE_SIZE],
        teams=team_names(),
        page=page,
        has_more=len(found) > PAGE_SIZE and page < LAST_PAGE,
        now=clock.now(),
        **_way_of(found[:PAGE_SIZE], document),
    )


@blueprint.get("/courses/<slug>/assignments")
@opens_to(*MAY_ASSIGN)
def assignments(slug: str) -> str:
    """Who is asked to complete this course, and how far they are."""
    return _page(queries.course_by_slug(slug), AssignForm())


@blueprint.post("/courses/<slug>/assignments")
@opens_to(*MAY_ASSIGN)
@writes
def assign(slug: str) -> ResponseReturnValue:
    """Ask a person or a team to complete this course."""
    course, form = queries.course_by_slug(slug), AssignForm()
    if not form.validate_on_submit():
        return _page(course, form), 400
    try:
        asked = {"person_id": form.person_id, "team_id": form.team_id}
        services.assign_course(course, **asked, due_at=form.due_at, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.due_on.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(queries.course_by_slug(slug), form), 409
    db.session.commit()
    flash("They are asked to complete it, and see it on their Today page.", "good")
    return redirect(url_for("courses.assignments", slug=slug))


@blueprint.post("/courses/assignments/<int:assignment_id>/withdraw")
@opens_to(*MAY_ASSIGN)
@writes
def withdraw(assignment_id: int) -> ResponseReturnValue:
    """Ask no longer."""
    found = queries.assignment(assignment_id)
    services.withdraw_assignment(found, by=current_actor(), now=clock.now())
    slug = found.course.slug
    db.session.commit()
    flash("The assignment is withdrawn. What they did so far still counts.", "good")
    return redirect(url_for("courses.assignments", slug=slug))
