"""The one renderer of authored text: Markdown in, sanitised HTML and its outline out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markdown import Extension, Markdown

TAGS = frozenset(
    "a abbr article aside b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre "
    "q s section small span strong sub summary sup table tbody td tfoot th thead tr ul".split()
)
ATTRIBUTES = {
    "*": {"id", "class", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"align", "scope"},
    "td": {"align"},
    "section": {"aria-labelledby"},
}


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a rendered text."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Sanitised HTML, safe to show as it is, and the headings in it in order."""

    html: str
    headings: tuple[Heading, ...]


def clean(html: str) -> str:
    """What is left of this HTML when only text, structure and plain links remain."""
    return nh3.clean(
        html, tags=set(TAGS), attributes={tag: set(names) for tag, names in ATTRIBUTES.items()}, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def _flatten(tokens: Sequence[Any]) -> tuple[Heading, ...]:
    found: list[Heading] = []
    for token in tokens:
        found.append(Heading(level=token["level"], anchor=token["id"], title=token["name"]))
        found.extend(_flatten(token["children"]))
    return tuple(found)


def render(source: str, *, extensions: Sequence[Extension] = ()) -> Rendered:
    """Render authored Markdown. Raw HTML in it is shown as text; links keep only http, https, mailto and in-site addresses."""
    markdown = Markdown(extensions=["tables", "sane_lists", "toc", *extensions], output_format="html")
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    html = markdown.convert(source)
    return Rendered(html=clean(html), headings=_flatten(getattr(markdown, "toc_tokens", [])))
