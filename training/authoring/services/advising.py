"""A module looked at as its readers will: what could be better, how it reads, and the next clause."""

from dataclasses import dataclass

from training.authoring.models import Draft
from training.authoring.rules.advice import Advice, advice_on
from training.authoring.rules.clause_blocks import clause_block, next_code
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.checking import Checked
from training.cases.documents import TaxonomyDocument
from training.content_store.queries import running_folder
from training.content_store.rules.kinds import Kind
from training.content_store.rules.reading_level import reading_level_of
from training.courses.documents import ModuleDocument
from training.courses.queries import clause_codes_ever
from training.courses.rules.blocks import clauses_in
from training.errors import Refusal


@dataclass(frozen=True, slots=True)
class Advised:
    """What could be better in a module, the line of its file before its Markdown begins, and how hard it is to read as a whole."""

    advice: tuple[Advice, ...]
    lines_before: int
    level: float | None


def advise(draft: Draft, checked: Checked) -> Advised | None:
    """What could be better in a draft of a module; nothing of other kinds, and where the text holds no module."""
    source = checked.folder.of(ModuleDocument).get(draft.slug) if draft.kind == Kind.MODULE and checked.source else None
    if source is None:
        return None
    body = source.document.body
    escalated = {label.code for taxonomy in checked.folder.of(TaxonomyDocument).values() for label in taxonomy.document.labels if label.escalate_to}
    return Advised(advice_on(body, escalated=escalated), source.lines.of(("body",)) - 1, reading_level_of(body))


def labels_for(draft: Draft) -> list[tuple[str, str]]:
    """The labels that clauses of a module decide, with their titles: those of its area where the text says one, else all."""
    taxonomies = running_folder({Kind.TAXONOMY}).of(TaxonomyDocument).values() if draft.kind == Kind.MODULE else ()
    labels = [label for taxonomy in taxonomies for label in taxonomy.document.labels]
    of_area = [label for label in labels if f"\narea: {label.area}\n" in draft.text]
    return [(label.code, label.title) for label in of_area or labels]


def new_clause(draft: Draft, label: str, text: str) -> str:
    """A clause block for this label, numbered after all that it has, ever had, and has in the text as it is being written.

    Raises Refusal where there is no such label, or no code left.
    """
    if label not in {code for code, _ in labels_for(draft)}:
        raise Refusal(DraftRefusal.LABEL_UNKNOWN, label=label)
    code = next_code(label, clause_codes_ever() | {block.argument for block in clauses_in(text)})
    if code is None:
        raise Refusal(DraftRefusal.NO_CODE_LEFT, label=label)
    return clause_block(code, label)
