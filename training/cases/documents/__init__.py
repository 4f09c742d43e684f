"""What the content folder says of cases and of the taxonomy. Unknown fields are faults."""

from training.cases.documents.case import CaseDocument, ReferenceDocument, fingerprint_parts
from training.cases.documents.content import CONTENTS, Content
from training.cases.documents.marks import Marks, mark_document, marks_said, read_marks, read_times, write_marks
from training.cases.documents.taxonomy import TaxonomyDocument
from training.cases.documents.tickets import LONGEST_REPLY, LONGEST_RISK, BesidesDocument, RiskDocument, plain_text

__all__ = [
    "CONTENTS",
    "LONGEST_REPLY",
    "LONGEST_RISK",
    "BesidesDocument",
    "CaseDocument",
    "Content",
    "Marks",
    "ReferenceDocument",
    "RiskDocument",
    "TaxonomyDocument",
    "fingerprint_parts",
    "mark_document",
    "marks_said",
    "plain_text",
    "read_marks",
    "read_times",
    "write_marks",
]
