from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Browser
from tests.exams.factories import ExamFactory
from training.exams.views import desk
from training.exams.views.desk import DeskSection, add_desk_section

MakeBrowser = Callable[..., Browser]


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty desk, so that what other rooms of it hang there does not matter."""
    monkeypatch.setattr(desk, "_sections", {})
    yield


def page_for(browser: Browser) -> str:
    response = browser.get("/exams/desk")
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).split())


def test_the_desk_lists_exams_for_trainers_and_auditors(as_role: MakeBrowser) -> None:
    exam = ExamFactory(title="Entry to the shop floor")
    for role in ("trainer", "auditor"):
        assert exam.document.title in page_for(as_role(role))
    assert as_role("moderator").get("/exams/desk").status_code == 403


def test_quality_analysts_read_figures_and_nothing_about_candidates(as_role: MakeBrowser) -> None:
    exam, analyst = ExamFactory(title="Entry to the shop floor"), as_role("qa")
    page = page_for(analyst)
    assert all(f">{title}</a>" in page for title in ("Item bank", "Power meter", "Written replies", exam.document.title))
    assert not any(f">{title}</a>" in page for title in ("Running attempts", "Late answers", "Signals", "Rulings on keys", "One more attempt"))
    for path in ("items", "power", "marking", f"exams/{exam.slug}", f"exams/{exam.slug}/power"):
        assert analyst.get(f"/exams/desk/{path}").status_code == 200
    assert "Trainers mark." in analyst.get("/exams/desk/marking").get_data(as_text=True)


def test_a_section_says_how_much_waits(as_role: MakeBrowser, sections: None) -> None:
    add_desk_section(DeskSection("Things to rule on", "exams.desk", "Somebody waits for an answer.", count=lambda: 3))
    assert "3 waiting" in page_for(as_role("trainer"))


def test_a_section_shows_to_those_only_who_may_open_it(as_role: MakeBrowser, sections: None) -> None:
    add_desk_section(DeskSection("The audit", "audit.page", "For auditors."))
    assert "The audit" in page_for(as_role("auditor"))
    assert "The audit" not in page_for(as_role("trainer"))


def test_the_desk_is_where_its_pages_are(as_role: MakeBrowser) -> None:
    page = page_for(as_role("trainer", "moderator"))
    assert '<a href="/exams/desk" aria-current="page">Exam desk</a>' in page
    assert '<a href="/exams">Exams</a>' in page
