"""The register of attempts: where whoever asks how a grade came about finds the attempt."""

from collections.abc import Callable

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.exams.views.sittings import Candidate
from training.exams.queries import register

MakeBrowser = Callable[..., Browser]


def page_of(browser: Browser, **narrowed: object) -> str:
    response = browser.get("/exams/desk/attempts", query_string=narrowed)
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).partition("<main")[2].split())


def test_every_attempt_leads_to_what_explains_it(as_role: MakeBrowser) -> None:
    attempt = AttemptFactory(person=PersonFactory(name="Sari Lestari"), exam=ExamFactory(title="Entry to the shop floor"))
    page = page_of(as_role("auditor"))
    assert "Sari Lestari" in page
    assert "Entry to the shop floor" in page
    for address in ("attempts/{}", "attempts/{}/runs", "signals/{}", "running/{}"):
        assert f'href="/exams/desk/{address.format(attempt.public_id)}"' in page


def test_an_attempt_is_found_by_part_of_a_name_or_address_and_by_exam(as_role: MakeBrowser) -> None:
    first, second = ExamFactory(title="First exam"), ExamFactory(title="Second exam")
    AttemptFactory(person=PersonFactory(name="Sari Lestari", email="sari@example.org"), exam=first)
    AttemptFactory(person=PersonFactory(name="Budi Santoso", email="budi@example.org"), exam=second)
    trainer = as_role("trainer")
    for narrowed in ({"candidate": "LESTA"}, {"candidate": " sari@ "}, {"exam": first.slug}, {"candidate": "sari", "exam": first.slug}):
        page = page_of(trainer, **narrowed)
        assert "Sari Lestari" in page, narrowed
        assert "Budi Santoso" not in page, narrowed
    assert "No attempt fits" in page_of(trainer, candidate="sari", exam=second.slug)
    assert "No attempt fits" in page_of(trainer, candidate="%")
    assert "Sari Lestari" in page_of(trainer, exam="no-such-exam", before="-1")


def test_those_begun_last_come_first_page_by_page(as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "REGISTER_PAGE_SIZE", 2)
    monkeypatch.setattr("training.exams.queries.REGISTER_PAGE_SIZE", 2)
    exam = ExamFactory()
    attempts = [AttemptFactory(person=PersonFactory(name=name), exam=exam) for name in ("Adi", "Budi", "Citra")]
    trainer = as_role("trainer")
    page = page_of(trainer, candidate="example", exam=exam.slug)
    assert page.index("Citra") < page.index("Budi")
    assert "Adi" not in page
    assert f"before={attempts[1].id}" in page
    assert "Adi" in page_of(trainer, candidate="example", exam=exam.slug, before=attempts[1].id)


def test_ones_own_attempt_is_for_a_colleague(candidate: Callable[..., Candidate]) -> None:
    trainer = candidate(PersonFactory(name="Ratna Widyastuti", roles=("trainer",)))
    trainer.start(ExamFactory())
    assert "Nobody sat an exam yet" in page_of(trainer.browser)


def test_who_may_read_the_register(as_role: MakeBrowser) -> None:
    for role in ("moderator", "lead", "qa", "admin"):
        assert as_role(role).get("/exams/desk/attempts").status_code == 403
