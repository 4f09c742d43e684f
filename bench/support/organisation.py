"""A large organisation, made up by arithmetic: the same one every time, and the gate's right answers follow from it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from training.certification.documents import CertificationDocument
from training.courses.documents import ModuleDocument
from training.queues.documents import QueueDocument

CERTIFICATIONS = 10
BUILT_ON = {9: 8}
"""Which certification is built on which other."""
MODULES = 4
AREAS = ("PRO", "RES", "IPR", "CLM")
VALIDITY = timedelta(days=180)
OLDEST_DAYS = 200


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people; everything about them follows from their number."""

    number: int

    @property
    def public_id(self) -> str:
        """What programs call them: scattered over the index, as random ids are."""
        return f"p_{self.number * 2654435761 % 2**32:08x}{self.number:08x}"

    @property
    def email(self) -> str:
        """Their address."""
        return f"person{self.number}@example.org"

    @property
    def languages(self) -> tuple[str, ...]:
        """Every eighth does not work in Indonesian."""
        return ("en",) if self.number % 8 == 0 else ("en", "id")

    @property
    def age_days(self) -> int:
        """How long ago their certificates began; one in ten has lapsed."""
        return self.number * 7919 % OLDEST_DAYS

    def certifications(self, count: int) -> tuple[int, ...]:
        """Which certifications they hold."""
        return tuple((self.number + step) % CERTIFICATIONS for step in range(count))


@dataclass(frozen=True, slots=True)
class LiveQueue:
    """One of the queues: it requires one certificate (every fifth: either of two), Indonesian, Indonesia and one module read."""

    number: int

    @property
    def slug(self) -> str:
        """Its stable name."""
        return f"queue-{self.number}"

    @property
    def is_either(self) -> bool:
        """Whether either of two certificates will do."""
        return self.number % 5 == 0

    @property
    def certifications(self) -> tuple[int, ...]:
        """Which certifications open it."""
        return tuple((self.number + step) % CERTIFICATIONS for step in range(2 if self.is_either else 1))

    @property
    def document(self) -> QueueDocument:
        """It as the content folder writes it."""
        requires = {
            "any_of" if self.is_either else "all_of": [f"certification-{number}" for number in self.certifications],
            "languages": ["id"],
            "markets": ["ID"],
            "modules": {f"module-{self.number % MODULES}": "1.0.0"},
        }
        return QueueDocument.model_validate(
            {
                "id": self.slug,
                "title": f"Queue {self.number}",
                "summary": "Live work that waits for somebody who may take it.",
                "surfaces": ["listing"],
                "areas": [AREAS[self.number % MODULES]],
                "severity_ceiling": "S3",
                "requires": requires,
            }
        )


@dataclass(frozen=True, slots=True)
class Organisation:
    """How large it is, and the instant it was made up."""

    people_count: int = 100_000
    certificates_each: int = 5
    queue_count: int = 50
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def people(self) -> list[Person]:
        """Everybody; their numbers are their ids."""
        return [Person(number) for number in range(1, self.people_count + 1)]

    @property
    def queues(self) -> list[LiveQueue]:
        """Every queue."""
        return [LiveQueue(number) for number in range(self.queue_count)]

    def is_allowed(self, person: Person, queue: LiveQueue) -> bool:
        """Whether the gate must let this person work this queue."""
        held = set(person.certifications(self.certificates_each))
        is_held = any(number in held and BUILT_ON.get(number, number) in held for number in queue.certifications)
        return is_held and timedelta(days=person.age_days) < VALIDITY and "id" in person.languages


def certification_documents() -> list[CertificationDocument]:
    """Every certification."""
    return [_certification(number) for number in range(CERTIFICATIONS)]


def _certification(number: int) -> CertificationDocument:
    needs = {"prerequisites": [f"certification-{BUILT_ON[number]}"]} if number in BUILT_ON else {}
    same = {"title": f"Certification {number}", "summary": "What it opens.", "needs": needs}
    return CertificationDocument.model_validate({"id": f"certification-{number}", **same})


def module_documents() -> list[ModuleDocument]:
    """Every policy module, as short as one can be."""
    same = {"language": "en", "version": "1.0.0", "summary": "What it decides.", "body": "## Rules\n\nRead them."}
    return [ModuleDocument.model_validate({"id": f"module-{number}", "title": f"Module {number}", "area": area, **same}) for number, area in enumerate(AREAS)]
