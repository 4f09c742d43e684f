"""Bringing real cases in, from files of other systems."""

from training.cases.services.gathering import Checked, gather, understand
from training.cases.services.importing import Deed, bring_in, deeds
from training.cases.services.publishing import HeldBack, NotWritten, Ready, ready_cases, write_documents

__all__ = [
    "Checked",
    "Deed",
    "HeldBack",
    "NotWritten",
    "Ready",
    "bring_in",
    "deeds",
    "gather",
    "ready_cases",
    "understand",
    "write_documents",
]
