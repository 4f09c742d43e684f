"""What a candidate chose about how cases are shown holds in the exam, and tells nothing of a case."""

from tests.cases.factories import CaseFactory
from tests.exams.factories import ExamFactory, ItemFactory, case_item
from tests.exams.views.sittings import Candidate
from tests.exams.views.test_keys import MakeCandidate, pictured
from tests.practice.factories import PracticePreferenceFactory
from training.exams.models import Attempt

BLURRED = "Blurred, as you chose: here every case&#39;s pictures are"


def sitting_of_cases(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    for number, severity in enumerate(("S4", "S1")):
        case_item(pictured(CaseFactory(pool="exam", slug=f"case-{number}", family=f"family-{number}", severity=severity)))
    for _number in range(2):
        ItemFactory()
    someone = candidate()
    return someone, someone.start(ExamFactory())


def case_pages(someone: Candidate, attempt: Attempt) -> list[str]:
    pages = [someone.text(attempt, position) for position in range(1, 5)]
    return [page for page in pages if "data-case-desk" in page]


def test_what_is_usual_blurs_nothing_in_an_exam(candidate: MakeCandidate) -> None:
    pages = case_pages(*sitting_of_cases(candidate))
    assert len(pages) == 2
    assert not any("veils-" in page for page in pages)
    assert all('data-muted="true" data-autoplay="false"' in page for page in pages)


def test_whose_own_wish_it_is_sees_the_pictures_of_every_case_blurred_alike(candidate: MakeCandidate) -> None:
    someone, attempt = sitting_of_cases(candidate)
    PracticePreferenceFactory(person_id=someone.person.id, is_greyscale=True, is_thumbnailed=True)
    for page in case_pages(someone, attempt):
        assert "veils-pictures is-greyscale is-thumbnailed" in page
        assert BLURRED in page
        assert "serious harm" not in page
