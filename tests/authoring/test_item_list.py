"""The list of items, many of them changed alike, and an item that is retired: with review, all of them or none, and without a word of what they ask."""

from collections.abc import Callable, Sequence

import pytest

from tests.authoring.world import ITEM, SITE, Desk, actor, refused
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.queries.batches import drafts_of_batch
from training.authoring.rules.bulk import BulkChange, BulkProblem
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.states import DraftRefusal, DraftState
from training.cases.rules import Difficulty
from training.content_store.queries import stored_document
from training.content_store.rules.kinds import Kind
from training.content_sync import services as sync
from training.content_sync.rules import Deed
from training.db import db
from training.exams.queries.bank import item_by_slug, latest_item_version, ways_of_knowing
from training.exams.rules.acquaintance import KnownText
from training.exams.rules.blueprint import ItemState

Signing = Callable[[Browser, Person], Browser]
MILD = ITEM.replace("item-one", "item-mild").replace("S4", "S2").replace(", critical: true", "").replace("air gun", "kite")
RETIRED = BulkChange(state=ItemState.RETIRED)


@pytest.fixture
def bank(desk: Desk) -> Desk:
    (desk.root / "exams/items/pro/item-mild.yaml").write_text(MILD)
    desk.bring_in()
    return desk


@pytest.fixture
def ana(bank: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> Browser:
    return sign_in(app_browser(), bank.ana)


@pytest.fixture
def budi(bank: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> Browser:
    return sign_in(app_browser(), bank.budi)


def change(desk: Desk, change: BulkChange, *slugs: str) -> services.BulkOutcome:
    outcome = services.change_items(slugs, change, words="", by=actor(desk.ana), now=desk.later())
    db.session.commit()
    return outcome


def together(batch_id: int | None) -> Sequence[Draft]:
    assert batch_id is not None
    return drafts_of_batch(batch_id, skipped=0, count=25)


def state_of(slug: str) -> str:
    found = item_by_slug(slug)
    assert found is not None
    return found.state


def test_the_list_shows_ids_and_is_narrowed_and_tells_nothing_of_what_is_asked(ana: Browser) -> None:
    page = ana.get("/desk/items").text
    assert all(f">{slug}</a>" in page for slug in ("item-one", "item-two", "item-mild"))
    assert not any(words in page for words in ("air gun", "kite", "Remove it", "firearm", "metal balls"))
    for narrowing, shown in {
        "severity=S2": {"item-mild"},
        "kind=case": {"item-two"},
        "q=MILD": {"item-mild"},
        "area=CLM": set(),
        "state=nothing": set(),
    }.items():
        found = ana.get(f"/desk/items?{narrowing}").text
        assert {slug for slug in ("item-one", "item-two", "item-mild") if f">{slug}</a>" in found} == shown, narrowing


def test_items_are_changed_together_reviewed_together_and_published(bank: Desk, ana: Browser, budi: Browser) -> None:
    said = {
        "item": ["item-mild", "item-two"],
        "change-add_tags": "ramadan, late",
        "change-remove_tags": "",
        "change-state": "pilot",
        "change-difficulty": "",
        "change-words": "For the peak.",
    }
    answer = ana.post("/desk/items/change", data=said)
    assert answer.status_code == 302
    drafted, page = together(int(answer.location.rsplit("/", 1)[1]))[0], ana.get(answer.location).text
    assert "ramadan, late" in page and "somebody else reviews them" in page and "kite" not in page
    assert f'href="{answer.location}"' in budi.get("/desk/").text and f'href="{answer.location}"' in budi.get(f"/desk/drafts/{drafted.id}").text
    shown = budi.get(answer.location).text
    assert "For the peak." in shown and "Live → Pilot" in shown and "kite" not in shown
    assert budi.post(f"{answer.location}/review", data={"verdict": "approved", "words": ""}).status_code == 302
    mild, severe = (queries.open_draft_of(Kind.ITEM, slug) for slug in ("item-mild", "item-two"))
    assert mild is not None and severe is not None
    assert (mild.state, severe.state) == (DraftState.APPROVED, DraftState.IN_REVIEW), "what decides the most severe harm wants two"
    assert ana.post(f"{answer.location}/publish").status_code == 302
    assert state_of("item-mild") == ItemState.PILOT and state_of("item-two") == ItemState.LIVE
    assert ">item-mild</a>" in ana.get("/desk/items?tag=ramadan").text and ">item-two</a>" not in ana.get("/desk/items?tag=ramadan").text
    assert ways_of_knowing(bank.ana.id, KnownText.ITEM, "item-mild") and ways_of_knowing(bank.budi.id, KnownText.ITEM, "item-mild")


def test_tags_and_states_make_no_version_and_another_difficulty_one_that_goes_on_counting(bank: Desk) -> None:
    item = item_by_slug("item-mild")
    assert item is not None
    before = latest_item_version(item.id)
    for given in (BulkChange(add_tags=("late",), state=ItemState.PILOT), BulkChange(difficulty=Difficulty.CLEAR)):
        outcome = change(bank, given, "item-mild")
        drafts = together(outcome.batch_id)
        services.review_all(drafts, Verdict.APPROVED, "", by=actor(bank.budi), now=bank.later())
        services.publish_all(drafts, allow_public=True, site_url=SITE, by=actor(bank.ana), now=bank.later())
        db.session.commit()
        version = latest_item_version(item.id)
        assert version is not None and before is not None
        assert (version.id == before.id) is bool(given.add_tags)
    assert version.continues_id == before.id and item.tags == " late "


def test_nothing_is_changed_where_one_cannot_be(bank: Desk, ana: Browser) -> None:
    bank.begin(Kind.ITEM, "item-one", by=bank.budi)
    db.session.commit()
    said = {"item": ["item-mild", "item-one", "no-such-item"], "change-state": "retired", "change-difficulty": ""}
    page = ana.post("/desk/items/change", data=said)
    assert page.status_code == 409 and "it has an open draft" in page.text and "There is no such item any more." in page.text
    assert queries.open_draft_of(Kind.ITEM, "item-mild") is None and not ways_of_knowing(bank.ana.id, KnownText.ITEM, "item-mild")
    assert change(bank, BulkChange(difficulty=None, add_tags=("a",)), "item-mild", "item-one").problems == {"item-one": BulkProblem.IN_WORK}


def test_what_changes_nothing_or_too_much_is_said(bank: Desk, ana: Browser) -> None:
    for said, status in (
        ({"item": "item-mild", "change-state": "live"}, 409),
        ({"item": "item-mild"}, 400),
        ({"change-state": "live"}, 400),
        ({"item": [f"item-{number}" for number in range(51)], "change-state": "live"}, 400),
        ({"item": "item-mild", "change-add_tags": "No Good!"}, 400),
        ({"item": "item-mild", "change-state": "held"}, 400),
    ):
        assert ana.post("/desk/items/change", data=said).status_code == status, said
    assert queries.open_draft_of(Kind.ITEM, "item-mild") is None


def test_nobody_reviews_what_they_changed_and_no_other_batch_is_found(bank: Desk, ana: Browser, budi: Browser) -> None:
    batch_id = change(bank, RETIRED, "item-mild").batch_id
    address = f"/desk/batches/{batch_id}"
    assert ana.post(f"{address}/review", data={"verdict": "approved", "words": ""}).status_code == 409
    with refused(DraftRefusal.WORDS_MISSING):
        services.review_all(together(batch_id), Verdict.CHANGES_ASKED, " ", by=actor(bank.budi), now=bank.later())
    assert budi.post(f"{address}/review", data={"verdict": "nothing"}).status_code == 400
    assert budi.get("/desk/batches/0").status_code == budi.post("/desk/batches/0/publish").status_code == 404
    assert budi.post(f"{address}/review", data={"verdict": "changes_asked", "words": "Why?"}).status_code == 302
    draft = queries.open_draft_of(Kind.ITEM, "item-mild")
    assert draft is not None and draft.state == DraftState.CHANGES_ASKED


def test_what_changes_more_than_its_fields_is_opened_before_it_is_judged(bank: Desk, budi: Browser) -> None:
    batch_id = change(bank, RETIRED, "item-mild", "item-two").batch_id
    (mild, two), address, approval = together(batch_id), f"/desk/batches/{batch_id}", {"verdict": "approved", "words": ""}
    services.take_back(mild, by=actor(bank.ana), now=bank.later())
    bank.write(mild, mild.text.replace("kite", "balloon"))
    bank.submit(mild)
    db.session.commit()
    shown = budi.get(address).text
    assert "More than that: open it" in shown and "1 of the drafts on this page is closed to you" in shown and "balloon" not in shown
    assert "What you say to the author" not in shown
    for _twice in range(2):
        assert budi.post(f"{address}/open").status_code == 302
    assert ways_of_knowing(bank.budi.id, KnownText.ITEM, "item-mild") and not ways_of_knowing(bank.budi.id, KnownText.ITEM, "item-two")
    shown = budi.get(address).text
    assert "kite" in shown and "balloon" in shown and "Live → Retired" in shown and "<pre" not in shown
    assert budi.post(f"{address}/review", data=approval).status_code == 302
    assert (mild.state, two.state) == (DraftState.APPROVED, DraftState.IN_REVIEW)


def test_where_one_refuses_nothing_is_done_and_every_one_that_does_is_named(bank: Desk, budi: Browser, ana: Browser) -> None:
    batch_id = change(bank, RETIRED, "item-mild", "item-two").batch_id
    address, approval = f"/desk/batches/{batch_id}", {"verdict": "approved", "words": ""}
    assert ana.post(f"{address}/publish").status_code == 409, "none is approved"
    assert budi.post(f"{address}/review", data=approval).status_code == 302
    assert budi.post(f"{address}/review", data=approval).status_code == 409, "the one that wants two waits for somebody else"
    assert "Your review" not in budi.get(address).text
    (bank.root / "exams/items/pro/item-mild.yaml").write_text(MILD.replace("kite", "balloon"))
    bank.bring_in()
    refusing = ana.post(f"{address}/publish")
    assert refusing.status_code == 409 and "item-mild</strong>: Something else runs by now" in refusing.text and state_of("item-mild") == ItemState.LIVE
    assert "item-two</strong>" not in refusing.text


def test_drafts_of_a_batch_are_listed_with_it_alone_and_a_later_draft_stands_by_itself(bank: Desk, ana: Browser, budi: Browser) -> None:
    batch_id = change(bank, BulkChange(add_tags=("late",)), "item-mild").batch_id
    (draft,) = together(batch_id)
    for page in (ana.get("/desk/").text, budi.get("/desk/").text):
        assert f"/desk/drafts/{draft.id}" not in page and "Items changed: tags added late" in page
    bank.review(draft)
    bank.publish(draft)
    later = bank.begin(Kind.ITEM, "item-mild")
    db.session.commit()
    page = ana.get("/desk/").text
    assert f"/desk/drafts/{later.id}" in page and f"/desk/batches/{batch_id}" not in page
    assert f"/desk/batches/{batch_id}" in ana.get(f"/desk/drafts/{draft.id}").text and "/desk/batches/" not in ana.get(f"/desk/drafts/{later.id}").text


def test_an_item_is_retired_through_review_and_can_come_back_by_the_folder(bank: Desk, ana: Browser, budi: Browser) -> None:
    ana.post("/desk/items/item-mild/open")
    assert "Retire it" in ana.get("/desk/items/item-mild").text
    answer = ana.post("/desk/items/change", data={"item": "item-mild", "change-state": "retired"})
    assert state_of("item-mild") == ItemState.LIVE, "nothing changes before a colleague has approved it"
    budi.post(f"{answer.location}/review", data={"verdict": "approved", "words": ""})
    ana.post(f"{answer.location}/publish")
    assert state_of("item-mild") == ItemState.RETIRED
    stored = stored_document(Kind.ITEM, "item-mild")
    assert stored is not None and stored.text == MILD.replace("state: live", "state: retired")
    assert [step.path for step in sync.propose(bank.root).plan.of(Deed.KEEP)] == ["exams/items/pro/item-mild.yaml"]
    assert "Retire it" not in ana.get("/desk/items/item-mild").text


def test_a_tag_of_an_item_that_labels_a_case_stays_when_the_case_is_changed(bank: Desk) -> None:
    path = bank.root / "exams/items/pro/item-two.yaml"
    path.write_text(path.read_text() + "tags: [late]\n")
    bank.bring_in()
    case = bank.root / "cases/pro/case-two.yaml"
    case.write_text(case.read_text().replace("Rp 500.000", "Rp 400.000"))
    bank.bring_in()
    item = item_by_slug("item-two")
    assert item is not None and item.tags == " late "
