"""A named cohort: what its people sit now and more time for them, how they fared, what waits for markers, and how far each is."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import cohort
from training.accounts.rules import Role
from training.cases.queries import area_titles
from training.certification.queries import certifications
from training.courses.queries import current_modules
from training.db import db
from training.exams.queries import PAGE_SIZE, exam_by_slug
from training.insights import services
from training.insights.forms import CohortTimeForm
from training.insights.queries import named_cohorts as queries
from training.insights.rules.cohort_results import ExamResults, Fate, results_by_exam
from training.insights.rules.cohort_time import CohortTimeDeed
from training.insights.services import TimeRuling
from training.insights.views.blueprint import blueprint
from training.practice.queries import check_titles
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.charts import Chart, Reference, columns, shares
from training.web.formatting import percent_text
from training.web.wording import words_for

DONE = {CohortTimeDeed.EXTEND: "more time", CohortTimeDeed.PAUSE: "paused", CohortTimeDeed.RESUME: "let go on"}
NAMES_SHOWN = 5
FATE_WORDS = {Fate.PASSED: "Passed", Fate.NOT_PASSED: "Not passed", Fate.BEING_MARKED: "Being marked"}


@blueprint.get("/cohorts/<int:cohort_id>")
@opens_to(Role.TRAINER)
def followed_cohort(cohort_id: int) -> str:
    """The people of a cohort, and how they stand."""
    return _page(cohort_id, CohortTimeForm(formdata=None))


@blueprint.post("/cohorts/<int:cohort_id>/time")
@opens_to(Role.TRAINER)
@writes
def rule_on_time(cohort_id: int) -> ResponseReturnValue:
    """Give those who were chosen more time, pause them or let them go on."""
    form, ends = CohortTimeForm(), _chosen()
    if not form.validate_on_submit() or not ends:
        if not ends:
            form.form_errors.append("Tick at least one of those who sit now.")
        return _page(cohort_id, form, chosen=ends), 400
    ruling = TimeRuling(CohortTimeDeed(form.deed.data or ""), form.reason.data or "", form.minutes.data or 0)
    ruled = services.rule_on_time(cohort(cohort_id).id, ends, ruling, by=current_actor(), now=clock.now())
    db.session.commit()
    if ruled.done_count:
        flash(f"Done for {ruled.done_count}: {DONE[ruling.deed]}. They see it within 15 seconds.", "good")
    for reason, names in ruled.refused.items():
        flash(f"Not for {_listed(names)}: {words_for(reason)}", "warn")
    return redirect(url_for("insights.followed_cohort", cohort_id=cohort_id))


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    beyond = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {beyond} more" if beyond > 0 else "")


def _chosen() -> dict[str, str]:
    """The attempts that were ticked, each with its end as it was shown."""
    pairs = (value.partition(" ") for value in request.form.getlist("attempt")[: PAGE_SIZE + 1])
    return {public_id: end for public_id, _, end in pairs}


def _scores(results: ExamResults) -> Chart:
    cut = exam_by_slug(results.exam).document.rule.weighted_percent / 100
    return columns(results.histogram, shares("of the points"), "people", mark=Reference(cut, f"needed {percent_text(cut)}"))


def _page(cohort_id: int, form: CohortTimeForm, *, chosen: Mapping[str, str] | None = None) -> str:
    found, now, reader_id = cohort(cohort_id), clock.now(), principal().person_id
    asked = queries.asked_of(cohort_id)
    sitting = queries.sitting_in(cohort_id, reader_id=reader_id, now=now)
    results = results_by_exam(queries.sat_in(cohort_id, reader_id=reader_id))
    return render_template(
        "insights/named_cohort.html",
        cohort=found,
        asked=asked,
        page=queries.members_page(cohort_id, asked, reader_id=reader_id, now=now, after_id=id_in_query("after"), before_id=id_in_query("before")),
        sitting=sitting[:PAGE_SIZE],
        has_more=len(sitting) > PAGE_SIZE,
        results=results,
        charts={each.exam: _scores(each) for each in results},
        waiting=queries.marks_waiting_in(cohort_id),
        form=form,
        chosen=chosen or {},
        fates=FATE_WORDS,
        areas=area_titles(),
        certificates={each.id: each.document.title for each in certifications()},
        titles={module.slug: module.title for module in current_modules()} | check_titles(),
        now=now,
    )
