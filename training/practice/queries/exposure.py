"""What the ledger of severe cases says of one person."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, case, func, select

from training.db import db
from training.practice.models import Serving, SevereExposure
from training.practice.rules import Exposure, day_began_at, week_began_at

_IN_WEEK = (
    select(func.coalesce(func.sum(case((SevereExposure.shown_at >= bindparam("day"), 1), else_=0)), 0), func.count())
    .select_from(SevereExposure)
    .join(Serving, Serving.id == SevereExposure.serving_id)
    .where(SevereExposure.person_id == bindparam("person_id"), SevereExposure.shown_at >= bindparam("week"), Serving.skipped_at.is_(None))
)


def exposure_of(person_id: int, zone: str | None, *, now: datetime) -> Exposure:
    """How much was shown to this person today and this week, in their zone: one statement."""
    moments = {"day": day_began_at(zone, now=now), "week": week_began_at(zone, now=now)}
    today, this_week = db.session.execute(_IN_WEEK, {"person_id": person_id, **moments}).one()
    return Exposure(today, this_week)


def exposures_of(person_id: int, *, since: datetime | None = None) -> list[tuple[datetime, bool]]:
    """When this person was shown severe cases, the newest first, and whether they skipped each."""
    question = select(SevereExposure.shown_at, Serving.skipped_at.is_not(None)).join(Serving, Serving.id == SevereExposure.serving_id)
    question = question.where(SevereExposure.person_id == person_id).order_by(SevereExposure.id.desc())
    rows = db.session.execute(question.where(SevereExposure.shown_at >= since) if since is not None else question)
    return [(shown_at, is_skipped) for shown_at, is_skipped in rows]


@dataclass(frozen=True, slots=True)
class ExposedDay:
    """What one day brought somebody."""

    latest_at: datetime
    shown_count: int
    skipped_count: int


def exposures_by_day(person_id: int, zone: str, *, since: datetime) -> list[ExposedDay]:
    """How many severe cases each day brought, days as the person has them, the newest first."""
    by_day: dict[date, list[tuple[datetime, bool]]] = {}
    for shown_at, is_skipped in exposures_of(person_id, since=since):
        by_day.setdefault(shown_at.astimezone(ZoneInfo(zone)).date(), []).append((shown_at, is_skipped))
    return [ExposedDay(found[0][0], len(found), sum(is_skipped for _at, is_skipped in found)) for found in by_day.values()]
