"""What this room can be asked."""

from training.judgements.queries.behind import Figure, JudgedCase, judgements_behind, latest_seconds
from training.judgements.queries.ledger import (
    COUNTS,
    IS_FIRST,
    IS_NEWEST,
    Place,
    first_judgements,
    has_answered,
    judgement_in_force,
    judgements_of,
    judgements_of_attempt,
    newest_judgements,
    on_occasion_of,
    practised_since,
    reference_said,
    reference_value,
    reference_values,
)
from training.judgements.queries.others import first_answers_of_others
from training.judgements.queries.tallies import AreaTally, area_tallies, tallies_of

__all__ = [
    "COUNTS",
    "IS_FIRST",
    "IS_NEWEST",
    "AreaTally",
    "Figure",
    "JudgedCase",
    "Place",
    "area_tallies",
    "first_answers_of_others",
    "first_judgements",
    "has_answered",
    "judgement_in_force",
    "judgements_behind",
    "judgements_of",
    "judgements_of_attempt",
    "latest_seconds",
    "newest_judgements",
    "on_occasion_of",
    "practised_since",
    "reference_said",
    "reference_value",
    "reference_values",
    "tallies_of",
]
