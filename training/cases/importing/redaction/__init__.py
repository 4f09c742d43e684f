"""Personal data in texts: found by pure rules, and taken out."""

from training.cases.importing.redaction.rules import PLACEHOLDERS, Finding, PersonalKind, Redacted, find_personal, redact

__all__ = ["PLACEHOLDERS", "Finding", "PersonalKind", "Redacted", "find_personal", "redact"]
