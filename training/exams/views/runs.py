"""The ledger of an attempt's scores, for trainers and auditors."""

from flask import render_template

from training.accounts.queries import person_names
from training.exams import queries
from training.exams.rules.grading import Mark
from training.exams.rules.runs import RunReason
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES
from training.web.access import opens_to, principal
from training.web.wording import give_words

give_words(
    {
        RunReason.SUBMITTED: "Graded when it was submitted",
        RunReason.EXPIRED: "Graded when its time was over",
        RunReason.MARKED: "Graded anew when its written replies were marked",
        RunReason.APPEALED: "Graded anew when a written reply was marked once more, upon an appeal",
        RunReason.RULED: "Graded anew after a ruling about the key of a question",
        RunReason.LATE_ANSWERS: "Graded anew after a ruling about answers that arrived late",
        RunReason.RULES_CHANGED: "Graded anew by a newer version of the rules of grading",
    }
)

MARK_WORDS = {
    Mark.WRONG: "wrong",
    Mark.RIGHT: "right",
    Mark.BLANK: "left blank",
    Mark.CRITICAL_MISS: "a critical miss",
    Mark.PARTIAL: "right in part",
    Mark.PENDING: "waits for a marker",
}


@blueprint.get("/exams/desk/attempts/<public_id>/runs")
@opens_to(*DESK_ROLES)
def runs(public_id: str) -> str:
    """Every score that an attempt was given: why, when, by whom, by which rules, and what changed. Never one's own: it tells which were wrong."""
    attempt, candidate = queries.attempt_of_another(public_id, reader_id=principal().person_id)
    entries = queries.runs_of(attempt)
    return render_template(
        "exams/desk/runs.html",
        attempt=attempt,
        candidate=candidate,
        entries=entries,
        names=person_names({entry.run.by_id for entry in entries if entry.run.by_id}),
        mark_words=MARK_WORDS,
        area_titles=titles(),
    )
