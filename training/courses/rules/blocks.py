"""The clause and check blocks of a module's source, found by line, for those who want to say where something is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_OPENING = re.compile(r"^(?P<fence>/{3,})[ \t]*(?P<kind>[A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(?P<argument>.*?))?[ \t]*$")
_OPTION = re.compile(r"^ {4,}(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")


class ExampleKind(StrEnum):
    """The three kinds of example that every clause shows."""

    VIOLATING = "violating"
    ALLOWED = "allowed"
    BORDERLINE = "borderline"


EXAMPLE_WORDS: Mapping[str, Mapping[ExampleKind, str]] = {
    "en": {kind: kind.value.capitalize() for kind in ExampleKind},
    "id": {ExampleKind.VIOLATING: "Melanggar", ExampleKind.ALLOWED: "Diizinkan", ExampleKind.BORDERLINE: "Meragukan"},
}
"""The bold word that opens an example, by language. Those of English are understood in every module."""


def example_words(language: str) -> tuple[str, ...]:
    """The words that open the three kinds of example in a module of this language."""
    return tuple(EXAMPLE_WORDS.get(language, EXAMPLE_WORDS["en"]).values())


@dataclass(frozen=True, slots=True)
class Block:
    """One block: what opened it, its options as written, the Markdown inside, its first line (1 is the source's first), and whether it was closed."""

    kind: str
    argument: str
    options: tuple[tuple[str, str], ...]
    text: str
    line: int
    is_closed: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """The label codes of a clause's `labels` option."""
        written = dict(self.options).get("labels", "").strip("[]")
        return tuple(code for part in written.split(",") if (code := part.strip().strip("\"'")))


def blocks_in(source: str) -> tuple[Block, ...]:
    """Every block in the order in which it is opened; blocks do not nest."""
    return tuple(_blocks(source.split("\n")))


def _blocks(lines: list[str]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        opening = _OPENING.match(lines[position])
        if opening is None:
            position += 1
            continue
        block = _block_at(lines, position, opening)
        yield block
        position += 1 + len(block.options) + len(block.text.split("\n")) if block.is_closed else 1


def _block_at(lines: list[str], opened: int, opening: re.Match[str]) -> Block:
    body = opened + 1
    options: list[tuple[str, str]] = []
    while body < len(lines) and (option := _OPTION.match(lines[body])):
        options.append((option["name"], option["value"]))
        body += 1
    closing = next((at for at in range(body, len(lines)) if lines[at].rstrip() == opening["fence"]), None)
    end = len(lines) if closing is None else closing
    return Block(
        kind=opening["kind"],
        argument=opening["argument"] or "",
        options=tuple(options),
        text="\n".join(lines[body:end]),
        line=opened + 1,
        is_closed=closing is not None,
    )


def clauses_in(source: str) -> tuple[Block, ...]:
    """The clause blocks alone."""
    return tuple(block for block in blocks_in(source) if block.kind == "clause")


def checks_in(source: str) -> tuple[Block, ...]:
    """The check blocks alone."""
    return tuple(block for block in blocks_in(source) if block.kind == "check")


def examples_in(clause_text: str) -> frozenset[ExampleKind]:
    """The kinds of example that a clause shows: list items or paragraphs opening with the kind's name in bold, in any language that has one."""
    return frozenset(
        kind for words in EXAMPLE_WORDS.values() for kind, word in words.items() if re.search(rf"^(?:[-*+][ \t]+)?\*\*{word}:\*\*", clause_text, re.MULTILINE)
    )
