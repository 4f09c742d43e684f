"""An item as the fields of a form: each of the eight kinds asks for what it needs, and for nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.authoring.rules.form_fields import Column, FormField, FormPart, Way, found_at
from training.cases.importing.writing import yaml_text
from training.cases.rules import Difficulty, Severity
from training.exams.rules.blueprint import Criterion, DecisionClass, ItemKind, ItemState, Scoring
from training.exams.rules.reply_marks import CRITERION_WORDS
from training.media.rules import Medium, medium_of

_STATE_FIELDS = (
    FormField(("state",), "State", Way.CHOICE, "A draft is in the bank and drawn for nobody; a pilot is shown and does not count.", tuple(ItemState)),
    FormField(("public",), "Its text is public", Way.TRUTH, "Anybody may have read it. An exam that gates refuses it, except in a demo."),
    FormField(("tags",), "Tags", Way.CODES, "Your own words to find it by: ramadan, needs-pictures.", is_optional=True),
)
_EDITORIAL = FormField(("editorial",), "What was corrected", hint="Only where neither the key nor what it measures changed.", is_optional=True)
_STEM = FormField(("stem",), "Question", Way.TEXT, "The situation, then the question. Markdown, without pictures.")
_RATIONALE = FormField(("rationale",), "Why", Way.TEXT, "Why the right answer is right and the most tempting wrong one is wrong.")
_LANGUAGE = FormField(("language",), "Language", Way.CHOICE, choices=("en", "id"))
_DIFFICULTY = FormField(("difficulty",), "Difficulty", Way.CHOICE, choices=tuple(Difficulty))
_FAMILY = FormField(("family",), "Family", hint="Items that give each other away, and translations of one item, share one.")
_CASE = FormField(("case",), "Case", hint="The id of the case of the exam pool that is labelled. It brings everything else.")


def _about(areas: Sequence[str]) -> tuple[FormField, ...]:
    return (
        _LANGUAGE,
        FormField(("area",), "Area", Way.CHOICE, choices=tuple(areas), is_needed=True),
        FormField(("severity",), "Severity", Way.CHOICE, "S0 where nothing is wrong. Options of an S4 item can be critical misses.", tuple(Severity)),
        FormField(("decision_class",), "What the right answer is about", Way.CHOICE, choices=tuple(DecisionClass)),
        _DIFFICULTY,
        _FAMILY,
        FormField(("clauses",), "Clauses", Way.CODES, "The deciding one first: PRO-03.a. Type a code or words of the rule.", offers="clauses", is_needed=True),
    )


def _options(value: Mapping[str, Any]) -> FormField:
    options = value.get("options")
    is_severe = value.get("severity") == Severity.S4 or (isinstance(options, list) and any(isinstance(each, dict) and each.get("critical") for each in options))
    right = Column("correct", "Right", Way.TRUTH, is_of_one_row=value["kind"] == ItemKind.SINGLE)
    columns = (Column("text", "What it says", Way.TEXT), right, *([Column("critical", "A critical miss", Way.TRUTH)] if is_severe else []))
    hint = "Three to six. One that says nothing is left out."
    return FormField(("options",), "Options", Way.ROWS, hint, columns=columns, row_name="Option", least=3, most=6, has_letters=True)


def _texts(path: tuple[str, ...], title: str, row_name: str, hint: str, *, most: int, way: Way = Way.LINE) -> FormField:
    """Rows that are texts and nothing else; left out of the document where there are none."""
    return FormField(path, title, Way.ROWS, hint, columns=(Column("", row_name, way),), row_name=row_name, least=1, most=most, is_optional=True)


def _amounts(name: str, title: str, row_name: str, hint: str, columns: Mapping[str, str]) -> FormField:
    cells = tuple(Column(column, words, Way.AMOUNT) for column, words in columns.items())
    return FormField(("evidence", name), title, Way.ROWS, hint, columns=cells, row_name=row_name, least=1, most=10, is_optional=True)


_EVIDENCE_TEXT = FormField(("evidence", "text"), "Text", Way.TEXT, "What the candidate marks words in. Leave it empty to show a file.", is_optional=True)
_EVIDENCE_FILE = FormField(
    ("evidence", "file"), "File", hint="Instead of a text: media/name.png, .webm or .wav of the exams' folder. Saved, it has its own fields.", is_optional=True
)
_EVIDENCE_ALT = FormField(("evidence", "alt"), "What the file shows", hint="For who cannot see or hear it; never what it means.", is_optional=True)
_TRANSCRIPT = FormField(("evidence", "transcript"), "What is said, with times", Way.TEXT, is_optional=True)
_QUOTES = _texts(("evidence", "quotes"), "To be marked", "Quote", "Exact words of the text that occur once in it.", most=10, way=Way.TEXT)
_RANGES = _amounts("ranges", "To be marked", "Stretch", "In seconds.", {"start": "From", "end": "To"})
_BOX = {"x": "Left", "y": "Top", "width": "Width", "height": "Height"}
_REGIONS = _amounts("regions", "To be marked", "Box", "In pixels of the picture, from its upper left corner.", _BOX)
_OVERLAP = FormField(
    ("evidence", "needed_overlap"),
    "Least overlap that is right",
    Way.AMOUNT,
    "0.1 to 1; 0.5 where it is left out. What both marked, of all that either marked.",
    is_optional=True,
)


def _evidence(value: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The fields of what is shown; also those of something else, where the document says them too."""
    file = found_at(value, ("evidence", "file"))
    medium = medium_of(file) if isinstance(file, str) else None
    marks = {"quotes": _QUOTES, "ranges": _RANGES, "regions": _REGIONS}
    fitting = "quotes" if not file else "regions" if medium is Medium.PICTURE else "ranges"
    shown = [field for name, field in marks.items() if name == fitting or found_at(value, ("evidence", name))]
    has_text = not file or found_at(value, _EVIDENCE_TEXT.path)
    of_file = (_EVIDENCE_ALT, *((_TRANSCRIPT,) if medium is not Medium.PICTURE or found_at(value, _TRANSCRIPT.path) else ()))
    return (*((_EVIDENCE_TEXT,) if has_text else ()), _EVIDENCE_FILE, *(of_file if file else ()), *shown, _OVERLAP)


_STEPS = FormField(
    ("steps",),
    "Steps, in their right order",
    Way.ROWS,
    "Three to nine. Candidates see them in another order.",
    columns=(Column("", "Step"),),
    row_name="Step",
    least=3,
    most=9,
)
_SHORT = (
    _texts(("answer", "texts"), "Answers that are right", "Answer", "Capitals, blanks and the width of characters do not matter.", most=30),
    FormField(("answer", "number"), "Or a number that is right", Way.AMOUNT, is_optional=True),
    FormField(("answer", "tolerance"), "How far off is right too", Way.AMOUNT, "Of a number alone.", is_optional=True),
    _texts(("answer", "units"), "Units that may follow it", "Unit", "Of a number alone: h, hours.", most=10),
)
_LOOKED_FOR = "What a marker looks for."
_REPLY = (
    FormField(("reply", "ticket"), "Ticket", Way.TEXT, "What somebody wrote, as the candidate sees it."),
    FormField(("reply", "longest"), "Longest reply, in characters", Way.NUMBER, "100 to 4000; 1200 where it is left out.", is_optional=True),
    *(FormField(("reply", "rubric", criterion.value), CRITERION_WORDS[criterion], Way.TEXT, _LOOKED_FOR) for criterion in Criterion),
)
_TYPING = (
    FormField(("typing", "passage"), "Passage", Way.TEXT, "Half as long again as is needed, so that nobody runs out of it."),
    FormField(("typing", "seconds"), "Seconds", Way.NUMBER, "30 to 300; 60 where it is left out.", is_optional=True),
    FormField(("typing", "words_a_minute"), "Words a minute", Way.NUMBER, "Five characters a word; 40 where it is left out.", is_optional=True),
    FormField(("typing", "accuracy_percent"), "Percent of characters right", Way.NUMBER, "95 where it is left out.", is_optional=True),
)
_SCORING = FormField(("scoring",), "How it is marked", Way.CHOICE, "An exam that gates takes all or nothing alone.", ("", *Scoring), is_optional=True)


def _asked(value: Mapping[str, Any]) -> tuple[FormField, ...]:
    match ItemKind(value["kind"]):
        case ItemKind.SINGLE:
            return (_options(value),)
        case ItemKind.MULTIPLE:
            return (_options(value), _SCORING)
        case ItemKind.EVIDENCE:
            return _evidence(value)
        case ItemKind.ORDERING:
            return (_STEPS,)
        case ItemKind.SHORT:
            return _SHORT
        case ItemKind.REPLY:
            return _REPLY
        case _:
            return _TYPING


def item_parts(value: Mapping[str, Any], areas: Sequence[str]) -> tuple[FormPart, ...]:
    """Every field of an item that says this, under its headings; `areas` are those that it can be about."""
    kind = ItemKind(value["kind"])
    if kind is ItemKind.CASE:
        return (("The item", (_CASE, *_STATE_FIELDS)),)
    if kind is ItemKind.TYPING:
        return ("The item", (_LANGUAGE, _DIFFICULTY, _FAMILY, *_STATE_FIELDS, _EDITORIAL)), ("What it asks", (_STEM, *_TYPING))
    return ("What it asks", (_STEM, *_asked(value), _RATIONALE)), ("About the item", (*_about(areas), *_STATE_FIELDS, _EDITORIAL))


_BLANK: Mapping[ItemKind, dict[str, Any]] = {
    ItemKind.SINGLE: {"options": []},
    ItemKind.MULTIPLE: {"options": []},
    ItemKind.EVIDENCE: {"evidence": {"text": "", "quotes": []}},
    ItemKind.ORDERING: {"steps": []},
    ItemKind.SHORT: {"answer": {"texts": []}},
    ItemKind.REPLY: {"reply": {"ticket": "", "rubric": {criterion.value: "" for criterion in Criterion}}},
    ItemKind.TYPING: {"typing": {"passage": "", "seconds": 60, "words_a_minute": 40, "accuracy_percent": 95}},
}


def blank_item(slug: str, kind: ItemKind) -> str:
    """The text of a new item of this kind, with every field that it needs."""
    value: dict[str, Any] = {"id": slug, "kind": kind.value, "state": ItemState.DRAFT.value, "public": False}
    if kind is ItemKind.CASE:
        return yaml_text(value | {"case": ""})
    value |= {"language": "en"}
    if kind is not ItemKind.TYPING:
        value |= {"area": None, "severity": Severity.S2.value, "decision_class": DecisionClass.VIOLATING.value}
    value |= {"difficulty": Difficulty.TYPICAL.value, "family": f"fam-{slug}"}
    if kind is ItemKind.TYPING:
        return yaml_text(value | {"stem": ""} | _BLANK[kind])
    return yaml_text(value | {"clauses": [], "stem": ""} | _BLANK[kind] | {"rationale": ""})
