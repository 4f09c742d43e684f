"""Cases as pages: every text addressed once and unchanged, nothing that tells the answer."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases.factories import CONTENTS, CaseFactory, case_document
from training.cases.queries import case_for_display
from training.cases.rendering import DisplayedCase, DisplayedImage, DisplayedRecording, cut
from training.cases.rules import Region, Span, Surface
from training.practice.rules import Preference

BOX = {"field": "images.0", "x": 11, "y": 12, "width": 33, "height": 44}
PAGE = '{% from "cases/surface.html" import show_case %}{{ show_case(case, media_url, veil=veil) }}'


def shown(surface: Surface, content: dict[str, Any] | None = None, **changes: Any) -> DisplayedCase:
    document = case_document(surface) if content is None else case_document(surface, content=content, reference=INNOCENT)
    values: dict[str, Any] = {"surface": surface, "language": "id", "market": "ID", "content": document.shown, "images": ()}
    return DisplayedCase(**(values | changes))


INNOCENT = {"decisions": [["APPROVE"]], "labels": ["OUT-00"], "severity": "S0", "clauses": ["PRO-03.b"], "rationale": "Nothing here is sold without authority."}


def page(app: Flask, case: DisplayedCase, *, veil: str = "nothing") -> str:
    return render_template_string(PAGE, case=case, media_url=lambda media_id: f"/media/token-{media_id}", veil=veil)


def parsed(html: str) -> Element:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(f"<!doctype html><html lang=en><title>x</title>{html}</html>")


def addressed(html: str) -> list[tuple[str, str]]:
    return [
        (element.get("data-path", ""), "".join(element.itertext()))
        for element in parsed(html).iter()
        if isinstance(element.tag, str) and element.get("data-path")
    ]


@pytest.mark.parametrize("surface", Surface)
def test_every_text_stands_once_under_its_path_and_unchanged(app: Flask, surface: Surface) -> None:
    case = shown(surface)
    assert sorted(addressed(page(app, case))) == sorted((piece.path, piece.text) for piece in case.pieces)


@pytest.mark.parametrize("surface", Surface)
def test_texts_say_their_language(app: Flask, surface: Surface) -> None:
    elements = [element for element in parsed(page(app, shown(surface))).iter() if element.get("data-path")]
    assert {element.get("lang") for element in elements} == {"id"}


@pytest.mark.parametrize("surface", Surface)
def test_only_the_fields_that_must_be_there_are_needed(app: Flask, surface: Surface) -> None:
    fields = type(case_document(surface).content).model_fields
    full = dict(CONTENTS[surface])
    bare = {name: value for name, value in full.items() if fields.get(name) is None or fields[name].is_required()}
    for emptied in ("documents", "history", "listings", "transcript", "pinned", "chat"):
        if emptied in bare:
            bare[emptied] = []
    for emptied in ("attributes", "order"):
        if emptied in bare:
            bare[emptied] = {}
    if "seller" in bare:
        bare["seller"] = {"name": "Toko"}
    case = shown(surface, bare)
    assert sorted(addressed(page(app, case))) == sorted((piece.path, piece.text) for piece in case.pieces)


def test_texts_are_never_markup(app: Flask) -> None:
    hostile = CONTENTS[Surface.COMMENT] | {"thread": [{"author": '"><script>', "at": "1", "text": "</span><img src=x onerror=alert(1)>{{ 7*7 }}"}]}
    html = page(app, shown(Surface.COMMENT, hostile))
    assert "<script>" not in html
    assert "<img" not in html
    assert ("thread.0.text", "</span><img src=x onerror=alert(1)>{{ 7*7 }}") in addressed(html)


@pytest.mark.parametrize("surface", Surface)
def test_nothing_in_a_case_tells_where_it_comes_from_or_what_it_is(app: Flask, surface: Surface) -> None:
    row = CaseFactory(slug="case-zzslug", surface=surface.value, family="fam-zzfamily", concept="PRO-77.q", contrast_slug="case-zzcontrast", severity="S4")
    html = page(app, case_for_display(row.current_version_id))
    for secret in ("zzslug", "zzfamily", "zzcontrast", "PRO-77", "PRO-03", "S4", "REMOVE", "exam", "data-id"):
        assert secret not in html


@pytest.mark.parametrize("surface", Surface)
def test_pictures_have_their_words_and_the_viewers_address_alone(app: Flask, surface: Surface) -> None:
    images = (DisplayedImage(7, "A box of sachets", 40, 30), DisplayedImage(8, "The back of it", 40, 30))
    pictures = list(parsed(page(app, shown(surface, images=images))).iter("img"))
    assert {(picture.get("src"), picture.get("alt"), picture.get("width")) for picture in pictures} == {
        ("/media/token-7", "A box of sachets", "40"),
        ("/media/token-8", "The back of it", "40"),
    }


@pytest.mark.parametrize("surface", [Surface.LISTING, Surface.VIDEO, Surface.LIVE])
@pytest.mark.parametrize(("tag", "sides"), [("video", (360, 480)), ("audio", (None, None))])
def test_a_recording_is_played_at_the_viewers_address_alone(app: Flask, surface: Surface, tag: str, sides: tuple[int | None, int | None]) -> None:
    case = shown(surface, recording=DisplayedRecording(9, "A kitchen", 30.0, *sides))
    html = page(app, case)
    [player] = parsed(html).iter(tag)
    assert (player.get("src"), player.get("aria-label"), player.get("autoplay")) == ("/media/token-9", "A kitchen", None)
    assert player.get("controls") is not None
    assert sorted(addressed(html)) == sorted((piece.path, piece.text) for piece in case.pieces)


@pytest.mark.parametrize(("sides", "tag"), [((360, 480), "video"), ((None, None), "audio")])
@pytest.mark.parametrize("is_muted", [True, False])
def test_a_recording_is_mute_from_the_start_for_whom_it_is(app: Flask, sides: tuple[int | None, int | None], tag: str, is_muted: bool) -> None:
    case = shown(Surface.VIDEO, recording=DisplayedRecording(9, "A kitchen", 30.0, *sides))
    html = render_template_string(PAGE.replace("veil=veil", "shown=chosen"), case=case, media_url=str, chosen=Preference(is_muted=is_muted))
    (medium,) = parsed(html).iter(tag)
    assert (medium.get("muted") is not None) is is_muted


def test_lines_within_the_recording_say_their_second_and_others_none(app: Flask) -> None:
    recording = DisplayedRecording(9, "A kitchen", 10.0, 360, 480)
    lines = [line.get("data-at") for line in parsed(page(app, shown(Surface.VIDEO, recording=recording))).iter("li")]
    assert lines == [None, "4", None]
    assert "data-at" not in page(app, shown(Surface.VIDEO))


@pytest.mark.parametrize(
    ("veil", "has_picture", "warns", "control"),
    [
        ("nothing", True, False, None),
        ("pictures", True, True, "Show its pictures"),
        ("pictures", False, True, None),
        ("everything", False, True, "Show the case"),
    ],
)
def test_what_may_distress_warns_and_waits_for_its_reader(app: Flask, veil: str, has_picture: bool, warns: bool, control: str | None) -> None:
    case = shown(Surface.TICKET, images=(DisplayedImage(7, "A box", 4, 3),) if has_picture else ())
    html = page(app, case, veil=veil)
    assert ("serious harm" in html) is warns
    assert [words for words in ("Show its pictures", "Show the case") if words in html] == ([control] if control else [])


def test_the_reported_comment_is_marked_in_words(app: Flask) -> None:
    html = page(app, shown(Surface.COMMENT))
    assert html.count("Reported") == 1


def test_marks_of_both_sides_are_told_apart(app: Flask) -> None:
    case = shown(Surface.REVIEW).marked(own=[Span("text", 0, 10)], expert=[Span("text", 6, 15)])
    marks = [(element.get("class"), "".join(element.itertext())) for element in parsed(page(app, case)).iter("mark")]
    assert marks == [("mark-own", "[you marked: Works ]"), ("mark-both", "[both marked: well]"), ("mark-expert", "[the expert marked: , the]")]


def test_stretches_and_boxes_of_both_sides_are_told_apart_in_words_and_on_the_page(app: Flask) -> None:
    recording, images = DisplayedRecording(9, "A kitchen", 20.0, 360, 480), (DisplayedImage(7, "A box", 80, 60),)
    box = Region("images.0", 1, 2, 30, 40)
    case = shown(Surface.VIDEO, recording=recording, images=images).marked(
        own=[Span("recording", 5, 10), box], expert=[Span("recording", 8, 12.5), Region("images.0", 0, 0, 10, 10)]
    )
    assert [(passage.text, passage.is_expert, passage.is_own) for passage in case.passages] == [
        ("The recording from 0:05 to 0:08", False, True),
        ("The recording from 0:08 to 0:10", True, True),
        ("The recording from 0:10 to 0:12.5", True, False),
        ("A box on picture 1, 10 × 10 pixels, 0 from the left and 0 from the top", True, False),
        ("A box on picture 1, 30 × 40 pixels, 1 from the left and 2 from the top", False, True),
    ]
    drawn = [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in parsed(page(app, case)).iter("{http://www.w3.org/2000/svg}rect")]
    assert {("own", "25.0", "15.0"), ("both", "40.0", "10.0"), ("expert", "50.0", "12.5"), ("expert", "0", "10"), ("own", "1", "30")} <= set(drawn)


def test_nobodys_evidence_is_drawn_before_the_answer(app: Flask) -> None:
    row = CaseFactory(content__images=[{"media_id": 1, "alt": "A pot", "width": 80, "height": 60}], content__reference={"evidence": [BOX]})
    assert "<rect" not in page(app, case_for_display(row.current_version_id))


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=4),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=4),
)
def test_cut_texts_join_to_the_text_and_marks_cover_what_they_say(text: str, own: list[tuple[int, int]], expert: list[tuple[int, int]]) -> None:
    segments = cut(text, own=[Span("x", *pair) for pair in own], expert=[Span("x", *pair) for pair in expert])
    assert "".join(segment.text for segment in segments) == text
    at = 0
    for segment in segments:
        assert segment.is_own is any(start <= at and at + len(segment.text) <= end for start, end in own)
        assert segment.is_expert is any(start <= at and at + len(segment.text) <= end for start, end in expert)
        at += len(segment.text)


line = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip() == text)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=line, price=line, words=line, name=line, value=line)
def test_any_text_whatever_reaches_the_page_unchanged(app: Flask, title: str, price: str, words: str, name: str, value: str) -> None:
    content = CONTENTS[Surface.LISTING] | {"title": title, "price": price, "description": words, "attributes": {name: value}}
    case = shown(Surface.LISTING, content)
    assert sorted(addressed(page(app, case))) == sorted((piece.path, piece.text) for piece in case.pieces)
