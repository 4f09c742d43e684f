"""Everything that can be wrong between the documents of a folder."""

from collections.abc import Callable, Iterator

from training.content_store.rules.folder import Folder
from training.content_store.rules.references.cases import case_faults
from training.content_store.rules.references.examining import certification_faults, exam_faults, item_faults, queue_faults
from training.content_store.rules.references.learning import check_faults, course_faults
from training.content_store.rules.references.modules import module_faults
from training.content_store.rules.references.translations import translation_faults
from training.documents.faults import Fault

CHECKS: tuple[Callable[[Folder], Iterator[Fault]], ...] = (
    module_faults,
    translation_faults,
    case_faults,
    check_faults,
    course_faults,
    item_faults,
    exam_faults,
    certification_faults,
    queue_faults,
)


def faults_between(folder: Folder) -> tuple[Fault, ...]:
    """The faults of all checks, in order of file and line."""
    return tuple(sorted({fault for check in CHECKS for fault in check(folder)}))
