"""What a pack says of queues and certifications."""

from pydantic import AwareDatetime

from training.documents import Part
from training.insights.documents.people import EntryNumber, Sha256


class RequirementsFact(Part):
    """What a queue required from an instant on."""

    entry: EntryNumber | None
    number: int
    effective_from: AwareDatetime
    content_hash: Sha256
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    languages: tuple[str, ...]
    markets: tuple[str, ...]
    modules: dict[str, str]
    areas: tuple[str, ...]


class QueueFact(Part):
    """A queue, and every version of its requirements that was in force at any time asked about, in order."""

    queue: str
    title: str
    versions: tuple[RequirementsFact, ...]


class CertificationFact(Part):
    """A version of a certification that an entry of the ledger names."""

    certification: str
    number: int
    title: str
    content_hash: Sha256
    published_at: AwareDatetime
    entry: EntryNumber | None


class QueueTotals(Part):
    """How many people the gate let work a queue at the instant."""

    queue: str
    allow_count: int
    shadow_count: int
