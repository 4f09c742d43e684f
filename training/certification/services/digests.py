"""Telling leads by mail, once a morning, which certificates in their team end soon."""

from datetime import datetime, timedelta

from training.accounts import queries as accounts
from training.accounts.rules import Role
from training.certification import queries
from training.certification.models import TeamDigest
from training.certification.rules import last_morning
from training.certification.services.letters import team_letter
from training.config import zone_or_organisations
from training.db import db, insert_into
from training.outbox.services import queue_mail

FIRST_LOOK_BACK = timedelta(days=1)
"""How far the first mail to a lead looks back."""
AT_ONCE = 50
"""How many leads one run of the job looks after; the next one goes on."""


def tell_leads(*, site_url: str, now: datetime, limit: int = AT_ONCE) -> int:
    """Queue each lead's mail about the ends whose reminder fell due since the last one; how many leads were looked after. A morning without any has no mail."""
    leads = accounts.active_ids_of(Role.LEAD)
    told, states = queries.told_until(leads), accounts.states_of(leads, at=now)
    zones = {lead: zone_or_organisations(states[lead].time_zone) for lead in leads}
    due = [lead for lead in leads if lead not in told or told[lead] < last_morning(now, zones[lead])][:limit]
    for lead in due:
        if not _claim(lead, told.get(lead), now=now):
            continue
        endings = queries.endings_in_team(lead, after=told.get(lead, now - FIRST_LOOK_BACK), now=now)
        if endings:
            person = accounts.person(lead)
            letter = team_letter(person.name, endings, zones[lead], site_url=site_url)
            queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)
    return len(due)


def _claim(lead_id: int, before: datetime | None, *, now: datetime) -> bool:
    """Write down that the lead is told until now; not if another run of the job was faster."""
    values = insert_into(TeamDigest).values(lead_id=lead_id, told_until=now)
    claim = values.on_conflict_do_update(index_elements=[TeamDigest.lead_id], set_={"told_until": now}, where=TeamDigest.told_until == before)
    return db.session.scalar(claim.returning(TeamDigest.lead_id)) is not None
