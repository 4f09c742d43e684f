"""The pages of this room, and the addresses that its script speaks to."""

from training.exams.views import allowances, confirming, desk, hall, power, regrades, reporting, result, runs, saving, signals, sitting, supervision, watching
from training.exams.views.blueprint import blueprint

__all__ = [
    "allowances",
    "blueprint",
    "confirming",
    "desk",
    "hall",
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
