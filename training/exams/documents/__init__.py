"""The documents of this room, as the content folder writes them."""

from training.exams.documents.exams import POWER, RESULT, CellDocument, ExamDocument, PassRuleDocument, RetakesDocument
from training.exams.documents.items import TYPING_AREA, ItemDocument
from training.exams.documents.kinds import EvidenceDocument, OptionDocument
from training.exams.documents.outlines import Outline, outline_of
from training.exams.documents.stored import stored_document

__all__ = [
    "POWER",
    "RESULT",
    "TYPING_AREA",
    "CellDocument",
    "EvidenceDocument",
    "ExamDocument",
    "ItemDocument",
    "OptionDocument",
    "Outline",
    "PassRuleDocument",
    "RetakesDocument",
    "outline_of",
    "stored_document",
]
