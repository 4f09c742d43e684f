"""Reminding people by mail of what they are asked to complete: each reminder once, and none of what is done."""

from collections.abc import Sequence
from datetime import datetime

from training.accounts import queries as accounts
from training.accounts.rules import FactKind
from training.config import organisation_zone, zone_of
from training.courses import queries
from training.courses.models import Assignment, AssignmentReminder
from training.courses.queries import Work
from training.courses.queries.reminding import assignments_near_their_end, people_to_remind
from training.courses.rules.assigning import OVERDUE
from training.db import db, insert_into
from training.outbox.services import queue_mail

AT_ONCE = 200
"""How many reminders one run of the job settles; the next one goes on."""


def remind_of_assignments(*, site_url: str, now: datetime, limit: int = AT_ONCE) -> int:
    """Queue the mails that are due; how many reminders were settled, needless ones too. Running twice, or late, sends nothing twice."""
    zones, settled = accounts.members_in_use(FactKind.TIME_ZONE), 0
    for asked in assignments_near_their_end(now=now):
        if settled < limit:
            settled += _remind(asked, people_to_remind(asked, zones, now=now, limit=limit - settled), site_url=site_url, now=now)
    return settled


def _remind(asked: Assignment, people: Sequence[tuple[int, int]], *, site_url: str, now: datetime) -> int:
    """Settle these reminders of one assignment; how many they are."""
    work = queries.work_of(asked)
    progress = queries.progress_towards(work, [person_id for person_id, _days in people])
    for person_id, days in people:
        number = _settle(asked, person_id, days, now=now)
        if number is not None and not progress[person_id].is_complete:
            _send(number, asked, work, site_url=site_url, now=now)
    return len(people)


def _settle(asked: Assignment, person_id: int, days: int, *, now: datetime) -> int | None:
    values = {"assignment_id": asked.id, "person_id": person_id, "days_before": days, "settled_at": now}
    return db.session.scalar(insert_into(AssignmentReminder).values(**values).on_conflict_do_nothing().returning(AssignmentReminder.id))


def _send(number: int, asked: Assignment, work: Work, *, site_url: str, now: datetime) -> None:
    reminder = db.session.get_one(AssignmentReminder, number)
    person = accounts.person(reminder.person_id)
    zone = zone_of(time_zone) if (time_zone := accounts.state_of(person.id, at=now).time_zone) else organisation_zone()
    due = asked.due_where(zone).astimezone(zone)
    is_over = reminder.days_before == OVERDUE
    when = f"was due on {due:%d %B %Y}" if is_over else f"is due by the end of {due:%A, %d %B %Y} ({due.tzname()})"
    page = f"{site_url}/{'handbook' if work.is_module else 'courses'}/{work.subject.slug}"
    body = f"Hello {person.name},\n\n“{work.title}” {when}. How far you are, and what is next:\n{page}\n"
    subject = f"{work.title} is overdue" if is_over else f"{work.title} is due {_within(reminder.days_before)}"
    mail = queue_mail(to=person.email, subject=subject, body=body, now=now)
    db.session.flush()
    reminder.mail_id = mail.id


def _within(days: int) -> str:
    return "within a day" if days == 1 else f"within {days} days"
