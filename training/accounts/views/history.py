"""The ledger of a person's facts as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.accounts import queries
from training.accounts.forms import ROLE_WORDS, STATUS_WORDS
from training.accounts.rules import FactKind, Role, Status
from training.web.formatting import language_name, market_name, number_text

KIND_WORDS = {
    FactKind.STATUS: "Status",
    FactKind.ROLES: "Roles",
    FactKind.TEAM: "Team",
    FactKind.LANGUAGES: "Languages",
    FactKind.MARKETS: "Markets",
    FactKind.TIME_ZONE: "Time zone",
    FactKind.ACCOMMODATIONS: "Exam accommodations",
    FactKind.NAME: "Name",
    FactKind.COHORTS: "Cohorts",
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact in words."""

    kind: str
    value: str
    effective_from: datetime
    recorded_at: datetime
    recorded_by: str | None
    is_to_come: bool


def history_rows(person_id: int, *, now: datetime) -> list[HistoryRow]:
    """Everything recorded about a person, the newest effect first."""
    named = {FactKind.TEAM: queries.team_names(), FactKind.COHORTS: queries.cohort_names()}
    return [
        HistoryRow(
            kind=KIND_WORDS[recorded.fact.kind],
            value=_in_words(recorded.fact.kind, recorded.fact.value, named),
            effective_from=recorded.fact.effective_from,
            recorded_at=recorded.fact.recorded_at,
            recorded_by=recorded.recorded_by,
            is_to_come=recorded.fact.effective_from > now,
        )
        for recorded in queries.fact_history(person_id)
    ]


def accommodations_in_words(value: Mapping[str, Any]) -> str:
    """`time × 1.5, 10 minutes of breaks`."""
    parts = []
    if value.get("time_multiplier", 1) != 1:
        parts.append(f"time × {number_text(value['time_multiplier'])}")
    if value.get("extra_break_seconds"):
        parts.append(f"{value['extra_break_seconds'] // 60} minutes of breaks")
    return ", ".join(parts) or "none"


def _in_words(kind: FactKind, value: Any, named: Mapping[FactKind, Mapping[int, str]]) -> str:
    if kind is FactKind.ACCOMMODATIONS:
        return accommodations_in_words(value)
    if kind is FactKind.TEAM:
        return named[kind].get(value, "No team")
    if kind is FactKind.COHORTS:
        return ", ".join(named[kind].get(int(number), "–") for number in value) or "none"
    if kind is FactKind.STATUS:
        return STATUS_WORDS[Status(value)]
    if kind is FactKind.ROLES:
        return ", ".join(ROLE_WORDS[Role(role)] for role in value) or "none"
    if kind is FactKind.LANGUAGES:
        return ", ".join(map(language_name, value)) or "none"
    if kind is FactKind.MARKETS:
        return ", ".join(map(market_name, value)) or "none"
    return str(value or "The organisation's")
