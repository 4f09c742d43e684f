"""What the use of the bank by exams calls for: items on too many forms, quotas for which little is left."""

from dataclasses import dataclass

from training.exams.rules.blueprint import words_of
from training.exams.rules.pool import QuotaStock, is_overused
from training.insights.rules.attention.findings import Concern, Figures, Finding, doublings

FEW_FORMS = 2.0
"""A quota that fills fewer forms without a common item is about to run dry: whoever sits a second time meets what they met."""


@dataclass(frozen=True, slots=True)
class UsedItem:
    """On how many forms of an exam an item was, of so many that were drawn."""

    slug: str
    exam: str
    exam_title: str
    form_count: int
    forms_drawn: int


@dataclass(frozen=True, slots=True)
class SpareCell:
    """What the bank of today holds for one quota of an exam."""

    exam: str
    exam_title: str
    stock: QuotaStock


def of_use(used: UsedItem) -> Finding | None:
    """Whether an item is on more forms than the cap allows."""
    if not is_overused(used.form_count, used.forms_drawn):
        return None
    share = used.form_count / used.forms_drawn
    told: Figures = {"share": share, "forms": used.form_count, "drawn": used.forms_drawn, "exam": used.exam_title}
    subject = f"{used.slug}@{used.exam}"
    return Finding(Concern.OVEREXPOSED, subject, told, share, (doublings(used.form_count),), names=(used.slug,), leads_to=(used.slug,))


def of_cell(spare: SpareCell) -> Finding | None:
    """Whether the bank is about to run dry for a quota."""
    forms, cell = spare.stock.forms, spare.stock.cell
    if forms is None or forms >= FEW_FORMS:
        return None
    told: Figures = {"forms": forms, "held": spare.stock.family_count, "needed": cell.minimum, "cell": words_of(cell.conditions), "exam": spare.exam_title}
    subject = f"{spare.exam}: {words_of(cell.conditions)}"
    return Finding(Concern.RUNNING_DRY, subject, told, -forms, (spare.stock.family_count, cell.minimum), leads_to=(spare.exam,))
