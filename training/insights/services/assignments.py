"""Which entry of the audit proves that something was asked of an audience."""

from training.insights.documents import AssignmentFact
from training.insights.rules import citing
from training.insights.rules.citing import Key


def key_of_assignment(fact: AssignmentFact, person_number: int | None) -> Key:
    """What the fact and its entry have in common; `person_number` is whose fact it is, for what was asked of them alone."""
    ways = (("team", fact.team_number), ("cohort", fact.cohort_number), ("rule", fact.rule), ("person", person_number))
    kind, number = next((kind, number) for kind, number in ways if number is not None)
    work = citing.work_name("course", fact.course) if fact.course is not None else citing.work_name("module", str(fact.module))
    return citing.assignment_key(kind, number, work, fact.assigned_at)
