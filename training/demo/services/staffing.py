"""Who of the demo's people is away, which shift some work, and an exception that waits for its second person."""

from datetime import datetime, time, timedelta

from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import AbsenceEntry, AbsenceKind, Hours
from training.actors import Actor
from training.queues.queries import queue_by_slug
from training.queues.services import Grant, propose_override

DAY = timedelta(days=1)
JAKARTA_DAY = Hours("Asia/Jakarta", frozenset({1, 2, 3, 4, 5}), time(8), time(17))
"""It does not bind: the demo is looked at around the clock."""


def staff(people: dict[str, Person], *, lead: Actor, admin: Actor, now: datetime) -> None:
    """One leave, one hold, a shift, and a proposal that an administrator can confirm."""
    yesterday, hour_ago = now - DAY, now - timedelta(hours=1)
    shift = accounts.create_shift("Jakarta, day", JAKARTA_DAY, by=admin, now=now - 60 * DAY)
    for key in ("citra.maharani", "yusuf.maulana", "fajar.nugroho"):
        accounts.assign_shift(people[key], shift, effective_from=now - 60 * DAY, by=lead, now=now - 60 * DAY)
    leave = AbsenceEntry(AbsenceKind.LEAVE, yesterday, now + 6 * DAY)
    accounts.record_absence(people["fajar.nugroho"], leave, by=lead, now=yesterday)
    hold = AbsenceEntry(AbsenceKind.HOLD, yesterday, now + 3 * DAY, "A seller says that decisions were shared with them. The inquiry ends this week.")
    accounts.record_absence(people["galih.saputra"], hold, by=lead, now=yesterday)
    grant = Grant(True, "Payday campaign: two people are on leave. Works beside Citra on Friday evening.", now, now + 2 * DAY)
    propose_override(people["yusuf.maulana"].id, queue_by_slug("user-reports-en", now=hour_ago), grant, by=lead, now=hour_ago)
