"""Who is asked to complete a course or a module, and how far they are."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import cohort_names, people_reached, person_names, team_names
from training.courses import queries, services
from training.courses.forms import AssignForm
from training.courses.models import Assignment
from training.courses.queries import Work
from training.courses.rules.assigning import AudienceRule
from training.courses.views.blueprint import MAY_ASSIGN, blueprint
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.addresses import LAST_PAGE, id_in_query, page_in_query
from training.web.formatting import language_name, market_name
from training.web.wording import words_for

PAGE_SIZE = 30


def address_of(work: Work) -> str:
    """The page on which people are asked for this."""
    return url_for("courses.module_assignments" if work.is_module else "courses.assignments", slug=work.subject.slug)


def rule_words(key: str) -> str:
    """`Everybody in Indonesia who works in Indonesian`."""
    rule = AudienceRule.parse(key)
    place = f" in {market_name(rule.market)}" if rule.market else ""
    return f"Everybody{place} who works in {language_name(rule.language)}" if rule.language else f"Everybody{place}"


def _way_of(assignments: Sequence[Assignment], work: Work) -> dict[str, object]:
    """Who each assignment asks, one person or those who are in the team now, and how far each of them is; of cohorts and rules, how many they take in."""
    people = people_reached([row for row in assignments if not row.is_counted], at=clock.now())
    ids = {person_id for members in people.values() for person_id in members}
    progress = queries.progress_towards(work, ids)
    completed = {person_id for person_id, way in progress.items() if way.is_complete}
    sizes = {row.id: queries.audience_size(row) for row in assignments if row.is_counted}
    return {
        "people": people,
        "names": person_names(ids),
        "progress": progress,
        "completed": completed,
        "sizes": sizes,
        "rule_words": rule_words,
        "cohorts": cohort_names(),
    }


def _page(work: Work, form: AssignForm) -> str:
    page = page_in_query()
    course_id, module_id = (None, work.subject.id) if work.is_module else (work.subject.id, None)
    found = queries.open_assignments(course_id, module_id=module_id, count=PAGE_SIZE + 1, skipped=(page - 1) * PAGE_SIZE)
    return render_template(
        "courses/assignments.html",
        work=work,
        address=address_of(work),
        form=form,
        assignments=found[:PAGE_SIZE],
        teams=team_names(),
        page=page,
        has_more=len(found) > PAGE_SIZE and page < LAST_PAGE,
        now=clock.now(),
        **_way_of(found[:PAGE_SIZE], work),
    )


@blueprint.get("/courses/<slug>/assignments")
@opens_to(*MAY_ASSIGN)
def assignments(slug: str) -> str:
    """Who is asked to complete this course, and how far they are."""
    return _page(queries.work_of_course(slug), AssignForm())


@blueprint.get("/handbook/<slug>/assignments")
@opens_to(*MAY_ASSIGN)
def module_assignments(slug: str) -> str:
    """Who is asked to read this module and acknowledge it, and how far they are."""
    return _page(queries.work_of_module(slug), AssignForm())


@blueprint.post("/courses/<slug>/assignments")
@opens_to(*MAY_ASSIGN)
@writes
def assign(slug: str) -> ResponseReturnValue:
    """Ask somebody to complete this course."""
    return _assign(queries.work_of_course(slug))


@blueprint.post("/handbook/<slug>/assignments")
@opens_to(*MAY_ASSIGN)
@writes
def assign_module(slug: str) -> ResponseReturnValue:
    """Ask somebody to read this module and acknowledge it."""
    return _assign(queries.work_of_module(slug))


def _assign(work: Work) -> ResponseReturnValue:
    form = AssignForm()
    if not form.validate_on_submit():
        return _page(work, form), 400
    audience = services.Audience(form.person_id, form.team_id, form.rule, form.cohort_id)
    try:
        services.assign(work.subject, audience, due_at=form.due_at, due_on=form.due_on.data, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.due_on.errors = [words_for(refusal.reason, refusal.detail)]
        again = queries.work_of_module if work.is_module else queries.work_of_course
        return _page(again(work.subject.slug), form), 409
    db.session.commit()
    flash("They are asked to complete it, and see it on their Today page.", "good")
    return redirect(address_of(work))


@blueprint.get("/assignments/<int:assignment_id>")
@opens_to(*MAY_ASSIGN)
def assignment(assignment_id: int) -> str:
    """Whom an assignment asks, by name, and how far each of them is."""
    found, now = queries.assignment(assignment_id), clock.now()
    work = queries.work_of(found)
    page = queries.takers_page(found, work, now=now, after_id=id_in_query("after"), before_id=id_in_query("before"))
    return render_template(
        "courses/assignment.html",
        assignment=found,
        work=work,
        address=address_of(work),
        page=page,
        size=queries.audience_size(found),
        team=team_names().get(found.team_id) if found.team_id else None,
        cohort=cohort_names().get(found.cohort_id) if found.cohort_id else None,
        rule_words=rule_words,
        now=now,
    )


@blueprint.post("/courses/assignments/<int:assignment_id>/withdraw")
@opens_to(*MAY_ASSIGN)
@writes
def withdraw(assignment_id: int) -> ResponseReturnValue:
    """Ask no longer."""
    found = queries.assignment(assignment_id)
    work = queries.work_of(found)
    services.withdraw_assignment(found, by=current_actor(), now=clock.now())
    address = address_of(work)
    db.session.commit()
    flash("The assignment is withdrawn. What they did so far still counts.", "good")
    return redirect(address)
