"""What the ledger says, and what a certification still asks of a person."""

from training.certification.queries.evidence import EVIDENCE, evidence_of, evidence_told
from training.certification.queries.ledger import (
    Certificate,
    VerifiedCertificate,
    certificates_of,
    events_of,
    hold_person,
    ledger_of,
    personal_record,
    standing_of,
    verified_certificate,
)
from training.certification.queries.needs import NamedNeed, needs_of, open_needs, passes_of, rested_on, unmet_by, unmet_needs
from training.certification.queries.published import (
    CERTIFICATIONS,
    PublishedCertification,
    certification_by_slug,
    certifications,
    certifications_told,
    latest_version,
    stored_certification,
)
from training.certification.queries.retests import open_retests, personal_retests, retest_history
from training.certification.queries.sharing import disclosure_of, forget_looks, personal_sharing

__all__ = [
    "CERTIFICATIONS",
    "EVIDENCE",
    "Certificate",
    "NamedNeed",
    "PublishedCertification",
    "VerifiedCertificate",
    "certificates_of",
    "certification_by_slug",
    "certifications",
    "certifications_told",
    "disclosure_of",
    "events_of",
    "evidence_of",
    "evidence_told",
    "forget_looks",
    "hold_person",
    "latest_version",
    "ledger_of",
    "needs_of",
    "open_needs",
    "open_retests",
    "passes_of",
    "personal_record",
    "personal_retests",
    "personal_sharing",
    "rested_on",
    "retest_history",
    "standing_of",
    "stored_certification",
    "unmet_by",
    "unmet_needs",
    "verified_certificate",
]
