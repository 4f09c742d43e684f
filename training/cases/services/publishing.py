"""Drafts that are whole cases, made documents: held back where one must not be practised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.cases.importing.families import families_of
from training.cases.importing.soundness import Made, Vocabulary, judge
from training.cases.importing.writing import case_text
from training.cases.models import ImportedCase
from training.cases.queries import imports as queries
from training.cases.rules import HeldBackReason
from training.errors import Refusal

WHOLE = 100
"""Percent that two texts are alike where they are equal."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that can run: its id, its document's text, and the document's place below the content folder."""

    slug: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A draft that is whole and stays a draft, and why."""

    slug: str
    key: str
    reason: HeldBackReason


class NotWritten(Exception):
    """Files that say something else than what would be written; none was."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(", ".join(map(str, paths)))
        self.paths = tuple(paths)


def ready_cases(source: str, vocabulary: Vocabulary) -> Iterator[Ready | HeldBack]:
    """Every whole draft of this source that does not run yet. Look-alikes share a family."""
    families, examined = families_of(queries.drafts_with_kin()), queries.examined_families()
    for draft in queries.complete_drafts(source):
        made = Made(draft.slug, draft.facts, draft.content, draft.reference)
        verdict = judge(made, vocabulary, family=families[draft.id].slug)
        if families[draft.id].is_examined or draft.facts.get("family") in examined:
            yield HeldBack(draft.slug, draft.key, HeldBackReason.LIKE_AN_EXAM_CASE)
        elif _says_the_same(draft):
            yield HeldBack(draft.slug, draft.key, HeldBackReason.SAYS_THE_SAME)
        elif verdict.document is None:
            yield HeldBack(draft.slug, draft.key, HeldBackReason.NO_LONGER_SOUND)
        else:
            yield Ready(draft.slug, f"cases/{source}/{draft.slug}.yaml", case_text(verdict.document))


def _says_the_same(draft: ImportedCase) -> bool:
    """Whether it says word for word what a case or an earlier draft says."""
    is_later = draft.duplicate_of_id is not None and draft.duplicate_of_id < draft.id
    return draft.likeness_percent == WHOLE and (is_later or draft.duplicate_of_case_id is not None)


def family_to_practise(draft: ImportedCase) -> str:
    """The family that a case made of this row has. Raises Refusal where it is not practised: like a case of the exam pool, or the same as another."""
    family, examined = families_of(queries.drafts_with_kin())[draft.id], queries.examined_families()
    if family.is_examined or draft.facts.get("family") in examined:
        raise Refusal(HeldBackReason.LIKE_AN_EXAM_CASE, case=draft.slug)
    if _says_the_same(draft):
        raise Refusal(HeldBackReason.SAYS_THE_SAME, case=draft.slug)
    return str(draft.facts.get("family") or family.slug)


def write_documents(folder: Path, ready: Sequence[Ready]) -> list[Path]:
    """Write these documents into a folder; the files that were not there. Raises NotWritten where one says something else."""
    wanted = {folder / Path(case.path).name: case.text for case in ready}
    clashes = [path for path, text in wanted.items() if path.exists() and path.read_text(encoding="utf-8") != text]
    if clashes:
        raise NotWritten(clashes)
    new = [path for path in wanted if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in new:
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    return new
