"""What the content folder says of cases and of the taxonomy. Unknown fields are faults."""

from training.cases.documents.case import CaseDocument, ReferenceDocument, fingerprint_parts
from training.cases.documents.content import CONTENTS, Content
from training.cases.documents.marks import MarkDocument, read_marks, write_marks
from training.cases.documents.taxonomy import TaxonomyDocument

__all__ = ["CONTENTS", "CaseDocument", "Content", "MarkDocument", "ReferenceDocument", "TaxonomyDocument", "fingerprint_parts", "read_marks", "write_marks"]
