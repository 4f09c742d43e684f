"""Questions read from GIFT as Moodle reads it: https://docs.moodle.org/en/GIFT_format."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from training.exchange.rules.gift.answers import WrittenAnswers
from training.exchange.rules.gift.blocks import BLANK, Block, blocks
from training.exchange.rules.gift.escapes import place, unescaped
from training.exchange.rules.markdown_texts import as_markdown
from training.exchange.rules.passages import passage_in
from training.exchange.rules.questions import Loss, NoQuestion, Question, Row, Shape, Unfit
from training.exchange.rules.wording import CATEGORY, PICTURE

_NAME = re.compile(r"\s*::(?P<name>(?:\\.|[^\\])*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(?P<format>html|moodle|plain|markdown)\]")


def gift_rows(lines: Iterable[str]) -> Iterator[Row]:
    """The questions of a GIFT file, each with its line. Raises BrokenFile where braces do not pair."""
    for block in blocks(lines):
        name, rest = _name(block)
        try:
            yield _question(block, name, rest)
        except NoQuestion as error:
            yield Unfit(block.line, name, error.problem, error.remedy)


def _name(block: Block) -> tuple[str, str]:
    found = _NAME.match(block.text)
    named = unescaped(found["name"]).strip() if found else ""
    return block.identity or named, block.text[found.end() :] if found else block.text


def _question(block: Block, name: str, text: str) -> Question:
    found = _FORMAT.match(text)
    written_as = found["format"] if found else "moodle"
    before, inside, after = _divided(text[found.end() :] if found else text)
    gap = f" {BLANK} " if after.strip() else ""
    stem, picture_count = as_markdown(unescaped(before.strip() + gap + after.strip()), written_as)
    if not stem:
        raise NoQuestion("the question has no text", "write what is asked before the answers")
    answers = WrittenAnswers(inside, written_as)
    made = answers.onto(Question(block.line, name, Shape.ESSAY, stem, tags=block.tags))
    if made.shape is Shape.ESSAY:
        stem, passage = passage_in(made.stem)
        made = replace(made, stem=stem, passage=passage)
    losses = [*([Loss(CATEGORY, block.category)] if block.category else []), *made.losses]
    if picture_count + answers.picture_count:
        losses.append(Loss(PICTURE, str(picture_count + answers.picture_count)))
    return replace(made, losses=tuple(losses))


def _divided(text: str) -> tuple[str, str, str]:
    """What stands before, between and behind the braces of a question."""
    opening, closing = place(text, "{"), place(text, "}")
    if opening is None or closing is None:
        raise NoQuestion("asks nothing: it has no answers in braces", "write the answers in { }, or leave the text out")
    if place(text[closing:], "{") is not None:
        raise NoQuestion("has answers in two places", "divide it into two questions")
    return text[:opening], text[opening + 1 : closing], text[closing + 1 :]
