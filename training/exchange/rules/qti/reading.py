"""Items read from QTI 2.1 and 2.2: https://www.imsglobal.org/question/. One interaction an item: choice, order, text entry or extended text."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from training.cases.importing.records import BrokenFile
from training.exchange.rules.qti.bodies import INTERACTIONS, passage_of, said, stem_of
from training.exchange.rules.questions import WHOLE, Amount, Answer, Loss, NoQuestion, Question, Row, Shape, Unfit, decimal_in, length_in
from training.exchange.rules.wording import ANSWER_FEEDBACK, CASE_MATTERS, PICTURE
from training.exchange.rules.xml_reading import Element, whole

_VERSIONS = ("imsqti_v2p1", "imsqti_v2p2")


def item_row(held: bytes, tags: tuple[str, ...] = ()) -> Row:
    """The item in a file, with what its package says of it. Raises BrokenFile where the file holds no QTI item."""
    item = whole(held, "assessmentItem")
    if item.namespace and not any(version in item.namespace for version in _VERSIONS):
        raise BrokenFile(item.line, f"is QTI of another version: {item.namespace[:80]}", "export it as QTI 2.1 or 2.2")
    name = item.attributes.get("identifier", "").removeprefix("_")
    try:
        return _Reading(item, name, tags).question()
    except NoQuestion as error:
        return Unfit(item.line, name, error.problem, error.remedy)


class _Reading:
    """One item being read, with what is lost on the way."""

    def __init__(self, item: Element, name: str, tags: tuple[str, ...]) -> None:
        self._item, self._name, self._tags = item, name, tags
        self._losses: list[Loss] = []
        self._pictures = 0

    def question(self) -> Question:
        """The question. Raises NoQuestion where nothing here is like it."""
        body = self._item.child("itemBody")
        if body is None:
            raise NoQuestion("has no itemBody", "export it again")
        interaction = self._interaction(body)
        stem = self._noted(stem_of(body))
        if not stem:
            raise NoQuestion("the question has no text", "write what is asked")
        language = self._item.attributes.get("lang", "")[:2].lower()
        tags = (*self._tags, *([f"language:{language}"] if language and not any(tag.startswith("language:") for tag in self._tags) else []))
        about = Question(self._item.line, self._name, Shape.ESSAY, stem, rationale=self._rationale(), tags=tags)
        made = _SHAPES[interaction.name](self, interaction, replace(about, passage=passage_of(body), rubric=self._rubric(body)))
        if self._pictures:
            self._losses.append(Loss(PICTURE, str(self._pictures)))
        return replace(made, losses=tuple(self._losses))

    @staticmethod
    def _interaction(body: Element) -> Element:
        found = [each for each in body.descendants() if each.name.endswith("Interaction")]
        if len(found) != 1:
            raise NoQuestion(f"asks {len(found)} things", "divide it, so that an item asks one thing")
        if found[0].name not in INTERACTIONS:
            raise NoQuestion(f"is answered by {found[0].name}", "bring in choice, order, text entry and extended text")
        return found[0]

    def _noted(self, found: tuple[str, int]) -> str:
        self._pictures += found[1]
        return found[0].strip()

    def _rationale(self) -> str:
        feedbacks = self._item.all("modalFeedback")
        ours = next((each for each in feedbacks if each.attributes.get("identifier") == "rationale"), None)
        self._losses += [Loss(ANSWER_FEEDBACK, self._noted(said(each, is_plain=True))[:80]) for each in feedbacks if each is not ours]
        return self._noted(said(ours, is_plain=True)) if ours is not None else ""

    def _rubric(self, body: Element) -> dict[str, str]:
        rubric: dict[str, str] = {}
        for block in (each for each in body.descendants() if each.name == "rubricBlock"):
            for part in block.children:
                if "id" in part.attributes:
                    rubric[part.attributes["id"]] = self._noted(said(part, is_plain=True))
            if not any("id" in part.attributes for part in block.children):
                self._losses.append(Loss("what is said to markers", self._noted(said(block, is_plain=True))[:80]))
        return rubric

    def _declaration(self, interaction: Element) -> Element:
        name = interaction.attributes.get("responseIdentifier", "")
        found = next((each for each in self._item.all("responseDeclaration") if each.attributes.get("identifier") == name), None)
        if found is None:
            raise NoQuestion(f"has no responseDeclaration {name[:40]}", "export it again with its answers")
        return found

    def _choices(self, interaction: Element) -> dict[str, str]:
        for feedback in (each for each in interaction.descendants() if each.name in {"feedbackInline", "feedbackBlock"}):
            self._losses.append(Loss(ANSWER_FEEDBACK, self._noted(said(feedback, is_plain=True))[:80]))
        return {each.attributes.get("identifier", ""): self._noted(said(each, is_plain=True)) for each in interaction.all("simpleChoice")}

    def choice(self, interaction: Element, about: Question) -> Question:
        """One or several of the options, with their marks."""
        declared, choices = self._declaration(interaction), self._choices(interaction)
        is_multiple = declared.attributes.get("cardinality") == "multiple"
        weights = self._weights(declared, set(choices), is_multiple)
        answers = tuple(Answer(text, weights.get(name, Decimal(0))) for name, text in choices.items())
        return replace(about, shape=Shape.MULTIPLE if is_multiple else Shape.CHOICE, answers=answers)

    def _weights(self, declared: Element, names: set[str], is_multiple: bool) -> dict[str, Decimal]:
        """Of each option in percent of the marks. Without a mapping all must be as declared: what is wrong takes everything."""
        entries = _mapping(declared)
        best = sum(value for value in entries.values() if value > 0) if is_multiple else max(entries.values(), default=Decimal(0))
        if entries and best > 0 and (self._is_mapped() or not _values(declared)):
            return {name: value * WHOLE / best for name, value in entries.items()}
        right = _values(declared)
        wrong = -WHOLE if is_multiple else Decimal(0)
        return {name: WHOLE / len(right) if name in right else wrong for name in names} if right else {}

    def _is_mapped(self) -> bool:
        processing = self._item.child("responseProcessing")
        if processing is None:
            return False
        return "map_response" in processing.attributes.get("template", "") or any(each.name == "mapResponse" for each in processing.descendants())

    def order(self, interaction: Element, about: Question) -> Question:
        """Steps, in the order that is declared as right."""
        choices, right = self._choices(interaction), _values(self._declaration(interaction))
        if sorted(right) != sorted(choices):
            raise NoQuestion("does not say the right order of all of its choices", "declare it as correctResponse")
        return replace(about, shape=Shape.ORDERING, steps=tuple(choices[name] for name in right))

    def typed(self, interaction: Element, about: Question) -> Question:
        """A number or a few words."""
        declared = self._declaration(interaction)
        if declared.attributes.get("baseType") in {"float", "integer"}:
            return replace(about, shape=Shape.NUMBER, amount=self._amount(declared))
        entries = _mapping(declared)
        mapping = declared.child("mapping")
        if mapping is not None and any(each.attributes.get("caseSensitive", "true") == "true" for each in mapping.children):
            self._losses.append(Loss(CASE_MATTERS))
        best = max(entries.values(), default=Decimal(0))
        answers = [Answer(text, value * WHOLE / best) for text, value in entries.items() if best > 0]
        answers = answers or [Answer(text, WHOLE) for text in _values(declared)]
        return replace(about, shape=Shape.TEXT, answers=tuple(answers))

    def _amount(self, declared: Element) -> Amount:
        right = _values(declared)
        if len(right) != 1:
            raise NoQuestion("does not say which number is right", "declare one as correctResponse")
        return Amount(decimal_in(right[0]), self._tolerance())

    def _tolerance(self) -> Decimal | None:
        processing = self._item.child("responseProcessing")
        equal = next((each for each in processing.descendants() if each.name == "equal"), None) if processing else None
        if equal is None or equal.attributes.get("toleranceMode", "exact") == "exact":
            return None
        if equal.attributes["toleranceMode"] != "absolute":
            self._losses.append(Loss("what the number may be off by in percent", equal.attributes.get("tolerance", "")))
            return None
        return max(decimal_in(each) for each in equal.attributes.get("tolerance", "0").split() or ["0"])

    def essay(self, interaction: Element, about: Question) -> Question:
        """A text that markers read."""
        return replace(about, shape=Shape.ESSAY, longest=length_in(interaction.attributes.get("expectedLength", "")))


def _values(declared: Element) -> list[str]:
    right = declared.child("correctResponse")
    return [each.text.strip() for each in right.all("value")] if right else []


def _mapping(declared: Element) -> dict[str, Decimal]:
    mapping = declared.child("mapping")
    return {each.attributes.get("mapKey", ""): decimal_in(each.attributes.get("mappedValue", "0")) for each in (mapping.all("mapEntry") if mapping else ())}


_SHAPES: Mapping[str, Callable[[_Reading, Element, Question], Question]] = {
    "choiceInteraction": _Reading.choice,
    "orderInteraction": _Reading.order,
    "textEntryInteraction": _Reading.typed,
    "extendedTextInteraction": _Reading.essay,
}
