"""Concepts that live work calls for: somebody erred there, and practises it before anything else."""

from collections.abc import Collection
from dataclasses import dataclass

from training.practice.rules.rotation import label_of


@dataclass(frozen=True, slots=True)
class Miss:
    """An error in live work: the clause that it is about, or its label where nobody named the clause."""

    person_id: int
    code: str
    occasion: str
    """What it was found on, in 60 letters at most: the same miss calls once."""


def concepts_of(code: str, known: Collection[str]) -> list[str]:
    """The concepts of the practice pool that a clause or a label means."""
    return sorted(concept for concept in known if code in (concept, label_of(concept)))
