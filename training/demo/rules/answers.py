"""How the demo's people answer: as the expert did, or wrong in a way people are."""

from collections.abc import Mapping, Sequence
from random import Random

from training.cases.rules import Action, Outcome, Severity, acts
from training.exams.rules.responses import ChoiceKey
from training.judgements.rules import CaseAnswer, Reference

FEWEST_SECONDS, MOST_SECONDS = 14, 88


def right_answer(reference: Reference, chance: Random) -> CaseAnswer:
    """What the expert said."""
    return CaseAnswer(
        actions=reference.decisions[0],
        labels=reference.labels,
        severity=reference.severity,
        escalate_to=reference.escalate_to,
        evidence=reference.evidence,
        seconds=float(chance.randint(FEWEST_SECONDS, MOST_SECONDS)),
    )


def wrong_answer(reference: Reference, neighbours: Sequence[str], chance: Random) -> CaseAnswer:
    """A violation let through, or something harmless taken down for one of these labels."""
    seconds = float(chance.randint(FEWEST_SECONDS, MOST_SECONDS))
    if acts(reference.decisions[0]) or not neighbours:
        return CaseAnswer(frozenset({Action.APPROVE}), (Outcome.NO_VIOLATION.value,), Severity.S0, seconds=seconds)
    return CaseAnswer(frozenset({Action.REMOVE}), (chance.choice(neighbours),), Severity.S2, seconds=seconds)


def choice_response(option_order: Sequence[str], key: ChoiceKey, *, is_right: bool) -> Mapping[str, list[int]]:
    """The places to choose on the screen: those of the key, or the first that is neither right nor a critical miss."""
    places = {option: place for place, option in enumerate(option_order, start=1)}
    if is_right:
        return {"options": sorted(places[option] for option in key.correct)}
    others = [place for option, place in places.items() if option not in key.correct | key.critical]
    return {"options": (others or sorted(places[option] for option in key.critical))[:1]}


def wrong_places(severities: Sequence[Severity], *, passes: bool, chance: Random) -> frozenset[int]:
    """Which items of a form are answered wrong, by index: a light slip in every 25, or every third item and more."""
    if not passes:
        return frozenset(chance.sample(range(len(severities)), k=-(-len(severities) // 3)))
    light = [index for index, severity in enumerate(severities) if severity.level <= Severity.S2.level]
    return frozenset(chance.sample(light, k=min(len(light), len(severities) // 25)))


def slips(items: Sequence[int], accuracy: float, chance: Random) -> frozenset[int]:
    """Which items of a form somebody of this accuracy answers wrong, by index: some questions are harder than others, for everybody alike."""
    return frozenset(index for index, item in enumerate(items) if chance.random() < (1 - accuracy) * (0.4 + 1.2 * (item * 37 % 11) / 10))
