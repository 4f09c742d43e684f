"""What the expert says of a case as the fields of a form: what is accepted, what it is called, and what shows it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from training.authoring.rules.form_fields import Column, FormField, Way, found_at
from training.cases.rendering.words import ACTIONS
from training.cases.rules import RECORDING, EscalationTarget, Severity, Surface, picture_field, text_pieces

_LONGEST_WORDS = 40
_DECISIONS = FormField(
    ("reference", "decisions"),
    "Accepted decisions",
    Way.ROWS,
    "Tick every action that belongs to a decision. The preferred decision comes first; add one for each other that is right too.",
    columns=tuple(Column(str(choice.value), choice.name, Way.TRUTH, group=group.name) for group in ACTIONS for choice in group.choices),
    row_name="Decision",
    least=1,
    most=20,
    is_set=True,
)
_LABELS = FormField(
    ("reference", "labels"),
    "Labels",
    Way.ROWS,
    "The primary one first. Type a code or words of its title. OUT-00 where nothing is wrong.",
    columns=(Column("", "Label", Way.CODES, offers="labels"),),
    row_name="Label",
    least=1,
    most=20,
)
_CLAUSES = FormField(
    ("reference", "clauses"),
    "Clauses",
    Way.ROWS,
    "The deciding one first. Type a code or words of the rule.",
    columns=(Column("", "Clause", Way.CODES, offers="clauses"),),
    row_name="Clause",
    least=1,
    most=20,
)
_JUDGED = (
    FormField(("reference", "severity"), "Severity", Way.CHOICE, "S0 where nothing is wrong.", tuple(Severity)),
    FormField(("reference", "escalate_to"), "Goes to", Way.CHOICE, choices=("", *EscalationTarget)),
    FormField(("reference", "must_escalate"), "It must be escalated", Way.TRUTH),
)
_RATIONALE = FormField(
    ("reference", "rationale"), "Why", Way.TEXT, "Two to five sentences: what is visible, which clause decides, why the nearest other is wrong."
)
_STRETCH = tuple(Column(name, title, Way.AMOUNT, is_optional=True) for name, title in (("start", "From second"), ("end", "To second")))
_BOX = tuple(Column(name, name.capitalize(), Way.AMOUNT, is_optional=True) for name in ("x", "y", "width", "height"))


def reference_fields(value: Mapping[str, Any], shown: Sequence[FormField]) -> tuple[FormField, ...]:
    """The fields of what the expert says of a case that says this; `shown` are those of what it shows."""
    return _DECISIONS, _LABELS, *_JUDGED, _evidence(value, shown), _CLAUSES, _RATIONALE


def _evidence(value: Mapping[str, Any], shown: Sequence[FormField]) -> FormField:
    """What shows it: words of a text, and where the case has them a stretch of its recording or a box on a picture."""
    places = dict(_places(value, shown))
    said = _said_columns(value)
    stretch, box = (
        cells if place in places or said & {cell.name for cell in cells} else () for place, cells in ((RECORDING, _STRETCH), (picture_field(0), _BOX))
    )
    where = Column("field", "Where it stands", Way.CHOICE, choices=tuple(places), choice_words=tuple(places.values()))
    words = Column("quote", "Exact words", Way.TEXT, is_optional=True)
    hint = "Choose where it stands, then paste the exact words. A line that is new can be chosen once it is saved."
    hint += " Of the recording say the seconds instead." if stretch else ""
    other = (
        "Of a picture say the box instead, in its pixels: X and Y of its upper left corner." if box else "A picture can be named once it is put in and saved."
    )
    columns = (where, words, *stretch, *box)
    return FormField(("reference", "evidence"), "What shows it", Way.ROWS, f"{hint} {other}", columns=columns, row_name="Piece of evidence", least=1, most=40)


def _said_columns(value: Mapping[str, Any]) -> set[str]:
    """What any evidence of the document says of itself."""
    rows = found_at(value, ("reference", "evidence"))
    return {str(name) for row in rows if isinstance(row, dict) for name in row} if isinstance(rows, list) else set()


def _places(value: Mapping[str, Any], shown: Sequence[FormField]) -> Iterator[tuple[str, str]]:
    """Where evidence of this case can lie, each with what it is called."""
    content = value.get("content")
    content = content if isinstance(content, dict) else {}
    for piece in text_pieces(Surface(value["surface"]), content):
        yield piece.path, _called(tuple(piece.path.split(".")), piece.text, shown)
    if content.get(RECORDING):
        yield RECORDING, "Recording"
    pictures = content.get("images")
    for position in range(len(pictures) if isinstance(pictures, list) else 0):
        yield picture_field(position), f"Picture {position + 1}"


def _called(steps: tuple[str, ...], text: str, shown: Sequence[FormField]) -> str:
    """What a text of the content is called: its field; of a row also its number and how it begins."""
    field = next((field for field in shown if ("content", *steps)[: len(field.path)] == field.path), None)
    rest = steps[len(field.path) - 1 :] if field else steps
    name = field.name if field else ""
    if not rest:
        return name
    if not rest[0].isdecimal():
        return f"{name}: {'.'.join(rest)}".removeprefix(": ")
    column = next((column.title.lower() for column in field.columns if rest[1:] == (column.name,)), "") if field else ""
    told = text if len(text) <= _LONGEST_WORDS else f"{text[: _LONGEST_WORDS - 1]}…"
    return f"{name} {int(rest[0]) + 1}{', ' if column else ''}{column}: {told}"
