"""Whether what is known of a case could stand in a case document, and what is missing until it is one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from training.cases.documents import CaseDocument
from training.cases.rules import Outcome, Pool
from training.documents import FieldPath
from training.documents.faults import Lines, field_name, meant
from training.documents.validation import MISSING, problems_of

Words = tuple[str, str]
OUTCOMES = frozenset(outcome.value for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes that run here."""

    labels: Collection[str]
    clauses: Collection[str]


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a case, in the form of a document."""

    slug: str
    """The case's id. It says nothing about the answer, and is the same whenever the row comes again."""
    facts: Mapping[str, str]
    """The surface, and of language, market, difficulty and family what is known."""
    content: Mapping[str, Any]
    reference: Mapping[str, Any]
    """What the experts said."""

    def values(self, *, family: str) -> dict[str, Any]:
        """The values of a case document; of `family` where the source names none. What is unknown is left out.

        Imported cases are practised: examining needs a panel, and a person who moves them.
        """
        return {"id": self.slug, "pool": Pool.PRACTICE.value, "family": family, **self.facts, "content": self.content, "reference": self.reference}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with what is known, by field with words; the fields that are missing; and the document."""

    problems: tuple[tuple[FieldPath, Words], ...]
    missing: tuple[str, ...]
    document: CaseDocument | None
    """The case, where neither anything is wrong nor anything missing."""


def judge(made: Made, vocabulary: Vocabulary, *, family: str = "fam-alone") -> Verdict:
    """What would be said of this as a document; of labels and clauses also whether there are such."""
    problems = list(_strangers(made.reference, vocabulary))
    missing: list[str] = []
    try:
        document = CaseDocument.model_validate(made.values(family=family))
    except ValidationError as error:
        for where, words in problems_of(error, Lines(), CaseDocument):
            if words == MISSING:
                missing.append(field_name(where))
            else:
                problems.append((where, words))
        document = None
    return Verdict(tuple(problems), tuple(missing), None if problems else document)


def _strangers(reference: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[FieldPath, Words]]:
    for name, known, what in (("labels", {*vocabulary.labels, *OUTCOMES}, "label"), ("clauses", vocabulary.clauses, "clause")):
        for code in reference.get(name, ()):
            if code not in known:
                close = meant(str(code), known)
                yield ("reference", name), (f"there is no {what} `{code}`", f"did you mean `{close}`?" if close else "map it to one that runs here")
