"""The near-miss of a case: begun from it or found, named both ways, and never running without the other."""

from collections.abc import Callable

from tests.accounts.factories import PersonFactory
from tests.authoring.test_blind_labels import MILD, new_case
from tests.authoring.world import SITE, Desk, actor, refused
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_of
from training.authoring.rules.contrasting import ContrastDemand, contrast_checks, near_miss_of, with_contrast
from training.authoring.rules.document_forms import value_in
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.contrasting import begin_near_miss, candidates_for, choose_near_miss, value_of
from training.cases.queries import case_by_slug
from training.content_store.rules.kinds import Kind
from training.db import db
from training.documents.yaml_reading import read_yaml

Signing = Callable[[Browser, Person], Browser]


def begun(desk: Desk, slug: str = "case-near") -> tuple[Draft, Draft]:
    draft = new_case(desk)
    near = begin_near_miss(draft, slug, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    return draft, near


def test_a_near_miss_shows_the_same_and_is_decided_the_opposite_way() -> None:
    value = read_yaml(MILD).value
    near = value_in(Kind.CASE, near_miss_of(value, "case-near"))
    assert near is not None and near["content"] == value["content"] and near["contrast"] == "case-new"
    assert (near["reference"]["decisions"], near["reference"]["labels"], near["reference"]["rationale"]) == ([["APPROVE"]], ["OUT-00"], "")
    back = value_in(Kind.CASE, near_miss_of(near, "case-third"))
    assert back is not None and back["reference"]["decisions"] == [["REMOVE"]]
    found = contrast_checks({**value, "contrast": "case-near"}, near)
    assert all(check.is_met for check in found)
    assert [check.is_met for check in contrast_checks(value, {**near, "family": "fam-other"}) if check.demand is ContrastDemand.SAME_FAMILY] == [False]
    assert [check.is_met for check in contrast_checks(value, {}) if check.demand is ContrastDemand.OPPOSITE] == [None]


def test_naming_a_near_miss_changes_no_other_line() -> None:
    written = with_contrast(f"# A comment.\n{MILD}", read_yaml(MILD).value, "case-near")
    assert written.splitlines()[6:8] == ["family: fam-case-new", "contrast: case-near"]
    assert written.replace("contrast: case-near\n", "") == f"# A comment.\n{MILD}"
    assert with_contrast(written, read_yaml(written).value, "case-far").count("contrast:") == 1


def test_both_name_one_another_and_are_checked_and_published_together(desk: Desk) -> None:
    draft, near = begun(desk)
    assert "contrast: case-near" in draft.text and "contrast: case-new" in near.text
    assert batch_of(draft.id) is batch_of(near.id) is not None
    assert services.check_draft(draft).faults == ()
    assert {fault.field for fault in services.check_draft(near).faults} == {"reference.rationale"}
    desk.write(near, near.text.replace("rationale: ", "rationale: It shoots nothing at all, so it is a toy."))
    with refused(DraftRefusal.HAS_FAULTS):
        desk.submit(draft)
    assert services.submit_all([draft, near], by=actor(desk.ana), now=desk.later()).refusals == {}
    for reviewer in (desk.budi, desk.citra):
        assert services.review_all([draft, near], Verdict.APPROVED, "", by=actor(reviewer), now=desk.later()).refusals == {}
    published = services.publish_all([draft, near], allow_public=True, site_url=SITE, by=actor(desk.ana), now=desk.later())
    assert (published.count, published.refusals) == (2, {})
    cases = case_by_slug("case-new"), case_by_slug("case-near")
    assert [case.contrast_slug for case in cases if case] == ["case-near", "case-new"]
    db.session.commit()


def test_a_case_that_there_is_becomes_the_near_miss(desk: Desk) -> None:
    draft = new_case(desk, MILD.replace("[REMOVE]", "[APPROVE]"))
    value = value_of(draft)
    assert value is not None
    assert [(each.slug, each.percent, each.is_opposite) for each in candidates_for(value, "", desk.ana.id)] == [("case-one", 100, True)]
    assert candidates_for(value, "case-on", desk.ana.id) and not candidates_for(value, "no such words", desk.ana.id)
    other = choose_near_miss(draft, "case-one", by=actor(desk.ana), now=desk.later())
    assert other.slug == "case-one" and "contrast: case-new" in other.text and other.base_text is not None
    assert batch_of(other.id) is batch_of(draft.id)


def test_exam_cases_are_candidates_for_those_alone_who_opened_them(desk: Desk) -> None:
    draft = new_case(desk, MILD.replace("pool: practice", "pool: exam"))
    value = value_of(draft)
    assert value is not None and candidates_for(value, "", desk.ana.id) == []
    services.open_to(desk.begin(Kind.CASE, "case-two"), by=actor(desk.ana), now=desk.later())
    assert [each.slug for each in candidates_for(value, "", desk.ana.id)] == ["case-two"]


def test_the_page_begins_one_once_and_says_how_the_two_stand(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft, ana = new_case(desk), sign_in(browser, desk.ana)
    address = f"/desk/drafts/{draft.id}/near-miss"
    page = ana.get(address).text
    assert "case-new-b" in page and "case-one" in page
    assert ana.get(f"{address}/candidates?q=one").json == [{"id": "case-one", "said": "Air gun (100 % alike)"}]
    assert ana.post(address, data={"slug": "Not an id"}).status_code == 400
    assert ana.post(address, data={"slug": "case-one"}).status_code == 409
    begun = ana.post(address, data={"slug": "case-near"})
    near = queries.open_draft_of(Kind.CASE, "case-near")
    assert near is not None and begun.location.endswith(f"/desk/drafts/{near.id}/near-miss")
    assert ana.post(address, data={"slug": "case-near"}).status_code == 409
    assert "They are decided the opposite way" in ana.get(address).text and "case-new and its near-miss case-near" in ana.get(address).text
    assert ana.post(f"{address}/case-new").status_code == 404 and ana.post(f"{address}/no-such-case").status_code == 404
    assert sign_in(browser, PersonFactory(roles=["qa"])).get(address).status_code == 403
    assert case_by_slug("case-near") is None
