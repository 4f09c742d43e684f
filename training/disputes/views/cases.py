"""How the case of a dispute is shown to somebody: as in practice, with what they prefer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from training.cases.models import Case
from training.cases.queries import is_severe_family
from training.disputes.models import Dispute
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.practice.rules import Preference, Veil, veil_over


@dataclass(frozen=True, slots=True)
class CaseOptions:
    """Where a case's media are for this reader, and what lies over them."""

    media_url: Callable[[int], str]
    veil: Veil
    preference: Preference


def case_options(dispute: Dispute, case: Case, reader_id: int, *, now: datetime) -> CaseOptions:
    """The options for a reader of this dispute."""
    preference = preference_of(reader_id, usual=current_app.config["CARE_DEFAULTS"])
    audience = Audience(reader_id, f"dispute:{dispute.public_id}")
    veil = veil_over(case.area, is_severe=is_severe_family(case.family), is_blurring=preference.is_blurring)
    return CaseOptions(lambda media_id: media_address(media_id, audience, now=now), veil, preference)
