"""Nobody who wrote, reviewed or opened what an exam asks ever sits it, also where it becomes a question only later."""

from sqlalchemy import select

from tests.authoring.world import EXAM_CASE, ITEM, NOW, Desk, actor
from training.accounts.models import Person
from training.authoring import services
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.models import ItemAcquaintance
from training.exams.queries import item_by_slug
from training.exams.queries.drawable import Terms, bank_items
from training.exams.rules.acquaintance import Acquaintance


def ways(person: Person, slug: str) -> set[str]:
    item = item_by_slug(slug)
    assert item is not None
    asked = select(ItemAcquaintance.how).where(ItemAcquaintance.person_id == person.id, ItemAcquaintance.item_id == item.id)
    return set(db.session.scalars(asked))


def drawn_by(person: Person) -> set[str]:
    return {item.pool_item.slug for item in bank_items(Terms(with_public=True), person_id=person.id)}


def test_whoever_opens_writes_or_reviews_an_item_never_draws_it(desk: Desk) -> None:
    draft = desk.begin(Kind.ITEM, "item-one")
    desk.write(draft, ITEM.replace("Ask a colleague", "Ask a colleague first"))
    services.open_to(draft, by=actor(desk.citra), now=NOW)
    desk.submit(draft)
    desk.review(draft, by=desk.budi)
    assert ways(desk.ana, "item-one") == {Acquaintance.OPENED, Acquaintance.WROTE}
    assert ways(desk.budi, "item-one") == {Acquaintance.REVIEWED}
    assert ways(desk.citra, "item-one") == {Acquaintance.OPENED}
    for person in (desk.ana, desk.budi, desk.citra):
        assert drawn_by(person) == {"item-two"}


def test_whoever_knows_a_new_item_s_text_knows_the_item_once_it_is_there(desk: Desk) -> None:
    draft = services.begin_new(
        Kind.ITEM, "item-new", ITEM.replace("item-one", "item-new").replace("S4", "S2").replace(", critical: true", ""), by=actor(desk.ana), now=NOW
    )
    services.open_to(draft, by=actor(desk.citra), now=NOW)
    desk.submit(draft)
    desk.review(draft, by=desk.budi)
    desk.publish(draft, by=desk.ana)
    assert ways(desk.citra, "item-new") == {Acquaintance.OPENED} and ways(desk.budi, "item-new") == {Acquaintance.REVIEWED}
    assert not {"item-new"} & (drawn_by(desk.ana) | drawn_by(desk.budi) | drawn_by(desk.citra))


def test_whoever_opens_a_case_of_the_exam_pool_never_labels_it_in_an_exam(desk: Desk) -> None:
    draft = desk.begin(Kind.CASE, "case-two")
    assert draft.is_exam_material and ways(desk.ana, "item-two") == {Acquaintance.OPENED}
    assert not services.may_see(draft, desk.budi.id) and services.may_see(draft, desk.ana.id)
    assert drawn_by(desk.ana) == {"item-one"}


def test_an_item_that_another_brings_in_later_is_known_by_the_text_of_its_case(desk: Desk) -> None:
    text = EXAM_CASE.replace("case-two", "case-new")
    draft = services.begin_new(Kind.CASE, "case-new", text, by=actor(desk.ana), now=NOW)
    desk.submit(draft)
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft, by=desk.ana)
    (desk.root / "exams/items/pro/item-new.yaml").write_text("id: item-new\nkind: case\nstate: live\npublic: true\ncase: case-new\n")
    db.session.commit()
    desk.bring_in()
    assert ways(desk.ana, "item-new") == {Acquaintance.WROTE} and ways(desk.budi, "item-new") == {Acquaintance.REVIEWED}
    assert "item-new" not in drawn_by(desk.citra)


def test_a_case_that_is_practised_may_be_opened_by_everybody(desk: Desk) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    assert not draft.is_exam_material and services.may_see(draft, desk.budi.id)
