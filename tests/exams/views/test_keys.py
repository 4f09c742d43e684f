"""The key law: whatever a candidate can fetch before submission, and after it, tells no key."""

import json
import re
from collections.abc import Callable, Iterator

import pytest

from tests.cases.factories import CaseFactory, CaseVersionFactory
from tests.exams.factories import NOON, ExamFactory, ItemFactory, case_item, right_response
from tests.exams.views.sittings import WINDOW, Candidate
from tests.media.factories import picture_bytes
from training.cases.models import Case, CaseReference
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, Item
from training.media.services import store

MakeCandidate = Callable[..., Candidate]
RATIONALE = "The hidden rationale of the key."


@pytest.fixture
def sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    """An exam of every kind of item: single, multiple, and cases with pictures, one of them innocent and one critical."""
    ItemFactory(id="item-single-slug", family="family-of-single")
    options = [{"id": letter, "text": f"Text {letter}", "correct": letter in "bd"} for letter in "abcde"]
    ItemFactory(id="item-multiple-slug", kind="multiple", family="family-of-multiple", options=options)
    for number, values in enumerate(({"severity": "S4"}, {"is_innocent": True, "severity": "S0"})):
        case = CaseFactory(pool="exam", slug=f"case-secret-{number}", family=f"family-of-case-{number}", **values)
        case_item(pictured(case), id=f"item-case-slug-{number}")
    someone = candidate()
    return someone, someone.start(ExamFactory())


def pictured(case: Case) -> Case:
    """The case with a version that shows a stored picture."""
    file = store(picture_bytes(size=(4, 3 + int(case.slug[-1]))), now=NOON)
    image = {"media_id": file.id, "alt": "A box of sachets", "width": file.width, "height": file.height}
    reference = db.session.get(CaseReference, case.current_reference_id)
    version = CaseVersionFactory(case_id=case.id, number=2, images=[image])
    assert reference is not None
    case.current_version_id = version.id
    db.session.commit()
    return case


def pages_of(someone: Candidate, attempt: Attempt) -> Iterator[tuple[str, str]]:
    """Everything that can be fetched during the attempt: addresses with what they answer, headers included."""
    addresses = ["/exams", f"/exams/{attempt.exam_version.exam.slug}", f"/exams/attempts/{attempt.public_id}/finish"]
    addresses += [f"/exams/attempts/{attempt.public_id}/{position}" for position in range(1, 5)]
    for address in addresses:
        yield address, fetched(someone, address)
    for position in range(1, 5):
        for sequence, response in ((position, right_response(attempt, position)), (position + 10, {"options": [99]})):
            answer = someone.save(attempt, position, response, sequence=sequence)
            yield f"save {position}", f"{answer.headers}{answer.text}"
    batch = json.dumps([{"client_id": WINDOW, "sequence": 90, "position": 1, "response": {}}])
    yield "batch", someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": batch}).text
    yield "writer", someone.post(attempt, "writer", {"client_id": "window-two"}).text
    for address in addresses:
        yield f"{address} again", fetched(someone, address)


def fetched(someone: Candidate, address: str) -> str:
    response = someone.browser.get(address)
    assert response.status_code == 200
    return f"{response.headers}{response.text}"


def secrets_of(attempt: Attempt) -> set[str]:
    """Every string that would tell a key or name the content."""
    found = {RATIONALE, "rationale", "is_critical", "decision_class", "innocent", "option_order"}
    for place in queries.form_of(attempt):
        version = place.version
        item = db.session.get(Item, version.item_id)
        assert item is not None
        found |= {item.slug, version.family, version.content_hash}
        if version.reference_id:
            reference = db.session.get(CaseReference, version.reference_id)
            assert reference is not None
            case = db.session.get(Case, reference.case_id)
            assert case is not None
            found |= {case.slug, case.family, reference.rationale, reference.content_hash, case.concept}
        found |= set(version.clauses)
    return found


def test_nothing_before_submission_tells_a_key(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    secrets = secrets_of(attempt)
    for address, text in pages_of(someone, attempt):
        told = {secret for secret in secrets if secret in text}
        assert not told, (address, told)


def test_options_are_named_by_place_only(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    for place in queries.form_of(attempt):
        if place.version.kind == "case":
            continue
        page = someone.text(attempt, place.position)
        values = re.findall(r'name="options" value="([^"]*)"', page)
        assert values == [str(number) for number in range(1, len(place.option_order) + 1)]
        assert not re.search(r'(correct|critical|data-id|id="[a-f]")', page)


def test_no_screen_shows_another_item(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    ItemFactory(stem="A question of the bank that is not on this form.")
    stems = {place.position: place.version.document.get("options") for place in queries.form_of(attempt)}
    for position in stems:
        assert "not on this form" not in someone.text(attempt, position)


def test_every_label_there_is_can_be_chosen_so_the_list_tells_nothing(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    lists = {
        tuple(re.findall(r'<option value="([^"]*)"', someone.text(attempt, place.position)))
        for place in queries.form_of(attempt)
        if place.version.kind == "case"
    }
    assert len(lists) == 1


def test_pictures_have_addresses_of_this_attempt_that_name_nothing(sitting: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    someone, attempt = sitting
    other = candidate()
    others = other.start(queries.exam_by_slug(attempt.exam_version.exam.slug))
    mine, theirs = addresses_of_pictures(someone, attempt), addresses_of_pictures(other, others)
    assert len(mine) == 2
    assert mine.isdisjoint(theirs)
    for address in mine:
        response = someone.browser.get(address)
        assert response.status_code == 200
        assert not {"ETag", "Last-Modified"} & set(response.headers.keys())
        assert other.browser.get(address).status_code == 404
        assert not re.search(r"[0-9a-f]{64}|case|item", address)


def addresses_of_pictures(someone: Candidate, attempt: Attempt) -> set[str]:
    return {address for position in range(1, 5) for address in re.findall(r'src="(/media/[^"]+)"', someone.text(attempt, position))}


def test_the_result_tells_no_key_either(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    secrets = secrets_of(attempt) - {"innocent"}
    someone.post(attempt, "submission", {"client_id": WINDOW})
    for address in (f"/exams/attempts/{attempt.public_id}/result", "/exams", f"/exams/{attempt.exam_version.exam.slug}"):
        text = fetched(someone, address)
        assert not {secret for secret in secrets if secret in text}, address
        assert "What do you do?" not in text


def test_the_order_of_options_is_by_chance_not_by_key(candidate: MakeCandidate) -> None:
    """Over many attempts the right option stands in every place."""
    exam = ExamFactory()
    places = set()
    for _ in range(12):
        attempt = candidate().start(exam)
        places |= {place.option_order.index("a") for place in queries.form_of(attempt)}
    assert places == {0, 1, 2, 3}
