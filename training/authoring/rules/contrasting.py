"""A case and its near-miss: two that look alike and are decided the opposite way, each naming the other."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.authoring.rules.field_lines import with_fields
from training.cases.importing.writing import yaml_text
from training.cases.rules import Action, Outcome, Severity, acts

Value = Mapping[str, Any]
"""A case as its text says it."""


class ContrastDemand(StrEnum):
    """What a case and its near-miss have to be to one another."""

    NAMED_BACK = "named_back"
    SAME_POOL = "same_pool"
    SAME_FAMILY = "same_family"
    OPPOSITE = "opposite"


@dataclass(frozen=True, slots=True)
class ContrastCheck:
    """One demand, and whether it is met; nothing where that cannot be said yet."""

    demand: ContrastDemand
    is_met: bool | None


def contrast_checks(one: Value, other: Value) -> tuple[ContrastCheck, ...]:
    """How two cases stand to one another, of which the first names the second as its near-miss."""
    decided = acts_of(one), acts_of(other)
    opposite = None if None in decided else decided[0] != decided[1]
    return (
        ContrastCheck(ContrastDemand.NAMED_BACK, other.get("contrast") == one.get("id")),
        ContrastCheck(ContrastDemand.SAME_POOL, one.get("pool") == other.get("pool")),
        ContrastCheck(ContrastDemand.SAME_FAMILY, one.get("family") == other.get("family")),
        ContrastCheck(ContrastDemand.OPPOSITE, opposite),
    )


def acts_of(value: Value) -> bool | None:
    """Whether the preferred decision of a case acts; nothing where it says none, or one that only defers."""
    reference = value.get("reference")
    decisions = reference.get("decisions") if isinstance(reference, Mapping) else None
    first = decisions[0] if isinstance(decisions, list) and decisions else None
    known = [action for action in first if action in set(Action)] if isinstance(first, list) else []
    return acts(map(Action, known)) if known else None


def near_miss_of(value: Value, slug: str) -> str:
    """The text of a new case that shows the same and is decided the opposite way, as far as that can be said before anything is changed.

    Both name one another. What the new one's expert says is to be written: the clause stays, the evidence and the reasons are empty.
    """
    near: dict[str, Any] = {"id": slug}
    for name, said_there in copy.deepcopy(dict(value)).items():
        if name not in {"id", "contrast", "editorial"}:
            near[name] = said_there
        if name == "family":
            near["contrast"] = value.get("id")
    clauses = value["reference"].get("clauses") if isinstance(value.get("reference"), Mapping) else None
    said: dict[str, Any] = {"escalate_to": None, "must_escalate": False, "evidence": [], "clauses": clauses or [], "rationale": ""}
    if acts_of(value) is False:
        near["reference"] = {"decisions": [[Action.REMOVE.value]], "labels": [], "severity": Severity.S2.value, **said}
    else:
        near["reference"] = {"decisions": [[Action.APPROVE.value]], "labels": [Outcome.NO_VIOLATION.value], "severity": Severity.S0.value, **said}
    return yaml_text(near)


def with_contrast(text: str, value: Value, slug: str) -> str:
    """The text of a case, naming this one as its near-miss."""
    return with_fields(text, value, {**value, "contrast": slug}, after="family")


def texts_of(value: Value) -> str:
    """Everything that a case shows in words, but for those of its pictures and its recording."""
    content = value.get("content")
    said = {name: inner for name, inner in content.items() if name not in {"images", "recording"}} if isinstance(content, Mapping) else {}
    return "\n".join(_texts(said))


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Mapping):
        for inner in found.values():
            yield from _texts(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from _texts(inner)
