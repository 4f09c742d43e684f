"""Our items as questions, and questions as our items."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from training.exams.documents import ItemDocument
from training.exams.rules.blueprint import Criterion, ItemKind, Scoring
from training.exchange.rules.questions import WHOLE, Amount, Answer, Loss, NoQuestion, NotCarried, Question, Shape, facts_in, length_in, tags_of
from training.exchange.rules.wording import CRITICAL_ONLY_TAG, TAGS, WEIGHTS

_TAG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?")
MOST_TAGS = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHAPES = {
    ItemKind.SINGLE: Shape.CHOICE,
    ItemKind.MULTIPLE: Shape.MULTIPLE,
    ItemKind.ORDERING: Shape.ORDERING,
    ItemKind.REPLY: Shape.ESSAY,
}
_ONLY_OURS = {
    ItemKind.CASE: "a case item is the labelling of a case, which is asked only here",
    ItemKind.EVIDENCE: "marking evidence in a text, picture or recording is asked only here",
    ItemKind.TYPING: "a typing test is asked only here",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A question as the fields of an item, as far as it says them, and what of it no item has a place for."""

    values: Mapping[str, Any]
    losses: tuple[Loss, ...]


def question_of(item: ItemDocument) -> tuple[Question, tuple[Loss, ...]]:
    """An item as a question, with its facts as tags. Raises NotCarried for kinds that other programs do not have."""
    if item.kind in _ONLY_OURS:
        raise NotCarried(_ONLY_OURS[item.kind])
    critical = sorted(item.key.critical)
    scoring = (item.scoring or Scoring.ALL_OR_NOTHING).value if item.kind is ItemKind.MULTIPLE else None
    tags = tags_of(
        {
            "language": item.language,
            "area": item.area,
            "severity": item.severity,
            "decision_class": item.decision_class,
            "difficulty": item.difficulty,
            "family": item.family,
            "clause": item.clauses,
            "scoring": scoring,
            "critical": critical,
            "longest": str(item.reply.longest) if item.reply else None,
            "unit": item.answer.units if item.answer else None,
        }
    )
    about: dict[str, Any] = {"rationale": item.rationale or "", "tags": (*tags, *item.tags)}
    question = Question(1, item.id, _shape(item), item.stem or "", _answers(item), **about, **_parts(item))
    return question, (Loss(CRITICAL_ONLY_TAG, ", ".join(critical)),) if critical else ()


def _shape(item: ItemDocument) -> Shape:
    if item.answer is not None:
        return Shape.TEXT if item.answer.number is None else Shape.NUMBER
    return _SHAPES[item.kind]


def _answers(item: ItemDocument) -> tuple[Answer, ...]:
    """Options with their weights: of several right ones each has its share, and a wrong one takes a share away, or everything."""
    if item.answer is not None:
        return tuple(Answer(text, WHOLE) for text in item.answer.texts)
    right = WHOLE / max(len(item.key.correct), 1)
    wrong = Decimal(0) if item.kind is ItemKind.SINGLE else -right if item.scoring is Scoring.PARTIAL else -WHOLE
    return tuple(Answer(option.text, right if option.correct else wrong) for option in item.options)


def _parts(item: ItemDocument) -> dict[str, Any]:
    if item.reply is not None:
        rubric = {criterion.value: item.reply.rubric[criterion] for criterion in Criterion}
        return {"passage": item.reply.ticket, "rubric": rubric, "longest": item.reply.longest}
    if item.answer is not None and item.answer.number is not None:
        return {"amount": Amount(item.answer.number, item.answer.tolerance, item.answer.units)}
    return {"steps": item.steps or ()}


def item_values(question: Question) -> Carried:
    """A question as the fields of an item. Raises NoQuestion where no kind of item is like it."""
    facts, others = facts_in(question.tags)
    tags, strange = _own_tags(others)
    losses = [*question.losses, *([Loss(TAGS, ", ".join(strange)[:200])] if strange else [])]
    about: dict[str, Any] = {
        name: values[-1] for name, values in facts.items() if name in {"language", "area", "severity", "decision_class", "difficulty", "family"}
    }
    if "clause" in facts:
        about["clauses"] = facts["clause"]
    if tags:
        about["tags"] = tags
    part = _part(question, facts, losses)
    said = {"stem": question.stem, **part, **({"rationale": question.rationale} if question.rationale else {})}
    return Carried({**about, **said}, tuple(losses))


def _own_tags(tags: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tags as items have them, as many as an item may have, and those that cannot be."""
    by_tag = {tag: re.sub(r"[\s_]+", "-", tag.strip().lower()) for tag in tags}
    own = list(dict.fromkeys(tag for tag in by_tag.values() if _TAG.fullmatch(tag)))[:MOST_TAGS]
    return own, [tag for tag, written in by_tag.items() if written not in own]


def _part(question: Question, facts: Mapping[str, Sequence[str]], losses: list[Loss]) -> dict[str, Any]:
    if question.shape in {Shape.CHOICE, Shape.MULTIPLE}:
        return _options(question, facts, losses)
    if question.shape is Shape.ORDERING:
        return {"kind": ItemKind.ORDERING.value, "steps": list(question.steps)}
    if question.shape is Shape.TEXT:
        return {"kind": ItemKind.SHORT.value, "answer": {"texts": _texts(question, losses)}}
    if question.shape is Shape.NUMBER and question.amount is not None:
        return {"kind": ItemKind.SHORT.value, "answer": _number(question.amount, facts)}
    if question.shape is Shape.ESSAY:
        return {"kind": ItemKind.REPLY.value, "reply": _reply(question, facts)}
    if question.shape is Shape.TRUE_FALSE:
        raise NoQuestion("asks whether something is true, which half of those who guess get right", "write it as a choice of 3 to 6 options")
    raise NoQuestion("is a matching question, which no kind of item is", "write a choice for each pair, or an order")


def _options(question: Question, facts: Mapping[str, Sequence[str]], losses: list[Loss]) -> dict[str, Any]:
    is_single = question.shape is Shape.CHOICE
    right = [answer.weight >= WHOLE if is_single else answer.weight > 0 for answer in question.answers]
    if not any(right):
        raise NoQuestion("says of no option that it is right", "give the right one the whole weight")
    scoring = facts.get("scoring", [_scoring(question)])[-1]
    losses += _weight_losses(question, right, scoring)
    critical = set(facts.get("critical", ()))
    options = []
    for letter, answer, is_right in zip(LETTERS, question.answers, right, strict=False):
        options.append({"id": letter, "text": answer.text, **({"correct": True} if is_right else {}), **({"critical": True} if letter in critical else {})})
    is_partial = not is_single and scoring == Scoring.PARTIAL
    return {
        "kind": (ItemKind.SINGLE if is_single else ItemKind.MULTIPLE).value,
        "options": options,
        **({"scoring": Scoring.PARTIAL.value} if is_partial else {}),
    }


def _scoring(question: Question) -> str:
    """All or nothing where a single wrong option takes everything away, or where one is right; else by parts."""
    wrong = [answer.weight for answer in question.answers if answer.weight <= 0]
    return Scoring.ALL_OR_NOTHING if wrong and all(weight <= -WHOLE for weight in wrong) else Scoring.PARTIAL


def _weight_losses(question: Question, right: Sequence[bool], scoring: str) -> Iterator[Loss]:
    """Weights that the marking of an item does not give."""
    share = WHOLE / sum(right)
    wrong = Decimal(0) if question.shape is Shape.CHOICE else -share if scoring == Scoring.PARTIAL else -WHOLE
    for answer, is_right in zip(question.answers, right, strict=True):
        if abs(answer.weight - (share if is_right else wrong)) > Decimal("0.01"):
            yield Loss(WEIGHTS, f"{answer.text[:40]}: {answer.weight:.2f} %")


def _texts(question: Question, losses: list[Loss]) -> list[str]:
    texts = []
    for answer in question.answers:
        if answer.weight < WHOLE:
            losses.append(Loss(WEIGHTS, f"{answer.text[:40]}: {answer.weight:.2f} %"))
        elif answer.text:
            texts.append(answer.text)
    if not texts:
        raise NoQuestion("says no text that is right", "give one of them the whole weight")
    return texts


def _number(amount: Amount, facts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    units = list(amount.units or facts.get("unit", ()))
    said: dict[str, Any] = {"number": amount.number}
    if amount.tolerance is not None:
        said["tolerance"] = amount.tolerance
    return said | ({"units": units} if units else {})


def _reply(question: Question, facts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    longest = question.longest or next((found for said in facts.get("longest", ()) if (found := length_in(said))), None)
    rubric = {criterion: question.rubric[criterion] for criterion in Criterion if question.rubric.get(criterion)}
    return {"ticket": question.passage, "rubric": rubric, **({"longest": longest} if longest else {})}
