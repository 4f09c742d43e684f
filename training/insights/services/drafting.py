"""The draft of a pack: what it says of people, a line each, portion by portion. Nothing else is in memory, and a job that dies loses one portion."""

from collections.abc import Iterator

from training.insights import queries
from training.insights.documents import PersonFacts
from training.insights.files import draft_of
from training.insights.models import EvidencePack
from training.insights.services.finishing import Told
from training.insights.services.people import tell
from training.insights.services.queues import telling_of
from training.insights.services.writing import plain
from training.keys.rules import canonical_json


def tell_some(pack: EvidencePack) -> Told:
    """Tell of the next portion of people, behind what counts of the draft."""
    people = queries.people_behind(pack.about, pack.told_until or 0, at=pack.at, asked_at=pack.asked_at)
    told = tell(people, telling_of(pack)) if people else []
    path = draft_of(pack.public_id)
    path.touch()
    with path.open("r+b") as file:
        file.truncate(pack.draft_bytes)
        file.seek(pack.draft_bytes)
        file.writelines(canonical_json(plain(person)) + b"\n" for person in told)
        size = file.tell()
    until = people[-1].id if people else pack.told_until or 0
    return Told(until, size, pack.person_count + len(told), is_everybody=len(people) < queries.PORTION)


def lines_of(pack: EvidencePack, told: Told) -> Iterator[bytes]:
    """What the draft says of each person, in canonical JSON."""
    with draft_of(pack.public_id).open("rb") as file:
        for _ in range(told.person_count):
            yield file.readline().rstrip(b"\n")


def people_of(pack: EvidencePack, told: Told) -> Iterator[PersonFacts]:
    """The same, read."""
    return map(PersonFacts.model_validate_json, lines_of(pack, told))
