"""A rendered module read back: its passages as plain text, and each clause's HTML as it stands in the page."""

from dataclasses import dataclass
from html.parser import HTMLParser

from training.courses.rules.changes import PassageText

BLOCKS = frozenset("address blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split())
INTRODUCTION = "introduction"
"""The anchor of what stands before the first heading."""


@dataclass(frozen=True, slots=True)
class RenderedClause:
    """One clause of a rendered module."""

    anchor: str
    html: str


class _Open:
    """A passage being read."""

    def __init__(self, anchor: str, *, is_clause: bool) -> None:
        self.anchor = anchor
        self.title = ""
        self.is_clause = is_clause
        self.parts: list[str] = []

    def closed(self) -> PassageText:
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return PassageText(self.anchor, " ".join(self.title.split()), "\n".join(line for line in lines if line), self.is_clause)


class PassageReader(HTMLParser):
    """Reads sanitised HTML once; afterwards `passages` and `clauses` hold what was found, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._html = html
        self._section = _Open(INTRODUCTION, is_clause=False)
        self._found = [self._section]
        self._clause: _Open | None = None
        self._clause_start = 0
        self._depth = 0
        self._heading_of: _Open | None = None
        self._skipping = 0
        self._cells = 0
        self.clauses: list[RenderedClause] = []
        self.feed(html)
        self.close()
        self.passages = tuple(passage for opened in self._found if (passage := opened.closed()).text or passage.title)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _begin(self, anchor: str, *, is_clause: bool) -> _Open:
        passage = _Open(anchor, is_clause=is_clause)
        self._found.append(passage)
        return passage

    def _write(self, text: str) -> None:
        (self._clause or self._section).parts.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a passage at a heading or a clause; skip check boxes and label chips."""
        named = {name: value or "" for name, value in attrs}
        classes = named.get("class", "").split()
        if self._skipping or "module-check" in classes or "label-chips" in classes:
            self._skipping += 1
        elif tag == "section" and "clause" in classes:
            self._clause, self._clause_start, self._depth = self._begin(named["id"], is_clause=True), self._at(), 0
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._open_heading(named.get("id", ""))
        elif tag in BLOCKS:
            self._write("\n")
            self._cells = 0
        elif tag in {"td", "th"}:
            self._write(" | " if self._cells else "")
            self._cells += 1
        elif tag == "img":
            self.handle_data(named.get("alt", ""))
        if self._clause is not None and tag == "section":
            self._depth += 1

    def _open_heading(self, anchor: str) -> None:
        if self._clause is None:
            self._section = self._begin(anchor, is_clause=False)
        self._heading_of = self._clause or self._section

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if self._skipping:
            self._skipping -= 1
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._heading_of = None
        elif tag == "section" and self._clause is not None:
            self._depth -= 1
            if self._depth == 0:
                self._close_clause(self._clause)
        elif tag in BLOCKS:
            self._write("\n")

    def _close_clause(self, clause: _Open) -> None:
        end = self._html.index(">", self._at()) + 1
        self.clauses.append(RenderedClause(clause.anchor, self._html[self._clause_start : end]))
        self._clause = None

    def handle_data(self, data: str) -> None:
        """Text of a heading is the passage's title; all other text its words."""
        if self._skipping:
            return
        if self._heading_of is not None:
            self._heading_of.title += data
        else:
            self._write(data.replace("\n", " "))
