"""Audits as rows of a file that is taken away."""

from collections.abc import Iterable, Mapping

from training.cases.rendering import name_of
from training.quality.models import QualityAudit
from training.quality.rules import AuditError, Sampling
from training.quality.views.blueprint import AUDIT_ERROR_WORDS, SAMPLING_WORDS
from training.web.spreadsheets import Cell

AUDIT_HEADING = (
    "Decided at (UTC)",
    "Queue",
    "Sampling",
    "Expected",
    "Given",
    "Expected labels",
    "Given labels",
    "Finding",
    "Language",
    "Policy",
    "Clause",
    "Note",
)


def audit_lines(audits: Iterable[QualityAudit], queue_titles: Mapping[str, str]) -> list[list[Cell]]:
    """A row for each audit, in words."""
    return [
        [
            f"{audit.decided_at:%Y-%m-%d %H:%M}",
            queue_titles.get(audit.queue_slug, audit.queue_slug),
            SAMPLING_WORDS[Sampling(audit.sampling)],
            " or ".join(actions_in_words(actions) for actions in audit.expected_decisions),
            actions_in_words(audit.given_decision),
            ", ".join(audit.expected_labels),
            ", ".join(audit.given_labels),
            AUDIT_ERROR_WORDS[AuditError(audit.error)] if audit.error else "Right",
            audit.language,
            audit.policy_version,
            audit.clause,
            audit.note,
        ]
        for audit in audits
    ]


def actions_in_words(actions: Iterable[str]) -> str:
    """A decision as people read it; none is said to be none."""
    return " + ".join(name_of(action) for action in actions) or "No decision"
