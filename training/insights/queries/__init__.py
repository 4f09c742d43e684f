"""What a pack is made of, as it was known at an instant, and the packs there are."""

from training.insights.queries.attention import known_stems
from training.insights.queries.cohorts import Cohort, Followed, cohort_asked, team_cohort
from training.insights.queries.ledger import KnownItem, LedgerRow, SatExam, certification_versions, known_items, ledger_rows, sat_exams
from training.insights.queries.packs import (
    PAGE_SIZE,
    Viewer,
    next_waiting,
    numbers_among,
    pack_numbered,
    packs_page,
    personal_packs,
    waiting_packs,
)
from training.insights.queries.people import PORTION, facts_of_people, people_behind, people_called, public_ids
from training.insights.queries.queues import ended_at, exceptions, queue_exists, queue_versions
from training.insights.queries.training import Assigned, Practised, Read, assignments, audits_by_language, practice_by_language, practised, readings

__all__ = [
    "PAGE_SIZE",
    "PORTION",
    "Assigned",
    "Cohort",
    "Followed",
    "KnownItem",
    "LedgerRow",
    "Practised",
    "Read",
    "SatExam",
    "Viewer",
    "assignments",
    "audits_by_language",
    "certification_versions",
    "cohort_asked",
    "ended_at",
    "exceptions",
    "facts_of_people",
    "known_items",
    "known_stems",
    "ledger_rows",
    "next_waiting",
    "numbers_among",
    "pack_numbered",
    "packs_page",
    "people_behind",
    "people_called",
    "personal_packs",
    "practice_by_language",
    "practised",
    "public_ids",
    "queue_exists",
    "queue_versions",
    "readings",
    "sat_exams",
    "team_cohort",
    "waiting_packs",
]
