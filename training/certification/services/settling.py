"""What follows for certificates when other rooms record something about a person."""

from datetime import datetime

from training.actors import Actor
from training.certification import queries
from training.certification.services.awarding import award_what_is_met
from training.certification.services.deltas import settle_readings


def follow_studies(person_id: int, *, by: Actor, now: datetime) -> bool:
    """They acknowledged a module, passed a check, or practised as much as a course asks; says whether a change of policy is learned by that."""
    is_met = settle_readings(person_id, by=by, now=now)
    award_what_is_met(person_id, by=by, now=now)
    return is_met


def follow_languages(person_id: int, *, by: Actor, now: datetime) -> None:
    """What languages they work in was recorded, or begins to hold."""
    if any(certification.document.needs.languages for certification in queries.certifications()):
        award_what_is_met(person_id, by=by, now=now)
