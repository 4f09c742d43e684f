"""What cites another rule is drawn for nobody until it was given another key, or a person found that it is still right."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory, case_document
from tests.conftest import Browser
from tests.exams.factories import OPTIONS, ItemDocumentFactory, ItemFactory
from tests.policy_changes.changing import CHANGED, World
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.cases.models import CaseHold
from training.cases.queries import case_by_slug
from training.cases.rules import HoldRefusal, Surface
from training.cases.services import hold_cases, release_case, store_case
from training.courses.rules.clause_changes import ClauseMark
from training.db import db
from training.errors import Refusal
from training.exams.models import ItemFlagEvent
from training.exams.queries import item_by_slug
from training.exams.services import hold_item, store_item
from training.practice.queries.shelves import offers
from training.practice.rules import Limits

Signing = Callable[[Browser, Person], Browser]
OTHER_KEY = tuple({**option, "correct": option["text"] == OPTIONS[1]["text"]} for option in OPTIONS)
HELD = "/policy-changes/published/goods/1.1.0/held"
pytestmark = pytest.mark.usefixtures("app")


def drawn() -> set[str]:
    """The concepts that free practice offers."""
    return set(offers(Limits(), languages=()))


def test_cases_and_items_that_cite_another_rule_are_held_and_no_others() -> None:
    world = World()
    CaseFactory(slug="case-cites", concept="PRO-01.a")
    CaseFactory(slug="case-other", concept="PRO-02.a")
    ItemFactory(id="item-cites", clauses=("PRO-01.a",))
    ItemFactory(id="item-other", clauses=("PRO-02.a",))
    ItemFactory(id="item-draft", clauses=("PRO-01.a",), state="draft")
    assert drawn() == {"PRO-01.a", "PRO-02.a"}
    world.change("1.1.0")
    assert drawn() == {"PRO-02.a"}, "the shelves of practice are counted anew"
    assert [item_by_slug(slug).state for slug in ("item-cites", "item-other", "item-draft")] == ["held", "live", "draft"]


def test_what_is_only_told_better_holds_nothing_and_what_was_rekeyed_with_it_neither() -> None:
    world = World()
    CaseFactory(slug="case-cites", concept="PRO-01.a")
    ItemFactory(id="item-cites", clauses=("PRO-01.a",))
    world.change("1.1.0", ClauseMark.CLARIFIED)
    world.change("1.2.0", rekeyed={"case-cites", "item-cites"})
    assert not case_by_slug("case-cites").is_held and item_by_slug("item-cites").state == "live"


def test_a_held_case_is_let_go_when_it_is_given_another_reference_and_not_when_only_its_words_are_mended() -> None:
    TaxonomyLabelFactory(code="PRO-03")
    document = case_document(Surface.LISTING)
    store_case(document, media={}, by=SYSTEM, now=CHANGED)
    hold_cases([document.id], reason="A rule that it cites is another.", by=SYSTEM, now=CHANGED)
    store_case(document, media={}, by=SYSTEM, now=CHANGED)
    assert case_by_slug(document.id).is_held, "the same text changes nothing"
    mended = document.model_copy(
        update={"editorial": "A comma", "reference": document.reference.model_copy(update={"rationale": "It offers medicine to anybody."})}
    )
    store_case(mended, media={}, by=SYSTEM, now=CHANGED)
    assert case_by_slug(document.id).is_held
    rekeyed = document.model_copy(
        update={"reference": document.reference.model_copy(update={"rationale": "The rule is another now, and it still forbids it."})}
    )
    store_case(rekeyed, media={}, by=SYSTEM, now=CHANGED)
    assert not case_by_slug(document.id).is_held
    assert [entry.deed for entry in db.session.scalars(select(CaseHold).order_by(CaseHold.id))] == ["held", "released"]


def test_what_is_not_held_cannot_be_let_go() -> None:
    case = CaseFactory()
    with pytest.raises(Refusal) as refused:
        release_case(case, reason="Still right.", by=SYSTEM, now=CHANGED)
    assert refused.value.reason is HoldRefusal.NOT_HELD


def test_a_trainer_says_with_one_click_that_it_is_still_right_but_not_whoever_wrote_the_change(app: Flask, sign_in: Signing) -> None:
    world, author = World(), PersonFactory(roles=["trainer"])
    CaseFactory(slug="case-cites", concept="PRO-01.a")
    ItemFactory(id="item-cites", clauses=("PRO-01.a",))
    world.change("1.1.0", author=author)
    own = sign_in(app.test_client(), author)
    assert "You wrote this change." in own.get(HELD).get_data(as_text=True)
    assert [own.post(f"{HELD}/{kind}/{kind}-cites").status_code for kind in ("case", "item")] == [409, 409]
    page = sign_in(app.test_client(), PersonFactory(roles=["trainer"]))
    shown = page.get(HELD).get_data(as_text=True)
    assert shown.count(">Still right<") == 2 and "case-cites" in shown and "item-cites" in shown
    for kind in ("case", "item"):
        assert page.post(f"{HELD}/{kind}/{kind}-cites").status_code == 302
        assert page.post(f"{HELD}/{kind}/{kind}-cites").status_code == 409, "a second click finds it done"
        assert page.post(f"{HELD}/{kind}/no-such-thing").status_code == 404
    assert page.post(f"{HELD}/person/case-cites").status_code == 404
    assert "Nothing is held any more" in page.get(HELD).get_data(as_text=True)
    assert not case_by_slug("case-cites").is_held and item_by_slug("item-cites").state == "live"


def test_whoever_wrote_the_change_does_not_release_the_item_at_its_desk_either(app: Flask, sign_in: Signing) -> None:
    world, author, other = World(), PersonFactory(roles=["trainer"]), PersonFactory(roles=["trainer"])
    ItemFactory(id="item-cites", clauses=("PRO-01.a",))
    ItemFactory(id="item-held", clauses=("PRO-01.a",))
    hold_item(item_by_slug("item-held"), reason="A seller disputes it.", by=Actor(ActorKind.PERSON, other.id), now=CHANGED)
    world.change("1.1.0", author=author)
    for slug in ("item-cites", "item-held"):
        release, sent = f"/exams/desk/items/{slug}/release", {"release-reason": "It is still right."}
        refused = sign_in(app.test_client(), author).post(release, data=sent)
        assert refused.status_code == 409 and "a change of policy that you wrote" in refused.get_data(as_text=True)
        assert item_by_slug(slug).state == "held"
        assert sign_in(app.test_client(), other).post(release, data=sent).status_code == 302
        assert item_by_slug(slug).state == "live"


def stored(slug: str, **values: object) -> str:
    """The state of an item once its document says something else."""
    store_item(ItemDocumentFactory(id=slug, clauses=("PRO-01.a",), **values), by=SYSTEM, now=CHANGED)
    return item_by_slug(slug).state


def test_an_item_is_let_go_when_it_is_given_another_text_or_key_and_not_when_only_its_words_are_mended() -> None:
    world = World()
    ItemFactory(id="item-cites", clauses=("PRO-01.a",))
    world.change("1.1.0")
    assert stored("item-cites") == "held", "the same text changes nothing"
    assert stored("item-cites", rationale="In better words.", editorial="A comma") == "held"
    assert stored("item-cites", options=OTHER_KEY) == "live"
    release = db.session.scalars(select(ItemFlagEvent).order_by(ItemFlagEvent.id.desc())).first()
    assert (release.deed, release.by_id, release.reason) == ("released", None, "It was given another text or key.")


def test_another_key_lets_nothing_go_that_is_held_for_another_reason_too() -> None:
    world = World()
    ItemFactory(id="item-cites", clauses=("PRO-01.a",))
    hold_item(item_by_slug("item-cites"), reason="A seller disputes it.", by=Actor(ActorKind.PERSON, PersonFactory().id), now=CHANGED)
    world.change("1.1.0")
    assert stored("item-cites", options=OTHER_KEY) == "held"
