"""The mark of every answer: the item version's own key, and the ruling about it where there is one."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from training.cases import queries as cases
from training.cases.rules import SEVERITY_WEIGHTS, Severity
from training.db import Remembered
from training.exams.models import ItemVersion
from training.exams.queries.regrading import StoredPlace, item_versions
from training.exams.queries.rulings import rulings_in_force
from training.exams.rules.blueprint import DecisionClass, ItemKind
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.grading import UNCOUNTED, Graded, Mark
from training.exams.rules.marking import Marked, Question, marked
from training.exams.rules.responses import is_blank
from training.exams.rules.ruling_keys import with_key
from training.exams.rules.rulings import Ruling, ruled
from training.judgements import queries as judgements
from training.judgements.documents import parse_answer
from training.judgements.rules import Reference, score

MOST_REMEMBERED = 200_000
"""How many marks of equal answers are remembered at most while many attempts are graded."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """One item version with all that marking and weighing its answers needs."""

    kind: ItemKind
    document: Mapping[str, Any]
    area: str
    weight: int
    decision_class: DecisionClass
    reference: Reference | None = None
    ruling: Ruling | None = None
    ruled_reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of many item versions, read once, and the marks of equal answers, worked out once."""

    areas: Mapping[str, str]
    trial: Mapping[int, Ruling] = field(default_factory=dict)
    """Rulings that stand in for those in force about their item versions."""
    by_version: dict[int, Keyed] = field(default_factory=dict)
    remembered: dict[tuple[int, str, str | None], tuple[int, float | None]] = field(default_factory=dict)


def keys_of(versions: Iterable[ItemVersion], *, trial: Mapping[int, Ruling] | None = None) -> Keys:
    """What is needed to mark answers to these item versions; `trial` rulings stand in for those in force."""
    keys = Keys(cases.area_of_labels(), trial or {})
    add_keys(keys, list(versions))
    return keys


def learn_keys(keys: Keys, version_ids: Collection[int]) -> None:
    """Add the keys of those of these item versions that are not known yet."""
    if unknown := set(version_ids) - keys.by_version.keys():
        add_keys(keys, item_versions(unknown))


def add_keys(keys: Keys, versions: Sequence[ItemVersion]) -> None:
    """Add the keys of these item versions."""
    rulings = rulings_in_force({version.id for version in versions}) | dict(keys.trial)
    own = _own_keys(versions)
    references = judgements.reference_values({ruling.reference_id for ruling in rulings.values() if ruling.reference_id is not None})
    for version_id, keyed in own.items():
        ruling = rulings.get(version_id)
        ruled_reference = references.get(ruling.reference_id or 0) if ruling else None
        keys.by_version[version_id] = replace(keyed, ruling=ruling, ruled_reference=ruled_reference) if ruling else keyed


_OWN_KEYS: Remembered[int, Keyed] = Remembered(5_000)


def _own_keys(versions: Sequence[ItemVersion]) -> dict[int, Keyed]:
    """These versions with their own keys. Neither is ever edited, so each process reads them once."""
    found = {version.id: keyed for version in versions if (keyed := _OWN_KEYS.get(version.id)) is not None}
    missing = [version for version in versions if version.id not in found]
    references = judgements.reference_values({version.reference_id for version in missing if version.reference_id is not None})
    for version in missing:
        found[version.id] = _OWN_KEYS.put(version.id, _keyed(version, references.get(version.reference_id or 0)))
    return found


def _keyed(version: ItemVersion, reference: Reference | None) -> Keyed:
    return Keyed(
        kind=ItemKind(version.kind),
        document=version.document,
        area=version.area,
        weight=SEVERITY_WEIGHTS[Severity(version.severity)],
        decision_class=DecisionClass(version.decision_class),
        reference=reference,
    )


def mark_of(keys: Keys, version_id: int, option_order: Sequence[str], response: Mapping[str, Any], settled: Marked | None = None) -> tuple[Marked, bool]:
    """The mark of an answer, and whether its place counts as far as rulings go: a pure function of keys, rulings and answer.

    `settled` is what markers gave, where the answer waited for them.
    """
    keyed = keys.by_version[version_id]
    given = _by_key(keys, keyed, keyed.reference, option_order, response)
    if given.mark is Mark.PENDING and settled is not None:
        given = settled
    if keyed.ruling is None:
        return given, True
    return ruled(keyed.ruling.kind, given, _by_ruled_key(keys, keyed, option_order, response))


def mark_of_stored(keys: Keys, place: StoredPlace) -> tuple[int, float | None]:
    """The same for an answer as it is stored, as the byte that runs hold and the credit where it is partial; equal answers are marked once."""
    told = place[2], place[4], place[5]
    found = keys.remembered.get(told)
    if found is None:
        if len(keys.remembered) >= MOST_REMEMBERED:
            keys.remembered.clear()
        found = keys.remembered[told] = _as_stored(keys, place, None)
    return found


def mark_of_reply(keys: Keys, place: StoredPlace, settled: Marked | None) -> tuple[int, float | None]:
    """The same for a written reply: what its markers gave decides, so no two are alike."""
    return _as_stored(keys, place, settled)


def _as_stored(keys: Keys, place: StoredPlace, settled: Marked | None) -> tuple[int, float | None]:
    response = json.loads(place.response) if place.response else {}
    given, counts = mark_of(keys, place.item_version_id, json.loads(place.option_order), response, settled)
    return int(given.mark) | (0 if counts else UNCOUNTED), given.credit if given.mark is Mark.PARTIAL else None


class Counting(Protocol):
    """What decides which places of an attempt may count."""

    @property
    def mode(self) -> str:
        """Fixed or sequential."""

    @property
    def confirmed_count(self) -> int:
        """How many answers of a sequential attempt are final."""


def may_count(attempt: Counting, position: int, *, is_pilot: bool) -> bool:
    """Whether a place counts as far as the attempt decides: pilot items never do, nor in sequential mode what was not confirmed."""
    return not is_pilot and (attempt.mode == AttemptMode.FIXED or position <= attempt.confirmed_count)


def graded_place(keyed: Keyed, given: Marked, *, counts: bool) -> Graded:
    """One place of a form with its mark, as results are worked out from."""
    return Graded(keyed.area, keyed.weight, keyed.decision_class, given.mark, counts=counts, credit=given.credit)


def _by_ruled_key(keys: Keys, keyed: Keyed, option_order: Sequence[str], response: Mapping[str, Any]) -> Marked | None:
    ruling = keyed.ruling
    if ruling is None or (ruling.key is None and keyed.ruled_reference is None):
        return None
    document = with_key(keyed.kind, keyed.document, ruling.key) if ruling.key else keyed.document
    return _by_key(keys, replace(keyed, document=document), keyed.ruled_reference, option_order, response)


def _by_key(keys: Keys, keyed: Keyed, reference: Reference | None, option_order: Sequence[str], response: Mapping[str, Any]) -> Marked:
    if keyed.kind is ItemKind.CASE:
        assert reference is not None, "a case item pins a reference"
        return Marked(_case_mark(reference, keys.areas, response))
    return marked(Question(keyed.kind, keyed.document, option_order), response)


def _case_mark(reference: Reference, areas: Mapping[str, str], response: Mapping[str, Any]) -> Mark:
    scores = score(parse_answer(response), reference, areas)
    if scores.critical_miss:
        return Mark.CRITICAL_MISS
    if is_blank(response):
        return Mark.BLANK
    return Mark.RIGHT if scores.strict else Mark.WRONG
