"""Whether a new version of an item says the same in better words, so that what is known of the one before goes on counting."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from training.exams.rules.blueprint import ItemKind, Traits

Document = Mapping[str, Any]


def changed_key(kind: ItemKind, before: Document, after: Document) -> tuple[str, ...]:
    """The fields in which two stored versions ask for another answer, or mark it otherwise. Words may differ, right answers may not."""
    return tuple(name for name, is_same in _FIELDS[kind] if not is_same(before, after))


def changed_traits(before: Traits, after: Traits) -> tuple[str, ...]:
    """What they are counted as, where that differs; how difficult an author thinks an item is changes nothing that was measured."""
    return tuple(name for name in ("area", "severity", "decision_class", "language", "kind") if getattr(before, name) != getattr(after, name))


def _is_same(*path: str) -> Callable[[Document, Document], bool]:
    return lambda before, after: _at(before, path) == _at(after, path)


def _at(document: Any, path: Sequence[str]) -> Any:
    for name in path:
        document = (document or {}).get(name)
    return document


def _options_stay(before: Document, after: Document) -> bool:
    """The same options are right and critical, and none took the words of another."""
    told = [[(option["id"], bool(option.get("correct")), bool(option.get("critical"))) for option in each["options"]] for each in (before, after)]
    return told[0] == told[1] and _texts_stay(before["options"], after["options"])


def _steps_stay(before: Document, after: Document) -> bool:
    """As many steps, in the same order: steps are named by their places, so a moved one shows by its words alone."""
    return len(before["steps"]) == len(after["steps"]) and _texts_stay(before["steps"], after["steps"])


def _texts_stay(before: Sequence[Document], after: Sequence[Document]) -> bool:
    places = {part["text"]: place for place, part in enumerate(before)}
    return all(places.get(part["text"], place) == place for place, part in enumerate(after))


def _marks_stay(before: Document, after: Document) -> bool:
    """The same words are to be marked in a text, wherever they stand now; the same stretches and regions in the same file."""
    shown = [each["evidence"] for each in (before, after)]
    if all("text" in evidence for evidence in shown):
        return _quoted(shown[0]) == _quoted(shown[1])
    return all(shown[0].get(name) == shown[1].get(name) for name in ("media_id", "extent", "marks"))


def _quoted(evidence: Document) -> list[str]:
    return [evidence["text"][start:end] for start, end in evidence["marks"]]


_FIELDS: Mapping[ItemKind, tuple[tuple[str, Callable[[Document, Document], bool]], ...]] = {
    ItemKind.SINGLE: (("options", _options_stay),),
    ItemKind.MULTIPLE: (("options", _options_stay), ("scoring", _is_same("scoring"))),
    ItemKind.ORDERING: (("steps", _steps_stay),),
    ItemKind.EVIDENCE: (("evidence", _marks_stay), ("needed_overlap", _is_same("evidence", "needed_overlap"))),
    ItemKind.SHORT: (("answer", _is_same("answer")),),
    ItemKind.REPLY: (("longest", _is_same("reply", "longest")),),
    ItemKind.TYPING: tuple((name, _is_same("typing", name)) for name in ("seconds", "words_a_minute", "accuracy_percent")),
    ItemKind.CASE: (),
}
