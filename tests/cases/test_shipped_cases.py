"""The cases shipped with the source: each can be shown whole, and no page tells its answer."""

from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from flask import Flask, render_template_string

from training.cases.documents import CaseDocument
from training.cases.rendering import DisplayedCase, DisplayedImage, DisplayedRecording
from training.cases.rules import Action, Outcome, Pool, Surface, acts

FOLDER = Path(__file__).parents[2] / "content" / "cases"
PAGE = '{% from "cases/surface.html" import show_case %}<!doctype html><html lang=en><title>x</title>{{ show_case(case, media_url) }}</html>'


@pytest.fixture(scope="module")
def documents() -> dict[str, CaseDocument]:
    found: dict[str, Any] = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.rglob("*.yaml"))}
    return {name: CaseDocument.model_validate(values) for name, values in found.items()}


def test_there_are_enough_of_every_kind(documents: dict[str, CaseDocument]) -> None:
    cases = list(documents.values())
    assert len(cases) >= 150
    assert abs(sum(case.pool is Pool.EXAM for case in cases) - len(cases) / 2) <= 2
    assert sum(case.reference.is_innocent for case in cases) >= len(cases) / 3
    assert len({case.surface for case in cases}) == 7


def test_every_case_is_shown_whole_with_all_its_texts_addressed(app: Flask, documents: dict[str, CaseDocument]) -> None:
    for name, document in documents.items():
        images = tuple(DisplayedImage(number, picture.alt, 40, 30) for number, picture in enumerate(document.content.images))
        recording = DisplayedRecording(1, document.recording.alt, 30.0, 40, 30) if document.recording else None
        case = DisplayedCase(document.surface, document.language, document.market, document.shown, images, recording)
        html = render_template_string(PAGE, case=case, media_url=lambda media_id: f"/media/{media_id}")
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        texts = [
            (element.get("data-path"), "".join(element.itertext())) for element in tree.iter() if isinstance(element.tag, str) and element.get("data-path")
        ]
        assert sorted(texts) == sorted((piece.path, piece.text) for piece in document.pieces), name
        for secret in (document.id, document.family, *document.media_files):
            assert secret not in html, name


def test_a_video_and_a_live_can_be_practised_with_their_recordings(documents: dict[str, CaseDocument]) -> None:
    recorded = {document.surface for document in documents.values() if document.recording and document.pool is Pool.PRACTICE}
    assert recorded >= {Surface.VIDEO, Surface.LIVE}


def test_near_misses_are_in_the_same_pool_and_decided_the_other_way(documents: dict[str, CaseDocument]) -> None:
    for name, document in documents.items():
        if document.contrast is None:
            continue
        other = documents[document.contrast]
        assert other.pool is document.pool, name
        assert acts(other.reference.decisions[0]) is not acts(document.reference.decisions[0]), name


def test_a_family_lives_in_one_pool(documents: dict[str, CaseDocument]) -> None:
    pools: dict[str, set[Pool]] = {}
    for document in documents.values():
        pools.setdefault(document.family, set()).add(document.pool)
    assert not [family for family, found in pools.items() if len(found) > 1]


def test_words_for_pictures_say_what_is_shown_and_not_what_it_means(documents: dict[str, CaseDocument]) -> None:
    telling = (
        "violat",
        "counterfeit",
        "fake",
        "illegal",
        "prohibited",
        "allowed",
        "innocent",
        "scam",
        *(outcome.value for outcome in Outcome),
        *(action.value for action in Action),
    )
    wrong = [(name, picture.alt) for name, document in documents.items() for picture in document.content.images for word in telling if word in picture.alt]
    assert wrong == []
