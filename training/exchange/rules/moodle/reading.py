"""Questions read from Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from training.exchange.rules.markdown_texts import as_markdown, as_plain
from training.exchange.rules.passages import passage_in, rubric_in
from training.exchange.rules.questions import WHOLE, Amount, Answer, Loss, NoQuestion, Question, Row, Shape, Unfit, decimal_in, typed_answers
from training.exchange.rules.wording import ANSWER_FEEDBACK, CASE_MATTERS, CATEGORY, HINTS, OTHER_NUMBERS, PENALTY, PICTURE
from training.exchange.rules.xml_reading import Element, elements

_FORMATS = {"html": "html", "markdown": "markdown", "plain_text": "plain"}
_EXACTLY = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def moodle_rows(pieces: Iterable[bytes]) -> Iterator[Row]:
    """The questions of a Moodle XML file, each with its line. Raises BrokenFile where it is not read further."""
    category = ""
    for element in elements(pieces, depth=2, root="quiz"):
        if element.name != "question":
            continue
        if element.attributes.get("type") == "category":
            category = element.text_of("category", "text")
            continue
        yield _row(element, category)


def _row(element: Element, category: str) -> Row:
    name = element.text_of("idnumber") or element.text_of("name", "text")
    try:
        return _Reading(element, name, category).question()
    except NoQuestion as error:
        return Unfit(element.line, name, error.problem, error.remedy)


class _Reading:
    """One question being read, with what is lost on the way."""

    def __init__(self, element: Element, name: str, category: str) -> None:
        self._element, self._name = element, name
        self._pictures = sum(each.name == "file" for each in element.descendants())
        self._losses = [Loss(CATEGORY, category)] if category else []

    def question(self) -> Question:
        """The question. Raises NoQuestion where it is of a type that nothing here is like."""
        kind = self._element.attributes.get("type", "")
        if kind not in _SHAPES:
            raise NoQuestion(f"is a question of the type {kind or 'that it does not say'}", "bring in choices, typed answers, numbers, orders and essays")
        text = self._element.child("questiontext")
        stem = self._markdown(text) if text else ""
        if not stem:
            raise NoQuestion("the question has no text", "write what is asked")
        about = Question(self._element.line, self._name, Shape.ESSAY, stem, rationale=self._plain(self._element.child("generalfeedback")), tags=self._tags())
        made = _SHAPES[kind](self, about)
        self._note_the_rest()
        return replace(made, losses=tuple(self._losses))

    def _tags(self) -> tuple[str, ...]:
        tags = self._element.child("tags")
        return tuple(text for tag in (tags.all("tag") if tags else ()) if (text := tag.text_of("text")))

    def _markdown(self, element: Element) -> str:
        text, pictures = as_markdown(element.text_of("text"), self._format(element))
        self._pictures += pictures
        return text

    def _plain(self, element: Element | None) -> str:
        if element is None:
            return ""
        text, pictures = as_plain(element.text_of("text"), self._format(element))
        self._pictures += pictures
        return text

    @staticmethod
    def _format(element: Element) -> str:
        return _FORMATS.get(element.attributes.get("format", ""), "moodle")

    def _note_the_rest(self) -> None:
        said = [self._plain(self._element.child(name)) for name in _EXACTLY]
        self._losses += [Loss(ANSWER_FEEDBACK, text[:80]) for text in said if text and not text.startswith("Your answer is")]
        if self._element.child("hint") is not None:
            self._losses.append(Loss(HINTS))
        if decimal_in(self._element.text_of("penalty") or "0") > 0:
            self._losses.append(Loss(PENALTY))
        if self._pictures:
            self._losses.append(Loss(PICTURE, str(self._pictures)))

    def _answers(self) -> tuple[Answer, ...]:
        return tuple(self._answer(element) for element in self._element.all("answer"))

    def _answer(self, element: Element) -> Answer:
        feedback = self._plain(element.child("feedback"))
        if feedback:
            self._losses.append(Loss(ANSWER_FEEDBACK, feedback[:80]))
        return Answer(self._plain_text(element), decimal_in(element.attributes.get("fraction", "0")))

    def _plain_text(self, element: Element) -> str:
        text, pictures = as_plain(element.text_of("text"), self._format(element))
        self._pictures += pictures
        return text

    def choice(self, about: Question) -> Question:
        """One or several of the options."""
        is_single = self._element.text_of("single").lower() not in {"false", "0"}
        return replace(about, shape=Shape.CHOICE if is_single else Shape.MULTIPLE, answers=self._answers())

    def truth(self, about: Question) -> Question:
        """True or false."""
        right = next((answer.text for answer in self._answers() if answer.weight == WHOLE), "")
        return replace(about, shape=Shape.TRUE_FALSE, is_true=right.strip().lower() == "true")

    def typed(self, about: Question) -> Question:
        """A few words."""
        if self._element.text_of("usecase") == "1":
            self._losses.append(Loss(CASE_MATTERS))
        answers, losses = typed_answers(self._answers())
        self._losses += losses
        return replace(about, shape=Shape.TEXT, answers=answers)

    def matching(self, about: Question) -> Question:
        """Pairs."""
        pairs = [(self._plain(each), each.text_of("answer", "text")) for each in self._element.all("subquestion")]
        return replace(about, shape=Shape.MATCHING, pairs=tuple(pairs))

    def ordering(self, about: Question) -> Question:
        """Steps, in their right order."""
        return replace(about, shape=Shape.ORDERING, steps=tuple(answer.text for answer in self._answers()))

    def number(self, about: Question) -> Question:
        """A number, with what it may be off by and its units."""
        right = [each for each in self._element.all("answer") if decimal_in(each.attributes.get("fraction", "0")) == WHOLE]
        if not right:
            raise NoQuestion("no number is worth all of the marks", "give one of them the fraction 100")
        self._losses += [Loss(OTHER_NUMBERS, each.text_of("text")) for each in self._element.all("answer") if each is not right[0]]
        if feedback := self._plain(right[0].child("feedback")):
            self._losses.append(Loss(ANSWER_FEEDBACK, feedback[:80]))
        tolerance = decimal_in(right[0].text_of("tolerance")) if right[0].text_of("tolerance") else None
        amount = Amount(decimal_in(right[0].text_of("text")), tolerance, tuple(self._units()))
        return replace(about, shape=Shape.NUMBER, amount=amount)

    def _units(self) -> Iterator[str]:
        units = self._element.child("units")
        for unit in units.all("unit") if units else ():
            if decimal_in(unit.text_of("multiplier") or "1") == 1:
                yield unit.text_of("unit_name")
            else:
                self._losses.append(Loss("a unit in which the number is another", unit.text_of("unit_name")))

    def essay(self, about: Question) -> Question:
        """A text that markers read."""
        info = self._element.child("graderinfo")
        stem, passage = passage_in(about.stem)
        written = info.text_of("text") if info else ""
        rubric = rubric_in(written) if info and self._format(info) == "markdown" else {}
        if written and not rubric:
            self._losses.append(Loss("what is said to markers", self._plain(info)[:80]))
        return replace(about, shape=Shape.ESSAY, stem=stem, passage=passage, rubric=rubric)


_SHAPES: Mapping[str, Callable[[_Reading, Question], Question]] = {
    "multichoice": _Reading.choice,
    "truefalse": _Reading.truth,
    "shortanswer": _Reading.typed,
    "numerical": _Reading.number,
    "matching": _Reading.matching,
    "ordering": _Reading.ordering,
    "essay": _Reading.essay,
}
