"""What the use of the bank by exams calls for: items on too many forms, quotas for which little is left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from training.exams.rules.blueprint import words_of
from training.exams.rules.pool import BankWorth, QuotaStock, is_overused
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


def of_uses(used: Iterable[UsedItem], worths: Mapping[str, BankWorth]) -> Iterator[Finding]:
    """The items that are on more forms than the cap allows; `worths` says by exam what its bank of today is worth.

    Where a bank is too small for the cap to bind, no draw could keep to it: that is one finding about the exam, and none about its items.
    """
    by_exam: dict[str, list[UsedItem]] = {}
    for each in used:
        if is_overused(each.form_count, each.forms_drawn):
            by_exam.setdefault(each.exam, []).append(each)
    for exam, over in by_exam.items():
        if exam in worths and not worths[exam].is_binding:
            yield _of_bank(exam, over, worths[exam])
        else:
            yield from map(_of_use, over)


def _of_use(used: UsedItem) -> Finding:
    share = used.form_count / used.forms_drawn
    told: Figures = {"share": share, "forms": used.form_count, "drawn": used.forms_drawn, "exam": used.exam_title}
    subject = f"{used.slug}@{used.exam}"
    return Finding(Concern.OVEREXPOSED, subject, told, share, (doublings(used.form_count),), names=(used.slug,), leads_to=(used.slug,))


def _of_bank(exam: str, over: list[UsedItem], worth: BankWorth) -> Finding:
    share = max(each.form_count / each.forms_drawn for each in over)
    told: Figures = {"share": share, "items": len(over), "worth": worth.forms, "exam": over[0].exam_title}
    return Finding(Concern.OVEREXPOSED, f"@{exam}", told, share, (int(worth.forms), doublings(len(over))), leads_to=(exam,))


def of_cell(spare: SpareCell) -> Finding | None:
    """Whether the bank is about to run dry for a quota."""
    forms, cell = spare.stock.forms, spare.stock.cell
    if forms is None or forms >= FEW_FORMS:
        return None
    told: Figures = {"forms": forms, "held": spare.stock.family_count, "needed": cell.minimum, "cell": words_of(cell.conditions), "exam": spare.exam_title}
    subject = f"{spare.exam}: {words_of(cell.conditions)}"
    return Finding(Concern.RUNNING_DRY, subject, told, -forms, (spare.stock.family_count, cell.minimum), leads_to=(spare.exam,))
