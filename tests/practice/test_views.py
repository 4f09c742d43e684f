"""The pages of practice, through browsers of different people."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.judgements.factories import JudgementFactory
from tests.media.factories import picture_bytes
from tests.practice.factories import CheckFactory, ServingFactory, chosen
from training.accounts.models import Person
from training.cases.models import Case
from training.courses.queries import passed_checks
from training.db import db
from training.judgements.models import Judgement
from training.media.services import store
from training.practice.models import Serving
from training.web.personal import personal_file

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RIGHT = {"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
WRONG = {"actions": ["APPROVE"], "primary_label": "OUT-00", "severity": "S0", "escalate_to": ""}


@pytest.fixture(autouse=True)
def label(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03")


def served(browser: Browser, path: str = "/practice/next") -> int:
    response = browser.post(path)
    assert response.status_code == 302, response.get_data(as_text=True)
    found = re.fullmatch(r"/practice/(\d+)", response.headers["Location"])
    assert found is not None
    return int(found[1])


def text_of(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def judgement_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Judgement)) or 0


def test_a_stranger_signs_in_first(browser: Browser) -> None:
    response = browser.get("/practice/")
    assert response.status_code == 302
    assert "/sign-in" in response.headers["Location"]


def test_practice_begins_with_a_case_and_a_form(mine: Browser) -> None:
    CaseFactory()
    page = text_of(mine, f"/practice/{served(mine)}")
    assert "Jamu pegal linu" in page
    assert 'name="actions" value="REMOVE"' in page
    assert "PRO-03 Prescription medicine" in page
    assert "1 min 30 s" in page


def test_the_page_before_the_answer_holds_no_key(mine: Browser) -> None:
    CaseFactory(
        slug="case-zzslug",
        family="fam-zzfamily",
        contrast_slug="case-zzcontrast",
        content__reference={"rationale": "zzrationale " * 4, "clauses": ["PRO-77.q"]},
    )
    page = text_of(mine, f"/practice/{served(mine)}")
    for secret in ("zzslug", "zzfamily", "zzcontrast", "zzrationale", "PRO-77"):
        assert secret not in page


def test_evidence_can_be_quoted_without_a_script(mine: Browser) -> None:
    CaseFactory()
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=RIGHT | {"evidence_quotes": "without prescription\r\nGinger"})
    stored = db.session.scalars(select(Judgement)).one().answer["evidence"]
    assert [(mark["field"], mark["end"] - mark["start"]) for mark in stored] == [("description", 20), ("attributes.Ingredients", 6)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"actions": []}, "Choose at least one action."),
        ({"actions": ["FLY"]}, "not a valid choice"),
        ({"actions": ["APPROVE", "REMOVE"]}, "goes with no other action"),
        ({"actions": ["ESCALATE"]}, "You escalate: say to whom."),
        ({"primary_label": ""}, "Choose the label that decides"),
        ({"primary_label": "PRO-99"}, "Not a valid choice"),
        ({"severity": ""}, "Say how severe it is"),
        ({"severity": "S9"}, "Not a valid choice"),
        ({"escalate_to": "MARS"}, "Not a valid choice"),
        ({"evidence": "not json"}, "Mark the evidence again"),
        ({"evidence": "[" * 5000}, "Mark the evidence again"),
        ({"evidence": json.dumps([{"field": "nowhere", "start": 0, "end": 1}])}, "outside this case"),
        ({"evidence_quotes": "never said"}, "does not occur in this case exactly once"),
        ({"evidence_quotes": "x" * 6000}, "The quotes are too long"),
    ],
)
def test_an_answer_that_is_not_whole_is_explained_and_kept_on_the_page(mine: Browser, changes: dict[str, object], words: str) -> None:
    CaseFactory()
    serving_id = served(mine)
    response = mine.post(f"/practice/{serving_id}", data=RIGHT | changes)
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert words in page
    assert judgement_count() == 0
    if "actions" not in changes:
        assert re.search(r'value="REMOVE"[^>]* checked', page)


def test_a_double_click_makes_one_judgement(mine: Browser) -> None:
    CaseFactory()
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=WRONG)
    again = mine.post(f"/practice/{serving_id}", data=RIGHT, follow_redirects=True)
    assert "your first answer stands" in again.get_data(as_text=True)
    assert judgement_count() == 1
    assert db.session.scalars(select(Judgement)).one().error == "false_negative"


def test_another_persons_case_does_not_exist(mine: Browser) -> None:
    other = ServingFactory()
    for response in (
        mine.get(f"/practice/{other.id}"),
        mine.post(f"/practice/{other.id}", data=RIGHT),
        mine.post(f"/practice/{other.id}/skip"),
        mine.post(f"/practice/{other.id}/near-miss"),
        mine.get(f"/practice/sessions/{other.session_id}"),
        mine.post(f"/practice/sessions/{other.session_id}/end"),
    ):
        assert response.status_code == 404
    assert judgement_count() == 0


def test_skipping_brings_another_case_and_leaves_no_trace_in_the_figures(mine: Browser) -> None:
    CaseFactory.create_batch(2)
    first = served(mine)
    second = served(mine, f"/practice/{first}/skip")
    assert second != first
    assert "You skipped this case" in text_of(mine, f"/practice/{first}")
    late = mine.post(f"/practice/{first}", data=RIGHT)
    assert late.status_code == 409
    assert "You skipped this case" in late.get_data(as_text=True)
    assert judgement_count() == 0


def test_practice_by_area_goes_on_in_its_area(mine: Browser) -> None:
    TaxonomyLabelFactory(code="IPR-01")
    CaseFactory(area="PRO")
    counterfeits = CaseFactory.create_batch(2, area="IPR", concept="IPR-01.a")
    first = served(mine, "/practice/next?area=IPR")
    second = served(mine, f"/practice/{first}/skip")
    assert {db.session.get_one(Serving, serving_id).case_id for serving_id in (first, second)} == {case.id for case in counterfeits}
    mine.post(f"/practice/{second}", data=RIGHT)
    assert 'action="/practice/next?area=IPR"' in text_of(mine, f"/practice/{second}")


def test_an_unknown_area_does_not_exist(mine: Browser) -> None:
    assert mine.get("/practice/next?area=XYZ").status_code == 404
    assert mine.post("/practice/next?area=XYZ").status_code == 404


def test_looking_at_where_practice_begins_serves_nothing(mine: Browser) -> None:
    CaseFactory()
    assert "Show me a case" in text_of(mine, "/practice/next")
    assert "Prohibited goods" in text_of(mine, "/practice/next?area=PRO")
    assert db.session.scalar(select(func.count()).select_from(Serving)) == 0


def test_a_case_that_waits_is_found_again(mine: Browser) -> None:
    CaseFactory()
    serving_id = served(mine)
    assert mine.get("/practice/next").headers["Location"] == f"/practice/{serving_id}"


def test_without_cases_it_is_said_what_to_do(mine: Browser) -> None:
    response = mine.post("/practice/next")
    assert response.status_code == 409
    assert "ask your trainer" in response.get_data(as_text=True)


def test_a_severe_family_comes_with_a_warning_and_is_blurred_unless_the_person_wants_it_otherwise(mine: Browser) -> None:
    CaseFactory(severity="S4")
    path = f"/practice/{served(mine)}"
    page = text_of(mine, path)
    assert "serious harm" in page and "veils-pictures" in page
    mine.post("/practice/care", data=chosen(blur="no", greyscale="yes"))
    page = text_of(mine, path)
    assert "serious harm" in page and "veils-" not in page
    assert "is-greyscale" in page
    assert "Skip, for something lighter" in page


def test_skipping_says_what_comes_instead_and_refuses_what_no_button_says(mine: Browser) -> None:
    CaseFactory(severity="S4", concept="PRO-03.a")
    serving_id = served(mine)
    CaseFactory(severity="S4", concept="PRO-03.a", slug="case-as-severe")
    CaseFactory(severity="S1", concept="PRO-03.a")
    assert mine.post(f"/practice/{serving_id}/skip", data={"instead": "nothing-at-all"}).status_code == 404
    assert mine.post(f"/practice/{serving_id}/skip", data={"instead": "like"}).status_code == 302
    latest = db.session.scalars(select(Serving).order_by(Serving.id.desc()).limit(1)).one()
    assert db.session.get_one(Case, latest.case_id).slug == "case-as-severe"


def test_a_break_is_suggested_after_eight_severe_cases(mine: Browser, me: Person, clock: Any) -> None:
    CaseFactory.create_batch(8, severity="S3")
    for _turn in range(8):
        serving_id = served(mine)
        clock.shift(timedelta(seconds=30))
        mine.post(f"/practice/{serving_id}", data=RIGHT)
    assert "Time for a break?" in text_of(mine, f"/practice/{serving_id}")
    mine.post("/practice/care", data=chosen(breaks="no"))
    assert "Time for a break?" not in text_of(mine, f"/practice/{serving_id}")


def test_a_break_is_suggested_after_25_minutes_without_a_pause(mine: Browser, me: Person, clock: Any) -> None:
    CaseFactory.create_batch(6, severity="S1")
    seen = []
    for _turn in range(6):
        serving_id = served(mine)
        clock.shift(timedelta(minutes=5))
        mine.post(f"/practice/{serving_id}", data=RIGHT)
        seen.append("Time for a break?" in text_of(mine, f"/practice/{serving_id}"))
    assert seen == [False] * 5 + [True]


def test_a_check_leads_from_case_to_case_to_its_result(mine: Browser, me: Person) -> None:
    cases = CaseFactory.create_batch(2)
    check = CheckFactory(version__case_ids=[case.id for case in cases], version__pass_count=2, version__title="Blue-label skincare")
    assert "Begin the check" in text_of(mine, f"/practice/checks/{check.slug}")
    first = mine.post(f"/practice/checks/{check.slug}").headers["Location"]
    assert "Case 1 of 2" in text_of(mine, first)
    assert "Skip this case" not in text_of(mine, first)
    assert "Go on with the check" in text_of(mine, f"/practice/checks/{check.slug}")
    mine.post(first, data=RIGHT)
    assert "Next case of the check" in text_of(mine, first)
    second = mine.post(f"/practice/checks/{check.slug}").headers["Location"]
    mine.post(second, data=RIGHT)
    result = re.search(r'href="(/practice/sessions/\d+)"', text_of(mine, second))
    assert result is not None
    passed = text_of(mine, result[1])
    assert "2 of 2 right; 2 were needed" in passed
    assert '<a class="button button-primary" href="/">What is next</a>' in passed
    assert passed_checks(me.id) == {check.slug}
    assert "Passed" in text_of(mine, f"/practice/checks/{check.slug}")


def test_a_failed_check_says_what_is_needed(mine: Browser, me: Person) -> None:
    check = CheckFactory(version__pass_count=1)
    serving = mine.post(f"/practice/checks/{check.slug}").headers["Location"]
    mine.post(serving, data=WRONG)
    result = re.search(r'href="(/practice/sessions/\d+)"', text_of(mine, serving))
    assert result is not None
    page = text_of(mine, result[1])
    assert "Not passed yet" in page
    assert "0 of 1 right; 1 are needed" in page
    assert passed_checks(me.id) == frozenset()


def test_leaving_a_check_is_said_to_be_leaving(mine: Browser) -> None:
    check = CheckFactory()
    serving = mine.post(f"/practice/checks/{check.slug}").headers["Location"]
    session_id = db.session.get_one(Serving, int(serving.rpartition("/")[2])).session_id
    response = mine.post(f"/practice/sessions/{session_id}/end", follow_redirects=True)
    assert "Left before its end" in response.get_data(as_text=True)


def test_an_unknown_check_does_not_exist(mine: Browser) -> None:
    assert mine.get("/practice/checks/check-unknown").status_code == 404
    assert mine.post("/practice/checks/check-unknown").status_code == 404


def test_finishing_shows_how_it_went(mine: Browser) -> None:
    CaseFactory.create_batch(2)
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=WRONG)
    session_id = db.session.get_one(Serving, serving_id).session_id
    page = mine.post(f"/practice/sessions/{session_id}/end", follow_redirects=True).get_data(as_text=True)
    assert "How this practice went" in page
    assert "False negative" in page


def test_the_overview_without_anything_says_what_would_fill_it(mine: Browser) -> None:
    page = text_of(mine, "/practice/")
    for words in ("No practice cases yet", "No checks yet", "Nothing answered yet"):
        assert words in page


def test_nine_answers_are_too_few_to_judge_and_ten_have_an_interval(mine: Browser, me: Person) -> None:
    JudgementFactory.create_batch(9, person_id=me.id)
    assert "Too few to judge: 9 of 10" in text_of(mine, "/practice/")
    JudgementFactory(person_id=me.id, is_strict=False)
    JudgementFactory.create_batch(12, is_strict=False)
    page = text_of(mine, "/practice/")
    assert "90 % (60 % to 98 %)" in page
    assert "Too few" not in page


def test_repeats_are_counted_apart(mine: Browser, me: Person) -> None:
    JudgementFactory.create_batch(10, person_id=me.id)
    JudgementFactory.create_batch(3, person_id=me.id, is_first_exposure=False, is_strict=False)
    page = text_of(mine, "/practice/")
    assert "+ 3 repeated" in page
    assert "100 % (72 % to 100 %)" in page


def test_exam_answers_do_not_show_in_practice(mine: Browser, me: Person) -> None:
    JudgementFactory(person_id=me.id, source="exam", attempt_id=1, occasion="attempt:1:1")
    page = text_of(mine, "/practice/")
    assert "Too few to judge: 0 of 10" in page
    assert "Nothing answered yet" in page


def test_the_history_is_paged_and_ones_own(mine: Browser, me: Person) -> None:
    CaseFactory(severity="S1")
    for _turn in range(31):
        mine.post(f"/practice/{served(mine)}", data=RIGHT)
    page = text_of(mine, "/practice/history")
    assert page.count("Product listing") == 30
    older = re.search(r'href="(/practice/history\?before=\d+)"', page)
    assert older is not None
    assert text_of(mine, older[1]).count("Product listing") == 1


def test_pictures_are_shown_by_addresses_of_this_person(mine: Browser, app: Flask, sign_in: Callable[[Browser, Person], Browser]) -> None:
    picture = store(picture_bytes(size=(6, 5)), now=NOW)
    CaseFactory(content__images=[{"media_id": picture.id, "alt": "A box of sachets", "width": 6, "height": 5}])
    page = text_of(mine, f"/practice/{served(mine)}")
    address = re.search(r'src="(/media/[^"]+)" alt="A box of sachets"', page)
    assert address is not None
    assert picture.sha256[:12] not in page
    assert mine.get(address[1]).mimetype == "image/png"
    stranger = app.test_client()
    assert isinstance(stranger, Browser)
    assert sign_in(stranger, PersonFactory()).get(address[1]).status_code == 404


def test_a_persons_file_holds_their_practice_and_no_exam_scores(mine: Browser, me: Person) -> None:
    CaseFactory()
    JudgementFactory(person_id=me.id, source="exam", attempt_id=1, occasion="attempt:1:1", case=CaseFactory(pool="exam"))
    mine.post(f"/practice/{served(mine)}", data=WRONG)
    skipped = served(mine)
    mine.post(f"/practice/{skipped}/skip")
    kept = personal_file(me.id)["practice"]
    (answer,) = kept["answers"]
    assert (answer["area"], answer["is_right"], answer["error"], answer["answer"]["primary_label"]) == ("PRO", False, "false_negative", "OUT-00")
    assert len(kept["skipped_at"]) == 1
    assert kept["shown"] == dict.fromkeys(("blur", "greyscale", "mute", "autoplay", "thumbnails", "breaks"))
    assert "rationale" not in str(kept)


def laid_after(browser: Browser, serving_id: int) -> int:
    response = browser.post(f"/practice/{serving_id}/ahead")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert 'name="actions" value="REMOVE"' in response.get_data(as_text=True)
    return int(response.headers["Content-Location"].rpartition("/")[2])


def test_what_is_laid_ready_waits_unseen_until_it_is_asked_for(mine: Browser, clock: Any) -> None:
    CaseFactory.create_batch(2)
    first = served(mine)
    mine.post(f"/practice/{first}", data=RIGHT)
    laid = laid_after(mine, first)
    assert laid_after(mine, first) == laid
    assert mine.get("/practice/next").status_code == 200
    assert mine.get(f"/practice/{laid}").headers["Location"] == "/practice/next"
    clock.shift(timedelta(minutes=5))
    assert mine.post("/practice/next", data={"ahead": str(laid)}).status_code == 204
    clock.shift(timedelta(seconds=40))
    mine.post(f"/practice/{laid}", data=RIGHT)
    assert db.session.scalars(select(Judgement).order_by(Judgement.id.desc())).first().seconds == pytest.approx(40)  # type: ignore[union-attr]


def test_without_a_script_asking_leads_to_what_was_laid_ready(mine: Browser) -> None:
    CaseFactory.create_batch(2)
    first = served(mine)
    mine.post(f"/practice/{first}", data=RIGHT)
    laid = laid_after(mine, first)
    assert served(mine) == laid
    assert mine.get(f"/practice/{laid}").status_code == 200


def test_finishing_leaves_no_trace_of_what_was_laid_ready(mine: Browser) -> None:
    CaseFactory.create_batch(2)
    first = served(mine)
    mine.post(f"/practice/{first}", data=RIGHT)
    laid = laid_after(mine, first)
    mine.post(f"/practice/sessions/{db.session.get_one(Serving, first).session_id}/end")
    assert db.session.get(Serving, laid) is None


def test_an_answer_that_overtakes_the_word_that_its_case_was_shown_has_no_time(mine: Browser) -> None:
    CaseFactory.create_batch(2)
    first = served(mine)
    mine.post(f"/practice/{first}", data=RIGHT)
    laid = laid_after(mine, first)
    assert mine.post(f"/practice/{laid}", data=RIGHT).status_code == 302
    assert text_of(mine, f"/practice/{laid}")
    assert [judgement.seconds for judgement in db.session.scalars(select(Judgement).order_by(Judgement.id))][1] is None


def test_nothing_is_laid_ready_where_none_belongs(mine: Browser, clock: Any) -> None:
    CaseFactory.create_batch(3)
    first = served(mine)
    assert mine.post(f"/practice/{first}/ahead").status_code == 204, "not answered"
    mine.post(f"/practice/{first}", data=RIGHT)
    second = served(mine)
    assert mine.post(f"/practice/{first}/ahead").status_code == 204, "another case waits"
    mine.post(f"/practice/{second}", data=RIGHT)
    assert mine.post(f"/practice/{first}/ahead").status_code == 204, "not the last one"
    clock.shift(timedelta(minutes=31))
    assert mine.post(f"/practice/{second}/ahead").status_code == 204, "long ago"
    assert mine.post(f"/practice/{ServingFactory().id}/ahead").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Serving).where(Serving.is_ahead)) == 0


def test_nothing_is_laid_ready_where_there_is_nothing_else(mine: Browser) -> None:
    check = CheckFactory()
    serving = mine.post(f"/practice/checks/{check.slug}").headers["Location"]
    mine.post(serving, data=RIGHT)
    assert mine.post(f"{serving}/ahead").status_code == 204
