"""Questions written as Moodle XML: the text in Markdown, everything else plain."""

from collections.abc import Iterator

from training.exchange.rules.passages import rubric_text, with_passage
from training.exchange.rules.questions import Loss, NotCarried, Question, Shape, Written, literal
from training.exchange.rules.wording import LONGEST_ONLY_TAG, SCORING_ONLY_TAG
from training.exchange.rules.xml_reading import quoted

MOODLE_BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
MOODLE_END = "</quiz>\n"
_TYPES = {
    Shape.CHOICE: "multichoice",
    Shape.MULTIPLE: "multichoice",
    Shape.TEXT: "shortanswer",
    Shape.NUMBER: "numerical",
    Shape.ORDERING: "ordering",
    Shape.ESSAY: "essay",
}


def moodle_xml(question: Question) -> Written:
    """One question element. Raises NotCarried where Moodle has nothing like it."""
    if question.shape not in _TYPES:
        raise NotCarried("Moodle XML is not written for questions of this kind")
    lines = [*_about(question), *_asked(question), *_tags(question)]
    body = "".join(f"    {line}\n" for line in lines)
    return Written(f'  <question type="{_TYPES[question.shape]}">\n{body}  </question>\n', tuple(_losses(question)))


def _text(name: str, text: str, written_as: str = "plain_text") -> str:
    return f'<{name} format="{written_as}"><text>{quoted(text)}</text></{name}>'


def _about(question: Question) -> Iterator[str]:
    yield f"<name><text>{quoted(question.name)}</text></name>"
    yield _text("questiontext", with_passage(question.stem, question.passage), "markdown")
    if question.rationale:
        yield _text("generalfeedback", question.rationale)
    yield "<defaultgrade>1</defaultgrade>"
    yield "<penalty>0</penalty>"
    yield f"<idnumber>{quoted(question.name)}</idnumber>"


def _tags(question: Question) -> Iterator[str]:
    if question.tags:
        yield "<tags>" + "".join(f"<tag><text>{quoted(tag)}</text></tag>" for tag in question.tags) + "</tags>"


def _asked(question: Question) -> Iterator[str]:
    if question.shape in {Shape.CHOICE, Shape.MULTIPLE}:
        yield from (f"<single>{'true' if question.shape is Shape.CHOICE else 'false'}</single>", "<shuffleanswers>true</shuffleanswers>")
        yield "<answernumbering>none</answernumbering>"
    elif question.shape is Shape.TEXT:
        yield "<usecase>0</usecase>"
    elif question.shape is Shape.ORDERING:
        yield "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>"
    elif question.shape is Shape.ESSAY:
        yield "<responseformat>plain</responseformat><responserequired>1</responserequired>"
        yield _text("graderinfo", rubric_text(question.rubric), "markdown")
    yield from _amount(question)
    for answer in question.answers:
        text = literal(answer.text) if question.shape is Shape.TEXT else answer.text
        yield f'<answer fraction="{answer.weight.normalize():f}" format="plain_text"><text>{quoted(text)}</text></answer>'
    for step in question.steps:
        yield f'<answer fraction="1" format="plain_text"><text>{quoted(step)}</text></answer>'


def _amount(question: Question) -> Iterator[str]:
    amount = question.amount
    if amount is None:
        return
    tolerance = f"<tolerance>{amount.tolerance:f}</tolerance>" if amount.tolerance is not None else ""
    yield f'<answer fraction="100"><text>{amount.number:f}</text>{tolerance}</answer>'
    if amount.units:
        yield "<units>" + "".join(f"<unit><multiplier>1</multiplier><unit_name>{quoted(unit)}</unit_name></unit>" for unit in amount.units) + "</units>"
        yield "<unitgradingtype>0</unitgradingtype><showunits>0</showunits>"


def _losses(question: Question) -> Iterator[Loss]:
    if "scoring:all_or_nothing" in question.tags:
        yield Loss(SCORING_ONLY_TAG)
    if question.shape is Shape.ESSAY:
        yield Loss(LONGEST_ONLY_TAG)
