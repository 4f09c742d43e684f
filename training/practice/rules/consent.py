"""Kinds of hard material, and whether a person is to be shown each: few kinds, in plain words, derived from the labels."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar


class Sensitivity(StrEnum):
    """A kind of material that somebody may not want to work with."""

    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    HATE = "hate"
    SEXUAL = "sexual"
    CHILDREN = "children"


OF_LABELS: Mapping[str, Sensitivity] = {
    "HRM-01": Sensitivity.HATE,
    "HRM-02": Sensitivity.HATE,
    "HRM-05": Sensitivity.SELF_HARM,
    "SXM-04": Sensitivity.CHILDREN,
}
"""Labels that are of another kind than most of their area."""

OF_AREAS: Mapping[str, Sensitivity] = {"HRM": Sensitivity.VIOLENCE, "SXM": Sensitivity.SEXUAL}
"""What the other labels of an area are, also those that an organisation adds. What is in no such area is of no kind that is asked about."""


def sensitivity_of(concept: str) -> Sensitivity | None:
    """The kind of the cases that practise this clause, whatever their answer is; nothing where nobody is asked."""
    label = concept.partition(".")[0]
    return OF_LABELS.get(label) or OF_AREAS.get(label.partition("-")[0])


def sensitivities_in(areas: Collection[str]) -> frozenset[Sensitivity]:
    """Every kind that work in these areas can bring."""
    labels = {kind for label, kind in OF_LABELS.items() if label.partition("-")[0] in areas}
    return frozenset(labels | {kind for area, kind in OF_AREAS.items() if area in areas})


@dataclass(frozen=True, slots=True)
class Consent:
    """That a person gave or withdrew their consent to a kind."""

    sensitivity: str
    is_given: bool
    effective_from: datetime
    recorded_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Asking:
    """That the organisation asks before it shows a kind, or shows it to whoever did not withdraw."""

    sensitivity: str
    is_asked: bool
    effective_from: datetime
    recorded_at: datetime
    number: int


Entry = TypeVar("Entry", Consent, Asking)


def withheld(consents: Iterable[Consent], askings: Iterable[Asking], *, at: datetime) -> frozenset[Sensitivity]:
    """The kinds that a person is not to be shown at an instant: those they withdrew from, and those that are asked about and they never agreed to.

    Where the organisation never said whether it asks, it does not: so it was before it could say it.
    """
    said = {consent.sensitivity: consent.is_given for consent in sorted(_begun(consents, at), key=_place)}
    asked = {asking.sensitivity: asking.is_asked for asking in sorted(_begun(askings, at), key=_place)}
    return frozenset(kind for kind in Sensitivity if not said.get(kind, not asked.get(kind, False)))


def _begun(entries: Iterable[Entry], at: datetime) -> list[Entry]:
    return [entry for entry in entries if entry.effective_from <= at]


def _place(entry: Consent | Asking) -> tuple[datetime, int]:
    return entry.effective_from, entry.number
