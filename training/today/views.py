"""The front page."""

from flask import Blueprint, render_template

from training import clock
from training.accounts.rules import Role
from training.authoring.queries.inbox import at_the_desk
from training.exams.queries.item_desk import held_count
from training.queues.rules.decision import Access
from training.today import queries
from training.today.rules import StepKind
from training.web.access import opens_to_signed_in, principal
from training.web.navigation import Group, Place, add_place

blueprint = Blueprint("today", __name__, template_folder="templates")

add_place(Place("today.page", "Today", Group.MINE, 0))

STEP_WORDS = {
    StepKind.RESUME_EXAM: ("Go on with your exam", "Its clock runs whether or not the page is open.", "Back to the exam", "exams.item"),
    StepKind.LEARN_CHANGE: (
        "Learn what changed",
        "After its date, the queues that it is about are closed to you until you have learned it.",
        "See what changed for you",
        "policy_changes.mine",
    ),
    StepKind.SIT_EXAM: ("You are ready for the exam", "Everything else for the certificate is done.", "See the rules and start", "exams.exam"),
    StepKind.RENEW: (
        "Renew your certificate",
        "Renewing early loses no days: the new term starts when the old one ends.",
        "See what it takes",
        "certification.certification",
    ),
    StepKind.REREAD: ("A policy you work by has changed", "Read what changed and acknowledge the new version.", "Read what changed", "courses.module"),
    StepKind.READ: ("Read the next module", "Acknowledge it at its end.", "Open the module", "courses.module"),
    StepKind.CHECK: ("Check yourself", "A few cases show whether the rules have sunk in.", "Start the check", "practice.check"),
    StepKind.PRACTISE: ("Practise on historical cases", "The course asks for some free practice.", "Open the course", "courses.course"),
    StepKind.KEEP_FRESH: ("Keep your eye in", "A few cases a day keep what you learned fresh.", "Practise", "practice.overview"),
}
"""For each kind of step: its heading, why, the words on its button, and where that leads."""


@blueprint.get("/")
@opens_to_signed_in
def page() -> str:
    """What is due, what expires, what changed, which queues are open, and what to do next."""
    me, now = principal(), clock.now()
    day = queries.day_of(me.person_id, now=now)
    return render_template(
        "today/page.html",
        me=me,
        now=now,
        day=day,
        step_words=STEP_WORDS,
        open_queues=[answer for answer in day.queues if answer.decision.access is not Access.DENY],
        late=queries.deltas_of_team(me.person_id, now=now) if Role.LEAD in me.roles else (),
        waiting=queries.exceptions_to_confirm(me.person_id, now=now) if Role.LEAD in me.roles else (),
        suspensions=queries.suspensions_to_decide(me.person_id, me.roles, now=now),
        held=held_count() if Role.TRAINER in me.roles else None,
        drafts=at_the_desk(me.person_id) if Role.TRAINER in me.roles else None,
        lapses=queries.lapses_of_team(me.person_id, now=now) if Role.LEAD in me.roles else None,
    )
