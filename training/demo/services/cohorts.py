"""The cohort that a trainer of the demo follows."""

from datetime import datetime, timedelta

from training.accounts import services as accounts
from training.accounts.models import Person
from training.actors import Actor
from training.courses.queries import course_by_slug
from training.courses.services import Audience, assign
from training.demo.rules import Course

NAME = "New hires Jakarta"
MEMBERS = ("newhire", "galih.saputra", "tiara.kusuma", "nurul.hidayah", "wulan.sari")


def follow_new_hires(people: dict[str, Person], *, trainer: Actor, now: datetime) -> None:
    """Those who came to Jakarta last, asked together for the course that their first certificate ends."""
    since = now - timedelta(days=1)
    cohort = accounts.name_cohort(name=NAME, by=trainer, now=since)
    accounts.join_cohort(cohort, [people[key].id for key in MEMBERS], by=trainer, now=since)
    assign(course_by_slug(Course.FIRST_QUEUE), Audience(cohort_id=cohort.id), due_at=now + timedelta(days=13), by=trainer, now=since)
