"""Everything that live quality keeps about a person, as they take it away."""

from typing import Any

from training.certification.queries import certifications
from training.quality.queries.audits import personal_audits
from training.quality.queries.following import coachings_of, entries_of, proposals_of


def personal_quality(person_id: int) -> dict[str, Any]:
    """Audits, proposals to suspend with what became of them, and talks with all that was said."""
    titles = {each.id: each.document.title for each in certifications()}
    return {
        "audits": personal_audits(person_id),
        "proposals": [
            {
                "certification": titles[row.certification_id],
                "proposed_at": row.proposed_at,
                "audits": row.audit_count,
                "errors": row.error_count,
                "verdict": row.verdict,
                "reason": row.reason,
                "decided_at": row.decided_at,
            }
            for row in proposals_of(person_id)
        ],
        "coaching": [
            {
                "certification": titles[row.certification_id],
                "opened_at": row.opened_at,
                "closed_at": row.closed_at,
                "entries": [{"deed": entry.deed, "note": entry.note, "at": entry.at} for entry in entries_of(row)],
            }
            for row in coachings_of(person_id)
        ],
    }
