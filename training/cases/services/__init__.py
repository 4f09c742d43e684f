"""What this room does: it stores what the training team wrote, and brings real cases in."""

from training.cases.services.gathering import Checked, gather, understand
from training.cases.services.importing import Deed, bring_in, deeds
from training.cases.services.publishing import HeldBack, NotWritten, Ready, ready_cases, write_documents
from training.cases.services.storing import fingerprint, store_case, store_taxonomy

__all__ = [
    "Checked",
    "Deed",
    "HeldBack",
    "NotWritten",
    "Ready",
    "bring_in",
    "deeds",
    "fingerprint",
    "gather",
    "ready_cases",
    "store_case",
    "store_taxonomy",
    "understand",
    "write_documents",
]
