"""Which class reads which kind of document: every room's documents, gathered."""

from collections.abc import Mapping

from pydantic import BaseModel

from training.cases.documents import CaseDocument, TaxonomyDocument
from training.certification.documents import CertificationDocument
from training.content_store.rules.kinds import Kind
from training.courses.documents import CourseDocument, ModuleDocument
from training.exams.documents import ExamDocument, ItemDocument
from training.practice.documents import CheckDocument
from training.queues.documents import QueueDocument

DOCUMENT_CLASSES: Mapping[Kind, type[BaseModel]] = {
    Kind.TAXONOMY: TaxonomyDocument,
    Kind.MODULE: ModuleDocument,
    Kind.CASE: CaseDocument,
    Kind.CHECK: CheckDocument,
    Kind.COURSE: CourseDocument,
    Kind.ITEM: ItemDocument,
    Kind.CERTIFICATION: CertificationDocument,
    Kind.EXAM: ExamDocument,
    Kind.QUEUE: QueueDocument,
}
"""The document class of each kind."""
