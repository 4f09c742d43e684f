"""What libraries of others make of files that we write: pygiftparser of GIFT; pyslet of QTI items, whose scoring it runs, and of their packages.

pyslet knows the namespace of QTI 2.1 alone, which has all that we write of 2.2, and no templates of response processing: both are put in their places here, the
templates as the specification words them. It minds capitals in typed answers whatever the item says.
"""

import locale
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pyslet import imscpv1p2
from pyslet.html401 import Blockquote, Br, P
from pyslet.qtiv2 import interactions, variables
from pyslet.qtiv2.content import RubricBlock
from pyslet.qtiv2.core import View
from pyslet.qtiv2.expressions import Equal
from pyslet.qtiv2.xml import QTIDocument

with warnings.catch_warnings(), patch.object(locale, "getdefaultlocale", lambda: ("en", "UTF-8")):
    warnings.simplefilter("ignore", DeprecationWarning)
    from pygiftparser import answer as gift
    from pygiftparser.parser import parseFile
    from pygiftparser.utils import transformSpecials

Equal.XMLATTR_tolerance = ("tolerance", str, str, list)
"""pyslet declares one value, where the specification has a list and its own code looks for one."""

TEMPLATES = {
    "match_correct": """<responseProcessing><responseCondition>
<responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>
<responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>
</responseCondition></responseProcessing>""",
    "map_response": """<responseProcessing><responseCondition>
<responseIf><isNull><variable identifier="RESPONSE"/></isNull>
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">0.0</baseValue></setOutcomeValue></responseIf>
<responseElse><setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue></responseElse>
</responseCondition></responseProcessing>""",
}


def words_of(text: str) -> list[str]:
    """What a text says, however it is laid out."""
    return text.split()


# GIFT


@dataclass(frozen=True)
class ForeignGift:
    """A question of a GIFT file as pygiftparser understands it: its kind of answers, and each with its part of the marks in percent."""

    title: str
    markup: str
    text: str
    kind: str
    answers: tuple[tuple[str, float], ...]
    feedback: str


def gift_questions(text: str) -> list[ForeignGift]:
    """The questions of a file."""
    return [_gift_question(question) for question in parseFile(StringIO(text))]


def _gift_question(question: Any) -> ForeignGift:
    assert question.valid and question.answers.valid, question.source
    answers = tuple(_gift_answer(answer) for answer in getattr(question.answers, "answers", ()))
    kind = {gift.SelectSet: "choice", gift.MultipleChoicesSet: "multiple", gift.ShortSet: "text", gift.NumericAnswerSet: "number", gift.Essay: "essay"}
    return ForeignGift(_plain(question.title), question.markup, _plain(question.text), kind[type(question.answers)], answers, _plain(question.generalFeedback))


def _gift_answer(answer: Any) -> tuple[str, float]:
    """It takes every arrow for that of a pair, and no word before an answer for its format."""
    if isinstance(answer, gift.NumericAnswer):
        return f"{answer.value}:{float(answer.tolerance)}", float(answer.fraction)
    text = f"{answer.question}->{answer.answer}" if answer.isMatching else answer.answer
    return _plain(text.removeprefix("[plain]")), float(answer.fraction)


def _plain(text: str) -> str:
    return transformSpecials(text.replace("\\n", "\n"))


# QTI


class ForeignItem:
    """An item of QTI as pyslet understands it."""

    def __init__(self, text: str) -> None:
        for name, rules in TEMPLATES.items():
            text = text.replace(f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/{name}"/>', rules)
        assert "rptemplates" not in text
        document = QTIDocument()
        document.read(src=BytesIO(text.replace("imsqti_v2p2", "imsqti_v2p1").encode()))
        self.item = document.root
        (self.declaration,) = self.item.ResponseDeclaration
        (self.interaction,) = self.item.ItemBody.find_children_depth_first(interactions.Interaction)

    @property
    def stem(self) -> str:
        """What is asked: the text before the interaction, without what is quoted."""
        return _text_of(self.item.ItemBody, without=(interactions.Interaction, Blockquote, RubricBlock))

    @property
    def passage(self) -> str:
        """What is quoted in it."""
        return " ".join(_text_of(each) for each in self.item.ItemBody.find_children_depth_first(Blockquote))

    @property
    def rubric(self) -> str:
        """What only scorers see."""
        return " ".join(_text_of(each) for each in self.item.ItemBody.find_children_depth_first(RubricBlock) if list(each.view) == [View.scorer])

    @property
    def choices(self) -> dict[str, str]:
        """The texts of options or steps, by their identifiers."""
        return {choice.identifier: _text_of(choice) for choice in self.interaction.find_children_depth_first(interactions.SimpleChoice)}

    @property
    def right(self) -> Any:
        """The response that is declared right."""
        return self.declaration.get_correct_value().value

    @property
    def feedback(self) -> str:
        """What is said to everybody once they answered: the feedback whose name the outcome has by then."""
        state = self._answered(None)
        return " ".join(_text_of(each) for each in self.item.QTIModalFeedback if state[each.outcomeIdentifier].value == each.identifier)

    def score(self, response: str | float | Sequence[str]) -> float:
        """What the item's own scoring gives for this response."""
        return float(self._answered(response)["SCORE"].value)

    def _answered(self, response: str | float | Sequence[str] | None) -> Any:
        state = variables.ItemSessionState(self.item)
        state.begin_session()
        state["RESPONSE"].set_value(list(response) if isinstance(response, list | tuple) else response)
        state.end_attempt()
        return state


def _text_of(element: Any, without: tuple[type, ...] = ()) -> str:
    return "".join(_pieces(element, without)).strip()


def _pieces(element: Any, without: tuple[type, ...]) -> Iterator[str]:
    for child in element.get_children():
        if isinstance(child, str):
            yield child
        elif isinstance(child, Br):
            yield "\n"
        elif not isinstance(child, without):
            yield from _pieces(child, without)
            if isinstance(child, P):
                yield "\n\n"


def package_items(path: Path) -> dict[str, str]:
    """The items of a package, as a reader of IMS content packages finds them by its manifest: the text of each by its identifier."""
    package = imscpv1p2.ContentPackage(str(path))
    try:
        return {each.id: Path(str(package.dPath), str(each.href)).read_text(encoding="utf-8") for each in package.manifest.root.Resources.Resource}
    finally:
        package.close()
