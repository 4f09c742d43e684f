"""My queues: open or closed, why, and the way to open each."""

from flask import render_template

from training import clock
from training.accounts.queries import person, unavailable_people
from training.practice.queries import withheld_from
from training.queues import queries
from training.queues.rules.decision import Access
from training.queues.views.blueprint import blueprint, requirement_line
from training.web.access import opens_to_signed_in, principal

ORDER = (Access.ALLOW, Access.SHADOW, Access.DENY)


@blueprint.get("/queues")
@opens_to_signed_in
def mine() -> str:
    """Every queue with the gate's answer for me."""
    now = clock.now()
    titles = queries.titles()
    me = person(principal().person_id)
    answers = queries.answers_for(me.public_id, at=now, known_at=now)
    exceptions = queries.acting_by_cell([me.id], at=now)
    is_away = me.id in unavailable_people([me.id], now=now)
    ordered = sorted(answers, key=lambda answer: ORDER.index(answer.decision.access))
    lines = {answer.queue.slug: requirement_line(answer.queue, titles) for answer in ordered}
    withheld = withheld_from(principal().person_id, at=now)
    return render_template("queues/mine.html", answers=ordered, lines=lines, titles=titles, withheld=withheld, me=me, exceptions=exceptions, is_away=is_away)
