"""Why a deed about live quality is not done."""

from enum import StrEnum


class QualityRefusal(StrEnum):
    """Why a deed about live quality is not done."""

    SENT_AT_ONCE = "audits_sent_at_once"
    DECIDED_ALREADY = "proposal_decided_already"
    NOBODY_FOR_THEMSELVES = "quality_nobody_for_themselves"
    REASON_MISSING = "quality_reason_missing"
    COACHING_CLOSED = "coaching_closed_already"
    NOTE_MISSING = "coaching_note_missing"
    SHEET_UNKNOWN = "audit_sheet_unknown"
    SHEET_BROKEN = "audit_sheet_broken"
    SHEET_LACKS_COLUMNS = "audit_sheet_lacks_columns"
    SHEET_TOO_LONG = "audit_sheet_too_long"
    SHEET_EMPTY = "audit_sheet_empty"
