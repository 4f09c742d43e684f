"""Questions written as GIFT, which Moodle and others read: the text in Markdown, everything else plain."""

from collections.abc import Iterable
from decimal import Decimal

from training.exchange.rules.gift.escapes import escaped
from training.exchange.rules.markdown_texts import escaped as markdown_escaped
from training.exchange.rules.passages import with_passage
from training.exchange.rules.questions import WHOLE, Answer, Loss, NotCarried, Question, Shape, Written, literal
from training.exchange.rules.wording import LONGEST_ONLY_TAG, RUBRIC, SCORING_ONLY_TAG, UNITS_ONLY_TAG


def gift_text(question: Question) -> Written:
    """One question, with an empty line behind it. Raises NotCarried where GIFT has nothing like it."""
    inside, losses = _inside(question)
    notes = " ".join([f"[id:{question.name}]", *(f"[tag:{tag}]" for tag in question.tags)])
    rationale = f"\n####{_plain(question.rationale)}" if question.rationale else ""
    stem = escaped(with_passage(question.stem, question.passage))
    return Written(f"// {notes}\n::{escaped(question.name)}::[markdown]{stem}{{{inside}{rationale}\n}}\n\n", tuple(losses))


def _plain(text: str) -> str:
    """A plain text, said to be one where it could be taken for another."""
    needs_saying = markdown_escaped(text) != text or text.startswith("[")
    return ("[plain]" if needs_saying else "") + escaped(text)


def _inside(question: Question) -> tuple[str, list[Loss]]:
    shape = question.shape
    if shape in {Shape.CHOICE, Shape.MULTIPLE}:
        is_all_or_nothing = "scoring:all_or_nothing" in question.tags
        return _lines(_option(answer, shape) for answer in question.answers), [Loss(SCORING_ONLY_TAG)] if is_all_or_nothing else []
    if shape is Shape.TEXT:
        return _lines(_text(answer.text) for answer in question.answers), []
    if shape is Shape.NUMBER and question.amount is not None:
        tolerance = f":{question.amount.tolerance:f}" if question.amount.tolerance is not None else ""
        return f"#{question.amount.number:f}{tolerance}", [Loss(UNITS_ONLY_TAG, ", ".join(question.amount.units))] if question.amount.units else []
    if shape is Shape.ESSAY:
        return "", [Loss(RUBRIC), Loss(LONGEST_ONLY_TAG)]
    raise NotCarried("GIFT has no questions in which something is put in order")


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"\n  {text}" for text in texts)


def _option(answer: Answer, shape: Shape) -> str:
    if shape is Shape.CHOICE:
        sign = "=" if answer.weight == WHOLE else "~"
        weight = f"%{_percent(answer.weight)}%" if answer.text.startswith("%") else ""
        return f"{sign}{weight}{_plain(answer.text)}"
    return f"~%{_percent(answer.weight)}%{_plain(answer.text)}"


def _text(text: str) -> str:
    if "->" in text:
        raise NotCarried("an answer holds ->, by which GIFT divides pairs")
    return f"={'%100%' if text.startswith('%') else ''}{_plain(literal(text))}"


def _percent(weight: Decimal) -> str:
    return f"{weight.quantize(Decimal('0.00001')).normalize():f}"
