"""Texts of other programs as Markdown: plain ones with their signs kept from meaning anything, marked-up ones by what they look like."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

_SIGNS = re.compile(r"[\\`*\[\]]|(?<!\w)_+(?=[^\W_])|(?<=[^\W_])_+(?!\w)")
_LINE_STARTS = re.compile(r"^([ \t]*)([#>+-]|\d+(?=[.)]\s))(?=[\s.)#])", re.MULTILINE)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
_PARAGRAPHS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "pre", "ul", "ol", "prompt", "section"})
_STRONG, _EMPHASIS = frozenset({"b", "strong"}), frozenset({"i", "em"})
_SILENT = frozenset({"script", "style", "head", "title"})
PICTURES = frozenset({"img", "object", "video", "audio", "iframe", "svg", "embed"})
"""Elements that show what no stem can."""


def escaped(text: str) -> str:
    """A plain text as Markdown that shows just this."""
    kept = text.replace("&", "&amp;").replace("<", "&lt;") if _MARKUP.search(text) else text
    kept = _SIGNS.sub(lambda found: "".join(f"\\{sign}" for sign in found.group()), kept)
    return _LINE_STARTS.sub(r"\1\\\2", kept) if _LINE_STARTS.search(kept) else kept


def has_markup(text: str) -> bool:
    """Whether this text of no declared format holds HTML."""
    return _MARKUP.search(text) is not None


class MarkdownMaker:
    """Takes marked-up text element by element and keeps what it says: paragraphs, line breaks, lists, and what is stressed; as plain text without stress."""

    def __init__(self, *, is_plain: bool = False) -> None:
        self.picture_count = 0
        self._is_plain = is_plain
        self._parts: list[str] = []
        self._silent = 0

    def start(self, name: str, attributes: Mapping[str, str | None]) -> None:
        """An element begins."""
        if name in PICTURES:
            self.picture_count += 1
            self.text(attributes.get("alt") or "")
        elif name in _SILENT:
            self._silent += 1
        elif name in _PARAGRAPHS:
            self._break("\n\n")
        elif name == "br":
            self._parts.append("\n")
        elif name == "li":
            self._break("\n")
            self._parts.append("- ")
        else:
            self._stress(name)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif name in _PARAGRAPHS:
            self._break("\n\n")
        elif name == "td":
            self._parts.append(" ")
        else:
            self._stress(name)

    def text(self, text: str) -> None:
        """Text between elements; blanks and line ends in it are one blank."""
        if not self._silent:
            line = re.sub(r"\s+", " ", text)
            self._parts.append(line if self._is_plain else escaped(line))

    def _stress(self, name: str) -> None:
        if not self._is_plain and (name in _STRONG or name in _EMPHASIS):
            self._parts.append("**" if name in _STRONG else "*")

    def _break(self, gap: str) -> None:
        if "".join(self._parts[-2:]).strip(" ") and not "".join(self._parts[-2:]).endswith(gap):
            self._parts.append(gap)

    def made(self) -> str:
        """All of it, as Markdown."""
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r" {2,}", " ", "".join(self._parts)))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"\*\*\s*\*\*", "", text)).strip()


class _HtmlReader(HTMLParser):
    def __init__(self, maker: MarkdownMaker) -> None:
        super().__init__(convert_charrefs=True)
        self._maker = maker

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._maker.start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._maker.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._maker.start(tag, dict(attrs))

    def handle_data(self, data: str) -> None:
        self._maker.text(data)


def from_html(text: str, *, is_plain: bool = False) -> tuple[str, int]:
    """A text of HTML as Markdown or as plain text, and how many pictures and the like it showed, which are not in it."""
    maker = MarkdownMaker(is_plain=is_plain)
    reader = _HtmlReader(maker)
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # What Python's parser says of a marked section that no HTML has.
        return (text if is_plain else escaped(text)).strip(), 0
    return maker.made(), maker.picture_count


def _is_html(text: str, written_as: str) -> bool:
    return written_as == "html" or (written_as not in {"markdown", "plain"} and has_markup(text))


def as_markdown(text: str, written_as: str) -> tuple[str, int]:
    """A text of a declared format (`markdown`, `html`, `plain`, or anything else: plain unless it holds markup), and the pictures it showed."""
    if _is_html(text, written_as):
        return from_html(text)
    return (text if written_as == "markdown" else escaped(text)).strip(), 0


def as_plain(text: str, written_as: str) -> tuple[str, int]:
    """The same as a text without any signs; Markdown keeps its own."""
    return from_html(text, is_plain=True) if _is_html(text, written_as) else (text.strip(), 0)
