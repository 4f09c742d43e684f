"""Reminding people by mail of what they are asked to complete: each reminder once, and none of what is done."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import update

from training.accounts import queries as accounts
from training.accounts.rules import FactKind
from training.config import zone_or_organisations
from training.courses import queries
from training.courses.models import Assignment, AssignmentReminder
from training.courses.queries import Work
from training.courses.queries.reminding import Reached, assignments_near_their_end, people_reached_by_mail, people_to_remind
from training.courses.rules.assigning import OVERDUE
from training.db import db, insert_into
from training.outbox.services import Draft, queue_numbered_mails

AT_ONCE = 500
"""How many reminders are settled in one transaction; the next one goes on."""


def remind_of_assignments(*, site_url: str, now: datetime, limit: int = AT_ONCE) -> int:
    """Queue the mails that are due; how many reminders were settled, needless ones too. Running twice, or late, sends nothing twice."""
    zones, settled = accounts.members_in_use(FactKind.TIME_ZONE), 0
    for asked in assignments_near_their_end(now=now):
        if settled < limit and (people := people_to_remind(asked, zones, now=now, limit=limit - settled)):
            settled += _remind(asked, people, site_url=site_url, now=now)
    return settled


def _remind(asked: Assignment, people: Sequence[tuple[int, int]], *, site_url: str, now: datetime) -> int:
    """Settle these reminders of one assignment, in a fixed number of statements; how many they are."""
    work = queries.work_of(asked)
    progress = queries.progress_towards(work, [person_id for person_id, _days in people])
    settled = _settle(asked, people, now=now)
    waiting = {number: told for number, told in settled.items() if not progress[told[0]].is_complete}
    reached = people_reached_by_mail({person_id for person_id, _days in waiting.values()})
    drafts = [_draft(asked, work, reached[person_id], days, site_url=site_url) for person_id, days in waiting.values()]
    mails = zip(waiting, queue_numbered_mails(drafts, now=now), strict=True)
    if named := [{"id": number, "mail_id": mail_id} for number, mail_id in mails]:
        db.session.execute(update(AssignmentReminder), named)
    return len(people)


def _settle(asked: Assignment, people: Collection[tuple[int, int]], *, now: datetime) -> Mapping[int, tuple[int, int]]:
    """Who is reminded here and by nobody else, with which reminder, by the number of the reminder."""
    rows = [{"assignment_id": asked.id, "person_id": person_id, "days_before": days, "settled_at": now} for person_id, days in people]
    written = insert_into(AssignmentReminder).on_conflict_do_nothing()
    columns = AssignmentReminder.id, AssignmentReminder.person_id, AssignmentReminder.days_before
    return {number: (person_id, days) for number, person_id, days in sorted(tuple(row) for row in db.session.execute(written.returning(*columns), rows))}


def _draft(asked: Assignment, work: Work, person: Reached, days_before: int, *, site_url: str) -> Draft:
    zone = zone_or_organisations(person.time_zone)
    due = asked.due_where(zone).astimezone(zone)
    is_over = days_before == OVERDUE
    when = f"was due on {due:%d %B %Y}" if is_over else f"is due by the end of {due:%A, %d %B %Y} ({due.tzname()})"
    page = f"{site_url}/{'handbook' if work.is_module else 'courses'}/{work.subject.slug}"
    body = f"Hello {person.name},\n\n“{work.title}” {when}. How far you are, and what is next:\n{page}\n"
    subject = f"{work.title} is overdue" if is_over else f"{work.title} is due {_within(days_before)}"
    return Draft(person.email, subject, body)


def _within(days: int) -> str:
    return "within a day" if days == 1 else f"within {days} days"
