"""Finding the entries of the audit that prove facts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from training.audit.models import AuditEntry
from training.audit.queries import entries_noting
from training.insights.rules import citing
from training.insights.rules.audiences import Audiences
from training.insights.rules.citing import Key


@dataclass(frozen=True, slots=True)
class Citations:
    """The numbers of the entries by what they prove."""

    by_key: Mapping[Key, int] = field(default_factory=dict)

    def of(self, key: Key) -> int | None:
        """The number of the entry that proves this; nothing where the audit has none."""
        return self.by_key.get(key)


def citations_of_people(audiences: Audiences, attempts: Collection[str], *, until: datetime) -> Citations:
    """The entries about the people of these audiences, what was asked of these, and these attempts."""
    asked = (("team", audiences.teams), ("cohort", audiences.cohorts), ("rule", audiences.rules))
    return _citations(
        [
            *entries_noting(citing.DEEDS_ON_PEOPLE, "person", [str(number) for number in audiences.people], until=until),
            *(entry for kind, of in asked for entry in entries_noting(citing.DEEDS_ON_AUDIENCES, kind, [str(each) for each in of], until=until)),
            *(entry for some in _portions(sorted(attempts)) for entry in entries_noting(citing.DEEDS_ON_ATTEMPTS, "attempt", some, until=until)),
        ]
    )


def citations_of_queues(slugs: Collection[str], *, until: datetime) -> Citations:
    """The entries about these queues."""
    return _citations(entries_noting(citing.DEEDS_ON_QUEUES, "queue", slugs, until=until))


def citations_of_certifications(slugs: Collection[str], *, until: datetime) -> Citations:
    """The entries about these certifications."""
    return _citations(entries_noting(citing.DEEDS_ON_CERTIFICATIONS, "certification", slugs, until=until))


def _portions(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[begin : begin + 500] for begin in range(0, len(names), 500)]


def _citations(entries: Sequence[AuditEntry]) -> Citations:
    found: dict[Key, int] = {}
    for entry in entries:
        key = citing.key_of_entry(entry.deed, (entry.subject_kind, entry.subject_id), entry.at, entry.detail)
        if key is not None:
            found.setdefault(key, entry.id)
    return Citations(found)
