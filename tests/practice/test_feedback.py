"""What the page says after an answer: the error, the expert beside oneself, the clause, and the look-alike."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.factories import CONTENTS, CaseFactory, CaseVersionFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.courses.factories import ModuleFactory, body, clause
from tests.judgements.factories import JudgementFactory
from tests.practice.factories import ConsentEventFactory
from tests.practice.test_views import RIGHT, WRONG, served, text_of
from training.accounts.models import Person
from training.cases.models import Case
from training.cases.rules import Surface
from training.db import db
from training.judgements.models import Judgement
from training.practice.rules import Sensitivity

EARLY = datetime(2026, 1, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def label(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03")


def answered(browser: Browser, answer: dict[str, object], path: str = "/practice/next") -> str:
    """Where an answer to the next case is shown with what the expert said."""
    serving_id = served(browser, path)
    assert browser.post(f"/practice/{serving_id}", data=answer).status_code == 302
    return f"/practice/{serving_id}"


def test_a_right_answer_is_said_to_be_right_and_shows_the_expert(mine: Browser, me: Person) -> None:
    CaseFactory()
    serving_id = served(mine)
    response = mine.post(f"/practice/{serving_id}", data=RIGHT)
    assert response.headers["Location"] == f"/practice/{serving_id}"
    page = text_of(mine, f"/practice/{serving_id}")
    assert "<h1>Right</h1>" in page
    assert "the clause forbids it without authority" in page
    assert "also accepted: Remove" in page
    assert db.session.scalars(select(Judgement)).one().person_id == me.id


@pytest.mark.parametrize(
    ("is_innocent", "answer", "title", "words"),
    [
        (False, RIGHT, "Right", "No error"),
        (True, RIGHT, "You acted on what was fine", "Over-enforcement: a false positive"),
        (False, WRONG, "You let a violation through", "Under-enforcement: a false negative"),
        (False, RIGHT | {"actions": ["DEMOTE"]}, "Wrong selection", "Different from the expert's: your decision."),
        (False, RIGHT | {"primary_label": "OUT-03"}, "Wrong selection", "Your decision is accepted. Different from the expert's: your primary label."),
        (
            False,
            RIGHT | {"actions": ["DEMOTE"], "primary_label": "OUT-03", "escalate_to": "PR"},
            "Wrong selection",
            "your decision, primary label and escalation.",
        ),
    ],
)
def test_an_error_is_named_in_words(mine: Browser, is_innocent: bool, answer: dict[str, object], title: str, words: str) -> None:
    CaseFactory(is_innocent=is_innocent)
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=answer)
    page = text_of(mine, f"/practice/{serving_id}")
    assert f"<h1>{title}</h1>" in page
    assert words in page.replace("&#39;", "'")
    assert "false_" not in page
    assert "wrong_selection" not in page


def test_a_critical_miss_is_said_with_what_was_required(mine: Browser) -> None:
    CaseFactory(severity="S4", content__reference={"escalate_to": "RISK", "must_escalate": True})
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=RIGHT)
    page = text_of(mine, f"/practice/{serving_id}")
    assert "Critical miss" in page
    assert "escalate it to Risk" in page


def test_what_each_marked_is_told_apart_in_the_case_and_listed_without_colour(mine: Browser) -> None:
    CaseFactory(content__reference={"evidence": [{"field": "description", "start": 30, "end": 45}]})
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=RIGHT | {"evidence": json.dumps([{"field": "description", "start": 18, "end": 35}])})
    page = text_of(mine, f"/practice/{serving_id}")
    case, listed = page.split("What was marked</h2>")
    assert re.findall(r'<mark class="(mark-\w+)"><span class="visually-hidden">\[([\w ]+) marked: ', case) == [
        ("mark-own", "you"),
        ("mark-both", "both"),
        ("mark-expert", "the expert"),
    ]
    text = re.sub(r"\s", " ", CONTENTS[Surface.LISTING]["description"])
    assert [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<div><dt>.*?</div>", listed)] == [
        f"Both marked{text[30:35]}",
        f"Only the expert marked{text[35:45]}",
        f"Only you marked{text[18:30]}",
    ]


def test_without_marks_it_is_said_that_nobody_marked_anything(mine: Browser) -> None:
    CaseFactory(is_innocent=True)
    serving_id = served(mine)
    mine.post(f"/practice/{serving_id}", data=WRONG)
    assert "Neither you nor the expert marked anything" in text_of(mine, f"/practice/{serving_id}")


def test_the_time_taken_is_the_servers(mine: Browser, clock: Any) -> None:
    CaseFactory()
    serving_id = served(mine)
    clock.shift(timedelta(seconds=200))
    mine.post(f"/practice/{serving_id}", data=RIGHT)
    assert db.session.scalars(select(Judgement)).one().seconds == pytest.approx(200)
    page = text_of(mine, f"/practice/{serving_id}")
    assert "3 min 20 s" in page
    assert "Over time" in page


def test_what_differs_says_so_part_by_part(mine: Browser) -> None:
    CaseFactory()
    page = text_of(mine, answered(mine, RIGHT | {"severity": "S1", "further_labels": ["OUT-03"]}))
    rows = {name: (differs, row) for differs, name, row in re.findall(r'<tr( class="differs")?><th scope="row">(\w+)</th>(.*?)</tr>', page)}
    assert [name for name, (differs, _row) in rows.items() if differs] == ["Labels", "Severity"]
    assert "yours is 2 steps lower" in rows["Severity"][1]
    assert 'OUT-03 Policy gap: ask the policy team <span class="small soft">(not the expert\'s)' in rows["Labels"][1].replace("&#39;", "'")


def test_a_repeat_says_that_it_counts_nowhere(mine: Browser) -> None:
    CaseFactory()
    assert "A repeat" not in text_of(mine, answered(mine, RIGHT))
    page = text_of(mine, answered(mine, WRONG))
    assert "A repeat" in page
    assert "counts in none of your figures" in page


def test_the_clause_is_quoted_as_the_expert_knew_it(mine: Browser) -> None:
    ModuleFactory(id="medicine", title="Medicine", body=body(clause("PRO-03.a", "No medicine without a licence.")), now=EARLY)
    case = CaseFactory()
    place = answered(mine, WRONG)
    page = text_of(mine, place)
    assert "No medicine without a licence." in page
    assert '<a href="/handbook/clauses/PRO-03.a">' in page
    ModuleFactory(id="medicine", title="Medicine", version="2.0.0", body=body(clause("PRO-03.a", "No medicine at all.")), now=datetime(2027, 1, 1, tzinfo=UTC))
    page = text_of(mine, place)
    assert "No medicine without a licence." in page and "No medicine at all." not in page
    assert "version 1.0.0 of" in page and "Worded differently now" in page
    assert '"/handbook/medicine/versions/1.0.0#pro-03.a"' in page and '"/handbook/medicine/changes?from=1.0.0"' in page
    ModuleFactory(id="medicine", title="Medicine", version="3.0.0", body=body(clause("PRO-04.a", "Something else.")), now=datetime(2027, 2, 1, tzinfo=UTC))
    assert "No longer in the handbook" in text_of(mine, place)
    assert case.concept == "PRO-03.a"


@pytest.fixture
def pair(app: Flask) -> None:
    CaseFactory(slug="case-zza", contrast_slug="case-zzb", difficulty="clear")
    CaseFactory(
        slug="case-zzb",
        contrast_slug="case-zza",
        is_innocent=True,
        severity="S0",
        content__reference={"rationale": "A pharmacist sells it; the clause allows that."},
    )


def test_of_a_look_alike_that_is_still_to_be_decided_nothing_is_told(mine: Browser, pair: None) -> None:
    serving_id = served(mine)
    assert mine.post(f"/practice/{serving_id}/near-miss").status_code == 404
    mine.post(f"/practice/{serving_id}", data=RIGHT)
    page = text_of(mine, f"/practice/{serving_id}")
    assert "Decide it now" in page
    for secret in ("pharmacist", "the other way", "case-zzb"):
        assert secret not in page


def test_a_case_and_its_look_alike_stand_side_by_side_once_both_are_decided(mine: Browser, pair: None) -> None:
    first = answered(mine, RIGHT)
    other = answered(mine, RIGHT, f"{first}/near-miss")
    for place, beside in ((first, other), (other, first)):
        page = text_of(mine, place)
        pair_shown = page.split("decided the other way</h2>")[1]
        assert "This case: " in pair_shown and "Its look-alike: " in pair_shown
        assert "the clause forbids it without authority" in pair_shown and "A pharmacist sells it" in pair_shown
        assert pair_shown.count('data-path="title"') == 2
        assert f'href="{beside}"' in pair_shown
        assert "Decide it now" not in page


def test_a_look_alike_that_became_an_exam_case_is_told_no_more(mine: Browser, pair: None) -> None:
    first = answered(mine, RIGHT)
    answered(mine, RIGHT, f"{first}/near-miss")
    family = db.session.scalars(select(Case.family).where(Case.slug == "case-zzb")).one()
    CaseFactory(pool="exam", family=family)
    page = text_of(mine, first)
    assert "the other way" not in page and "Decide it now" not in page


def answer_of_others(case: Case, count: int, answer: dict[str, object] = RIGHT, **columns: object) -> None:
    given = {"actions": answer["actions"], "primary_label": answer["primary_label"]}
    JudgementFactory.create_batch(count, case=case, answer=given, **columns)


def counts_on(page: str) -> dict[str, str]:
    """What the page says of colleagues, by what they answered."""
    rows = re.findall(r'<tr><th scope="row">((?:(?!</th>).)*)</th><td class="number" data-label="Colleagues">(.*?)</td>', page)
    return {re.sub(r"<[^>]+>", "", words).strip(): re.sub(r"<[^>]+>", "", count).strip() for words, count in rows}


def test_how_colleagues_answered_is_said_from_five_others_on(mine: Browser, me: Person) -> None:
    case = CaseFactory()
    place = answered(mine, RIGHT)
    answer_of_others(case, 4)
    page = text_of(mine, place)
    assert "at least 5 others must have answered" in page and counts_on(page) == {}
    answer_of_others(case, 3, WRONG)
    page = text_of(mine, place)
    assert "The first 5 to whom this case was new" in page
    assert counts_on(page) == {
        "Remove + Strike Expert You": "4 of 5",
        "Approve": "1 of 5",
        "PRO-03 Prescription medicine sold without authority Expert You": "4 of 5",
        "OUT-00 No violation": "1 of 5",
    }


def test_only_first_answers_of_others_to_what_this_case_showed_are_counted(mine: Browser, me: Person) -> None:
    case = CaseFactory()
    place = answered(mine, WRONG)
    answer_of_others(CaseFactory(), 5)
    answer_of_others(case, 5, is_first_exposure=False)
    answer_of_others(case, 5, source="calibration")
    answer_of_others(case, 5, case_version_id=CaseVersionFactory(case_id=case.id, number=2).id)
    answer_of_others(case, 4)
    assert counts_on(text_of(mine, place)) == {}


def test_before_the_answer_nothing_is_told_of_colleagues(mine: Browser) -> None:
    answer_of_others(CaseFactory(), 6)
    assert "olleague" not in text_of(mine, f"/practice/{served(mine)}")


@pytest.mark.parametrize("is_decided", [True, False])
def test_a_look_alike_of_a_kind_that_one_does_not_agree_to_see_is_neither_shown_nor_offered(mine: Browser, me: Person, is_decided: bool) -> None:
    CaseFactory(slug="case-zza", contrast_slug="case-zzb", difficulty="clear")
    CaseFactory(slug="case-zzb", concept="HRM-03.a", area="HRM", is_innocent=True)
    place = answered(mine, RIGHT, "/practice/next?area=PRO")
    if is_decided:
        answered(mine, RIGHT, f"{place}/near-miss")
        assert "the other way" in text_of(mine, place)
    ConsentEventFactory(person_id=me.id, sensitivity=Sensitivity.VIOLENCE.value, is_given=False)
    page = text_of(mine, place)
    assert "the other way" not in page and "Decide it now" not in page
