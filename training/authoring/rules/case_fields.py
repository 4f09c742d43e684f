"""A case as the fields of a form: what each is called, and how it is entered."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.authoring.rules.field_lines import with_fields
from training.authoring.rules.form_fields import Column, FormField, FormPart, Way
from training.authoring.rules.reference_fields import reference_fields
from training.cases.importing.writing import yaml_text
from training.cases.rendering.words import LANGUAGES
from training.cases.rules import Difficulty, EscalationTarget, Pool, Severity, Surface


def _content(name: str, title: str, way: Way = Way.LINE, hint: str = "", *, is_optional: bool = False) -> FormField:
    return FormField(("content", name), title, way, hint, is_optional=is_optional)


def _part(holder: str, name: str, title: str, hint: str = "", *, is_optional: bool = True, is_whole: bool = False) -> FormField:
    """What is said of a part of what is shown: of the seller, the recording, the product in the cart."""
    return FormField(("content", holder, name), title, Way.LINE, hint, is_optional=is_optional, is_whole=is_whole)


def _rows(name: str, title: str, row_name: str, *columns: Column, hint: str = "", is_optional: bool = False) -> FormField:
    return FormField(("content", name), title, Way.ROWS, hint, columns=columns, row_name=row_name, least=1, most=80, is_optional=is_optional)


_PAIRS = "A name, a colon and a value on each line: Colour: black."
_ALT = "In words, for who cannot see or hear it; never what it means."
_AT, _TEXT = Column("at", "When"), Column("text", "Words", Way.TEXT)
_TIMES = "Times like 0:04."
_OF_PAPERS = Column("expires", "Until when", is_optional=True), Column("note", "Note", Way.TEXT, is_optional=True)
_IMAGES = _rows("images", "Pictures", "Picture", Column("file", "File"), Column("alt", "What it shows", Way.TEXT), hint=_ALT, is_optional=True)
_RECORDING = (
    _part("recording", "file", "Recording", "A file that was put in: media/name.webm or .wav.", is_whole=True),
    _part("recording", "alt", "What the recording shows", _ALT, is_whole=True),
)
_SELLER = (
    _part("seller", "name", "Seller", is_optional=False),
    _part("seller", "rating", "Rating of the seller"),
    _part("seller", "sold", "Sold so far"),
    _part("seller", "joined", "Seller since"),
    _part("seller", "badge", "Badge of the seller"),
)

CONTENT_FIELDS: Mapping[Surface, tuple[FormField, ...]] = {
    Surface.LISTING: (
        _content("title", "Title"),
        _content("price", "Price", hint="As it is shown: Rp 129.000."),
        _content("original_price", "Price before", is_optional=True),
        _content("category", "Category"),
        _content("attributes", "Attributes", Way.PAIRS, _PAIRS),
        _content("description", "Description", Way.TEXT),
        *_SELLER,
        _IMAGES,
        *_RECORDING,
    ),
    Surface.SELLER: (
        _content("shop_name", "Name of the shop"),
        _content("bio", "What it says of itself", Way.TEXT),
        _content("location", "Place"),
        _content("joined", "Joined"),
        _content("business_type", "Kind of business"),
        _rows("documents", "Papers", "Paper", Column("kind", "Kind"), Column("shown", "What it shows", Way.TEXT), *_OF_PAPERS),
        _rows("history", "What happened", "Event", Column("on", "Day"), Column("what", "What", Way.TEXT), hint="Days like 2026-01-31."),
        _rows("listings", "Listings", "Listing", Column("", "Listing")),
        _IMAGES,
    ),
    Surface.VIDEO: (
        _content("caption", "Caption", Way.TEXT),
        _content("creator", "Creator"),
        _content("followers", "Followers", is_optional=True),
        _content("duration_seconds", "Length in seconds", Way.NUMBER),
        _rows("transcript", "What is said", "Line", _AT, _TEXT, hint=_TIMES),
        _rows("on_screen", "What is written on it", "Writing", Column("", "Writing"), is_optional=True),
        _part("cart", "title", "Product in the cart", is_whole=True),
        _part("cart", "price", "Price in the cart", is_whole=True),
        _IMAGES,
        *_RECORDING,
    ),
    Surface.LIVE: (
        _content("title", "Title"),
        _content("host", "Host"),
        _content("viewers", "Viewers", is_optional=True),
        _content("duration_seconds", "Length in seconds", Way.NUMBER),
        _rows("pinned", "Pinned products", "Product", Column("title", "Title"), Column("price", "Price")),
        _rows("transcript", "What is said", "Line", _AT, Column("speaker", "Who speaks"), _TEXT, hint=_TIMES),
        _rows("chat", "Chat", "Message", _AT, Column("name", "Who writes"), _TEXT, hint=_TIMES),
        _IMAGES,
        *_RECORDING,
    ),
    Surface.REVIEW: (
        _content("product", "Product"),
        _content("stars", "Stars", Way.NUMBER, "1 to 5."),
        _content("text", "Review", Way.TEXT),
        _content("reviewer", "Reviewer"),
        _content("order", "What the system knows of the order", Way.PAIRS, "A name, a colon and a value on each line: Paid: yes."),
        _IMAGES,
    ),
    Surface.COMMENT: (
        _content("where", "What it was posted under"),
        _rows("thread", "Comments", "Comment", Column("author", "Who writes"), _AT, _TEXT, Column("is_reported", "Reported", Way.TRUTH)),
        _IMAGES,
    ),
    Surface.TICKET: (
        _content("subject", "Subject"),
        _content("channel", "Channel"),
        FormField(("content", "reporter"), "Who reports", Way.CHOICE, choices=("buyer", "seller", "creator")),
        _rows("messages", "Messages", "Message", Column("from", "Who writes"), _AT, _TEXT),
        _content("order", "What the system knows of the order", Way.PAIRS, _PAIRS, is_optional=True),
        _content("account", "What the system knows of the account", Way.PAIRS, _PAIRS, is_optional=True),
        _IMAGES,
    ),
}
"""What each surface shows."""

ABOUT_FIELDS = (
    FormField(("language",), "Language of the content", Way.CHOICE, choices=tuple(LANGUAGES)),
    FormField(("market",), "Market", hint="Two capitals: ID."),
    FormField(("pool",), "Pool", Way.CHOICE, "It keeps its pool. Whoever opens a case of the exam pool never sits it.", tuple(pool.value for pool in Pool)),
    FormField(("family",), "Family", hint="Cases that look alike share one."),
    FormField(
        ("contrast",),
        "Near-miss",
        hint="The id of the case that looks like this one and is decided the opposite way. Ids are offered while you type.",
        is_optional=True,
    ),
    FormField(("difficulty",), "Difficulty", Way.CHOICE, choices=tuple(difficulty.value for difficulty in Difficulty)),
    FormField(("editorial",), "What was corrected", hint="Only where neither the decision nor what it measures changed.", is_optional=True),
)


def case_parts(value: Mapping[str, Any]) -> tuple[FormPart, ...]:
    """Every field of a case that says this, under its headings."""
    shown = CONTENT_FIELDS[Surface(value["surface"])]
    return ("About the case", ABOUT_FIELDS), ("What it shows", shown), ("What the expert says", reference_fields(value, shown))


def imported_text(slug: str, family: str, known: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a case that says what an imported row knows (`facts`, `content`, `reference`), with every other field that it needs left to be filled in."""
    facts = known["facts"]
    value = _blank_value(slug, Surface(facts["surface"])) | {**facts, "family": family}
    blank: dict[str, Any] = {"decisions": [], "labels": [], "severity": None, "clauses": [], "rationale": ""}
    return yaml_text(value | {"content": value["content"] | known["content"], "reference": value["reference"] | blank | known["reference"]})


def with_shown(text: str, value: Mapping[str, Any], cited: str, alt: str, *, is_recording: bool) -> str:
    """The text of a case that also shows this file, a picture behind its others; every line but those of its content stays as it was where that can be."""
    content = dict(value.get("content") or {})
    shown = {"file": cited, "alt": alt}
    if is_recording:
        content["recording"] = shown
    else:
        others = content.get("images")
        content["images"] = [*(others if isinstance(others, list) else []), shown]
    return with_fields(text, value, {**value, "content": content}, after="family")


def blank_case(slug: str, surface: Surface) -> str:
    """The text of a new case of this surface, with every field that it needs."""
    return yaml_text(_blank_value(slug, surface))


def _blank_value(slug: str, surface: Surface) -> dict[str, Any]:
    value: dict[str, Any] = {"id": slug, "surface": surface.value, "language": "en", "market": "ID", "pool": "practice", "family": f"fam-{slug}"}
    value |= {"difficulty": "typical", "content": {}, "reference": {}}
    for field in (*CONTENT_FIELDS[surface], *reference_fields(value, CONTENT_FIELDS[surface])):
        if not field.is_optional:
            *holders, last = field.path[1:]
            holder = value[field.path[0]]
            for name in holders:
                holder = holder.setdefault(name, {})
            holder[last] = copy.copy(_BLANK.get(field.way, ""))
    value["reference"] |= {"decisions": [["REMOVE"]], "severity": "S2", "escalate_to": None}
    return value


@dataclass(frozen=True, slots=True)
class AuditedFacts:
    """What is known of a case by the audit of a live decision: nothing of who decided, nor of what was to be seen."""

    language: str | None
    market: str | None
    decisions: Sequence[Sequence[str]]
    labels: Sequence[str]
    severity: Severity | None
    escalate_to: EscalationTarget | None
    clause: str | None


def audited_case(slug: str, surface: Surface, known: AuditedFacts) -> str:
    """The text of a new case that says what an audit knows, with every other field that it needs; what was to be seen is to be written."""
    value = _blank_value(slug, surface)
    value |= {"language": known.language if known.language in LANGUAGES else "en", "market": known.market or value["market"]}
    said: dict[str, Any] = {"decisions": [list(actions) for actions in known.decisions], "labels": list(known.labels)}
    said |= {"clauses": [known.clause] if known.clause else [], "escalate_to": known.escalate_to.value if known.escalate_to else None}
    if known.severity is not None:
        said["severity"] = known.severity.value
    value["reference"] |= said
    return yaml_text(value)


_BLANK: Mapping[Way, Any] = {Way.NUMBER: 1, Way.TRUTH: False, Way.ROWS: [], Way.PAIRS: {}}
