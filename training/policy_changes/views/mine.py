"""What changed for me: only the changes, clause by clause, and how I show that I know them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.queries import area_titles
from training.certification.queries import open_deltas
from training.certification.services import follow_studies
from training.courses import queries as courses
from training.courses.forms import AcknowledgeForm
from training.courses.services import acknowledge
from training.db import db
from training.exams.queries import exams
from training.policy_changes import queries
from training.policy_changes.views.blueprint import blueprint
from training.web.access import current_actor, opens_to_signed_in, principal, writes


@blueprint.get("/mine/<slug>")
@opens_to_signed_in
def mine(slug: str) -> str:
    """What I still have to learn of a module's changes; where there is nothing, it says so."""
    module, person_id = courses.module_by_slug(slug), principal().person_id
    owed = [each for each in open_deltas(person_id) if each.module_slug == slug]
    acknowledged = courses.newest_acknowledged(person_id).get(slug)
    return render_template(
        "policy_changes/mine.html",
        module=module,
        owed=owed,
        changes=queries.changes_of({(each.module_slug, each.module_version) for each in owed}),
        acknowledged=acknowledged,
        passed=courses.passed_checks(person_id),
        exams={exam.slug: exam.document.title for exam in exams()},
        areas=area_titles(),
        now=clock.now(),
    )


@blueprint.post("/mine/<slug>/read")
@opens_to_signed_in
@writes
def read(slug: str) -> ResponseReturnValue:
    """I have read what changed and will work by it."""
    form, person_id, by, now = AcknowledgeForm(), principal().person_id, current_actor(), clock.now()
    if not form.validate():
        abort(400)
    version = courses.module_version(courses.module_by_slug(slug).id, form.number)
    acknowledge(person_id, version, by=by, now=now)
    is_met = follow_studies(person_id, by=by, now=now)
    db.session.commit()
    flash("Done: you know the change, and your queues stay open." if is_met else "Noted: you have read what changed.", "good")
    return redirect(url_for("policy_changes.mine", slug=slug))
