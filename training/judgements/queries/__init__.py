"""What this room can be asked."""

from training.judgements.queries.behind import Figure, JudgedCase, judgements_behind, latest_seconds
from training.judgements.queries.ledger import (
    COUNTS,
    IS_FIRST,
    answered_among,
    has_answered,
    judgements_of,
    judgements_of_attempt,
    judgements_on,
    practised_since,
    reference_value,
    reference_values,
)
from training.judgements.queries.tallies import AreaTally, ConceptTally, area_tallies, concept_tallies, tallies_of

__all__ = [
    "COUNTS",
    "IS_FIRST",
    "AreaTally",
    "ConceptTally",
    "Figure",
    "JudgedCase",
    "answered_among",
    "area_tallies",
    "concept_tallies",
    "has_answered",
    "judgements_behind",
    "judgements_of",
    "judgements_of_attempt",
    "judgements_on",
    "latest_seconds",
    "practised_since",
    "reference_value",
    "reference_values",
    "tallies_of",
]
