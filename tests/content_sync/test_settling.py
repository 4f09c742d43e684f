"""The folder beside the desk: what differs and on which side, and taking a side of one document or of many."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.authoring.test_blind_labels import ask
from tests.authoring.test_exam_material import drawn_by, ways
from tests.authoring.world import Desk, actor
from tests.conftest import Browser
from tests.content_store.folders import alter, png, write
from training.accounts.models import Person
from training.accounts.rules import Role
from training.content_store.queries import media_by_name, stored_document
from training.content_store.rules.kinds import Kind
from training.content_sync import services
from training.content_sync.rules import Deed
from training.content_sync.rules.sides import Side
from training.courses.queries import module_by_slug
from training.db import db
from training.exams.queries import item_by_slug
from training.exams.rules.acquaintance import Acquaintance
from training.policy_changes.queries import review
from training.policy_changes.services.reviewing import approve
from training.quality.queries.panels import is_to_be_blind

Signing = Callable[[Browser, Person], Browser]
COURSE, ITEM, MODULE = "courses/onboarding.yaml", "exams/items/pro/item-one.yaml", "policies/goods.md"


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    db.session.commit()
    return sign_in(browser, desk.ana)


def publish_at_desk(desk: Desk, kind: Kind, slug: str, old: str, new: str) -> None:
    draft = desk.begin(kind, slug)
    assert old in draft.text
    desk.write(draft, draft.text.replace(old, new))
    desk.submit(draft)
    for reviewer in (desk.budi, desk.citra)[: 2 if kind is Kind.ITEM else 1]:
        desk.review(draft, by=reviewer)
    desk.publish(draft)
    db.session.commit()


def sides(desk: Desk) -> dict[str, Side]:
    return {each.name.slug: each.side for each in services.compare(desk.root).differences}


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def press(person: Browser, address: str, deed: str, shown: str | None = None) -> object:
    """Press a button of this page, as it was shown."""
    path, _, query = address.partition("?")
    return person.post(f"{path.rstrip('/')}/{deed}?{query}", data={"seen": seen_on(shown or person.get(address).text)})


def running(kind: Kind, slug: str) -> str:
    db.session.expire_all()
    stored = stored_document(kind, slug)
    assert stored is not None
    return stored.text


def test_each_document_is_told_on_its_side(desk: Desk, ana: Browser) -> None:
    assert sides(desk) == {} and "Both say the same" in ana.get("/desk/content/").text
    publish_at_desk(desk, Kind.COURSE, "onboarding", "title: Onboarding", "title: At the desk")
    alter(desk.root, "exams/items/pro/item-two.yaml", "public: true", "public: true\ntags: [new]")
    alter(desk.root, "certifications/moderator.yaml", "title: Moderator", "title: Agent")
    write(desk.root, "courses/more.yaml", "id: more\ntitle: More\nsummary: Next.\nlanguage: en\nmodules: [goods]\nexpected_minutes: 10\n")
    (desk.root / "queues/listings.yaml").unlink()
    write(desk.root, "cases/pro/case-one.yaml", "id: case-one\nsurface: [")
    assert sides(desk) == {
        "onboarding": Side.DESK_NEWER,
        "item-two": Side.FOLDER_NEWER,
        "moderator": Side.FOLDER_NEWER,
        "more": Side.ONLY_FOLDER,
        "listings": Side.GONE,
    }
    page = ana.get("/desk/content/").text
    assert all(f"/desk/content/{place}" in page for place in ("course/onboarding", "item/item-two", "queue/listings")) and "Cannot be read" in page
    narrowed = ana.get("/desk/content/?kind=course&side=only_folder").text
    assert ">more</a>" in narrowed and ">onboarding</a>" not in narrowed and "Take the folder" in narrowed


def test_what_the_page_says_is_what_the_plan_would_do(desk: Desk) -> None:
    """The page reads only what differs; `content plan` reads all of it."""
    publish_at_desk(desk, Kind.COURSE, "onboarding", "title: Onboarding", "title: At the desk")
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    (desk.root / "cases/other").mkdir()
    (desk.root / "cases/pro/case-one.yaml").rename(desk.root / "cases/other/renamed.yaml")
    write(desk.root, "cases/media/gun.png", png(1))
    alter(desk.root, "cases/pro/case-two.yaml", "  seller:", "  images:\n    - { file: media/gun.png, alt: An air gun }\n  seller:")
    for shade in (2, 3):
        plan = services.propose(desk.root).plan
        found = {each.name: each.deed for each in services.compare(desk.root).differences}
        assert found == {step.name: step.deed for step in plan.steps if step.deed not in {Deed.SAME, Deed.AGREE}}
        services.apply(services.propose(desk.root, folder_wins=True), allow_public=True, site_url="", by=actor(desk.ana), now=desk.later())
        db.session.commit()
        write(desk.root, "cases/media/gun.png", png(shade))
    assert sides(desk) == {"case-two": Side.FOLDER_NEWER}, "another picture under the same name is another case"


def test_what_both_changed_is_shown_field_by_field_with_who_changed_what(desk: Desk, ana: Browser) -> None:
    publish_at_desk(desk, Kind.COURSE, "onboarding", "title: Onboarding", "title: At the desk")
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    alter(desk.root, COURSE, "expected_minutes: 30", "expected_minutes: 45")
    page = ana.get("/desk/content/course/onboarding").text
    assert "Changed on both sides" in page and "At the desk" in page and "In the folder" in page and "agreed before:" in page and ">Onboarding<" in page
    assert re.search(r"expected_minutes</th>.*?30.*?45.*?The folder", page, re.DOTALL)
    taken = press(ana, "/desk/content/course/onboarding", "take")
    assert taken.status_code == 302 and "title: In the folder" in running(Kind.COURSE, "onboarding") and sides(desk) == {}


def test_what_is_kept_stands_until_the_folder_changes_again_and_is_exported(desk: Desk, ana: Browser) -> None:
    publish_at_desk(desk, Kind.COURSE, "onboarding", "title: Onboarding", "title: At the desk")
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    assert press(ana, "/desk/content/course/onboarding", "keep").status_code == 302
    assert sides(desk) == {"onboarding": Side.DESK_NEWER} and "title: At the desk" in running(Kind.COURSE, "onboarding")
    desk.bring_in()
    assert "title: At the desk" in running(Kind.COURSE, "onboarding"), "nobody applies what was decided against"
    alter(desk.root, COURSE, "title: In the folder", "title: In the folder again")
    assert sides(desk) == {"onboarding": Side.BOTH}
    assert "In the folder</span>" in ana.get("/desk/content/course/onboarding").text, "what was decided against is what both come from now"
    press(ana, "/desk/content/course/onboarding", "keep")
    assert services.export(desk.root) == [COURSE] and sides(desk) == {}
    desk.bring_in()
    alter(desk.root, COURSE, "title: At the desk", "title: Later")
    assert sides(desk) == {"onboarding": Side.FOLDER_NEWER}


def test_a_document_that_the_folder_lost_is_retired_here_too_or_stands_as_made_at_the_desk(desk: Desk, ana: Browser) -> None:
    (desk.root / "queues/listings.yaml").unlink()
    assert press(ana, "/desk/content/queue/listings", "keep").status_code == 302
    assert sides(desk) == {"listings": Side.ONLY_DESK} and services.export(desk.root) == ["queues/listings.yaml"]
    desk.bring_in()
    (desk.root / "queues/listings.yaml").unlink()
    assert press(ana, "/desk/content/queue/listings", "take").status_code == 302
    stored = stored_document(Kind.QUEUE, "listings")
    assert sides(desk) == {} and stored is not None and stored.retired_at is not None


def test_all_of_one_kind_and_side_are_settled_at_once(desk: Desk, ana: Browser) -> None:
    for slug in ("one", "two"):
        alter(desk.root, f"exams/items/pro/item-{slug}.yaml", "public: true", "public: true\ntags: [new]")
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    assert press(ana, "/desk/content/?kind=item&side=folder_newer", "keep").status_code == 302
    assert sides(desk) == {"item-one": Side.DESK_NEWER, "item-two": Side.DESK_NEWER, "onboarding": Side.FOLDER_NEWER}
    assert press(ana, "/desk/content/?kind=item&side=desk_newer", "take").status_code == 302
    assert sides(desk) == {"onboarding": Side.FOLDER_NEWER} and "tags: [new]" in running(Kind.ITEM, "item-one")


def test_a_policy_that_asks_something_of_people_waits_for_a_second_person(desk: Desk, ana: Browser) -> None:
    alter(desk.root, MODULE, "No offers of firearms.", "No offers of firearms, whole or in parts.")
    alter(desk.root, MODULE, "version: 1.0.0", "version: 1.1.0\nchanges:\n  since: 1.0.0\n  clauses: { PRO-01.a: changed }")
    page = ana.get("/desk/content/module/goods").text
    assert "<ins>, whole or in parts</ins>" in page and "PRO-01.a" in page and "changes.since" in page
    laid = press(ana, "/desk/content/module/goods", "take")
    assert laid.status_code == 302 and "/policy-changes/plans/" in laid.location
    assert str(module_by_slug("goods").current_version.version) == "1.0.0"
    assert press(ana, "/desk/content/module/goods", "take").location == laid.location, "asked again, the same plan waits"
    approve(review(int(laid.location.rsplit("/", 1)[1])), by=actor(desk.budi), now=desk.later())
    db.session.commit()
    assert press(ana, "/desk/content/module/goods", "take").location == "/desk/content/"
    db.session.expire_all()
    assert str(module_by_slug("goods").current_version.version) == "1.1.0" and sides(desk) == {}


def test_nothing_of_an_item_is_shown_before_it_is_opened_and_whoever_does_never_sits_it(desk: Desk, ana: Browser) -> None:
    alter(desk.root, ITEM, "A listing offers an air gun.", "A listing offers a crossbow.")
    for address in ("/desk/content/", "/desk/content/item/item-one"):
        page = ana.get(address).text
        assert "item-one" in page and not any(word in page for word in ("crossbow", "air gun", "firearm")), address
    assert ways(desk.ana, "item-one") == set()
    assert ana.post("/desk/content/item/item-one/open").status_code == 302
    assert "crossbow" in ana.get("/desk/content/item/item-one").text
    assert ways(desk.ana, "item-one") == {Acquaintance.OPENED} and "item-one" not in drawn_by(desk.ana)
    assert press(ana, "/desk/content/item/item-one", "take").status_code == 302
    item = item_by_slug("item-one")
    assert item is not None and item.current_version is not None and item.current_version.number == 2


def test_whoever_is_to_label_a_case_blind_gives_that_up_by_opening_it(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    panel = ask(desk, "case-one", desk.budi, desk.citra)
    alter(desk.root, "cases/pro/case-one.yaml", "which makes it a gun", "so it is a gun")
    budi = sign_in(browser, desk.budi)
    page = budi.get("/desk/content/case/case-one").text
    assert "label this case blind" in page and "metal balls" not in page
    assert is_to_be_blind(panel, desk.budi.id)
    assert budi.post("/desk/content/case/case-one/open").status_code == 302
    assert "metal balls" in budi.get("/desk/content/case/case-one").text and not is_to_be_blind(panel, desk.budi.id)


def test_faults_of_exam_material_are_told_by_file_and_line_alone(desk: Desk, ana: Browser) -> None:
    alter(desk.root, ITEM, "clauses: [PRO-01.a]", "clauses: [PRO-01.z]")
    refused = press(ana, "/desk/content/item/item-one", "take")
    assert refused.status_code == 409 and f"{ITEM}, line 11, clauses" in refused.text and "PRO-01.z" not in refused.text
    ana.post("/desk/content/item/item-one/open")
    assert "PRO-01.z" in press(ana, "/desk/content/item/item-one", "take").text
    write(desk.root, ITEM, "id: item-one\nkind: single\nstem: [air gun")
    assert "item-one" in ana.get("/desk/content/").text and "air gun" not in ana.get("/desk/content/").text


def test_what_would_leave_something_wrong_is_refused_with_every_fault(desk: Desk, ana: Browser) -> None:
    write(desk.root, "courses/more.yaml", "id: more\ntitle: More\nsummary: Next.\nlanguage: en\nmodules: [other]\nexpected_minutes: 10\n")
    (desk.root / "certifications/moderator.yaml").unlink()
    refused = press(ana, "/desk/content/course/more", "take")
    assert refused.status_code == 409 and "there is no module" in refused.text and stored_document(Kind.COURSE, "more") is None
    refused = press(ana, "/desk/content/certification/moderator", "take")
    assert refused.status_code == 409 and "queues/listings.yaml" in refused.text
    alter(desk.root, "exams/entry-exam.yaml", "time_limit_minutes: 15", "time_limit_minutes: 20")
    assert "1.0.0 is published already" in press(ana, "/desk/content/exam/entry-exam", "take").text
    alter(desk.root, "cases/pro/case-two.yaml", "pool: exam", "pool: practice")
    ana.post("/desk/content/case/case-two/open")
    assert press(ana, "/desk/content/case/case-two", "take").status_code == 409, "the exam pool's cases never come into practice"


def test_what_changed_after_the_page_was_shown_is_looked_at_again(desk: Desk, ana: Browser) -> None:
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    shown = ana.get("/desk/content/course/onboarding").text
    alter(desk.root, COURSE, "title: In the folder", "title: In the folder again")
    stale = press(ana, "/desk/content/course/onboarding", "take", shown)
    assert (
        stale.status_code == 409 and "Something changed since this page was shown" in stale.text and "title: Onboarding" in running(Kind.COURSE, "onboarding")
    )
    shown = ana.get("/desk/content/course/onboarding").text
    assert press(ana, "/desk/content/course/onboarding", "take", shown).status_code == 302
    twice = press(ana, "/desk/content/course/onboarding", "take", shown)
    assert twice.status_code == 409 and "Somebody may have been quicker" in twice.text


def test_what_cannot_be_settled_so_is_refused_in_words(desk: Desk, ana: Browser) -> None:
    write(desk.root, "courses/more.yaml", "id: more\ntitle: More\nsummary: Next.\nlanguage: en\nmodules: [goods]\nexpected_minutes: 10\n")
    assert "the desk has none" in press(ana, "/desk/content/course/more", "keep").text
    assert press(ana, "/desk/content/course/more", "take").status_code == 302
    publish_at_desk(desk, Kind.COURSE, "onboarding", "title: Onboarding", "title: At the desk")
    assert press(ana, "/desk/content/course/onboarding", "take").status_code == 302, "the folder's, over the desk's newer one"
    assert "title: Onboarding" in running(Kind.COURSE, "onboarding")
    for address in ("/desk/content/course/nowhere", "/desk/content/item/onboarding", "/desk/content/nothing/onboarding"):
        assert ana.get(address).status_code == 404
        assert ana.post(f"{address}/open").status_code == 404
        assert ana.post(f"{address}/take", data={"seen": "0"}).status_code == 409
    assert ana.post("/desk/content/take?side=both", data={}).status_code == 400
    assert ana.post("/desk/content/take?side=nothing", data={"seen": "0"}).status_code == 409


def test_without_a_folder_the_page_says_so(desk: Desk, ana: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(app.config, "CONTENT_DIR", tmp_path / "nowhere")
    page = ana.get("/desk/content/").text
    assert "There is no content folder on this server" in page and str(tmp_path / "nowhere") in page


def test_only_trainers_and_administrators_settle(desk: Desk, browser: Browser, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    lead = sign_in(browser, PersonFactory(roles=[Role.LEAD, Role.AUDITOR]))
    assert lead.get("/desk/content/").status_code == 403 and lead.post("/desk/content/course/onboarding/take", data={"seen": "0"}).status_code == 403
    admin = sign_in(app_browser(), PersonFactory(roles=[Role.ADMIN]))
    assert press(admin, "/desk/content/course/onboarding", "take").status_code == 302
    assert media_by_name() == {}
