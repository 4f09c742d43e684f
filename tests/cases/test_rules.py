"""The vocabulary, and what can be said of cases from their values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.factories import CONTENTS, case_document
from training.cases.rendering import seconds_at
from training.cases.rendering.timeline import timeline_of
from training.cases.rendering.words import ACTIONS, NAMES, SEVERITIES, TARGETS
from training.cases.rules import (
    SEVERITY_WEIGHTS,
    Action,
    EscalationTarget,
    Outcome,
    Severity,
    Span,
    Surface,
    TextPiece,
    acts,
    is_grey,
    quote_span,
    text_pieces,
    time_target_seconds,
)


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (set(), False),
        ({Action.APPROVE}, False),
        ({Action.REMOVE, Action.STRIKE}, True),
        ({Action.ESCALATE}, True),
        ({Action.WELFARE}, True),
        ({Action.STOP_VIEWING}, True),
        ({Action.REQUEST_INFO}, None),
        ({Action.REROUTE}, None),
        ({Action.REQUEST_INFO, Action.REROUTE}, None),
        ({Action.REQUEST_INFO, Action.REMOVE}, True),
        ({Action.REQUEST_INFO, Action.APPROVE}, False),
    ],
)
def test_a_decision_acts_lets_be_or_defers(actions: set[Action], expected: bool | None) -> None:
    assert acts(actions) is expected


def test_every_action_but_approving_and_deferring_acts() -> None:
    assert {action for action in Action if acts({action}) is False} == {Action.APPROVE}
    assert {action for action in Action if acts({action}) is None} == {Action.REQUEST_INFO, Action.REROUTE}


def test_a_grey_case_accepts_acting_and_letting_be() -> None:
    assert is_grey([[Action.APPROVE], [Action.DEMOTE]])
    assert not is_grey([[Action.REMOVE], [Action.REMOVE, Action.STRIKE]])


def test_severities_weigh_as_the_default_says() -> None:
    assert [SEVERITY_WEIGHTS[severity] for severity in Severity] == [1, 1, 2, 4, 8]
    assert [severity.level for severity in Severity] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("surface", "paths"),
    [
        (Surface.LISTING, {"title", "price", "original_price", "category", "attributes.Ingredients", "attributes.Net wt.", "description", "seller.name"}),
        (Surface.SELLER, {"bio", "documents.0.shown", "documents.0.expires", "history.0.what", "listings.1"}),
        (Surface.VIDEO, {"caption", "transcript.1.text", "on_screen.0", "cart.title"}),
        (Surface.LIVE, {"pinned.0.title", "transcript.0.speaker", "chat.0.text"}),
        (Surface.REVIEW, {"product", "text", "order.Paid"}),
        (Surface.COMMENT, {"where", "thread.1.text"}),
        (Surface.TICKET, {"subject", "messages.0.from", "messages.1.text", "order.Paid", "account.Refunds in 90 days"}),
    ],
)
def test_texts_are_addressed_by_path(surface: Surface, paths: set[str]) -> None:
    assert paths <= {piece.path for piece in text_pieces(surface, case_document(surface).shown)}


@pytest.mark.parametrize("surface", Surface)
def test_every_path_leads_to_one_text(surface: Surface) -> None:
    paths = [piece.path for piece in text_pieces(surface, case_document(surface).shown)]
    assert len(paths) == len(set(paths))


def test_pictures_and_numbers_are_no_texts() -> None:
    pieces = text_pieces(Surface.REVIEW, {**CONTENTS[Surface.REVIEW], "images": [{"file": "media/x.png", "alt": "A pot"}]})
    assert not [piece for piece in pieces if piece.path.startswith(("images", "stars"))]


@pytest.mark.parametrize(
    ("quote", "field", "expected"),
    [
        ("ginger", None, Span("a", 5, 11)),
        ("ginger", "a", Span("a", 5, 11)),
        ("ginger", "b", None),
        ("tea", None, None),
        ("tea", "b", Span("b", 0, 3)),
        ("aa", "c", None),
        ("", None, None),
        ("coffee", None, None),
    ],
)
def test_a_quote_is_found_where_it_stands_exactly_once(quote: str, field: str | None, expected: Span | None) -> None:
    pieces = [TextPiece("a", "tea, ginger"), TextPiece("b", "tea"), TextPiece("c", "aaa")]
    assert quote_span(pieces, quote=quote, field=field) == expected


@given(st.text(max_size=30), st.text(min_size=1, max_size=5), st.text(max_size=30))
def test_a_found_quote_is_the_text_there(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    span = quote_span([TextPiece("x", text)], quote=quote)
    assert span is None or text[int(span.start) : int(span.end)] == quote


@pytest.mark.parametrize(
    ("surface", "content", "seconds"),
    [
        (Surface.VIDEO, {"duration_seconds": 60}, 68),
        (Surface.VIDEO, {"duration_seconds": 38}, 50),
        (Surface.LISTING, {}, 90),
        (Surface.REVIEW, {}, 45),
        (Surface.COMMENT, {}, 45),
        (Surface.LIVE, {"duration_seconds": 5400}, 120),
        (Surface.TICKET, {}, 300),
        (Surface.SELLER, {}, 120),
    ],
)
def test_each_surface_has_its_time(surface: Surface, content: dict[str, int], seconds: int) -> None:
    assert time_target_seconds(surface, content) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"), [("0:04", 4), ("12:01", 721), ("1:02:03", 3723), ("morning", None), ("4", None), ("1:2:3:4", None), ("-1:00", None), ("٣:١٠", None)]
)
def test_a_time_of_a_clip_is_read_or_left_out(text: str, seconds: int | None) -> None:
    assert seconds_at(text) == seconds


def test_a_timeline_holds_what_lies_within_the_clip() -> None:
    content = {"duration_seconds": 100, "transcript": [{"at": "0:50"}, {"at": "1:41"}, {"at": "later"}], "chat": [{"at": "0:10"}]}
    line = timeline_of(content)
    assert [(moment.percent, moment.is_chat) for moment in line.moments] == [(10.0, True), (50.0, False)]


def test_every_action_has_a_name_and_a_key_of_its_own() -> None:
    choices = [choice for group in ACTIONS for choice in group.choices]
    assert {choice.value for choice in choices} == set(Action)
    assert len({choice.key for choice in choices}) == len(choices) == 19
    assert {choice.value for choice in SEVERITIES} == set(Severity)
    assert {choice.value for choice in TARGETS} == set(EscalationTarget)
    assert set(Surface) <= set(NAMES)


def test_outcomes_are_always_available() -> None:
    assert [outcome.value for outcome in Outcome] == ["OUT-00", "OUT-01", "OUT-02", "OUT-03", "OUT-04"]
