import pytest

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseReferenceFactory
from tests.exams.factories import LONG_AGO, OPTIONS, ItemDocumentFactory, ItemFactory, case_item
from training.actors import SYSTEM, Actor, ActorKind
from training.errors import Refusal
from training.exams import queries
from training.exams.documents import ItemDocument
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import ItemState
from training.exams.rules.reasons import BankRefusal
from training.exams.services import follow_case, note_acquaintance, store_item

pytestmark = pytest.mark.usefixtures("app")


def store(document: ItemDocument, by: Actor = SYSTEM) -> bool:
    return store_item(document, by=by, now=LONG_AGO)


def test_storing_twice_changes_nothing() -> None:
    document = ItemDocumentFactory()
    assert store(document)
    assert not store(document)
    item = queries.item_by_slug(document.id)
    assert item is not None and item.current_version is not None
    assert item.current_version.number == 1


def test_a_changed_text_makes_a_new_version_and_keeps_the_old_one() -> None:
    item = ItemFactory(id="item-one")
    before = item.current_version
    assert store(ItemDocumentFactory(id="item-one", stem="Another situation. What now?"))
    assert before is not None and item.current_version is not None
    assert (before.number, item.current_version.number) == (1, 2)
    assert before.document["stem"] != item.current_version.document["stem"]


def test_retiring_an_item_makes_no_new_version() -> None:
    item = ItemFactory(id="item-one")
    assert store(ItemDocumentFactory(id="item-one", state="retired"))
    assert item.state == "retired"
    assert item.current_version is not None and item.current_version.number == 1
    assert queries.bank_items(queries.Terms(with_public=True)) == []


def test_an_item_held_since_stays_held_when_its_text_is_mended() -> None:
    item = ItemFactory(id="item-one")
    item.state = ItemState.HELD.value
    assert store(ItemDocumentFactory(id="item-one", stem="Another situation. What now?"))
    assert (item.state, item.document_state) == ("held", "live")
    assert store(ItemDocumentFactory(id="item-one", state="retired"))
    assert item.state == "retired"


def test_an_item_held_by_its_document_is_drawn_again_when_the_document_says_so() -> None:
    item = ItemFactory(id="item-one", state="held")
    assert queries.bank_items(queries.Terms(with_public=True)) == []
    store(ItemDocumentFactory(id="item-one"))
    assert item.state == "live"


def test_a_case_item_has_the_traits_of_its_case() -> None:
    item = case_item(CaseFactory(pool="exam", severity="S4", difficulty="borderline", language="id"))
    [found] = queries.bank_items(queries.Terms(with_public=True))
    assert found.item_id == item.id
    traits = found.pool_item.traits
    assert (traits.area, traits.severity, traits.decision_class, traits.difficulty, traits.language) == ("PRO", "S4", "violating", "borderline", "id")
    assert found.critical_share == 1.0


def test_an_innocent_case_is_an_innocent_item() -> None:
    case_item(CaseFactory(pool="exam", is_innocent=True, severity="S0"))
    [found] = queries.bank_items(queries.Terms(with_public=True))
    assert found.pool_item.traits.decision_class == "innocent"


def test_a_case_without_a_severity_weighs_least() -> None:
    case_item(CaseFactory(pool="exam", severity=None))
    [found] = queries.bank_items(queries.Terms(with_public=True))
    assert found.pool_item.traits.severity == "S0"


def test_the_share_of_critical_errors_is_known_of_a_choice() -> None:
    options = [*OPTIONS[:3], {**OPTIONS[3], "critical": True}]
    ItemFactory(severity="S4", options=options)
    [found] = queries.bank_items(queries.Terms(with_public=True))
    assert found.critical_share == pytest.approx(1 / 3)


def test_a_case_of_the_practice_pool_is_refused() -> None:
    case = CaseFactory(pool="practice")
    with pytest.raises(Refusal) as refused:
        case_item(case)
    assert refused.value.reason is BankRefusal.CASE_NOT_FOR_EXAMS


def test_a_case_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        store(ItemDocument(id="item-one", kind="case", state="live", case="case-nowhere"))
    assert refused.value.reason is BankRefusal.CASE_UNKNOWN


def test_an_item_keeps_its_kind() -> None:
    ItemFactory(id="item-one")
    with pytest.raises(Refusal) as refused:
        store(ItemDocumentFactory(id="item-one", kind="multiple"))
    assert refused.value.reason is BankRefusal.KIND_IS_FIXED


def test_whoever_stores_a_version_has_written_it() -> None:
    author = PersonFactory()
    store(ItemDocumentFactory(), Actor(ActorKind.PERSON, author.id))
    ItemFactory()
    assert len(queries.bank_items(queries.Terms(with_public=True))) == 2
    assert len(queries.bank_items(queries.Terms(with_public=True), person_id=author.id)) == 1
    assert len(queries.bank_items(queries.Terms(with_public=True), person_id=PersonFactory().id)) == 2


@pytest.mark.parametrize("how", list(Acquaintance))
def test_whoever_knows_an_item_never_finds_it_in_their_pool(how: Acquaintance) -> None:
    person, item = PersonFactory(), ItemFactory()
    note_acquaintance(person.id, item, how, now=LONG_AGO)
    note_acquaintance(person.id, item, how, now=LONG_AGO)
    assert queries.bank_items(queries.Terms(with_public=True), person_id=person.id) == []


def test_public_items_are_left_out_where_they_are_not_allowed() -> None:
    ItemFactory(public=True)
    own = ItemFactory()
    assert [item.item_id for item in queries.bank_items(queries.Terms(with_public=False))] == [own.id]


def test_items_follow_their_case_and_attempts_keep_what_they_pinned() -> None:
    case = CaseFactory(pool="exam")
    item = case_item(case)
    before = item.current_version
    assert not follow_case(case.slug, by=SYSTEM, now=LONG_AGO)
    reference = CaseReferenceFactory(case_id=case.id, case_version_id=case.current_version_id, number=2, severity="S4", is_critical=True)
    case.current_reference_id = reference.id
    assert follow_case(case.slug, by=SYSTEM, now=LONG_AGO)
    assert item.current_version is not before
    assert item.current_version is not None and item.current_version.reference_id == reference.id
    assert queries.bank_items(queries.Terms(with_public=True))[0].critical_share == 1.0
    assert not follow_case("case-nowhere", by=SYSTEM, now=LONG_AGO)
