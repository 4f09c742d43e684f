"""How hard a text is to read: LIX (Björnsson, 1968), which counts letters and not syllables and so can be told of every language written in letters.

LIX = words / sentences + 100 · long words / words, where a long word has more than six letters. Below 40 is easy, as fiction is; 40 to 50 is ordinary, as
newspapers are; above 60 is very hard, as laws are. Indonesian, whose affixes make long words, comes out some ten points higher than English for the same
content: the number compares paragraphs of one text, and says less across languages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HARD = 60
FEWEST_WORDS = 20
"""Shorter paragraphs are not measured: one long word would decide."""
LONG_WORD = 6
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;](?=\s|$)")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|]+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_APART = re.compile(r"^(?:\s*$|#|/{3,}|\s{4,}[\w-]+:|\s*\|)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item of a Markdown text: its first line, from 1, and what it says without marks."""

    line: int
    text: str

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return len(_WORD.findall(self.text))


def lix(text: str) -> float | None:
    """How hard a text is to read; nothing of a text without words. A colon and a semicolon end what is read in one breath."""
    words = _WORD.findall(text)
    if not words:
        return None
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return len(words) / sentences + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)


def paragraphs_in(markdown: str) -> tuple[Paragraph, ...]:
    """The paragraphs and list items of a Markdown text, without headings, tables and the lines of blocks."""
    return tuple(_paragraphs(markdown.split("\n")))


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    begun, said = 0, list[str]()
    for number, line in enumerate([*lines, ""], start=1):
        if said and (_APART.match(line) or _ITEM.match(line)):
            yield Paragraph(begun, _plain(" ".join(said)))
            said = []
        if not _APART.match(line):
            begun = begun if said else number
            said.append(_ITEM.sub("", line).strip())


def _plain(text: str) -> str:
    return _MARKS.sub("", _LINK.sub(lambda link: link["text"], text)).strip()


def reading_level_of(body: str) -> float | None:
    """How hard a module is to read as a whole."""
    return lix(" ".join(paragraph.text for paragraph in paragraphs_in(body)))
