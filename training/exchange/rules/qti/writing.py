"""Questions written as QTI 2.2 items. Texts stand in paragraphs with their Markdown signs, as QTI has no Markdown."""

import re
from collections.abc import Iterator, Sequence

from training.exchange.rules.qti.bodies import written
from training.exchange.rules.questions import WHOLE, Loss, NotCarried, Question, Shape, Written
from training.exchange.rules.wording import MARKDOWN_SIGNS, UNITS_ONLY_TAG
from training.exchange.rules.xml_reading import quoted

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"
_SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"
_ENTRY = '<p class="answer"><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
_FEEDBACK = (
    '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier">'
    "<defaultValue><value>rationale</value></defaultValue></outcomeDeclaration>"
)
"""By its name, which nothing changes, the rationale is shown whatever was answered."""
_LOOKS = re.compile(r"[*_`#>\[\]]|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)


def identifier_of(name: str) -> str:
    """A name as QTI identifies by it: it begins with a letter or an underscore."""
    return name if name[:1].isalpha() else f"_{name}"


def qti_item(question: Question) -> Written:
    """One item as a file. Raises NotCarried where QTI has nothing like it."""
    asked = _asked(question)
    language = next((tag.partition(":")[2] for tag in question.tags if tag.startswith("language:")), "")
    spoken = f' xml:lang="{quoted(language)}"' if language else ""
    head = f'<assessmentItem xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{_SCHEMA}"'
    about = f'identifier="{quoted(identifier_of(question.name))}" title="{quoted(question.name)}" adaptive="false" timeDependent="false"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"{head} {about}{spoken}>",
        *asked.declaration,
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>',
        *([_FEEDBACK] if question.rationale else []),
        "<itemBody>",
        written(question.stem),
        *asked.body,
        "</itemBody>",
        *asked.processing,
        *_rationale(question),
        "</assessmentItem>",
    ]
    return Written("\n".join(lines) + "\n", tuple(_losses(question)))


def _rationale(question: Question) -> Iterator[str]:
    if question.rationale:
        yield f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="rationale" showHide="show">{written(question.rationale)}</modalFeedback>'


def _losses(question: Question) -> Iterator[Loss]:
    if _LOOKS.search(question.stem):
        yield Loss(MARKDOWN_SIGNS)
    if question.amount is not None and question.amount.units:
        yield Loss(UNITS_ONLY_TAG, ", ".join(question.amount.units))


class _Asked:
    """What an item declares, shows and counts, by its shape."""

    def __init__(self, declaration: Sequence[str], body: Sequence[str], processing: Sequence[str]) -> None:
        self.declaration, self.body, self.processing = declaration, body, processing


def _asked(question: Question) -> _Asked:
    if question.shape in {Shape.CHOICE, Shape.MULTIPLE}:
        return _choice(question)
    if question.shape is Shape.ORDERING:
        return _order(question)
    if question.shape is Shape.TEXT:
        return _typed(question)
    if question.shape is Shape.NUMBER:
        return _number(question)
    if question.shape is Shape.ESSAY:
        return _essay(question)
    raise NotCarried("QTI is not written for questions of this kind")


def _declared(cardinality: str, base: str, right: Sequence[str], more: str = "") -> str:
    values = "".join(f"<value>{quoted(value)}</value>" for value in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    return f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">{correct}{more}</responseDeclaration>'


def _processed(template: str) -> str:
    return f'<responseProcessing template="{_TEMPLATES}{template}"/>'


def _shown(choices: Sequence[tuple[str, str]]) -> list[str]:
    return [f'<simpleChoice identifier="{name}">{written(text)}</simpleChoice>' for name, text in choices]


def _choice(question: Question) -> _Asked:
    names = [f"choice_{position}" for position in range(1, len(question.answers) + 1)]
    is_multiple = question.shape is Shape.MULTIPLE
    is_shared = is_multiple and "scoring:all_or_nothing" not in question.tags
    right = [name for name, answer in zip(names, question.answers, strict=True) if answer.weight > 0]
    entries = "".join(f'<mapEntry mapKey="{name}" mappedValue="{answer.weight / WHOLE:f}"/>' for name, answer in zip(names, question.answers, strict=True))
    mapping = f'<mapping lowerBound="0" defaultValue="0">{entries}</mapping>' if is_shared else ""
    opening = f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{0 if is_multiple else 1}">'
    shown = _shown([(name, answer.text) for name, answer in zip(names, question.answers, strict=True)])
    return _Asked(
        [_declared("multiple" if is_multiple else "single", "identifier", right, mapping)],
        [opening, *shown, "</choiceInteraction>"],
        [_processed("map_response" if is_shared else "match_correct")],
    )


def _order(question: Question) -> _Asked:
    """The steps stand by their letters, so that their place gives nothing away."""
    shown = sorted(question.steps)
    names = {step: f"step_{position}" for position, step in enumerate(shown, start=1)}
    return _Asked(
        [_declared("ordered", "identifier", [names[step] for step in question.steps])],
        ['<orderInteraction responseIdentifier="RESPONSE" shuffle="true">', *_shown([(names[step], step) for step in shown]), "</orderInteraction>"],
        [_processed("match_correct")],
    )


def _typed(question: Question) -> _Asked:
    texts = [answer.text for answer in question.answers]
    entries = "".join(f'<mapEntry mapKey="{quoted(text)}" mappedValue="1" caseSensitive="false"/>' for text in texts)
    mapping = f'<mapping defaultValue="0">{entries}</mapping>'
    return _Asked([_declared("single", "string", texts[:1], mapping)], [_ENTRY], [_processed("map_response")])


def _number(question: Question) -> _Asked:
    amount = question.amount
    if amount is None:
        raise NotCarried("no number is right")
    mode = f'toleranceMode="absolute" tolerance="{amount.tolerance:f}"' if amount.tolerance is not None else 'toleranceMode="exact"'
    processing = (
        f"<responseProcessing><responseCondition><responseIf><equal {mode}>"
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition></responseProcessing>"
    )
    return _Asked([_declared("single", "float", [f"{amount.number:f}"])], [_ENTRY], [processing])


def _essay(question: Question) -> _Asked:
    passage = [written(question.passage, "blockquote")] if question.passage else []
    parts = "".join(written(words, "div", f' id="{criterion}"') for criterion, words in question.rubric.items())
    rubric = [f'<rubricBlock view="scorer">{parts}</rubricBlock>'] if parts else []
    longest = f' expectedLength="{question.longest}"' if question.longest else ""
    return _Asked([_declared("single", "string", [])], [*passage, *rubric, f'<extendedTextInteraction responseIdentifier="RESPONSE"{longest}/>'], [])
