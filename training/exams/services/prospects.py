"""What an exam that is being written would be: what the bank has for it, how well it tells, how long it takes, and what it leaves untested."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from training.courses.queries import published_clauses
from training.exams import queries
from training.exams.documents import Outline
from training.exams.queries import BankItem, Terms
from training.exams.queries.supplying import assumed_seconds, clauses_tested, held_items, items_not_live, known_seconds, usage_of_exam
from training.exams.rules.clause_coverage import ClauseCoverage, areas_asked, clause_coverage
from training.exams.rules.drawing import Layout
from training.exams.rules.expected_time import ExpectedTime, expected_time
from training.exams.rules.feasibility import PROOF_SEED, lacks, plain_lacks
from training.exams.rules.pool import BankWorth, Pool, PoolItem, able_items, bank_worth
from training.exams.rules.power import Chance, power
from training.exams.rules.supply import CellSupply, Shelf, drawn_now, supply_of
from training.exams.services.publishing import weighed_items

FORMS_WHILE_WRITING = 5
"""Over how many drawn forms the meter goes while somebody types; publication takes more."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """An exam as it stands while it is being written."""

    supplies: tuple[CellSupply | None, ...]
    """For each row of its blueprint; nothing for one that cannot be read."""
    lacks: tuple[str, ...]
    """What keeps the bank from filling a form."""
    is_tangled: bool
    """It cannot, although each quota alone could be met, and nobody has asked yet which of them stands in the way."""
    worth: BankWorth | None
    chances: tuple[Chance, ...]
    """The power meter; empty where no form can be drawn or the rule cannot be read."""
    time: ExpectedTime | None
    coverage: ClauseCoverage

    @property
    def can_be_filled(self) -> bool:
        """Whether a form was drawn: the proof that the bank has what it asks."""
        return self.time is not None


def prospect_of(outline: Outline, *, allow_public: bool, is_thorough: bool) -> Prospect:
    """What this exam would be with the bank of today.

    Where the quotas cannot be met together, only a thorough look says which of them stands in the way: it draws some hundred forms.
    """
    terms = Terms(allow_public or not outline.gating, outline.gating, outline.areas)
    bank, blueprint = queries.bank_items(terms), outline.blueprint
    shelf = Shelf([item.pool_item for item in bank], held_items(terms), usage_of_exam(outline.slug), items_not_live(terms))
    forms = _forms(outline, shelf)
    supplies = iter(supply_of(blueprint, shelf, forms) if outline.item_count else ())
    found = _lacks(outline, shelf.live, is_thorough=is_thorough) if not forms and outline.is_drawn else ()
    return Prospect(
        supplies=tuple(next(supplies, None) if cell else None for cell in outline.rows),
        lacks=found,
        is_tangled=outline.is_drawn and not forms and not found,
        worth=bank_worth(blueprint, shelf.live) if outline.is_drawn else None,
        chances=_chances(outline, bank, forms),
        time=_time(forms),
        coverage=_coverage(outline, shelf.live),
    )


def _forms(outline: Outline, shelf: Shelf) -> list[tuple[PoolItem, ...]]:
    """Some forms as this exam would draw them; none where it cannot."""
    if not outline.is_drawn:
        return []
    now, seeds = drawn_now(outline.blueprint, shelf), Random(PROOF_SEED)
    for items in (now, shelf.live) if len(now) < len(shelf.live) else (now,):
        layout = Layout(outline.blueprint, Pool(tuple(items)))
        drawn = [layout.draw(int(seeds.random() * 2**53)) for _ in range(FORMS_WHILE_WRITING)]
        forms = [form for form in drawn if form is not None]
        if forms:
            return forms
    return []


def _lacks(outline: Outline, items: Sequence[PoolItem], *, is_thorough: bool) -> tuple[str, ...]:
    said = lacks(outline.blueprint, items) if is_thorough else plain_lacks(outline.blueprint, items)
    return tuple(str(lack) for lack in said)


def _chances(outline: Outline, bank: Sequence[BankItem], forms: Sequence[Sequence[PoolItem]]) -> tuple[Chance, ...]:
    if not forms or outline.rule is None:
        return ()
    weighed = weighed_items(bank)
    return power([[weighed[item.version_id] for item in form] for form in forms], outline.rule, outline.tries)


def _time(forms: Sequence[Sequence[PoolItem]]) -> ExpectedTime | None:
    named = [[item.version_id for item in form] for form in forms]
    versions = {version for form in named for version in form}
    return expected_time(named, known_seconds(versions), assumed_seconds(versions))


def _coverage(outline: Outline, items: Sequence[PoolItem]) -> ClauseCoverage:
    able = able_items(outline.blueprint, items) if outline.item_count else items
    areas = areas_asked(outline.blueprint, outline.areas, {item.traits.area for item in able})
    clauses = (words.code for module in published_clauses().values() for words in module.clauses)
    return clause_coverage(clauses, areas, clauses_tested({item.version_id for item in able}))
