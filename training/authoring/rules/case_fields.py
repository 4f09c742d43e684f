"""A case as the fields of a form: what each is called, and how it is entered."""

from collections.abc import Mapping
from typing import Any

from training.authoring.rules.form_fields import FormField, FormPart, Way
from training.cases.importing.writing import yaml_text
from training.cases.rules import Action, Difficulty, EscalationTarget, Pool, Severity, Surface


def _content(name: str, title: str, way: Way = Way.LINE, hint: str = "", *, is_optional: bool = False) -> FormField:
    return FormField(("content", name), title, way, hint, is_optional=is_optional)


_PAIRS = "A name and a value on each line: `Colour: black`."
_TIMES = 'On each line: `- { at: "0:04", text: "…" }`.'
_IMAGES = _content("images", "Pictures", Way.PARTS, 'On each line: `- { file: media/name.png, alt: "What it shows, never what it means" }`.', is_optional=True)
_RECORDING = _content("recording", "Recording", Way.PARTS, "`file: media/name.webm` and `alt: …` on two lines.", is_optional=True)

CONTENT_FIELDS: Mapping[Surface, tuple[FormField, ...]] = {
    Surface.LISTING: (
        _content("title", "Title"),
        _content("price", "Price", hint="As it is shown: Rp 129.000."),
        _content("original_price", "Price before", is_optional=True),
        _content("category", "Category"),
        _content("attributes", "Attributes", Way.PARTS, _PAIRS),
        _content("description", "Description", Way.TEXT),
        _content("seller", "Seller", Way.PARTS, "`name: …`, and where it is known rating, sold, joined, badge, each on its line."),
        _IMAGES,
        _RECORDING,
    ),
    Surface.SELLER: (
        _content("shop_name", "Name of the shop"),
        _content("bio", "What it says of itself", Way.TEXT),
        _content("location", "Place"),
        _content("joined", "Joined"),
        _content("business_type", "Kind of business"),
        _content("documents", "Papers", Way.PARTS, 'On each line: `- { kind: …, shown: "…" }`.'),
        _content("history", "What happened", Way.PARTS, 'On each line: `- { on: 2026-01-31, what: "…" }`.'),
        _content("listings", "Listings", Way.PARTS, 'On each line: `- "…"`.'),
        _IMAGES,
    ),
    Surface.VIDEO: (
        _content("caption", "Caption", Way.TEXT),
        _content("creator", "Creator"),
        _content("followers", "Followers", is_optional=True),
        _content("duration_seconds", "Length in seconds", Way.NUMBER),
        _content("transcript", "What is said", Way.PARTS, _TIMES),
        _content("on_screen", "What is written on it", Way.PARTS, 'On each line: `- "…"`.', is_optional=True),
        _content("cart", "Product in the cart", Way.PARTS, "`title: …` and `price: …` on two lines.", is_optional=True),
        _IMAGES,
        _RECORDING,
    ),
    Surface.LIVE: (
        _content("title", "Title"),
        _content("host", "Host"),
        _content("viewers", "Viewers", is_optional=True),
        _content("duration_seconds", "Length in seconds", Way.NUMBER),
        _content("pinned", "Pinned products", Way.PARTS, "On each line: `- { title: …, price: … }`."),
        _content("transcript", "What is said", Way.PARTS, 'On each line: `- { at: "0:04", speaker: …, text: "…" }`.'),
        _content("chat", "Chat", Way.PARTS, 'On each line: `- { at: "0:04", name: …, text: "…" }`.'),
        _IMAGES,
        _RECORDING,
    ),
    Surface.REVIEW: (
        _content("product", "Product"),
        _content("stars", "Stars", Way.NUMBER, "1 to 5."),
        _content("text", "Review", Way.TEXT),
        _content("reviewer", "Reviewer"),
        _content("order", "What the system knows of the order", Way.PARTS, _PAIRS),
        _IMAGES,
    ),
    Surface.COMMENT: (
        _content("where", "What it was posted under"),
        _content("thread", "Comments", Way.PARTS, 'On each line: `- { author: …, at: …, text: "…", is_reported: true }`.'),
        _IMAGES,
    ),
    Surface.TICKET: (
        _content("subject", "Subject"),
        _content("channel", "Channel"),
        FormField(("content", "reporter"), "Who reports", Way.CHOICE, choices=("buyer", "seller", "creator")),
        _content("messages", "Messages", Way.PARTS, 'On each line: `- { from: …, at: …, text: "…" }`.'),
        _content("order", "What the system knows of the order", Way.PARTS, _PAIRS, is_optional=True),
        _content("account", "What the system knows of the account", Way.PARTS, _PAIRS, is_optional=True),
        _IMAGES,
    ),
}
"""What each surface shows."""

ABOUT_FIELDS = (
    FormField(("language",), "Language of the content", Way.CHOICE, choices=("en", "id")),
    FormField(("market",), "Market", hint="Two capitals: ID."),
    FormField(("pool",), "Pool", Way.CHOICE, "It keeps its pool. Whoever opens a case of the exam pool never sits it.", tuple(pool.value for pool in Pool)),
    FormField(("family",), "Family", hint="Cases that look alike share one."),
    FormField(("contrast",), "Near-miss", hint="The id of the case that looks like this one and is decided the opposite way.", is_optional=True),
    FormField(("difficulty",), "Difficulty", Way.CHOICE, choices=tuple(difficulty.value for difficulty in Difficulty)),
    FormField(("editorial",), "What was corrected", hint="Only where neither the decision nor what it measures changed.", is_optional=True),
)
_ACTIONS = ", ".join(action.value for action in Action)
REFERENCE_FIELDS = (
    FormField(("reference", "decisions"), "Accepted decisions", Way.SETS, f"One on each line, the preferred first: `REMOVE + STRIKE`. Actions: {_ACTIONS}."),
    FormField(("reference", "labels"), "Labels", Way.CODES, "The primary one first: PRO-03. OUT-00 where nothing is wrong."),
    FormField(("reference", "severity"), "Severity", Way.CHOICE, "S0 where nothing is wrong.", tuple(severity.value for severity in Severity)),
    FormField(("reference", "escalate_to"), "Goes to", Way.CHOICE, choices=("", *(target.value for target in EscalationTarget))),
    FormField(("reference", "must_escalate"), "It must be escalated", Way.TRUTH),
    FormField(("reference", "evidence"), "What shows it", Way.PARTS, 'On each line: `- { field: description, quote: "exact words" }`.'),
    FormField(("reference", "clauses"), "Clauses", Way.CODES, "The deciding one first: PRO-03.a."),
    FormField(("reference", "rationale"), "Why", Way.TEXT, "Two to five sentences: what is visible, which clause decides, why the nearest other is wrong."),
)


def case_parts(surface: Surface) -> tuple[FormPart, ...]:
    """Every field of a case of this surface, under its headings."""
    return ("About the case", ABOUT_FIELDS), ("What it shows", CONTENT_FIELDS[surface]), ("What the expert says", REFERENCE_FIELDS)


def blank_case(slug: str, surface: Surface) -> str:
    """The text of a new case of this surface, with every field that it needs."""
    value: dict[str, Any] = {"id": slug, "surface": surface.value, "language": "en", "market": "ID", "pool": "practice", "family": f"fam-{slug}"}
    value |= {"difficulty": "typical", "content": {}, "reference": {}}
    for field in (*CONTENT_FIELDS[surface], *REFERENCE_FIELDS):
        if not field.is_optional:
            value[field.path[0]][field.path[1]] = _BLANK.get(field.way, "")
    value["content"] |= {name: blank for name, blank in {"attributes": {}, "seller": {"name": ""}}.items() if name in value["content"]}
    value["reference"] |= {"decisions": [["REMOVE"]], "severity": "S2", "escalate_to": None}
    return yaml_text(value)


_BLANK: Mapping[Way, Any] = {Way.NUMBER: 1, Way.CODES: [], Way.SETS: [], Way.TRUTH: False, Way.PARTS: []}
