"""The blueprint of an exam for those who write and read exams: what every form holds, what passes, and what the bank of today has for it."""

from flask import current_app, render_template

from training import clock
from training.exams import queries, services
from training.exams.forms import CLASS_WORDS, KIND_WORDS
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.exams.views.exam_desk import chosen_exam
from training.web.access import opens_to


@blueprint.get("/exams/desk/exams/<slug>/blueprint")
@opens_to(*ANALYSIS_ROLES)
def exam_blueprint(slug: str) -> str:
    """The blueprint of the exam's current version, or of the one that the address names, beside the bank of today."""
    exam, versions = chosen_exam(slug)
    window, now = exam.document.announced_window, clock.now()
    return render_template(
        "exams/desk/blueprint.html",
        exam=exam,
        document=exam.document,
        versions=versions,
        published_at=next(version.published_at for version in versions if version.id == exam.version_id),
        is_current=versions[0].id == exam.version_id,
        stock=services.stock_of(exam.document, allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"]),
        window=window,
        prepared=queries.prepared_counts(exam.version_id) if window else None,
        is_preparing=window is not None and window.is_prepared_for(now),
        titles=titles(),
        said={"kinds": KIND_WORDS, "classes": CLASS_WORDS},
    )
