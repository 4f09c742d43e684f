"""Deeds upon the ledger: publish what a certification needs, award, and the entries that people make."""

from training.certification.services.awarding import Consideration, consider
from training.certification.services.entering import LedgerRefusal, enter
from training.certification.services.passed import ExamPassed
from training.certification.services.publishing import publish_certification
from training.certification.services.retests import flag_retest, lift_retest

__all__ = [
    "Consideration",
    "ExamPassed",
    "LedgerRefusal",
    "consider",
    "enter",
    "flag_retest",
    "lift_retest",
    "publish_certification",
]
