"""Certifications, the ledger of who holds them, and what people still have to do."""

from training.certification.models.ledger import CertificateEvent
from training.certification.models.obligations import Obligation
from training.certification.models.passes import ExamPass, RetestFlag
from training.certification.models.published import Certification, CertificationConditions, CertificationVersion
from training.certification.models.reminders import CalendarFeed, CertificateReminder, TeamDigest
from training.certification.models.sharing import CertificateDisclosure, VerificationLooks
from training.certification.models.work import CertificateUse, WorkReport

__all__ = [
    "CalendarFeed",
    "CertificateDisclosure",
    "CertificateEvent",
    "CertificateReminder",
    "CertificateUse",
    "Certification",
    "CertificationConditions",
    "CertificationVersion",
    "ExamPass",
    "Obligation",
    "RetestFlag",
    "TeamDigest",
    "VerificationLooks",
    "WorkReport",
]
