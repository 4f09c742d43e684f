"""A module document made into what its pages show: once, when a version is published, never when it is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from training.courses.rendering.extension import ModuleMarkdown
from training.courses.rendering.passages import PassageReader
from training.courses.rules.blocks import checks_in, clauses_in
from training.courses.rules.changes import PassageText
from training.web.markdown import Heading, render

CLAUSE_HEADING = re.compile(r'<h[2-6]( class="clause-heading".*?)</h[2-6]>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause: its code, the labels it decides, and what it says as plain text, and as HTML that stands alone under a second-level heading."""

    code: str
    labels: tuple[str, ...]
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class RenderedModule:
    """A module's page: its HTML, the headings of its contents list, and its parts."""

    html: str
    headings: tuple[Heading, ...]
    passages: tuple[PassageText, ...]
    clauses: tuple[ClauseText, ...]
    checks: tuple[str, ...]


def render_module(body: str, *, slug: str, pictures: Mapping[str, str] | None = None) -> RenderedModule:
    """Render a module's Markdown. Clauses are those that the renderer recognised, in the order of the page.

    `pictures` are the addresses of its pictures, by how the text cites them; any other picture is told in words.
    """
    written = {block.argument.lower(): block for block in clauses_in(body)}
    own_clauses = frozenset(block.argument for block in written.values())
    rendered = render(body, extensions=[ModuleMarkdown(slug, own_clauses, pictures or {})])
    page = PassageReader(rendered.html)
    texts = {passage.anchor: passage.text for passage in page.passages if passage.is_clause}
    clauses = tuple(
        ClauseText(written[clause.anchor].argument, written[clause.anchor].labels, _standing_alone(clause.html), texts[clause.anchor])
        for clause in page.clauses
        if clause.anchor in written
    )
    checks = tuple(block.argument for block in checks_in(body))
    return RenderedModule(rendered.html, rendered.headings, page.passages, clauses, checks)


def picture_address(slug: str, version: str, name: str) -> str:
    """Where readers find a picture of a version of a module: what an old version showed stays as it was."""
    return f"/handbook/{slug}/versions/{version}/pictures/{name}"


def _standing_alone(html: str) -> str:
    """A clause for other pages, which quote it under a heading of their own: its level in the module says nothing there."""
    return CLAUSE_HEADING.sub(r"<h3\1</h3>", html, count=1)
