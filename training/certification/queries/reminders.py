"""Who has to be reminded of what, whose certificates end when, and which calendars are open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from training.accounts import queries as accounts
from training.certification.models import CalendarFeed, CertificateEvent, CertificateReminder, TeamDigest
from training.certification.queries.ledger import Certificate, certificates_of, certificates_of_people
from training.certification.rules import (
    TOLD_AFTERWARDS,
    TOLD_WITHIN,
    CalendarKind,
    Standing,
    State,
    TermRule,
    notice_of,
    reminded_between,
    reminder_windows,
)
from training.db import db
from training.outbox.models import OutboxMail


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A term whose end is near, and by how many days it has to be told, if it still is the end."""

    person_id: int
    certification_id: int
    ends_at: datetime
    days: int


def due_reminders(*, now: datetime, limit: int) -> list[DueReminder]:
    """Ends that were not told of yet at this distance, the nearest first. Where the job slept, only the latest reminder of an end is due."""
    asked = select(CertificateEvent).where(or_(*(_is_due(days, next_days, now) for days, next_days in reminder_windows())))
    return [
        DueReminder(event.person_id, event.certification_id, event.valid_until, _days_before(event.valid_until, now))
        for event in db.session.scalars(asked.order_by(CertificateEvent.valid_until, CertificateEvent.id).limit(limit))
        if event.valid_until is not None
    ]


def due_by_disuse(*, now: datetime, limit: int) -> list[DueReminder]:
    """Ends by disuse that are near, or came of late. Each minute another part of the holders is looked at: within hours all are, however many."""
    by_disuse = select(CertificateEvent.person_id).where(CertificateEvent.disuse_days.is_not(None)).distinct()
    count = db.session.scalar(select(func.count()).select_from(by_disuse.subquery())) or 0
    part = int(now.timestamp()) // 60 % max(1, -(-count // limit))
    people = db.session.scalars(by_disuse.order_by(CertificateEvent.person_id).offset(part * limit).limit(limit)).all()
    return [
        DueReminder(person_id, held.certification.id, held.standing.until, _days_before(held.standing.until, now))
        for person_id, certificates in certificates_of_people(people, at=now).items()
        for held in certificates
        if held.standing.until and _is_told_of(held.standing, held.standing.until, held.certification.term_rule, now)
    ]


def _is_told_of(standing: Standing, until: datetime, rule: TermRule, now: datetime) -> bool:
    if not standing.is_by_disuse:
        return False
    if standing.state is State.LAPSED:
        return now < until + TOLD_WITHIN
    return standing.is_in_force and until <= now + notice_of(rule)


def _is_due(days: int, next_days: int, now: datetime) -> ColumnElement[bool]:
    told = (
        (CertificateReminder.person_id == CertificateEvent.person_id)
        & (CertificateReminder.certification_id == CertificateEvent.certification_id)
        & (CertificateReminder.ends_at == CertificateEvent.valid_until)
        & (CertificateReminder.days_before == days)
    )
    ends = CertificateEvent.valid_until
    return and_(ends > now + timedelta(days=next_days), ends <= now + timedelta(days=days), ~exists().where(told))


def _days_before(ends_at: datetime, now: datetime) -> int:
    return next((days for days, next_days in reminder_windows() if ends_at > now + timedelta(days=next_days)), TOLD_AFTERWARDS)


def unsent_reminders(people: Collection[int]) -> Sequence[CertificateReminder]:
    """Reminders of these people whose mail waits to be sent."""
    asked = select(CertificateReminder).join(OutboxMail, OutboxMail.id == CertificateReminder.mail_id)
    return db.session.scalars(asked.where(CertificateReminder.person_id.in_(people), OutboxMail.sent_at.is_(None))).all()


def open_feed(person_id: int, kind: CalendarKind, *, is_to_be_changed: bool = False) -> CalendarFeed | None:
    """The address at which a person's calendar is open, if it is."""
    asked = select(CalendarFeed).where(CalendarFeed.person_id == person_id, CalendarFeed.kind == kind.value, CalendarFeed.revoked_at.is_(None))
    return db.session.scalar(asked.with_for_update() if is_to_be_changed else asked)


def feed_by_token_hash(token_hash: str) -> CalendarFeed | None:
    """The open calendar at this address."""
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash, CalendarFeed.revoked_at.is_(None)))


@dataclass(frozen=True, slots=True)
class HeldInTeam:
    """A certificate in force of somebody in a team."""

    public_id: str
    name: str
    certificate: Certificate


def held_certificates(person_id: int, *, at: datetime) -> list[Certificate]:
    """A person's certificates in force, the first to end on top; those without an end last."""
    return sorted((held for held in certificates_of(person_id, at=at) if held.standing.is_in_force), key=_by_end)


def held_in_team(lead_id: int, *, at: datetime) -> list[HeldInTeam] | None:
    """The certificates in force of everybody active in this lead's team, the first to end on top; nothing for a lead without a team."""
    team_id = accounts.state_of(lead_id, at=at).team_id
    if team_id is None:
        return None
    members = accounts.people_of_team(team_id, at=at)
    held = certificates_of_people([member.id for member in members], at=at)
    found = [
        HeldInTeam(member.public_id, member.name, certificate)
        for member in members
        for certificate in held.get(member.id, [])
        if certificate.standing.is_in_force
    ]
    return sorted(found, key=lambda held: (*_by_end(held.certificate), held.name, held.public_id))


@dataclass(frozen=True, slots=True)
class EndingInTeam:
    """A certificate of somebody in a team whose end is to be told of, and by how many days before it."""

    name: str
    title: str
    ends_at: datetime
    days: int


def endings_in_team(lead_id: int, *, after: datetime, now: datetime) -> list[EndingInTeam]:
    """The ends in a lead's team whose reminder fell due after one instant and by now, the first on top."""
    return [
        EndingInTeam(held.name, held.certificate.certification.document.title, standing.until, days)
        for held in held_in_team(lead_id, at=now) or ()
        for standing in (held.certificate.standing,)
        if standing.since and standing.until
        for days in (reminded_between((standing.since, standing.until), held.certificate.certification.term_rule, after=after, now=now),)
        if days is not None
    ]


def told_until(lead_ids: Collection[int]) -> dict[int, datetime]:
    """Until when each of these leads was told of their team by mail; nothing for who never was."""
    return {row.lead_id: row.told_until for row in db.session.scalars(select(TeamDigest).where(TeamDigest.lead_id.in_(lead_ids)))}


def _by_end(certificate: Certificate) -> tuple[bool, float, str]:
    until = certificate.standing.until
    return until is None, until.timestamp() if until else 0, certificate.certification.document.title


def personal_reminders(person_id: int) -> dict[str, object]:
    """A person's reminders and calendars as they take them away."""
    reminders = select(CertificateReminder).where(CertificateReminder.person_id == person_id, CertificateReminder.mail_id.is_not(None))
    feeds = select(CalendarFeed).where(CalendarFeed.person_id == person_id).order_by(CalendarFeed.id)
    return {
        "reminders": [
            {"ends_at": row.ends_at, "days_before": row.days_before, "sent_on_its_way_at": row.settled_at}
            for row in db.session.scalars(reminders.order_by(CertificateReminder.id))
        ],
        "calendars": [{"kind": row.kind, "created_at": row.created_at, "revoked_at": row.revoked_at} for row in db.session.scalars(feeds)],
    }
