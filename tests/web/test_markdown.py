"""The one renderer of authored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.web.markdown import clean, render


def test_headings_are_listed_with_their_anchors():
    rendered = render("# One\n\n## Two\n\ntext\n\n### Three")
    assert [(heading.level, heading.anchor, heading.title) for heading in rendered.headings] == [(1, "one", "One"), (2, "two", "Two"), (3, "three", "Three")]
    assert '<h2 id="two">' in rendered.html


def test_tables_and_lists_are_rendered():
    assert "<table>" in render("| a | b |\n|---|---|\n| 1 | 2 |").html
    assert "<ol>" in render("1. one\n2. two").html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "![x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<style>body{display:none}</style>",
        "text <iframe src='//evil'></iframe>",
        '[x](//evil.example "a" onclick=alert(1))',
        "<a href='vbscript:x'>x</a>",
    ],
)
def test_nothing_that_runs_survives(source):
    html = render(source).html
    for danger in ("<script", "<style", "<iframe", "<img src=x", 'href="javascript', 'href="data', 'href="vbscript', 'src="javascript', "onerror=alert(1)>"):
        assert danger not in html


@given(st.text())
def test_no_text_breaks_the_renderer_or_smuggles_a_script(source):
    html = render(source).html
    assert "<script" not in html.lower()
    assert clean(html) == html
