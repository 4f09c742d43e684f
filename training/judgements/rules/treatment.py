"""What becomes of a judgement when a person has ruled on the key that it was scored by."""

from enum import StrEnum

from training.judgements.rules.scoring import Reference, Scores


class Treatment(StrEnum):
    """How an answer is taken."""

    SCORED = "scored"
    CREDITED = "credited"
    """It is right, whatever it says: nobody can tell any more what would have been."""
    WITHDRAWN = "withdrawn"
    """It counts for nothing."""


def credited(reference: Reference) -> Scores:
    """The scores of an answer that is right whatever it says."""
    return Scores(
        decision=1.0,
        labels=1.0,
        severity=None if reference.severity is None else 1.0,
        evidence=1.0,
        escalation=1.0,
        strict=True,
        critical_miss=False,
        error=None,
    )


def is_kinder(one: Scores, other: Scores) -> bool:
    """Whether an answer that two references may score fares better by the first: it is right, or at least no critical miss, where the other calls it one."""
    return (one.strict, not one.critical_miss) > (other.strict, not other.critical_miss)
