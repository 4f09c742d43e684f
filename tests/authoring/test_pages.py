"""The desk's pages, as trainers use them without a script; and what its script speaks to."""

from collections.abc import Callable

import pytest

from tests.accounts.factories import PersonFactory
from tests.authoring.world import COURSE_TEXT, Desk, actor
from tests.conftest import Browser
from training.accounts.models import Person
from training.accounts.rules import Role
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.rules.states import DraftState
from training.content_store.rules.kinds import Kind
from training.db import db

Signing = Callable[[Browser, Person], Browser]


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    return sign_in(browser, desk.ana)


def form_of(draft: Draft, text: str, **more: object) -> dict[str, object]:
    return {"version": draft.version, "client_id": "page-1", "sequence": 1, "seen": draft.text, "text": text, **more}


def body_of(draft: Draft, text: str, **more: object) -> dict[str, object]:
    return form_of(draft, text, **{"client_id": "window-1"} | more)


def address(draft: Draft, deed: str = "") -> str:
    return f"/desk/drafts/{draft.id}" + (f"/{deed}" if deed else "")


def test_the_empty_desk_says_what_would_fill_it(ana: Browser) -> None:
    page = ana.get("/desk/").text
    assert "Nothing waits for you" in page and "You are writing nothing" in page


def test_a_document_is_found_begun_written_submitted_sent_back_mended_approved_and_published(
    desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing
) -> None:
    ana, budi = sign_in(app_browser(), desk.ana), sign_in(app_browser(), desk.budi)
    assert "courses/onboarding.yaml" in ana.get("/desk/documents?kind=course&q=learns").text
    begun = ana.post("/desk/documents/course/onboarding/draft")
    draft = queries.open_draft_of(Kind.COURSE, "onboarding")
    assert begun.status_code == 302 and draft is not None and begun.location.endswith(address(draft))
    text = draft.text.replace("learns first", "learns on day one")
    assert ana.post(address(draft, "text"), data=form_of(draft, text.replace("\n", "\r\n"))).status_code == 302
    assert draft.text == text
    assert "learns on day one" in ana.get(address(draft, "submission")).text
    assert ana.post(address(draft, "submit"), data={"words": "Please look at the summary."}).status_code == 302
    assert "onboarding" in budi.get("/desk/").text
    assert "Please look at the summary." in budi.get(address(draft)).text
    assert budi.post(address(draft, "comments"), data={"line": 3, "comment": "Which day?"}).status_code == 302
    assert budi.post(address(draft, "review"), data={"number": 1, "verdict": "changes_asked", "words": "Say which."}).status_code == 302
    page = ana.get(address(draft)).text
    assert "Budi asks for changes." in page and "Which day?" in page
    ana.post(address(draft, "text"), data=form_of(draft, draft.text.replace("day one", "Monday"), client_id="page-2"))
    ana.post(address(draft, "submit"), data={"words": ""})
    budi.post(address(draft, "review"), data={"number": 2, "verdict": "approved", "words": ""})
    assert draft.state == DraftState.APPROVED
    assert ana.post(address(draft, "publish")).status_code == 302
    assert ana.post(address(draft, "publish")).status_code == 409, "a second click publishes nothing twice"
    assert draft.state == DraftState.PUBLISHED and "Published" in ana.get(address(draft)).text


def test_what_is_wrong_stands_beside_the_text_by_line_and_field(desk: Desk, ana: Browser) -> None:
    draft = desk.begin()
    db.session.commit()
    answer = ana.post(address(draft, "saved"), json=body_of(draft, draft.text.replace("[goods]", "[god]")))
    assert (answer.status_code, answer.json["verdict"], answer.json["version"]) == (200, "saved", 2)
    assert "Line 5, modules.0" in answer.json["margin"] and "there is no module `god`" in answer.json["margin"]
    again = ana.post(address(draft, "saved"), json=body_of(draft, "something else"))
    assert again.json["verdict"] == "repeated", "the same number again changes nothing"


def test_two_windows_lose_nothing_and_say_whose_is_there(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    ana, budi = sign_in(app_browser(), desk.ana), sign_in(app_browser(), desk.budi)
    draft = desk.begin()
    db.session.commit()
    first, version = draft.text, draft.version
    ana.post(address(draft, "saved"), json=body_of(draft, first.replace("learns first", "learns on day one")))
    merged = budi.post(address(draft, "saved"), json=body_of(draft, first.replace(": 30", ": 31"), version=version, seen=first, client_id="window-2"))
    assert merged.json["verdict"] == "merged" and "day one" in merged.json["text"] and ": 31" in merged.json["text"]
    assert "<strong>Ana</strong> has this open too" in merged.json["margin"]
    conflict = budi.post(
        address(draft, "saved"), json=body_of(draft, first.replace("learns first", "hears"), version=version, seen=first, client_id="window-2", sequence=2)
    )
    assert conflict.json["verdict"] == "conflict" and "<<<<<<< yours" in conflict.json["text"] and "<<<<<<<" not in draft.text
    heard = ana.post(address(draft, "heard"), data="window-1", content_type="text/plain")
    assert (heard.json["version"], "Budi" in heard.json["margin"]) == (3, True)
    plain = ana.post(address(draft, "text"), data=form_of(draft, first.replace("learns first", "sees"), version=version, seen=first))
    assert plain.status_code == 409 and "Both are marked" in plain.text and "&lt;&lt;&lt;&lt;&lt;&lt;&lt; yours" in plain.text


def test_what_cannot_be_read_is_refused(desk: Desk, ana: Browser) -> None:
    draft = desk.begin()
    db.session.commit()
    for body in ({}, body_of(draft, "x", sequence=0), body_of(draft, "x", client_id=""), body_of(draft, "x", strange=1)):
        assert ana.post(address(draft, "saved"), json=body).status_code == 400
    assert ana.post(address(draft, "saved"), data="{").status_code == 400
    assert ana.post(address(draft, "heard"), data="<script>").status_code == 400
    assert ana.post(address(draft, "text"), data={"text": "x"}).status_code == 400
    assert ana.post(address(draft, "review"), data={"number": "x", "verdict": "approved"}).status_code == 400
    assert ana.post(address(draft, "comments"), data={"line": 0, "comment": ""}).status_code == 400
    assert ana.post(address(draft, "version"), data={"step": "patch"}).status_code == 404, "a course has no version"
    assert ana.get("/desk/drafts/0").status_code == 404
    assert ana.post("/desk/documents/nothing/x/draft").status_code == 404
    assert ana.get("/desk/documents?kind=nothing&page=x").status_code == 200


def test_a_new_document_begins_with_every_field_that_its_kind_needs(desk: Desk, ana: Browser) -> None:
    for kind in ("module", "case", "check", "course", "item", "certification", "exam", "queue"):
        said = {"kind": kind, "slug": f"new-{kind}", "title": 'A "new": one', "surface": "ticket", "item_kind": "single"}
        assert ana.post("/desk/new", data=said).status_code == 302
        draft = queries.open_draft_of(Kind(kind), f"new-{kind}")
        assert draft is not None
        page = ana.get(address(draft))
        assert page.status_code == 200 and "begin the file" not in page.text and "nobody knows" not in page.text
    assert ana.post("/desk/new", data={"kind": "course", "slug": "new-course", "title": "", "surface": "listing"}).status_code == 409
    assert ana.post("/desk/new", data={"kind": "course", "slug": "New Course", "title": "", "surface": "listing"}).status_code == 400
    assert ana.post("/desk/new", data={"kind": "taxonomy", "slug": "other", "title": "", "surface": "listing"}).status_code == 400


def test_exam_material_is_behind_a_door_and_lists_show_its_id_alone(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    ana, budi = sign_in(app_browser(), desk.ana), sign_in(app_browser(), desk.budi)
    ana.post("/desk/documents/item/item-one/draft")
    draft = queries.open_draft_of(Kind.ITEM, "item-one")
    assert draft is not None and "air gun" in ana.get(address(draft)).text
    closed = budi.get(address(draft))
    assert "Whoever opens it never sits it." in closed.text and "air gun" not in closed.text
    for deed in ("submission", "text", "review", "publish", "comments", "merge", "discard", "take-back"):
        assert (budi.get if deed == "submission" else budi.post)(address(draft, deed)).status_code == 404
    assert "item-one" in budi.get("/desk/").text and "air gun" not in budi.get("/desk/").text
    assert "item-one" not in budi.get("/desk/documents?q=firearm").text, "no key is found by looking for it"
    budi.post(address(draft, "open"))
    assert "air gun" in budi.get(address(draft)).text


def test_the_version_of_a_module_is_asked_for_with_its_clauses_and_written_into_the_text(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    desk.write(draft, draft.text.replace("No offers of firearms.", "No offers of firearms or air guns."))
    db.session.commit()
    page = ana.get(address(draft, "submission")).text
    assert "is not above 1.0.0" in page and "air guns" in page
    assert ana.post(address(draft, "submit"), data={}).status_code == 409
    said = {"step": "minor", "mark-PRO-01.a": "clarified", "mark-nonsense": "changed", "due_days": "10"}
    assert ana.post(address(draft, "version"), data=said).status_code == 302
    assert "version: 1.1.0\nchanges:\n  since: 1.0.0\n  clauses:\n    PRO-01.a: clarified\n  due_days: 10\n" in draft.text
    assert "1 clarified clause" in ana.get(address(draft, "submission")).text
    ana.post(address(draft, "version"), data={"step": "patch"})
    assert "version: 1.0.1\nsummary" in draft.text and "changes" not in draft.text
    assert ana.post(address(draft, "version"), data={"step": "huge"}).status_code == 400
    assert ana.post(address(draft, "submit"), data={}).status_code == 302


def test_reviewers_read_what_a_version_asks_before_they_approve_it(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    marks = "version: 1.1.0\nchanges:\n  since: 1.0.0\n  clauses:\n    PRO-01.a: changed"
    desk.write(draft, draft.text.replace("version: 1.0.0", marks).replace("No offers of firearms.", "No offers of air guns."))
    desk.submit(draft)
    db.session.commit()
    page = sign_in(browser, desk.budi).get(address(draft)).text
    assert "What version 1.1.0 asks" in page and "Another rule." in page and "1 changed clause" in page


def test_a_module_is_shown_as_its_readers_will_see_it_and_nothing_in_it_runs(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    desk.write(draft, draft.text.replace("What this module is for.", "**For** <script>alert(1)</script> [x](javascript:alert(2))"))
    db.session.commit()
    page = ana.get(address(draft, "preview")).text
    assert "<strong>For</strong> &lt;script&gt;" in page and "javascript:alert" not in page and 'id="pro-01.a"' in page
    desk.write(draft, "no front matter")
    db.session.commit()
    assert "No preview yet" in ana.get(address(draft, "preview")).text
    course = desk.begin()
    db.session.commit()
    assert ana.get(address(course, "preview")).status_code == 404


def test_a_new_clause_gets_the_next_code_of_its_label(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    db.session.commit()
    block = ana.post(address(draft, "clause"), data={"label": "PRO-01", "text": draft.text}).json["block"]
    assert block.startswith("/// clause | PRO-01.b\n    labels: [PRO-01]\n")
    again = ana.post(address(draft, "clause"), data={"label": "PRO-01", "text": f"{draft.text}\n{block}"}).json["block"]
    assert again.startswith("/// clause | PRO-01.c\n")
    assert ana.post(address(draft, "clause"), data={"label": "PRO-99", "text": ""}).status_code == 409


def test_what_could_be_better_stands_beside_a_module(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    db.session.commit()
    page = ana.get(address(draft)).text
    assert "Reading level" in page and "Clause PRO-01.a decides a label that usually goes to somebody else" in page
    assert '<strong data-line="14" data-advice>Line 14</strong>' in page, "lines are those of the file"


def test_a_case_is_filled_in_as_a_form_over_the_same_text(desk: Desk, ana: Browser) -> None:
    begun = ana.post("/desk/new", data={"kind": "case", "slug": "case-new", "title": "", "surface": "review"})
    draft = queries.open_draft_of(Kind.CASE, "case-new")
    assert draft is not None and begun.location.endswith(address(draft, "form"))
    page = ana.get(address(draft, "form"))
    assert "to mend" in page.text and "Reviewer" in page.text
    for offered in ("S4 Imminent", "Risk: Safety of people, crime", "PRO-01 Firearms", "PRO-01.a No offers of firearms.", "Hold payout"):
        assert offered in page.text, offered
    assert page.text.index('<a href="#content-text">') < page.text.index('<a href="#reference-labels">')
    said = {
        **{"version": draft.version, "language": "en", "market": "ID", "pool": "practice", "family": "fam-new", "difficulty": "typical"},
        **{"content-product": "Phone", "content-stars": "5", "content-text": "I sell guns, write me.", "content-reviewer": "Adi", "content-order": "Paid: no"},
        **{"reference-decisions-0-remove": "yes", "reference-decisions-0-strike": "yes", "reference-labels-0-said": "PRO-01", "reference-severity": "S4"},
        **{"reference-escalate_to": "RISK", "reference-must_escalate": "yes", "reference-clauses-0-said": "PRO-01.a"},
        **{"reference-evidence-0-field": "text", "reference-evidence-0-quote": "I sell guns"},
        "reference-rationale": "It offers a gun, which no shop may sell. The stars change nothing.",
    }
    assert ana.post(address(draft, "form"), data=said).status_code == 302
    assert services.check_draft(draft).faults == (), services.check_draft(draft).faults
    assert ana.post(address(draft, "form"), data=said).status_code == 302, "a second click changes nothing"
    stale = ana.post(address(draft, "form"), data=said | {"market": "SG"})
    assert stale.status_code == 409 and "somebody saved this draft meanwhile" in stale.text and "SG" in stale.text
    torn = ana.post(address(draft, "form"), data=said | {"version": draft.version, "content-order": "{"})
    assert torn.status_code == 409 and "write a name, a colon and a value" in torn.text
    assert '<a href="#content-order">What the system knows of the order</a>' in torn.text and 'data-tone="warn">Not saved</span>' in torn.text
    assert ana.get(address(desk.begin(), "form")).status_code == 404
    desk.write(draft, "id: [")
    assert ana.get(address(draft, "form")).status_code == 302
    assert ana.post(address(draft, "form"), data=said).status_code == 400


def test_a_stale_draft_says_so_and_is_brought_together(desk: Desk, ana: Browser) -> None:
    draft = services.begin_new(Kind.COURSE, "more", COURSE_TEXT, by=actor(desk.ana), now=desk.later())
    (desk.root / "courses/more.yaml").write_text(COURSE_TEXT.replace("What comes next.", "What follows."))
    db.session.commit()
    desk.bring_in()
    assert "was changed since this draft was begun" in ana.get(address(draft)).text
    assert ana.post(address(draft, "merge")).status_code == 302
    assert "decide there what is right" in ana.get(address(draft)).text and "&lt;&lt;&lt;&lt;" in ana.get(address(draft)).text


def test_only_trainers_come_to_the_desk(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    lead = sign_in(browser, PersonFactory(roles=[Role.LEAD]))
    assert [lead.get(path).status_code for path in ("/desk/", "/desk/documents", "/desk/new", "/desk/drafts/1")] == [403] * 4


def test_what_somebody_wrote_and_said_is_in_their_own_file(desk: Desk, ana: Browser) -> None:
    draft = desk.begin()
    desk.write(draft, draft.text.replace("learns first", "learns on day one"))
    services.comment(draft, line=1, words="Mine.", by=actor(desk.ana), now=desk.later())
    db.session.commit()
    taken = ana.get("/account/data.json").json["drafts"]
    assert taken["drafts"][0]["document"] == "onboarding" and taken["comments"][0]["words"] == "Mine."


def test_an_id_that_is_free_is_proposed_and_an_empty_area_is_told_at_once(desk: Desk, ana: Browser) -> None:
    assert 'value="case-001"' in ana.get("/desk/new?kind=case").text
    for slug in ("item-007", "item-xyz"):
        ana.post("/desk/new", data={"kind": "item", "slug": slug, "item_kind": "single"})
    assert 'value="item-008"' in ana.get("/desk/new?kind=item").text and 'value=""' in ana.get("/desk/new?kind=exam").text
    draft = queries.open_draft_of(Kind.ITEM, "item-007")
    assert draft is not None
    page = ana.get(address(draft, "form")).text
    assert '<a href="#area">Area</a>: is still empty' in page and '<a href="#clauses">Clauses</a>: is still empty' in page


def test_a_near_miss_is_offered_where_there_is_none(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    db.session.commit()
    assert "Give it a near-miss" in ana.get(address(draft)).text
    desk.write(draft, draft.text.replace("difficulty:", "contrast: case-other\ndifficulty:"))
    db.session.commit()
    page = ana.get(address(draft)).text
    assert "Its near-miss" in page and "Give it a near-miss" not in page
