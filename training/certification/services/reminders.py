"""Reminding people by mail that a certificate ends: each reminder once, and none that is no longer true."""

from datetime import datetime

from training.accounts import queries as accounts
from training.certification import queries
from training.certification.models import CertificateReminder
from training.certification.queries import Certificate, DueReminder
from training.certification.rules import is_reminded_of
from training.certification.services.letters import ending_letter
from training.config import organisation_zone, zone_of
from training.db import db, insert_into
from training.outbox.services import queue_mail, withdraw_mails

AT_ONCE = 200
"""How many reminders one run of the job settles; the next one goes on."""


def remind_of_ends(*, site_url: str, now: datetime, limit: int = AT_ONCE) -> int:
    """Queue the mails that are due; how many reminders were settled, needless ones too. Running twice, or late, sends nothing twice."""
    due = [*queries.due_reminders(now=now, limit=limit), *queries.due_by_disuse(now=now, limit=limit)]
    for reminder in due:
        _settle(reminder, site_url=site_url, now=now)
    return len(due)


def withdraw_reminders(person_id: int, certification_id: int) -> None:
    """Take back the mails that are not sent yet: the end they tell of is none any more."""
    reminders = queries.unsent_reminders(person_id, certification_id)
    withdrawn = withdraw_mails([reminder.mail_id for reminder in reminders if reminder.mail_id is not None])
    for reminder in reminders:
        if reminder.mail_id in withdrawn:
            reminder.mail_id = None


def _settle(due: DueReminder, *, site_url: str, now: datetime) -> None:
    values = {"person_id": due.person_id, "certification_id": due.certification_id, "ends_at": due.ends_at, "days_before": due.days, "settled_at": now}
    settled = insert_into(CertificateReminder).values(**values).on_conflict_do_nothing().returning(CertificateReminder.id)
    number = db.session.scalar(settled)
    ending = _ending(due, now=now) if number is not None else None
    if number is None or ending is None:
        return
    person = accounts.person(due.person_id)
    zone = zone_of(time_zone) if (time_zone := accounts.state_of(person.id, at=now).time_zone) else organisation_zone()
    letter = ending_letter(person.name, ending, due.ends_at.astimezone(zone), days=due.days, site_url=site_url)
    mail = queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)
    db.session.flush()
    db.session.get_one(CertificateReminder, number).mail_id = mail.id


def _ending(due: DueReminder, *, now: datetime) -> Certificate | None:
    """The certificate that ends then, if it does and its holder still works here."""
    if not accounts.state_of(due.person_id, at=now).is_active:
        return None
    for held in queries.held_certificates(due.person_id, at=now):
        since, until = held.standing.since, held.standing.until
        if held.certification.id == due.certification_id and until == due.ends_at and since is not None:
            return held if is_reminded_of(due.days, since=since, until=until) else None
    return None
