"""The register of attempts, for trainers and auditors: where whoever asks how a grade came about begins."""

from flask import render_template, request, url_for

from training import clock
from training.exams import queries
from training.exams.forms import RegisterForm
from training.exams.queries import RegisterFilter
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import opens_to, principal
from training.web.addresses import id_in_query
from training.web.forms import choices_of

add_desk_section(DeskSection("All attempts", "exams.register", "Find an attempt by its candidate and exam, and read how its grade came about."))


@blueprint.get("/exams/desk/attempts")
@opens_to(*DESK_ROLES)
def register() -> str:
    """Every attempt there was but one's own, those begun last first."""
    form, exams = RegisterForm(formdata=request.args), queries.exams()
    form.exam.choices = choices_of([("", "Every exam"), *((exam.slug, exam.document.title) for exam in exams)])
    text = (form.candidate.data or "").strip()
    exam_id = {exam.slug: exam.id for exam in exams}.get(form.exam.data or "")
    found = queries.registered_attempts(RegisterFilter(principal().person_id, text, exam_id), before_id=id_in_query("before"))
    shown = found[: queries.REGISTER_PAGE_SIZE]
    last = shown[-1].attempt.id if len(found) > len(shown) else None
    more = url_for("exams.register", candidate=text or None, exam=form.exam.data or None, before=last) if last else None
    return render_template("exams/desk/register.html", form=form, entries=shown, is_narrowed=bool(text or exam_id), more=more, now=clock.now())
