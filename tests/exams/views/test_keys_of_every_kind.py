"""The key law for every kind of item: nothing that a candidate can fetch before submission tells a key, or names what is shown."""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.exams.every_kind import MEDIA, exam_of_every_kind
from tests.exams.factories import ItemFactory, right_response, wrong_response
from tests.exams.views.sittings import WINDOW, Candidate
from training.cases.models import Case, CaseReference
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, Item
from training.exams.queries import PlacedItem
from training.media.models import MediaFile

Sitting = tuple[Candidate, Attempt]
KEY_WORDS = {"rationale", "needed_overlap", "tolerance", "is_right_or_wrong", "decision_class", "option_order", "rubric", "accuracy_percent", "is_critical"}
"""Names of fields that only keys have."""
LABEL_CODE = re.compile(r"[A-Z]{3}-\d{2}")


@pytest.fixture
def sitting(candidate: Callable[..., Candidate]) -> Sitting:
    someone = candidate()
    return someone, someone.start(exam_of_every_kind())


def own_secrets(place: PlacedItem) -> set[str]:
    """What this place must not tell: its name, its key in every spelling, and where its content comes from."""
    document = place.version.document
    found = {slug_of(place), place.version.family, place.version.content_hash, *place.version.clauses}
    found |= {document["rationale"]} if document.get("rationale") else set()
    if "reply" in document:
        found |= set(document["reply"]["rubric"].values())
    if "evidence" in document:
        marks = document["evidence"]["marks"]
        found |= {json.dumps(marks), json.dumps(marks, separators=(",", ":")), json.dumps(marks[0])}
    return found


def slug_of(place: PlacedItem) -> str:
    item = db.session.get(Item, place.version.item_id)
    assert item is not None
    return item.slug


def case_secrets(place: PlacedItem) -> set[str]:
    reference = db.session.get(CaseReference, place.version.reference_id)
    assert reference is not None
    case = db.session.get(Case, reference.case_id)
    assert case is not None
    return {case.slug, case.family, case.concept, reference.rationale, reference.content_hash}


def secrets_of(attempt: Attempt) -> set[str]:
    found = set(KEY_WORDS)
    for place in queries.form_of(attempt):
        found |= own_secrets(place) | (case_secrets(place) if place.version.reference_id else set())
    for file in db.session.query(MediaFile):
        found |= {file.sha256, file.sha256[:12]}
    return found | {path.name for path in MEDIA.iterdir()} | {path.stem for path in MEDIA.iterdir()}


def fetched(someone: Candidate, address: str) -> str:
    response = someone.browser.get(address)
    assert response.status_code == 200, address
    return f"{response.headers}{response.text}"


def pages_of(someone: Candidate, attempt: Attempt) -> Iterator[tuple[str, str]]:
    """Every page and every JSON answer of the attempt, before, while and after every question was answered right and wrong."""
    count = queries.place_count(attempt)
    addresses = ["/exams", f"/exams/{attempt.exam_version.exam.slug}", "/account/data.json", f"/exams/attempts/{attempt.public_id}/finish"]
    addresses += [f"/exams/attempts/{attempt.public_id}/{position}" for position in range(1, count + 1)]
    addresses = [address for address in addresses if someone.browser.get(address).status_code == 200]
    for address in addresses:
        yield address, fetched(someone, address)
    sequence = 0
    for position in range(1, count + 1):
        for response in (wrong_of(attempt, position), {"nonsense": True}, right_response(attempt, position)):
            sequence += 1
            answer = someone.save(attempt, position, response, sequence=sequence)
            yield f"save {position}", f"{answer.headers}{answer.text}"
        yield f"status {position}", fetched(someone, f"/exams/attempts/{attempt.public_id}/status")
    batch = json.dumps([{"client_id": WINDOW, "sequence": 900, "position": 1, "response": {}}])
    yield "batch", someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": batch}).text
    yield "writer", someone.post(attempt, "writer", {"client_id": "window-two"}).text


def wrong_of(attempt: Attempt, position: int) -> dict[str, Any]:
    place = queries.place_of(attempt.id, position)
    assert place is not None
    if place.version.kind == "typing":
        return right_response(attempt, position) | {"text": "nothing like it"}
    return (
        {"text": "nothing like it"}
        if place.version.kind in {"short", "reply"}
        else wrong_response(attempt, position)
        if place.version.kind in {"single", "case"}
        else {}
    )


def test_no_kind_tells_its_key_before_submission(sitting: Sitting) -> None:
    someone, attempt = sitting
    assert {place.version.kind for place in queries.form_of(attempt)} == {"single", "multiple", "case", "evidence", "ordering", "short", "reply", "typing"}
    secrets = secrets_of(attempt)
    for address, text in pages_of(someone, attempt):
        told = {secret for secret in secrets if secret in text}
        assert not told, (address, told)


def walked(someone: Candidate, *starts: str) -> Iterator[tuple[str, str]]:
    """Everything that links, pictures, forms and scripts' addresses lead to from these pages, read once each, headers included."""
    seen, waiting = set[str](), list(starts)
    while waiting:
        address = html.unescape(waiting.pop()).partition("#")[0]
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        response = someone.browser.get(address)
        is_text = response.mimetype.startswith("text/") or response.mimetype == "application/json"
        text = response.text if is_text else ""
        yield address, f"{response.headers}{text}"
        waiting += re.findall(r'(?:href|src|action|data-address)="(/[^"]*)"', text)
        waiting += [response.location] if response.location else []


def test_whatever_a_candidate_can_reach_from_any_page_tells_no_key(sitting: Sitting) -> None:
    someone, attempt = sitting
    someone.save(attempt, 1, right_response(attempt, 1))
    secrets, base = secrets_of(attempt), f"/exams/attempts/{attempt.public_id}"
    places = [f"{base}/{position}" for position in range(1, queries.place_count(attempt) + 1)]
    aside = [f"/disputes/attempts/{attempt.public_id}", f"{base}/disputes", f"{base}/look/1", f"{base}/result", f"{base}/status", "/account/data.json"]
    reached = dict(walked(someone, "/", *places, *aside))
    assert len(reached) >= 40, sorted(reached)
    assert {"/courses", "/certificates", "/queues", "/disputes", "/account", "/exams"} <= set(reached)
    assert sum(address.startswith("/media/") for address in reached) >= 3
    for address, text in reached.items():
        told = {secret for secret in secrets if secret in text}
        assert not told, (address, told)


def test_right_and_wrong_answers_are_answered_alike(sitting: Sitting) -> None:
    """What a save says tells nothing of whether the answer is right: the same words and the same fields."""
    someone, attempt = sitting
    told = set()
    for position in range(1, queries.place_count(attempt) + 1):
        for sequence, response in enumerate((right_response(attempt, position), wrong_of(attempt, position)), start=position * 10):
            answer = someone.save(attempt, position, response, sequence=sequence)
            told.add((answer.status_code, answer.json["message"], *sorted(answer.json)))
    assert len(told) == 1


def test_no_label_stands_on_a_page_but_in_the_list_of_them_all(sitting: Sitting) -> None:
    someone, attempt = sitting
    for place in queries.form_of(attempt):
        if place.version.kind != "case":
            assert not LABEL_CODE.search(someone.text(attempt, place.position)), place.version.kind


def test_no_screen_shows_an_item_that_is_not_on_the_form(sitting: Sitting) -> None:
    someone, attempt = sitting
    unseen = ItemFactory(kind="short", stem="An unseen question of the bank.", options=(), answer={"texts": ["unseen answer"]})
    for address, text in pages_of(someone, attempt):
        assert "unseen" not in text, (address, unseen.slug)


def addresses_of_media(someone: Candidate, attempt: Attempt) -> dict[str, str]:
    pages = [someone.text(attempt, position) for position in range(1, queries.place_count(attempt) + 1)]
    return {tag: address for page in pages for tag, address in re.findall(r'<(img|video|audio)[^>]*? src="(/media/[^"]+)"', page)}


def test_every_medium_has_addresses_of_this_attempt_that_name_nothing(sitting: Sitting, candidate: Callable[..., Candidate]) -> None:
    someone, attempt = sitting
    other = candidate()
    others = other.start(queries.exam_by_slug(attempt.exam_version.exam.slug))
    mine, theirs = addresses_of_media(someone, attempt), addresses_of_media(other, others)
    assert set(mine) == {"img", "video", "audio"}
    assert not set(mine.values()) & set(theirs.values())
    for address in mine.values():
        response = someone.browser.get(address)
        assert response.status_code == 200
        assert not {"ETag", "Last-Modified"} & set(response.headers.keys())
        assert other.browser.get(address).status_code == 404
        assert not re.search(r"[0-9a-f]{64}|item|exam|\.(png|webm|wav)", address)
        assert not {file.stem.encode() for file in MEDIA.iterdir() if file.stem.encode() in response.data}


def test_recordings_can_be_sought_in_without_naming_them(sitting: Sitting) -> None:
    someone, attempt = sitting
    address = addresses_of_media(someone, attempt)["video"]
    whole = someone.browser.get(address)
    part = someone.browser.get(address, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.data == whole.data[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.data)}"
    assert not {"ETag", "Last-Modified"} & set(part.headers.keys())
    assert someone.browser.get(address, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_steps_are_shown_in_another_order_than_the_right_one(sitting: Sitting) -> None:
    someone, attempt = sitting
    place = next(place for place in queries.form_of(attempt) if place.version.kind == "ordering")
    texts = [step["text"] for step in place.version.document["steps"]]
    page = someone.text(attempt, place.position)
    assert sorted(texts, key=page.index) != texts
    item = db.session.get(Item, place.version.item_id)
    assert item is not None and item.slug not in page
