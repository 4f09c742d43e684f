"""Courses as the person who takes them sees them."""

from flask import render_template

from training import clock
from training.courses import queries
from training.courses.views.blueprint import MAY_ASSIGN, blueprint
from training.web.access import opens_to_signed_in, principal


@blueprint.get("/courses")
@opens_to_signed_in
def courses() -> str:
    """The courses that the reader is asked to complete, and all others."""
    person_id = principal().person_id
    now = clock.now()
    assigned = queries.assignments_of(person_id, now=now)
    named = {work.slug for work in assigned if not work.is_module}
    others = {slug: progress for slug, progress in queries.progress_by_course(person_id).items() if slug not in named}
    return render_template("courses/courses.html", assigned=assigned, others=others, now=now)


@blueprint.get("/courses/<slug>")
@opens_to_signed_in
def course(slug: str) -> str:
    """A course, step by step."""
    person_id, now = principal().person_id, clock.now()
    found = queries.course_by_slug(slug)
    document = queries.document_of(found)
    modules = queries.modules_of(document)
    return render_template(
        "courses/course.html",
        course=found,
        document=document,
        modules={module.slug: module for module in modules},
        progress=queries.course_progress(person_id, slug),
        read_counts=queries.sections_read_counts(person_id),
        due=next((work for work in queries.assignments_of(person_id, now=now) if work.slug == slug and not work.is_module), None),
        now=now,
        may_assign=bool(principal().roles.intersection(MAY_ASSIGN)),
    )
