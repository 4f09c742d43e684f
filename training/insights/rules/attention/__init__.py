"""What of the material needs somebody's look, and why: each finding with its figure."""

from training.insights.rules.attention.exams import SpareCell, UsedItem, of_cell, of_uses
from training.insights.rules.attention.findings import (
    LONGEST_REASON,
    AsideDeed,
    AttentionRefusal,
    Concern,
    Finding,
    in_order,
    is_aside,
)
from training.insights.rules.attention.items import AnsweredItem, of_answers, of_translations
from training.insights.rules.attention.likeness import Pair, SaidItem, alike, of_texts
from training.insights.rules.attention.references import (
    DisputedKey,
    HeldKey,
    LabelledCase,
    PublishedRule,
    of_disputes,
    of_holds,
    of_labels,
)

__all__ = [
    "LONGEST_REASON",
    "AnsweredItem",
    "AsideDeed",
    "AttentionRefusal",
    "Concern",
    "DisputedKey",
    "Finding",
    "HeldKey",
    "LabelledCase",
    "Pair",
    "PublishedRule",
    "SaidItem",
    "SpareCell",
    "UsedItem",
    "alike",
    "in_order",
    "is_aside",
    "of_answers",
    "of_cell",
    "of_disputes",
    "of_holds",
    "of_labels",
    "of_texts",
    "of_translations",
    "of_uses",
]
