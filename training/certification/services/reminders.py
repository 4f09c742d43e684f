"""Reminding people by mail that a certificate ends: each reminder once, and none that is no longer true."""

from collections.abc import Collection, Sequence
from datetime import datetime

from training.accounts import queries as accounts
from training.certification import queries
from training.certification.models import CertificateReminder
from training.certification.queries import Certificate, DueReminder
from training.certification.rules import TOLD_AFTERWARDS, State, is_reminded_of
from training.certification.services.letters import ended_letter, ending_letter
from training.config import zone_or_organisations
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
    _withdraw([reminder for reminder in queries.unsent_reminders([person_id]) if reminder.certification_id == certification_id])


def withdraw_moved_reminders(people: Collection[int], *, now: datetime) -> None:
    """Take back mails about ends by disuse that work, reported since, moved; those about an end that stayed go out."""
    waiting = queries.unsent_reminders(people)
    if not waiting:
        return
    held = queries.certificates_of_people({reminder.person_id for reminder in waiting}, at=now)
    ends = {(person_id, each.certification.id): each.standing.until for person_id, certificates in held.items() for each in certificates}
    _withdraw([reminder for reminder in waiting if ends.get((reminder.person_id, reminder.certification_id)) != reminder.ends_at])


def _withdraw(reminders: Sequence[CertificateReminder]) -> None:
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
    zone = zone_or_organisations(accounts.state_of(person.id, at=now).time_zone)
    ends_at = due.ends_at.astimezone(zone)
    is_over = due.days == TOLD_AFTERWARDS
    letter = (
        ended_letter(person.name, ending, ends_at, site_url=site_url)
        if is_over
        else ending_letter(person.name, ending, ends_at, days=due.days, site_url=site_url)
    )
    mail = queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)
    db.session.flush()
    db.session.get_one(CertificateReminder, number).mail_id = mail.id


def _ending(due: DueReminder, *, now: datetime) -> Certificate | None:
    """The certificate that ends then, or ended then, if it does and its holder still works here."""
    if not accounts.state_of(due.person_id, at=now).is_active:
        return None
    for held in queries.certificates_of(due.person_id, at=now):
        since, until = held.standing.since, held.standing.until
        if held.certification.id == due.certification_id and until == due.ends_at and since is not None:
            if due.days == TOLD_AFTERWARDS:
                return held if held.standing.state is State.LAPSED else None
            return held if held.standing.is_in_force and is_reminded_of(due.days, since=since, until=until) else None
    return None
