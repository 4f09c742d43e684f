"""The exams that are shipped: their bank can fill them, and the chances they claim are the chances they have."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from training.cases.documents import CaseDocument
from training.cases.rules import SEVERITY_WEIGHTS, Severity
from training.cases.rules import Pool as CasePool
from training.exams.documents import TYPING_AREA, ExamDocument, ItemDocument
from training.exams.rules.blueprint import DecisionClass, ItemKind, ItemState, Traits
from training.exams.rules.drawing import draw_form
from training.exams.rules.feasibility import lacks
from training.exams.rules.pool import Pool, PoolItem, forms_worth
from training.exams.rules.power import Weighed, power
from training.exams.rules.responses import critical_share
from training.media.rules import Medium

CONTENT = Path(__file__).resolve().parents[2] / "content"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@cache
def cases() -> dict[str, CaseDocument]:
    found = [CaseDocument.model_validate(read(path)) for path in (CONTENT / "cases").rglob("*.yaml")]
    return {case.id: case for case in found}


def of_case(number: int, item: ItemDocument) -> tuple[PoolItem, float]:
    case = cases()[item.case or ""]
    reference = case.reference
    area = reference.labels[0] if not reference.is_innocent else reference.clauses[0]
    decision_class = DecisionClass.INNOCENT if reference.is_innocent else DecisionClass.VIOLATING
    traits = Traits(area[:3], reference.severity or "S0", decision_class, case.difficulty, case.language, ItemKind.CASE)
    return PoolItem(number, item.id, case.family, traits), float(reference.severity is Severity.S4)


def of_choice(number: int, item: ItemDocument) -> tuple[PoolItem, float]:
    assert item.area and item.severity and item.decision_class and item.difficulty and item.language and item.family
    traits = Traits(item.area, item.severity, item.decision_class, item.difficulty, item.language, item.kind)
    share = critical_share(item.kind, item.key, [option.id for option in item.options]) if item.options else 0.0
    return PoolItem(number, item.id, item.family, traits), share


@cache
def bank() -> tuple[tuple[PoolItem, float], ...]:
    documents = [ItemDocument.model_validate(read(path)) for path in sorted((CONTENT / "exams" / "items").rglob("*.yaml"))]
    live = [document for document in documents if document.state is ItemState.LIVE and document.is_right_or_wrong]
    return tuple(of_case(number, item) if item.kind is ItemKind.CASE else of_choice(number, item) for number, item in enumerate(live))


def exam(name: str) -> ExamDocument:
    return ExamDocument.model_validate(read(CONTENT / "exams" / f"{name}.yaml"))


def chances(document: ExamDocument) -> dict[float, tuple[float, float, float, float]]:
    random = Random(3)
    shares = {item.version_id: share for item, share in bank()}
    forms = []
    for _ in range(25):
        form = draw_form(document.blueprint, Pool(tuple(item for item, _ in bank())), int(random.random() * 2**53))
        assert form is not None
        forms.append([weighed(item, shares[item.version_id]) for item in form])
    found = power(forms, document.rule, document.retakes.attempts)
    return {chance.accuracy: (chance.low, chance.high, chance.low_in_all, chance.high_in_all) for chance in found}


def weighed(item: PoolItem, share: float) -> Weighed:
    traits = item.traits
    return Weighed(traits.area, SEVERITY_WEIGHTS[Severity(traits.severity)], traits.decision_class is DecisionClass.INNOCENT, share)


@pytest.mark.parametrize("name", ["entry-exam", "onboarding-exam"])
def test_the_shipped_bank_fills_the_shipped_exams(name: str) -> None:
    items = [item for item, _ in bank()]
    assert lacks(exam(name).blueprint, items) == ()
    assert forms_worth(exam(name).blueprint, items) >= 2


def test_the_bank_holds_what_was_promised() -> None:
    kinds = [item.traits.kind for item, _ in bank()]
    assert len(kinds) >= 150
    assert kinds.count(ItemKind.CASE) >= kinds.count(ItemKind.SINGLE) + kinds.count(ItemKind.MULTIPLE)


def test_the_entry_exam_claims_what_it_has() -> None:
    found = chances(exam("entry-exam"))
    for accuracy, one, every in ((0.75, 0.27, 0.60), (0.85, 0.58, 0.93), (0.95, 0.93, 0.999)):
        assert found[accuracy][0] == pytest.approx(one, abs=0.05)
        assert found[accuracy][2] == pytest.approx(every, abs=0.05)


def test_the_onboarding_exam_claims_what_it_has() -> None:
    found = chances(exam("onboarding-exam"))
    claimed = {0.80: (0.02, 0.03, 0.07, 0.08), 0.85: (0.10, 0.13, 0.28, 0.33), 0.90: (0.33, 0.41, 0.70, 0.79), 0.95: (0.70, 0.83, 0.97, 0.995)}
    for accuracy, figures in claimed.items():
        assert found[accuracy] == pytest.approx(figures, abs=0.05)


def taxonomy_words() -> set[str]:
    """The code and the title of every label."""
    labels = read(CONTENT / "taxonomy.yaml")["labels"]
    return {label["code"].lower() for label in labels} | {label["title"].lower() for label in labels}


def shown_words() -> list[tuple[str, str]]:
    """What a candidate could come across beside the question itself: names of files, and texts that stand for pictures and recordings."""
    items = [ItemDocument.model_validate(read(path)) for path in sorted((CONTENT / "exams" / "items").rglob("*.yaml"))]
    evidence = [(item.id, item.evidence) for item in items if item.evidence is not None]
    found = [(name, text) for name, part in evidence for text in (part.file, part.alt, part.transcript) if text]
    examined = [case for case in cases().values() if case.pool is CasePool.EXAM]
    return [*found, *((case.id, text) for case in examined for picture in case.content.images for text in (picture.file, picture.alt))]


def test_no_name_of_a_file_and_no_alternative_text_of_an_exam_names_a_label() -> None:
    words = taxonomy_words()
    for name, text in shown_words():
        assert not {word for word in words if word in text.lower()}, name


def test_every_kind_has_an_item_and_every_medium_a_sample() -> None:
    items = [ItemDocument.model_validate(read(path)) for path in sorted((CONTENT / "exams" / "items").rglob("*.yaml"))]
    assert {item.kind for item in items} == set(ItemKind)
    assert {item.evidence.medium for item in items if item.evidence} == {None, *Medium}


@pytest.mark.parametrize("name", ["kinds-sampler", "typing-exam", "written-replies"])
def test_the_shipped_bank_fills_the_exams_that_show_the_kinds(name: str) -> None:
    paths = sorted((CONTENT / "exams" / "items").rglob("*.yaml"))
    live = [item for item in map(ItemDocument.model_validate, map(read, paths)) if item.state is ItemState.LIVE]
    assert lacks(exam(name).blueprint, [any_item(number, item) for number, item in enumerate(live)]) == ()


def any_item(number: int, item: ItemDocument) -> PoolItem:
    if item.kind is ItemKind.CASE:
        return of_case(number, item)[0]
    assert item.language and item.difficulty and item.family
    area, decision_class = item.area or TYPING_AREA, item.decision_class or DecisionClass.KNOWLEDGE
    return PoolItem(number, item.id, item.family, Traits(area, item.severity or "S0", decision_class, item.difficulty, item.language, item.kind))
