"""Mappings and files of rows, as small as they can be. Every person, number and shop is made up."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

REVIEWS: Mapping[str, Any] = {
    "source": "shop",
    "id": "no",
    "surface": {"value": "review"},
    "language": {"value": "en"},
    "market": {"value": "ID"},
    "difficulty": {"value": "typical"},
    "content": {
        "review": {
            "product": {"column": "product"},
            "stars": {"column": "stars"},
            "text": {"column": "text"},
            "reviewer": {"value": "b***i"},
            "order": {"value": {"Paid": "Rp 310.000"}},
        }
    },
    "reference": {
        "decisions": {"column": "decision", "values": {"ok": "APPROVE", "bad": "REMOVE+STRIKE|REMOVE"}, "unknown": ["?"]},
        "labels": {"column": "decision", "values": {"ok": "OUT-00", "bad": "PRO-01"}, "unknown": ["?"]},
        "severity": {"column": "severity"},
        "escalate_to": {"value": None},
        "clauses": {"value": ["PRO-01.a"]},
        "rationale": {"column": "why"},
        "evidence": {"column": "quote", "field": "text"},
    },
}
"""Product reviews whose experts said everything that a case needs."""

COLUMNS = ("no", "product", "stars", "text", "decision", "severity", "why", "quote")
FINE = ("1", "Rice cooker", "4", "Works well, the lid is a little loose.", "ok", "", "Nothing here is an offer of a firearm; the clause allows it.", "")
BAD = (
    "2",
    "Water bottle",
    "5",
    "Great. I sell metal ball guns too, wa 0812-3456-7890.",
    "bad",
    "S4",
    "It offers guns that fire metal balls, which the clause forbids.",
    "metal ball guns",
)
UNSURE = ("3", "Tea pot", "3", "Seller also showed me other things in the chat.", "?", "", "", "")


def write_csv(path: Path, rows: Iterable[Iterable[str]], columns: Iterable[str] = COLUMNS) -> Path:
    """These rows under these columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([tuple(columns), *rows])
    return path


def write_mapping(path: Path, values: Mapping[str, Any] = REVIEWS, **changes: Any) -> Path:
    """A mapping file that says this, with some of it changed."""
    path.write_text(yaml.safe_dump({**values, **changes}, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path
