"""Who may review a draft, how many approvals it needs, and when it has them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from training.authoring.rules.states import DraftRefusal
from training.cases.documents import CaseDocument, TaxonomyDocument
from training.cases.rules import Severity
from training.content_store.rules.folder import Folder
from training.courses.documents import ModuleDocument
from training.exams.documents import ItemDocument


class Verdict(StrEnum):
    """What a reviewer says of a revision."""

    APPROVED = "approved"
    CHANGES_ASKED = "changes_asked"


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """What a reviewer says, of the revision of which number, and in which words; they may be empty where it is approved."""

    number: int
    verdict: Verdict
    words: str = ""


USUAL_APPROVALS, SEVERE_APPROVALS = 1, 2
"""How many colleagues approve a draft: one, and two where the most severe harm is decided by it."""


def review_refusal(reviewer_id: int, *, author_id: int, contributors: Collection[int], reviewed_by: Collection[int]) -> DraftRefusal | None:
    """Why this person does not review a revision: nobody who ever saved the draft does, and nobody twice."""
    if reviewer_id == author_id or reviewer_id in contributors:
        return DraftRefusal.OWN_DRAFT
    return DraftRefusal.REVIEWED_ALREADY if reviewer_id in reviewed_by else None


def approvals_needed(severities: Iterable[Severity | None]) -> int:
    """How many approvals a document needs by what it decides."""
    return SEVERE_APPROVALS if Severity.S4 in set(severities) else USUAL_APPROVALS


def is_approved(verdicts: Mapping[int, Verdict], *, needed: int) -> bool:
    """Whether so many people approved a revision, and nobody asks for changes; `verdicts` by who gave them."""
    said = list(verdicts.values())
    return Verdict.CHANGES_ASKED not in said and said.count(Verdict.APPROVED) >= needed


def severities_of(document: BaseModel, folder: Folder) -> frozenset[Severity | None]:
    """How severe what a document decides is: by its own words, and by the labels that it names or that its clauses decide.

    An item that labels a case decides what the case does. Documents of other kinds decide nothing.
    """
    labels = {label.code: label.severity for taxonomy in folder.of(TaxonomyDocument).values() for label in taxonomy.document.labels}
    if isinstance(document, ItemDocument):
        case = folder.of(CaseDocument).get(document.case or "")
        return frozenset({document.severity}) | (severities_of(case.document, folder) if case else frozenset())
    if isinstance(document, CaseDocument):
        return frozenset({document.reference.severity, *(labels.get(code) for code in document.reference.labels)})
    if isinstance(document, ModuleDocument):
        return frozenset(labels.get(code) for clause in document.clauses for code in clause.labels)
    return frozenset()
