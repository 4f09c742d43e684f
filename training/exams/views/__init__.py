"""The pages of this room, and the addresses that its script speaks to."""

from training.exams.views import (
    allowances,
    bank_desk,
    confirming,
    desk,
    exam_desk,
    hall,
    item_desk,
    power,
    regrades,
    reporting,
    result,
    runs,
    saving,
    signals,
    sitting,
    supervision,
    watching,
)
from training.exams.views.blueprint import blueprint

__all__ = [
    "allowances",
    "bank_desk",
    "blueprint",
    "confirming",
    "desk",
    "exam_desk",
    "hall",
    "item_desk",
    "power",
    "regrades",
    "reporting",
    "result",
    "runs",
    "saving",
    "signals",
    "sitting",
    "supervision",
    "watching",
]
