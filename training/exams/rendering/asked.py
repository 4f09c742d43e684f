"""What one place asks, as its page shows it, with the answer given so far: never a key, a rationale or an id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from training.exams.rules.blueprint import ItemKind
from training.media.rules import Medium

ROWS = 3
"""How many marks the plain form of a recording or a picture takes."""


class ShownVersion(Protocol):
    """An item version as far as a page shows it."""

    @property
    def kind(self) -> str:
        """Of which kind it is."""

    @property
    def language(self) -> str:
        """In which language it asks."""

    @property
    def stem_html(self) -> str:
        """Its question."""

    @property
    def document(self) -> Mapping[str, Any]:
        """What it asks, key included."""

    @property
    def case_version_id(self) -> int | None:
        """The version of the case that it labels."""


class ShownPlace(Protocol):
    """An item version with the order of its options."""

    @property
    def version(self) -> ShownVersion:
        """What is asked."""

    @property
    def option_order(self) -> Sequence[str]:
        """The ids of the options in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option or step as shown: named by its place, from 1."""

    place: int
    text: str
    is_chosen: bool = False
    rank: int | None = None
    """Where the candidate put a step; nothing before they did."""


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What evidence is marked in."""

    text: str | None
    medium: Medium | None
    media_id: int | None
    alt: str | None
    transcript: str | None
    extent: Sequence[float]
    marks: Sequence[Sequence[float]]

    @property
    def quotes(self) -> str:
        """What is marked in a text, one quote a line."""
        return "\n".join((self.text or "")[int(start) : int(end)] for start, end in self.marks)

    @property
    def rows(self) -> list[Sequence[float]]:
        """The marks and as many empty rows as the plain form has left."""
        return [*self.marks, *([()] * (ROWS - len(self.marks)))]


@dataclass(frozen=True, slots=True)
class ShownTyping:
    """A passage to be typed, and how well."""

    passage: str
    seconds: int
    words_a_minute: int
    accuracy_percent: int
    taken_seconds: float
    """How long the candidate typed so far."""
    ends_at: datetime | None = None
    """When the test that was begun is over; nothing before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked at one place. Only what belongs to its kind is filled in."""

    options: tuple[ShownOption, ...] = ()
    evidence: ShownEvidence | None = None
    ticket: str = ""
    longest: int = 0
    """Characters of a written answer at most."""
    typing: ShownTyping | None = None
    text: str = ""
    """What was written or typed so far."""


def asked_at(place: ShownPlace, response: Mapping[str, Any], *, begun_at: datetime | None = None) -> Asked:
    """What this place asks, with this answer. Cases are shown by their own room. `begun_at` is when a typing test was begun."""
    document = place.version.document
    match ItemKind(place.version.kind):
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return Asked(options=_options(place, response))
        case ItemKind.ORDERING:
            return Asked(options=_steps(place, response))
        case ItemKind.EVIDENCE:
            return Asked(evidence=_evidence(document["evidence"], response))
        case ItemKind.SHORT:
            return Asked(text=_text(response))
        case ItemKind.REPLY:
            return Asked(ticket=document["reply"]["ticket"], longest=document["reply"]["longest"], text=_text(response))
        case ItemKind.TYPING:
            return Asked(typing=_typing(document["typing"], response, begun_at), text=_text(response))
        case ItemKind.CASE:
            return Asked()


def _options(place: ShownPlace, response: Mapping[str, Any]) -> tuple[ShownOption, ...]:
    texts = {option["id"]: option["text"] for option in place.version.document["options"]}
    chosen = _list(response, "options")
    return tuple(ShownOption(number, texts[option], number in chosen) for number, option in enumerate(place.option_order, start=1))


def _steps(place: ShownPlace, response: Mapping[str, Any]) -> tuple[ShownOption, ...]:
    """The steps in the order that the candidate gave them, or as they were first shown."""
    texts = {step["id"]: step["text"] for step in place.version.document["steps"]}
    order = _list(response, "order")
    is_complete = sorted(order) == list(range(1, len(place.option_order) + 1))
    ranks = {number: rank for rank, number in enumerate(order, start=1)} if is_complete else {}
    shown = [ShownOption(number, texts[step], rank=ranks.get(number)) for number, step in enumerate(place.option_order, start=1)]
    return tuple(sorted(shown, key=lambda step: step.rank or step.place))


def _evidence(evidence: Mapping[str, Any], response: Mapping[str, Any]) -> ShownEvidence:
    media_id, mime = evidence.get("media_id"), evidence.get("mime", "")
    medium = {"image": Medium.PICTURE, "video": Medium.VIDEO, "audio": Medium.AUDIO}.get(mime.partition("/")[0])
    marks = [mark for mark in _list(response, "marks") if isinstance(mark, list)]
    return ShownEvidence(evidence.get("text"), medium, media_id, evidence.get("alt"), evidence.get("transcript"), evidence["extent"], marks)


def _typing(typing: Mapping[str, Any], response: Mapping[str, Any], begun_at: datetime | None) -> ShownTyping:
    seconds = response.get("seconds")
    taken = float(seconds) if isinstance(seconds, int | float) else 0.0
    ends_at = begun_at + timedelta(seconds=typing["seconds"]) if begun_at else None
    return ShownTyping(" ".join(typing["passage"].split()), typing["seconds"], typing["words_a_minute"], typing["accuracy_percent"], taken, ends_at)


def _list(response: Mapping[str, Any], name: str) -> list[Any]:
    found = response.get(name)
    return found if isinstance(found, list) else []


def _text(response: Mapping[str, Any]) -> str:
    text = response.get("text")
    return text if isinstance(text, str) else ""
