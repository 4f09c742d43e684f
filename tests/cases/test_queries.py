"""Questions about cases, amid others."""

import pytest
from flask import Flask

from tests.cases.factories import CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from training.cases import queries
from training.cases.rules import Difficulty, EscalationTarget, Outcome, Severity, Surface


def test_a_displayed_case_holds_what_is_shown_and_nothing_else(app: Flask) -> None:
    case = CaseFactory(slug="case-secret", surface="review", language="id", content__images=[{"media_id": 3, "alt": "A pot", "width": 4, "height": 3}])
    shown = queries.case_for_display(case.current_version_id)
    assert (shown.surface, shown.language, shown.market, shown.content["product"]) == (Surface.REVIEW, "id", "ID", "Rice cooker 1.8 l")
    assert shown.images[0].alt == "A pot"
    assert "case-secret" not in repr(shown)
    assert "PRO-03" not in repr(shown)


def test_an_unknown_version_is_said_to_be_unknown(app: Flask) -> None:
    with pytest.raises(LookupError):
        queries.case_for_display(0)


def test_cases_are_found_by_slug_and_id_within_the_practice_pool(app: Flask) -> None:
    practised, examined = CaseFactory(slug="case-a", difficulty="clear", contrast_slug="case-c"), CaseFactory(slug="case-b", pool="exam")
    found = queries.practice_cases_by_slugs(["case-a", "case-b", "case-c"])["case-a"]
    assert (found.slug, found.difficulty, found.contrast_slug) == ("case-a", Difficulty.CLEAR, "case-c")
    assert (found.case_version_id, found.reference_id) == (practised.current_version_id, practised.current_reference_id)
    assert queries.practice_case(practised.id) == found
    assert queries.practice_case(examined.id) is None
    assert queries.case_by_slug("case-b") is examined


def test_a_look_alike_of_an_exam_case_is_not_practised(app: Flask) -> None:
    CaseFactory(family="fam-examined", pool="exam")
    alike = CaseFactory(slug="case-a", family="fam-examined")
    assert queries.practice_case(alike.id) is None
    assert queries.practice_cases_by_slugs(["case-a"]) == {}


def test_a_family_is_severe_when_any_of_its_cases_is(app: Flask) -> None:
    CaseFactory(family="fam-mixed", severity="S0", is_innocent=True)
    CaseFactory(family="fam-mixed", severity="S3")
    CaseFactory(family="fam-mild", severity="S2")
    assert queries.is_severe_family("fam-mixed")
    assert not queries.is_severe_family("fam-mild")


def test_the_taxonomy_comes_in_its_order_with_the_outcomes_last(app: Flask) -> None:
    TaxonomyAreaFactory(code="IPR", title="Counterfeit", position=1)
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods", position=0)
    TaxonomyLabelFactory(code="IPR-01", title="Fakes", position=5, escalate_to="IP")
    TaxonomyLabelFactory(code="PRO-03", title="Medicine", position=2)
    taxonomy = queries.taxonomy()
    assert [area.code for area in taxonomy.areas] == ["PRO", "IPR"]
    assert [label.code for label in taxonomy.labels] == ["PRO-03", "IPR-01", *(outcome.value for outcome in Outcome)]
    assert taxonomy.area_of == {"PRO-03": "PRO", "IPR-01": "IPR"}
    assert taxonomy.titles["OUT-00"] == "No violation"
    assert (taxonomy.labels[1].severity, taxonomy.labels[1].escalate_to) == (Severity.S3, EscalationTarget.IP)


def test_a_label_has_the_words_that_people_look_for_it_by(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03", synonyms={"en": ["Rx"], "id": ["obat keras"]})
    TaxonomyLabelFactory(code="PRO-04", position=1)
    assert [label.synonyms for label in queries.taxonomy().labels[:2]] == [("Rx", "obat keras"), ()]


def test_the_rows_of_a_case_are_only_reached_through_pages_that_say_so(browser: Browser) -> None:
    CaseFactory(slug="case-a")
    for address in ("/cases", "/cases/case-a", "/cases/1"):
        assert browser.get(address).status_code == 404
