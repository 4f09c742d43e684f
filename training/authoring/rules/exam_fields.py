"""An exam as the fields of a form: its rules, its blueprint as a table, and how it is sat again."""

from collections.abc import Sequence

from training.authoring.rules.form_fields import Column, FormField, FormPart, Way
from training.cases.rules import Difficulty, Severity
from training.exams.rules.blueprint import DecisionClass, ItemKind

LANGUAGES = ("en", "id")
_ABOUT = (
    FormField(("title",), "Title"),
    FormField(("version",), "Version", hint="Three numbers: 1.0.0. A published version is frozen: raise it to publish a change.", sent_as="semver"),
    FormField(("certification",), "Certification", hint="The id of the certificate that it belongs to. It stays."),
    FormField(("gating",), "It decides about access", Way.USUALLY_TRUE, "Then it holds questions that are right or wrong alone."),
    FormField(
        ("delta", "areas"), "A delta about the areas", Way.CODES, "For holders, after a change: PRO, CLM. It stays one.", is_optional=True, is_whole=True
    ),
)
_FORM = (
    FormField(("item_count",), "Questions", Way.NUMBER, "How many count on every form."),
    FormField(("time_limit_minutes",), "Minutes", Way.NUMBER, "For everybody without accommodations."),
    FormField(("pilot_items",), "Questions on trial", Way.NUMBER, "On top of those, marked, not counted.", is_optional=True),
)
_ENEMIES = FormField(("enemies",), "Never together", Way.SETS, "Items of which a form holds one: item-a + item-b. Families are anyway.", is_optional=True)
_RULE = (
    FormField(("pass_rule", "weighted_percent"), "Points needed, %", Way.NUMBER),
    FormField(("pass_rule", "area_percent"), "Right in each area, %", Way.NUMBER, usual="80", is_optional=True),
    FormField(
        ("pass_rule", "area_minimum_items"), "… in areas of so many questions", Way.NUMBER, hint="Smaller ones are not judged.", usual="5", is_optional=True
    ),
    FormField(("pass_rule", "innocent_percent"), "Innocent left alone, %", Way.NUMBER, usual="80", is_optional=True),
    FormField(("pass_rule", "critical_misses_allowed"), "Critical misses allowed", Way.NUMBER, usual="none", is_optional=True),
)
_RETAKES = (
    FormField(("retakes", "cooldown_hours"), "Hours between tries", Way.NUMBERS, "After the first, the second, …", usual="24, 72, 168", is_optional=True),
    FormField(("retakes", "attempts"), "Tries", Way.NUMBER, usual="3", is_optional=True),
    FormField(("retakes", "per_days"), "… within days", Way.NUMBER, usual="30", is_optional=True),
    FormField(("retakes", "remedial"), "Cases to practise between", Way.NUMBER, "Of the weak areas.", usual="none", is_optional=True),
)
_SEQUENTIAL = (
    FormField(
        ("sequential",), "Renewals come one question after another", Way.PRESENCE, "Until the answers decide. All below may be left empty.", is_optional=True
    ),
    FormField(("sequential", "p0"), "Accuracy that must not pass", Way.AMOUNT, usual="0.80", is_optional=True),
    FormField(("sequential", "p1"), "Accuracy that should", Way.AMOUNT, usual="0.92", is_optional=True),
    FormField(("sequential", "alpha"), "Chance of a false pass", Way.AMOUNT, "Of a whole term, in thirds over three tries.", usual="0.05", is_optional=True),
    FormField(("sequential", "beta"), "Chance of a false stop", Way.AMOUNT, usual="0.10", is_optional=True),
    FormField(("sequential", "cap"), "Questions at most", Way.NUMBER, usual="207", is_optional=True),
    FormField(("sequential", "block_item_count"), "Questions of a block", Way.NUMBER, "It may end after each.", usual="10", is_optional=True),
)
_WINDOW = (
    FormField(("window", "opens_at"), "Opens", hint="With its zone: 2026-12-01T09:00:00+07:00.", is_optional=True, is_whole=True),
    FormField(("window", "closes_at"), "Closes", hint="To whoever has not started.", is_optional=True, is_whole=True),
)
CELLS = "cells"
"""The key of the blueprint's rows."""


def quotas(areas: Sequence[str]) -> FormField:
    """The blueprint: one quota a row, each condition a column."""
    columns = (
        Column("area", "Area", Way.CHOICE, choices=tuple(areas), is_optional=True),
        Column("severity", "Severity", Way.CHOICE, choices=tuple(Severity), is_optional=True),
        Column("decision_class", "About", Way.CHOICE, choices=tuple(DecisionClass), is_optional=True),
        Column("difficulty", "Difficulty", Way.CHOICE, choices=tuple(Difficulty), is_optional=True),
        Column("language", "Language", Way.CHOICE, choices=LANGUAGES, is_optional=True),
        Column("kind", "Kind", Way.CHOICE, choices=tuple(ItemKind), is_optional=True),
        Column("minimum", "At least", Way.NUMBER),
        Column("maximum", "At most", Way.NUMBER),
    )
    hint = "Each row is a quota: how many questions of a form meet all that it names. Rows may overlap. One that says nothing is left out."
    return FormField((CELLS,), "Quotas", Way.ROWS, hint, columns=columns, row_name="Quota", least=1, most=60)


def exam_parts(areas: Sequence[str]) -> tuple[FormPart, ...]:
    """Every field of an exam, under its headings."""
    return (
        ("What it is for", _ABOUT),
        ("Its form", _FORM),
        ("Blueprint", (quotas(areas), _ENEMIES)),
        ("What passes", _RULE),
        ("Trying again", _RETAKES),
        ("One question after another", _SEQUENTIAL),
        ("An announced window", _WINDOW),
    )
