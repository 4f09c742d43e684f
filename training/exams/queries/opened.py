"""An item as those see it who have opened it: the question, its key, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.cases import queries as cases
from training.cases.models import CaseReference
from training.cases.rendering import DisplayedCase, Segment, cut
from training.cases.rules import Span
from training.exams.models import ItemVersion
from training.exams.rules.blueprint import Criterion, ItemKind
from training.exams.rules.reply_marks import CRITERION_WORDS
from training.exams.rules.ruling_keys import KINDS_WITH_KEY, key_of
from training.media.tokens import Audience, media_address

_TEXT = "text"


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """One version of an item with its key. Only for people who will never draw it."""

    language: str
    stem_html: str
    document: Mapping[str, Any]
    key: Mapping[str, Any]
    """As rulings say keys; empty where the kind has none of its own."""
    marked: tuple[Segment, ...]
    """The text of an evidence item, cut at what has to be marked."""
    rubric: tuple[tuple[str, str], ...]
    """What markers look for, by the name of the criterion."""
    displayed: DisplayedCase | None
    reference: CaseReference | None
    media_url: Callable[[int], str]

    @property
    def rationale(self) -> str:
        """Why the key is right."""
        return str(self.document.get("rationale") or (self.reference.rationale if self.reference else ""))


def opened_item(version: ItemVersion, *, reader_id: int, now: datetime) -> OpenedItem:
    """The question with its key, for somebody of whom it is known that they have opened it."""
    kind, document = ItemKind(version.kind), version.document
    audience = Audience(reader_id, f"item:{version.item_id}")
    rubric = document.get("reply", {}).get("rubric", {})
    return OpenedItem(
        language=version.language,
        stem_html=version.stem_html,
        document=document,
        key=key_of(kind, document) if kind in KINDS_WITH_KEY else {},
        marked=_marked(document.get("evidence") or {}),
        rubric=tuple((CRITERION_WORDS[Criterion(name)], words) for name, words in rubric.items()),
        displayed=cases.case_for_display(version.case_version_id) if version.case_version_id else None,
        reference=cases.reference(version.reference_id) if version.reference_id else None,
        media_url=lambda media_id: media_address(media_id, audience, now=now),
    )


def _marked(evidence: Mapping[str, Any]) -> tuple[Segment, ...]:
    if evidence.get("text") is None:
        return ()
    return cut(evidence["text"], own=(), expert=[Span(_TEXT, start, end) for start, end in evidence["marks"]])
